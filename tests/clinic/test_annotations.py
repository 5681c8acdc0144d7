"""Events of a patient: kept with who and when, left out with a reason; pain of every source."""

from datetime import UTC, date, datetime, timedelta

import pytest
from plan_takes import GUIDED, KNEE, make_diary, make_item, store_session

from motion.clinic import (
    AnnotationDetails,
    AnnotationKind,
    OutcomeDetails,
    PainPoint,
    PatientDetails,
    Record,
    add_annotation,
    add_outcome,
    add_patient,
    ensure_patient,
    exclude_annotation,
    exclude_outcome,
    exclude_take,
    list_annotations,
    list_edits,
    list_pain,
    note_done,
    prescribe,
)
from motion.errors import InputError, RecordConflictError, RecordNotFoundError

DAY = date(2026, 3, 2)
SURGERY = AnnotationDetails(day=DAY, kind=AnnotationKind.SURGERY, text="new knee")


def test_an_event_comes_back_as_it_was_written(record: Record) -> None:
    ensure_patient(record, "P1")
    later = add_annotation(
        record, "P1", AnnotationDetails(day=DAY + timedelta(9), kind=AnnotationKind.ILLNESS)
    )
    stored = add_annotation(record, "P1", SURGERY, author="AB")

    assert list_annotations(record, "P1") == (stored, later)
    assert (stored.day, stored.kind, stored.text, stored.author) == (
        DAY, AnnotationKind.SURGERY, "new knee", "AB",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (AnnotationDetails(day=DAY, kind=AnnotationKind.OTHER, text=" "), "needs words"),
        (AnnotationDetails(day=DAY, kind=AnnotationKind.INJURY, text="x" * 201), "at most 200"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(
    record: Record, details: AnnotationDetails, said: str
) -> None:
    ensure_patient(record, "P1")
    with pytest.raises(InputError, match=said):
        add_annotation(record, "P1", details)


def test_an_event_is_left_out_with_a_reason(record: Record) -> None:
    patient = ensure_patient(record, "P1")
    stored = add_annotation(record, "P1", SURGERY)
    with pytest.raises(InputError, match="needs a reason"):
        exclude_annotation(record, stored, "")
    left_out = exclude_annotation(record, stored, "slip", author="AB")

    assert list_annotations(record, "P1") == ()
    assert list_annotations(record, "P1", with_excluded=True) == (left_out,)
    assert [edit.table for edit in list_edits(record, patient.id)] == ["annotation"]
    with pytest.raises(RecordConflictError, match="somebody else"):
        exclude_annotation(record, stored, "slip again")


def test_nothing_happens_to_nobody(record: Record) -> None:
    with pytest.raises(RecordNotFoundError, match="P9"):
        add_annotation(record, "P9", SURGERY)
    with pytest.raises(RecordNotFoundError, match="P9"):
        list_pain(record, "P9")


def test_pain_is_the_worst_of_each_day_and_source(record: Record) -> None:
    add_patient(record, PatientDetails(code="P1", birth_year=1960))
    knee = prescribe(record, "P1", make_item(KNEE))
    guided = prescribe(record, "P1", make_item(GUIDED))
    for score in (3, 6, 5):
        add_outcome(
            record,
            "P1",
            OutcomeDetails(instrument="nprs", day=DAY, score=score, context="worst_week"),
        )
    slip = add_outcome(
        record, "P1", OutcomeDetails(instrument="nprs", day=DAY, score=10, context="now")
    )
    exclude_outcome(record, slip, "slip")
    take = store_session(record, knee, 1, pain_before=1, pain_during=4, pain_after=2)
    gone = store_session(record, knee, 2, pain_during=9)
    exclude_take(record, gone.id, "another patient")
    at = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    for pain in (2, None, 7):
        note_done(record, guided.id, make_diary(done_at=at, pain=pain))

    day = take.analysis.started_at.date()
    assert list_pain(record, "P1") == tuple(
        sorted(
            (
                PainPoint(day=DAY, score=6, source="NPRS, worst of the week"),
                PainPoint(day=day, score=4, source="Live take"),
                PainPoint(day=at.date(), score=7, source="Diary"),
            ),
            key=lambda point: (point.day, point.source),
        )
    )
