"""Angles measured by hand: kept with who, changed with a reason, paired with the camera's."""

import math
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from clinic_makers import STARTED_AT, make_analysis, make_gait, make_measurement, make_provenance
from sqlalchemy import update

from motion.clinic import (
    ByHand,
    Instrument,
    ManualMeasurement,
    Record,
    StoredTake,
    add_analysis,
    add_manual,
    add_manual_alone,
    change_manual,
    compare_methods,
    ensure_patient,
    exclude_manual,
    exclude_take,
    find_patient,
    include_manual,
    is_withheld,
    list_edits,
    list_manual,
    list_manual_of_patient,
    list_pairs,
    progress_table,
    result_measure,
    store_analysis,
    update_patient,
)
from motion.clinic.hand_angles import HAND_ANGLES
from motion.clinic.tables import PatientRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.kinematics import JOINTS
from motion.model import Mode, Position, Setting, Side, ViewName

KNEE = ByHand(
    measure="rom_max",
    joint="knee",
    motion="flexion",
    side=Side.LEFT,
    value_deg=97.5,
    measured_by="AB",
    note="long arm",
)


def store(record: Record, code: str = "P1", day: int = 0, value: float = 92.25) -> StoredTake:
    ensure_patient(record, code)
    analysis = make_analysis(
        started_at=STARTED_AT + timedelta(days=day),
        measurements=(make_measurement(value),),
        provenance=make_provenance(f"{day:063x}{len(code)}"),
    )
    return store_analysis(record, analysis, code)


def test_a_value_comes_back_as_it_was_typed(record: Record) -> None:
    take = store(record)

    written = add_manual(record, take.id, KNEE, author="AB")

    (found,) = list_manual(record, take.id)
    assert found == written
    assert {name: getattr(found, name) for name in KNEE.__slots__} == {
        name: getattr(KNEE, name) for name in KNEE.__slots__
    }
    assert (found.take_id, found.version, found.excluded_reason) == (take.id, 1, None)


def test_a_withheld_joint_needs_a_note_that_says_how(record: Record) -> None:
    take = store(record)
    patient = find_patient(record, "P1")
    assert patient is not None
    update_patient(record, replace(patient, withheld_joints=("left_knee",)))

    with pytest.raises(InputError, match=r"left knee is marked as never measured .* in the note"):
        add_manual(record, take.id, replace(KNEE, note=" "))
    assert list_manual(record, take.id) == ()

    add_manual(record, take.id, replace(KNEE, note="cast off since today"))
    add_manual(record, take.id, replace(KNEE, side=Side.RIGHT, note=""))
    told = [is_withheld(each, ("left_knee",)) for each in list_manual(record, take.id)]
    assert told == [True, False]


def test_a_change_needs_a_reason_and_leaves_its_trace_at_the_take(record: Record) -> None:
    take = store(record)
    written = add_manual(record, take.id, KNEE)
    with pytest.raises(InputError, match="needs a reason"):
        change_manual(record, replace(written, value_deg=79.5), " ")

    changed = change_manual(record, replace(written, value_deg=79.5), "read wrongly", author="AB")

    assert (changed.value_deg, changed.version) == (79.5, 2)
    (edit,) = list_edits(record, take.id)
    assert (edit.table, edit.field, edit.before, edit.after) == (
        "manual_measurement",
        "value_deg",
        "97.5",
        "79.5",
    )
    assert (edit.reason, edit.author) == ("read wrongly", "AB")
    with pytest.raises(RecordConflictError, match="changed by somebody else meanwhile"):
        change_manual(record, replace(written, value_deg=90.0), "late")


def alone(record: Record) -> ManualMeasurement:
    ensure_patient(record, "P1")
    return add_manual_alone(
        record,
        "P1",
        KNEE,
        measured_at=STARTED_AT,
        position=Position.SUPINE,
        setting=Setting.CLINIC,
    )


def test_position_setting_and_time_are_changed_and_what_they_were_is_kept(record: Record) -> None:
    written = alone(record)
    at = STARTED_AT.astimezone(timezone(timedelta(hours=-5))) - timedelta(days=1)
    said = replace(written, position=Position.SITTING, setting=Setting.HOME, measured_at=at)

    changed = change_manual(record, said, "it was yesterday, sitting, at home", author="AB")

    assert changed == replace(said, version=2)
    assert changed.measured_at.utcoffset() == timedelta(hours=-5)
    assert list_manual_of_patient(record, "P1") == (changed,)
    patient = find_patient(record, "P1")
    assert patient is not None
    told = {edit.field: (edit.before, edit.after) for edit in list_edits(record, patient.id)}
    assert told == {
        "position": ("supine", "sitting"),
        "setting": ("clinic", "home"),
        "measured_at": (STARTED_AT.isoformat(), at.isoformat()),
    }


