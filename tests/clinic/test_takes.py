"""Takes are listed, corrected and left out; nothing is deleted."""

import json
import math
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_makers import (
    STARTED_AT,
    assert_same,
    make_analysis,
    make_measurement,
    make_provenance,
    make_recording,
    with_digest,
)
from sqlalchemy import select, text

from motion.clinic import (
    Record,
    add_analysis,
    ensure_patient,
    exclude_take,
    find_take,
    include_take,
    list_edits,
    list_takes,
    load_take,
    recent_takes,
    store_analysis,
)
from motion.clinic.tables import AnalysisRow, MeasurementRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import (
    Mirrored,
    Mode,
    ModelInfo,
    NearSide,
    Position,
    Setting,
    Side,
    TakeConditions,
)


def test_list_is_newest_first_and_paged(record: Record) -> None:
    ensure_patient(record, "P1")
    ensure_patient(record, "P2")
    for day in (1, 3, 2):
        store_analysis(record, make_analysis(started_at=STARTED_AT + timedelta(days=day)), "P1")

    listed = list_takes(record, "P1")

    assert [(t.started_at - STARTED_AT).days for t in listed] == [3, 2, 1]
    assert list_takes(record, "P1", limit=1, offset=1) == (listed[1],)
    assert list_takes(record, "P2") == ()
    with pytest.raises(RecordNotFoundError, match="no patient has the code P3"):
        list_takes(record, "P3")


def test_recent_takes_of_all_patients_without_the_excluded(record: Record) -> None:
    stored = []
    for day, code in ((1, "P1"), (3, "P2"), (2, "P1"), (4, "P1")):
        ensure_patient(record, code)
        analysis = make_analysis(started_at=STARTED_AT + timedelta(days=day))
        stored.append(store_analysis(record, analysis, code).id)
    exclude_take(record, stored[3], "camera fell over")

    recent = recent_takes(record, 2)

    assert [(t.id, t.patient_code) for t in recent] == [(stored[1], "P2"), (stored[2], "P1")]
    assert recent[1] == list_takes(record, "P1")[1]


def test_list_says_what_the_take_says(record: Record) -> None:
    ensure_patient(record, "P1")
    analysis = make_analysis(conditions=TakeConditions(aid="cane"))
    stored = store_analysis(record, analysis, "P1")

    (listed,) = list_takes(record, "P1")

    assert (listed.id, listed.session_id) == (stored.id, stored.session_id)
    assert listed.conditions == analysis.conditions
    assert_same(listed.measurements, analysis.measurements)
    assert_same(listed.repetitions, analysis.repetitions)
    assert (listed.digest, listed.settings) == ("a" * 64, analysis.provenance.settings)
    assert listed.started_at == STARTED_AT
    assert listed.started_at.utcoffset() == STARTED_AT.utcoffset()


def test_stored_json_is_json(record: Record) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")

    with record.reading() as session:
        row = session.scalars(select(AnalysisRow)).one()
        for column in (row.neutral, row.settings, row.timings, row.warnings):
            json.loads(column, parse_constant=refuse)
        assert json.loads(row.neutral)["right_foot_slope_deg"] is None
    assert math.isnan(load_take(record, stored.id).analysis.neutral["right_foot_slope_deg"])


def test_stored_already_is_found(record: Record) -> None:
    for code in ("P1", "P2"):
        ensure_patient(record, code)
    stored = store_analysis(record, make_analysis(), "P1")

    assert find_take(record, "P1", "a" * 64, "knee_flexion") == stored.id
    assert find_take(record, "P1", "a" * 64, "squat") is None
    assert find_take(record, "P1", "c" * 64, "knee_flexion") is None
    assert find_take(record, "P2", "a" * 64, "knee_flexion") is None
    exclude_take(record, stored.id, "wrong patient")
    assert find_take(record, "P1", "a" * 64, "knee_flexion") is None


