"""Scores of outcome measures: kept, refused where they cannot be, left out with a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motion.clinic import (
    OutcomeDetails,
    OutcomeItem,
    Record,
    add_outcome,
    ensure_patient,
    exclude_outcome,
    find_patient,
    list_edits,
    list_outcomes,
)
from motion.clinic.changes import read_stamp
from motion.errors import InputError, RecordConflictError, RecordNotFoundError

DAY = date(2026, 3, 2)
ACTIVITIES = ("stairs", "kneeling", "walking")


def pain(score: float = 6.0, **changes: object) -> OutcomeDetails:
    given: dict[str, object] = {"instrument": "nprs", "day": DAY, "context": "rest"}
    return OutcomeDetails(score=score, **(given | changes))  # type: ignore[arg-type]


def psfs(*scores: float, names: tuple[str, ...] = ACTIVITIES) -> OutcomeDetails:
    items = tuple(OutcomeItem(text=t, score=s) for t, s in zip(names, scores, strict=True))
    return OutcomeDetails(instrument="psfs", day=DAY, items=items)


def test_a_score_comes_back_as_it_was_written(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = add_outcome(record, "P1", pain(7, note="after stairs"), author="AB")

    assert list_outcomes(record, "P1") == (stored,)
    assert (stored.instrument, stored.context, stored.score) == ("nprs", "rest", 7.0)
    assert (stored.day, stored.note, stored.author) == (DAY, "after stairs", "AB")


def test_the_score_of_activities_is_their_mean(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = add_outcome(record, "P1", psfs(3, 4, 3))

    assert stored.score == pytest.approx(10 / 3, abs=0.005)
    assert stored.items == psfs(3, 4, 3).items
    assert list_outcomes(record, "P1")[0].items == stored.items


def test_the_oldest_day_comes_first(record: Record) -> None:
    ensure_patient(record, "P1")
    for days in (3, 0, 7):
        add_outcome(record, "P1", pain(5, day=DAY + timedelta(days=days)))

    days = [score.day for score in list_outcomes(record, "P1")]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (pain(11), "NPRS must be a whole number from 0 to 10, got 11"),
        (pain(-1), "NPRS must be a whole number from 0 to 10, got -1"),
        (pain(4.5), "got 4.5"),
        (pain(float("nan")), "got nothing"),
        (pain(5, context="sometimes"), "one of now, rest, movement, night, worst_week"),
        (pain(5, context=""), "got nothing"),
        (pain(5, instrument="xyz"), "outcome measure 'xyz': not known"),
        (pain(5, day=datetime.now(UTC).date() + timedelta(days=3)), "lies in the future"),
        (pain(5, note="x" * 301), "at most 300 characters"),
        (pain(5, items=psfs(1, 2, 3).items), "has a total score only"),
        (psfs(1, 2, names=("a", "b")), "needs 3 to 5 activities, got 2"),
        (psfs(1, 2, 3, 4, 5, 6, names=tuple("abcdef")), "got 6"),
        (psfs(1, 2, 3, names=("a", "A ", "b")), "must differ"),
        (psfs(1, 2, 3, names=("a", " ", "b")), "1 to 120 characters"),
        (psfs(1, 2, 12), "PSFS, walking must be a whole number from 0 to 10, got 12"),
        (OutcomeDetails(instrument="dash", day=DAY, score=120.0), "from 0 to 100 in steps of 0.01"),
        (OutcomeDetails(instrument="dash", day=DAY, score=20.0, context="now"), "asks one thing"),
    ],
)
def test_what_a_measure_cannot_have_is_refused_in_one_line(
    record: Record, details: OutcomeDetails, said: str
) -> None:
    ensure_patient(record, "P1")
    with pytest.raises(InputError) as refused:
        add_outcome(record, "P1", details)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list_outcomes(record, "P1") == ()


def test_a_score_beside_activities_is_refused(record: Record) -> None:
    ensure_patient(record, "P1")
    details = OutcomeDetails(instrument="psfs", day=DAY, score=4.0, items=psfs(3, 4, 5).items)

    with pytest.raises(InputError, match="mean of its activities"):
        add_outcome(record, "P1", details)


def test_nobody_is_scored_who_is_not_there(record: Record) -> None:
    with pytest.raises(RecordNotFoundError, match="no patient has the code P9"):
        add_outcome(record, "P9", pain())


def test_a_score_left_out_stays_with_its_reason(record: Record) -> None:
    patient = ensure_patient(record, "P1")
    stored = add_outcome(record, "P1", pain())
    left_out = exclude_outcome(record, stored, " of another patient ", author="AB")

    assert left_out.excluded_reason == "of another patient"
    assert list_outcomes(record, "P1") == ()
    assert list_outcomes(record, "P1", with_excluded=True) == (left_out,)
    (edit,) = list_edits(record, patient.id)
    assert (edit.table, edit.field, edit.author) == ("outcome", "excluded_reason", "AB")


def test_leaving_out_needs_a_reason_and_the_last_version(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = add_outcome(record, "P1", pain())
    with pytest.raises(InputError, match="needs a reason"):
        exclude_outcome(record, stored, " ")
    exclude_outcome(record, stored, "slip")

    with pytest.raises(RecordConflictError, match="changed by somebody else"):
        exclude_outcome(record, stored, "slip again")


def test_every_score_gives_another_stamp(record: Record) -> None:
    ensure_patient(record, "P1")
    stamps = [read_stamp(record, "P1")]
    stored = add_outcome(record, "P1", pain())
    stamps.append(read_stamp(record, "P1"))
    exclude_outcome(record, stored, "slip")
    stamps.append(read_stamp(record, "P1"))

    assert len(set(stamps)) == len(stamps)
    assert find_patient(record, "P1") is not None
