"""Angles by hand beside no take: kept, followed on lines of their own, paired, taken over."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from clinic_makers import STARTED_AT, make_analysis, make_measurement, make_provenance

from motion.clinic import (
    ByHand,
    Instrument,
    ManualMeasurement,
    PatientDetails,
    Record,
    StoredTake,
    add_manual,
    add_manual_alone,
    add_patient,
    change_manual,
    ensure_patient,
    exclude_manual,
    find_patient,
    import_manual,
    list_edits,
    list_manual_of_patient,
    list_pairs,
    list_takes,
    pair_manual,
    progress_table,
    read_hand_file,
    store_analysis,
    takes_beside,
)
from motion.clinic.manual_lines import manual_lines
from motion.errors import InputError, RecordNotFoundError
from motion.model import Mode, Position, Setting, Side, TakeConditions

KNEE = ByHand(measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=92.0)
HEADER = b"date,side,joint,motion,mode,value_deg,position\n"


def alone(record: Record, said: ByHand = KNEE, day: int = 0, **changes: object):
    given: dict[str, object] = {
        "measured_at": STARTED_AT + timedelta(days=day),
        "position": Position.SUPINE,
        "setting": Setting.CLINIC,
    }
    return add_manual_alone(record, "P1", said, **(given | changes))  # type: ignore[arg-type]


def take(record: Record, value: float = 88.0, day: int = 0, code: str = "P1") -> StoredTake:
    ensure_patient(record, code)
    analysis = make_analysis(
        started_at=STARTED_AT + timedelta(days=day),
        conditions=TakeConditions(position=Position.SUPINE),
        measurements=(make_measurement(value),),
        provenance=make_provenance(f"{day:063x}{len(code)}"),
    )
    return store_analysis(record, analysis, code)


def test_a_value_by_itself_comes_back_with_its_moment(record: Record) -> None:
    patient = ensure_patient(record, "P1")
    stored = alone(record, replace(KNEE, measured_by="AB", note="long arm"))

    assert list_manual_of_patient(record, "P1") == (stored,)
    assert stored.take_id is None
    assert stored.measured_at == STARTED_AT
    assert stored.measured_at.utcoffset() == STARTED_AT.utcoffset()
    assert (stored.position, stored.setting, stored.source) == (
        Position.SUPINE, Setting.CLINIC, "",
    )  # fmt: skip
    change_manual(record, replace(stored, value_deg=95.0), "misread", author="AB")
    (edit,) = list_edits(record, patient.id)
    assert (edit.table, edit.before, edit.after) == ("manual_measurement", "92.0", "95.0")


def test_values_beside_a_take_and_alone_are_listed_in_order_of_time(record: Record) -> None:
    stored = take(record, day=3)
    add_manual(record, stored.id, replace(KNEE, value_deg=97.0))
    alone(record, day=5)
    alone(record, day=1)

    assert [value.measured_at for value in list_manual_of_patient(record, "P1")] == [
        STARTED_AT + timedelta(days=day) for day in (1, 3, 5)
    ]


def test_what_no_body_shows_or_nobody_may_measure_is_refused(record: Record) -> None:
    add_patient(record, PatientDetails(code="P1", withheld_joints=("left_knee",)))
    with pytest.raises(InputError, match="must lie between"):
        alone(record, replace(KNEE, value_deg=200.0))
    with pytest.raises(InputError, match="never measured in this patient"):
        alone(record)
    with pytest.raises(RecordNotFoundError, match="P9"):
        add_manual_alone(
            record, "P9", KNEE, measured_at=STARTED_AT,
            position=Position.SUPINE, setting=Setting.CLINIC,
        )  # fmt: skip
    assert alone(record, replace(KNEE, note="cast off")).note == "cast off"


def value(degrees: float, day: int, **changes: object) -> ManualMeasurement:
    from uuid import uuid4

    base = ManualMeasurement(
        measure="rom_max",
        joint="knee",
        motion="flexion",
        side=Side.LEFT,
        value_deg=degrees,
        id=uuid4(),
        take_id=None,
        measured_at=STARTED_AT + timedelta(days=day),
        position=Position.SUPINE,
        setting=Setting.CLINIC,
        source="",
        version=1,
        created_at=STARTED_AT,
        excluded_reason=None,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_line_has_the_error_of_its_instrument() -> None:
    (line,) = manual_lines([value(85.0, 0), value(94.0, 7), value(95.0, 14)])

    assert line.measurement.mdc95 == 9.5
    assert [point.verdict for point in line.points] == [
        "Baseline",
        "Change not detectable with the goniometer",
        "Improved beyond measurement error",
    ]


def test_extension_improves_toward_zero() -> None:
    lacking = [value(deg, day, measure="rom_min") for day, deg in enumerate((14.0, 4.0))]
    (line,) = manual_lines(lacking)

    assert line.measurement.mdc95 == 4.5
    assert line.points[1].verdict == "Improved beyond measurement error"


def test_an_instrument_without_a_published_error_is_not_judged() -> None:
    (line,) = manual_lines(
        [value(deg, day, instrument=Instrument.INCLINOMETER) for day, deg in ((0, 80), (7, 110))]
    )

    assert math.isnan(line.measurement.mdc95)
    assert line.points[1].verdict == "No error figure: change not judged"


def test_figures_of_people_without_symptoms_are_called_provisional() -> None:
    lifted = [
        value(deg, day, joint="shoulder", instrument=Instrument.INCLINOMETER)
        for day, deg in ((0, 120.0), (7, 140.0))
    ]
    (line,) = manual_lines(lifted)

    assert line.points[1].verdict.endswith("(provisional error figure)")


@pytest.mark.parametrize(
    "changes",
    [
        {"instrument": Instrument.PHONE},
        {"mode": Mode.PASSIVE},
        {"position": Position.SITTING},
        {"setting": Setting.HOME},
        {"side": Side.RIGHT},
        {"measure": "rom_min"},
    ],
)
def test_what_differs_stands_on_another_line(changes: dict[str, object]) -> None:
    lines = manual_lines([value(85.0, 0), value(95.0, 7, **changes)])

    assert [len(line.points) for line in lines] == [1, 1]


def test_beside_a_take_and_alone_stand_on_one_line_and_two_of_one_day_are_two(
    record: Record,
) -> None:
    stored = take(record)
    for degrees in (85.0, 86.0):
        add_manual(record, stored.id, replace(KNEE, value_deg=degrees))
    alone(record, replace(KNEE, value_deg=97.0), day=7)
    gone = alone(record, replace(KNEE, value_deg=20.0), day=8)
    exclude_manual(record, gone, "slip")

    (line,) = manual_lines(list_manual_of_patient(record, "P1"))
    assert [point.measurement.value for point in line.points] == [85.0, 86.0, 97.0]
    table = progress_table(record, "P1")
    by_hand = table[table["method"] == "goniometer"]
    assert by_hand["verdict"].tolist()[-1] == "Improved beyond measurement error"


def test_a_take_of_the_same_day_and_way_is_offered_and_paired(record: Record) -> None:
    patient = ensure_patient(record, "P1")
    stored = take(record)
    found = alone(record)
    (offered,) = takes_beside(list_takes(record, "P1"), found, STARTED_AT.date(), found.position)
    assert offered.id == stored.id
    paired = pair_manual(record, found, offered.id, author="AB")

    assert paired.take_id == stored.id
    (pair,) = list_pairs(record)
    assert (pair.by_hand_deg, pair.camera_deg) == (92.0, 88.0)
    assert [edit.field for edit in list_edits(record, stored.id)] == ["take_id"]
    assert list_edits(record, patient.id) == ()
    with pytest.raises(InputError, match="stands beside a take already"):
        pair_manual(record, paired, stored.id)


@pytest.mark.parametrize(
    ("changes", "position", "day"),
    [
        ({"mode": Mode.PASSIVE}, Position.SUPINE, 0),
        ({"side": Side.RIGHT}, Position.SUPINE, 0),
        ({"measure": "rom_min"}, Position.SUPINE, 0),
        ({}, Position.SITTING, 0),
        ({}, Position.UNKNOWN, 0),
        ({}, Position.SUPINE, 1),
    ],
)
def test_no_take_is_offered_that_was_made_otherwise(record, changes, position, day) -> None:
    take(record)
    on = STARTED_AT.date() + timedelta(days=day)

    assert takes_beside(list_takes(record, "P1"), replace(KNEE, **changes), on, position) == ()


def test_another_patients_take_is_refused(record: Record) -> None:
    ensure_patient(record, "P1")
    other = take(record, code="P22")
    found = alone(record)

    with pytest.raises(InputError, match="another patient's"):
        pair_manual(record, found, other.id)


def read(rows: bytes, header: bytes = HEADER, **changes: object):
    given: dict[str, object] = {"now": datetime(2026, 3, 20, 12, tzinfo=UTC), "zone": UTC}
    return read_hand_file(header + rows, "P1", **(given | changes))  # type: ignore[arg-type]


def test_a_file_is_stored_as_a_whole_and_noticed_the_second_time(record: Record) -> None:
    ensure_patient(record, "P1")
    found = read(
        b"2026-03-02,left,knee,flexion,active,92,supine\n"
        b"2026-03-02,left,knee,flexion,active,92,supine\n"
        b"2026-03-09,left,knee,extension,passive,10,supine\n"
    )
    first = import_manual(record, "P1", found, label="old clinic", author="AB")
    again = import_manual(record, "P1", found)

    assert (first.stored, first.known) == (3, 0)
    assert (again.stored, again.known) == (0, 3)
    values = list_manual_of_patient(record, "P1")
    assert len(values) == 3
    assert {each.source for each in values} == {f"imported: old clinic, file {found.sha256[:12]}"}
    assert (values[2].measure, values[2].motion, values[2].mode) == (
        "rom_min", "flexion", Mode.PASSIVE,
    )  # fmt: skip


def test_one_wrong_line_keeps_all_out(record: Record) -> None:
    ensure_patient(record, "P1")
    found = read(
        b"2026-03-02,left,knee,flexion,active,92,supine\n"
        b"2026-03-02,left,knee,flexion,active,300,supine\n"
    )
    with pytest.raises(InputError, match="1 of 2 lines cannot be used, nothing was stored: line 3"):
        import_manual(record, "P1", found)

    assert list_manual_of_patient(record, "P1") == ()


def test_a_joint_withheld_meanwhile_keeps_all_out(record: Record) -> None:
    from motion.clinic import update_patient

    ensure_patient(record, "P1")
    found = read(
        b"2026-03-02,right,elbow,flexion,active,92,\n2026-03-02,left,knee,flexion,active,92,\n"
    )
    patient = find_patient(record, "P1")
    assert patient is not None
    update_patient(record, replace(patient, withheld_joints=("left_knee",)))
    with pytest.raises(InputError, match="never measured"):
        import_manual(record, "P1", found)

    assert list_manual_of_patient(record, "P1") == ()
    assert read(b"2026-03-02,left,knee,flexion,active,92,\n", withheld=("left_knee",)).problems


def test_a_label_is_short(record: Record) -> None:
    ensure_patient(record, "P1")
    with pytest.raises(InputError, match="at most 60"):
        import_manual(
            record, "P1", read(b"2026-03-02,left,knee,flexion,active,92,\n"), label="x" * 61
        )