def test_correction_becomes_current_and_the_old_is_kept(record: Record) -> None:
    ensure_patient(record, "P1")
    first = make_analysis()
    stored = store_analysis(record, first, "P1")
    second = replace(
        first,
        measurements=(make_measurement(95.0), *first.measurements[1:]),
        conditions=TakeConditions(position=Position.SITTING),
        recording=make_recording(seed=7),
        provenance=replace(first.provenance, model=ModelInfo(name="lite", sha256="c" * 64)),
    )

    corrected = add_analysis(record, stored.id, second, "sat, not stood", "Bea")

    assert_same(corrected.analysis, second)
    assert corrected.session_id == stored.session_id
    (listed,) = list_takes(record, "P1")
    assert listed.conditions.position is Position.SITTING
    with record.reading() as session:
        kept = session.scalars(select(AnalysisRow).order_by(AnalysisRow.created_at)).all()
        assert [row.is_current for row in kept] == [False, True]
        assert [row.parent_id for row in kept] == [None, stored.analysis_id]
        assert kept[0].measurements[0].value == 92.25
        assert kept[1].take.position is Position.UNKNOWN
    edits = {edit.field: edit for edit in list_edits(record, stored.id)}
    assert set(edits) == {
        *("analysis", "position", "model_name", "model_sha256", "landmarks_digest"),
        "rom_max knee_flexion left",
    }
    assert edits["position"].before == "unknown"
    assert edits["position"].after == "sitting"
    assert edits["rom_max knee_flexion left"].before == "92.25 deg, measured"
    assert {(edit.author, edit.reason) for edit in edits.values()} == {("Bea", "sat, not stood")}


def test_the_other_side_in_other_circumstances_is_an_analysis_of_the_same_take(
    record: Record,
) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")
    circumstances = TakeConditions(
        position=Position.SITTING,
        mode=Mode.PASSIVE,
        setting=Setting.HOME,
        near_side=NearSide.RIGHT,
        mirrored=Mirrored.YES,
    )
    other = make_analysis(side=Side.RIGHT, conditions=circumstances)

    measured = add_analysis(record, stored.id, other, "measured again with other settings")

    assert_same(measured.analysis, other)
    (listed,) = list_takes(record, "P1")
    assert (listed.id, listed.side, listed.conditions) == (stored.id, Side.RIGHT, circumstances)
    assert find_take(record, "P1", "a" * 64, "knee_flexion") == stored.id


def test_second_of_two_corrections_is_refused(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")
    seen = stored.analysis_id
    add_analysis(record, stored.id, make_analysis(rest_deg=5.0), "rest was wrong", expected=seen)

    with pytest.raises(RecordConflictError, match="corrected by somebody else"):
        add_analysis(record, stored.id, make_analysis(), "again", expected=seen)
    assert load_take(record, stored.id).analysis.rest_deg == 5.0


def test_correction_needs_a_reason_and_the_same_recording(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")

    with pytest.raises(InputError, match="needs a reason"):
        add_analysis(record, stored.id, make_analysis(), "  ")
    with pytest.raises(InputError, match="the recordings differ"):
        add_analysis(record, stored.id, with_digest(make_analysis(), "d" * 64), "other")
    with pytest.raises(RecordNotFoundError, match="no take"):
        add_analysis(record, uuid4(), make_analysis(), "lost")


def test_only_one_analysis_can_be_current(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")
    add_analysis(record, stored.id, make_analysis(), "again")

    with (
        pytest.raises(RecordConflictError, match="exists already"),
        record.writing() as session,
    ):
        session.execute(text("UPDATE analysis SET is_current = (1 = 1)"))


def test_excluded_take_stays_with_its_reason(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")

    exclude_take(record, stored.id, "the helper was measured", "Bea", expected_version=1)

    (listed,) = list_takes(record, "P1")
    assert listed.note == "excluded: the helper was measured"
    assert load_take(record, stored.id).excluded_reason == "the helper was measured"
    with pytest.raises(RecordConflictError, match="changed by somebody else"):
        exclude_take(record, stored.id, "twice", expected_version=1)
    include_take(record, stored.id, "it was the patient")
    assert load_take(record, stored.id).excluded_reason is None
    assert [edit.after for edit in list_edits(record, stored.id)] == [
        "the helper was measured",
        None,
    ]


def test_exclusion_needs_a_reason_and_a_take(record: Record) -> None:
    with pytest.raises(InputError, match="needs a reason"):
        exclude_take(record, uuid4(), "")
    with pytest.raises(RecordNotFoundError, match="no take"):
        exclude_take(record, uuid4(), "lost")
    with pytest.raises(RecordNotFoundError, match="no take"):
        load_take(record, uuid4())


def test_excluded_measurement_is_not_listed(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(provenance=make_provenance()), "P1")
    with record.writing() as session:
        row = session.scalars(select(MeasurementRow).order_by(MeasurementRow.sequence)).first()
        assert row is not None
        row.excluded_reason = "foot hidden"

    assert [m.measure for m in list_takes(record, "P1")[0].measurements] == ["rom_min", "rom_max"]
    assert len(load_take(record, stored.id).analysis.measurements) == 3