def test_the_same_moment_in_another_zone_is_no_change(record: Record) -> None:
    written = alone(record)
    elsewhere = written.measured_at.astimezone(timezone(timedelta(hours=9)))
    kept = change_manual(record, replace(written, measured_at=elsewhere, value_deg=95.0), "misread")
    assert kept.measured_at.utcoffset() == written.measured_at.utcoffset()
    with pytest.raises(InputError, match="measured_at must have a zone"):
        change_manual(record, replace(kept, measured_at=datetime(2026, 1, 5, 9)), "why")


def test_a_value_beside_a_take_keeps_the_takes_time(record: Record) -> None:
    take = store(record)
    written = add_manual(record, take.id, KNEE)
    later = replace(written, measured_at=written.measured_at + timedelta(hours=1))
    with pytest.raises(InputError, match="stands beside a take and has its time"):
        change_manual(record, later, "it was later")
    lay = change_manual(record, replace(written, position=Position.PRONE), "she lay on her front")
    assert (lay.position, lay.measured_at) == (Position.PRONE, written.measured_at)
    (edit,) = list_edits(record, take.id)
    assert (edit.field, edit.after) == ("position", "prone")


def test_left_out_and_taken_in_again(record: Record) -> None:
    take = store(record)
    written = add_manual(record, take.id, KNEE)

    left_out = exclude_manual(record, written, "other leg")
    assert left_out.excluded_reason == "other leg"
    assert list_pairs(record) == ()

    include_manual(record, left_out, "it was this leg")
    assert len(list_pairs(record)) == 1
    assert [edit.after for edit in list_edits(record, take.id)] == ["other leg", None]


def test_made_up_pairs_count_only_where_nobody_is_real(record: Record) -> None:
    add_manual(record, store(record).id, KNEE)
    with record.writing() as session:
        session.execute(update(PatientRow).values(made_up=True))
    assert len(list_pairs(record)) == 1

    ensure_patient(record, "REAL-1")
    assert list_pairs(record) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value_deg": 975.0}, r"Knee flexion by hand must lie between -40 and 170 degrees, got"),
        ({"value_deg": math.nan}, r"got nan: type the angle as read, 0 is straight"),
        ({"motion": "rotation"}, r"angle 'knee_rotation' is none that is measured by hand here"),
        ({"side": Side.NONE}, r"side of knee_flexion must be left or right, got none"),
        ({"measure": "rom_range"}, r"measure must be one of rom_max, rom_min, got 'rom_range'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    record: Record, changes: dict[str, object], said: str
) -> None:
    take = store(record)

    with pytest.raises(InputError, match=said):
        add_manual(record, take.id, replace(KNEE, **changes))
    assert list_manual(record, take.id) == ()


def test_what_one_camera_cannot_see_is_kept_and_has_no_pair(record: Record) -> None:
    take = store(record)
    rotation = replace(KNEE, joint="shoulder", motion="external_rotation", value_deg=65.0)

    add_manual(record, take.id, rotation)

    assert [each.motion for each in list_manual(record, take.id)] == ["external_rotation"]
    assert list_pairs(record) == ()
    row = progress_table(record, "P1").set_index("method").loc["goniometer"]
    assert (row["joint"], row["motion"], row["value"]) == ("shoulder", "external_rotation", 65.0)


def test_every_angle_of_the_camera_may_be_measured_by_hand_and_each_stands_once() -> None:
    names = [angle.name for angle in HAND_ANGLES]

    assert {joint.name for joint in JOINTS} == {a.name for a in HAND_ANGLES if a.by_camera}
    assert len(names) == len(set(names))
    assert all(low < 0.0 < high for low, high in (a.range_deg for a in HAND_ANGLES))


def test_unknown_takes_and_values_are_said(record: Record) -> None:
    take = store(record)
    written = add_manual(record, take.id, KNEE)

    with pytest.raises(RecordNotFoundError, match="no take"):
        add_manual(record, uuid4(), KNEE)
    with pytest.raises(RecordNotFoundError, match="no value measured by hand"):
        exclude_manual(record, replace(written, id=uuid4()), "gone")


def test_a_pair_is_of_the_same_take_and_the_current_analysis(record: Record) -> None:
    take = store(record)
    add_manual(record, take.id, KNEE)
    corrected = replace(take.analysis, measurements=(make_measurement(95.0),))
    add_analysis(record, take.id, corrected, "peak missed")

    (pair,) = list_pairs(record)

    assert (pair.by_hand_deg, pair.camera_deg, pair.difference_deg) == (97.5, 95.0, -2.5)
    assert (pair.angle, pair.side, pair.view) == ("knee_flexion", Side.LEFT, ViewName.SAGITTAL)
    assert (pair.patient_code, pair.take_id) == ("P1", take.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "rom_min"},
        {"side": Side.RIGHT},
        {"joint": "elbow"},
        {"mode": Mode.PASSIVE},
    ],
)
def test_what_is_not_the_same_angle_has_no_pair(record: Record, changes: dict[str, object]) -> None:
    take = store(record)
    add_manual(record, take.id, replace(KNEE, **changes))

    assert list_pairs(record) == ()


def test_what_a_joint_reaches_in_walking_has_no_pair(record: Record) -> None:
    take = store(record)
    add_manual(record, take.id, KNEE)
    add_analysis(record, take.id, replace(take.analysis, gait=make_gait()), "it was a walk")

    assert list_pairs(record) == ()


def test_what_was_not_measured_or_is_left_out_or_nobody_real_has_no_pair(record: Record) -> None:
    unmeasured, left_out, rendered = (
        store(record, day=0, value=math.nan),
        store(record, day=1),
        store(record, day=2),
    )
    for take in (unmeasured, left_out, rendered):
        add_manual(record, take.id, KNEE)
    exclude_take(record, left_out.id, "another person")

    assert [pair.take_id for pair in list_pairs(record)] == [rendered.id]
    digest = rendered.analysis.provenance.input.sha256
    assert list_pairs(record, without=[digest]) == ()


def test_agreement_grows_with_the_pairs_and_never_mixes_instruments(record: Record) -> None:
    for day, (camera, by_hand) in enumerate([(90.0, 94.0), (100.0, 102.0), (80.0, 86.0)]):
        take = store(record, "P1" if day < 2 else "P22", day=day, value=camera)
        add_manual(record, take.id, replace(KNEE, value_deg=by_hand))
    add_manual(record, take.id, replace(KNEE, instrument=Instrument.INCLINOMETER, value_deg=80.0))

    by_goniometer, by_inclinometer = compare_methods(list_pairs(record))

    assert (by_goniometer.instrument, by_goniometer.people) == (Instrument.GONIOMETER, 2)
    assert by_goniometer.agreement.n == 3
    assert by_goniometer.agreement.bias == pytest.approx(-4.0)
    assert by_goniometer.agreement.loa_low == pytest.approx(-4.0 - 1.96 * 2.0)
    assert by_inclinometer.agreement.n == 1
    assert math.isnan(by_inclinometer.agreement.loa_low)


def test_pairs_of_two_methods_are_kept_apart(record: Record) -> None:
    ensure_patient(record, "P1")
    for day, model in enumerate(("full", "full", "heavy")):
        analysis = make_analysis(
            started_at=STARTED_AT + timedelta(days=day),
            measurements=(make_measurement(90.0),),
            provenance=make_provenance(f"{day:064x}", model=model),
        )
        add_manual(record, store_analysis(record, analysis, "P1").id, KNEE)

    of_full, of_heavy = compare_methods(list_pairs(record))

    assert (of_full.agreement.n, of_heavy.agreement.n) == (2, 1)
    assert of_heavy.last_at == STARTED_AT + timedelta(days=2)


def test_the_progress_report_keeps_the_methods_apart(record: Record) -> None:
    for day, camera in enumerate((80.0, 100.0)):
        take = store(record, day=day, value=camera)
        add_manual(record, take.id, replace(KNEE, value_deg=camera + 5.0))

    table = progress_table(record, "P1")

    camera = table[table["method"] == "camera"]
    by_hand = table[table["method"] == "goniometer"]
    assert by_hand["value"].tolist() == [85.0, 105.0]
    assert by_hand["verdict"].tolist() == ["Baseline", "Improved beyond measurement error"]
    assert by_hand["mdc95"].tolist() == [9.5, 9.5]  # the goniometer's own, not the camera's
    assert by_hand["note"].tolist() == ["AB, long arm"] * 2
    assert by_hand[["view", "model", "fps"]].isna().all(axis=None)
    assert camera["verdict"].tolist() == [
        "Baseline",
        "Improved beyond measurement error (provisional error figure)",
    ]
    assert camera["take_id"].tolist() == by_hand["take_id"].tolist()


@pytest.mark.parametrize(
    ("movement", "measure"),
    [("knee_flexion", "rom_max"), ("squat", "rom_max"), ("seated_knee_extension", "rom_min")],
)
def test_an_extension_asks_for_the_smallest_angle(movement: str, measure: str) -> None:
    assert result_measure(movement) == measure
