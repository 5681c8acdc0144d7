"""A patient's targets: one current per angle, measure and side; what held before is kept."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from clinic_makers import make_analysis, make_measurement
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from motion.clinic import (
    ByHand,
    PatientDetails,
    Record,
    Target,
    TargetDetails,
    add_manual,
    add_patient,
    change_target,
    find_target,
    list_edits,
    list_targets,
    open_record,
    progress_report,
    progress_table,
    set_target,
    store_analysis,
    withdraw_target,
)
from motion.clinic.migrate import alembic_config
from motion.clinic.norm_columns import NORM_COLUMNS
from motion.clinic.sign_columns import SIGN_COLUMNS
from motion.clinic.target_columns import TARGET_COLUMNS
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Side

KNEE = TargetDetails(
    joint="knee", motion="flexion", side=Side.LEFT, target_deg=120.0, note="stairs at work"
)
KEY = ("rom_max", "knee", "flexion")
EVER = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def patient(record: Record):
    return add_patient(record, PatientDetails(code="P1"))


def edits(record: Record, patient) -> list[tuple[str, str | None, str | None, str, str | None]]:
    found = list_edits(record, patient.id)
    assert {edit.table for edit in found} <= {"target"}
    return [(edit.field, edit.before, edit.after, edit.reason, edit.author) for edit in found]


def test_a_target_comes_back_with_when_and_by_whom(record: Record, patient) -> None:
    before = datetime.now(UTC)
    written = set_target(record, "P1", KNEE, author="AB")

    (found,) = list_targets(record, "P1")
    assert found == written
    assert {name: getattr(found, name) for name in KNEE.__slots__} == {
        name: getattr(KNEE, name) for name in KNEE.__slots__
    }
    assert (found.set_by, found.version, found.ended_at) == ("AB", 1, None)
    assert before <= found.created_at <= before + timedelta(minutes=1)
    assert list_targets(record, "P2") == ()


def test_nobody_need_be_named(record: Record, patient) -> None:
    assert set_target(record, "P1", KNEE).set_by is None
    assert [each.set_by for each in list_targets(record, "P1")] == [None]


def test_another_target_of_the_same_ends_the_one_before_and_keeps_it(
    record: Record, patient
) -> None:
    first = set_target(record, "P1", KNEE, author="AB")
    second = set_target(record, "P1", replace(KNEE, target_deg=130.0), author="CD")

    assert list_targets(record, "P1") == (second,)
    ended, current = list_targets(record, "P1", with_ended=True)
    assert (ended.id, ended.target_deg, ended.set_by, ended.version) == (first.id, 120.0, "AB", 2)
    assert ended.ended_at is not None
    assert ended.created_at <= ended.ended_at <= current.created_at
    ((field, was, became, reason, author),) = edits(record, patient)
    assert (field, was, reason, author) == ("ended_at", None, "replaced by another target", "CD")
    assert datetime.fromisoformat(str(became)) == ended.ended_at


@pytest.mark.parametrize(
    "other",
    [
        {"side": Side.RIGHT},
        {"side": Side.BOTH},
        {"measure": "rom_min"},
        {"joint": "elbow"},
        {"joint": "hip", "motion": "abduction", "target_deg": 40.0},
    ],
)
def test_a_target_of_something_else_stands_beside_it(
    record: Record, patient, other: dict[str, object]
) -> None:
    set_target(record, "P1", KNEE)
    set_target(record, "P1", replace(KNEE, **other))

    assert len(list_targets(record, "P1")) == 2
    assert edits(record, patient) == []


def test_the_database_itself_holds_that_only_one_is_current(record: Record, patient) -> None:
    set_target(record, "P1", KNEE)
    set_target(record, "P1", replace(KNEE, target_deg=125.0))

    with pytest.raises(RecordConflictError), record.writing() as session:
        session.execute(text("UPDATE target SET ended_at = NULL"))
    assert [each.target_deg for each in list_targets(record, "P1")] == [125.0]


def test_a_correction_needs_no_reason_and_is_kept_with_before_and_after(
    record: Record, patient
) -> None:
    written = set_target(record, "P1", KNEE, author="AB")

    changed = change_target(record, replace(written, target_deg=110.0, note=""), author="CD")

    assert (changed.target_deg, changed.note, changed.version) == (110.0, "", 2)
    assert (changed.set_by, changed.created_at) == ("AB", written.created_at)
    assert list_targets(record, "P1") == (changed,)
    assert sorted(edits(record, patient)) == [
        ("note", "stairs at work", "", "corrected", "CD"),
        ("target_deg", "120.0", "110.0", "corrected", "CD"),
    ]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(record: Record, patient) -> None:
    written = set_target(record, "P1", KNEE)
    changed = change_target(record, replace(written, target_deg=110.0))

    with pytest.raises(RecordConflictError, match="changed or ended meanwhile: load the patient"):
        change_target(record, replace(written, target_deg=100.0))
    with pytest.raises(RecordConflictError, match="changed or ended meanwhile"):
        withdraw_target(record, written)
    assert list_targets(record, "P1") == (changed,)


def test_a_withdrawn_target_holds_no_more_and_stays_in_the_record(record: Record, patient) -> None:
    written = set_target(record, "P1", KNEE)

    ended = withdraw_target(record, written, author="CD")

    assert list_targets(record, "P1") == ()
    assert list_targets(record, "P1", with_ended=True) == (ended,)
    ((field, was, _, reason, author),) = edits(record, patient)
    assert (field, was, reason, author) == ("ended_at", None, "withdrawn", "CD")
    with pytest.raises(RecordConflictError, match="changed or ended meanwhile"):
        withdraw_target(record, ended)
    again = set_target(record, "P1", KNEE)
    assert list_targets(record, "P1") == (again,)


def test_what_a_target_is_of_does_not_change(record: Record, patient) -> None:
    written = set_target(record, "P1", KNEE)

    with pytest.raises(InputError, match="side of a target cannot change: withdraw it and set"):
        change_target(record, replace(written, side=Side.RIGHT))
    assert list_targets(record, "P1") == (written,)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"target_deg": 1200.0},
            r"knee flexion must be whole degrees between -40 and 170, got 1200",
        ),
        ({"target_deg": math.nan}, r"got nan: 0 is straight"),
        ({"target_deg": 92.5}, r"must be whole degrees between -40 and 170, got 92.5"),
        ({"motion": "rotation"}, r"angle 'knee_rotation' of a target is none of the joint table"),
        ({"side": Side.NONE}, r"knee_flexion must be left or right or both, got none: choose it"),
        ({"joint": "trunk"}, r"side of trunk_flexion must be none, got left: choose it"),
        ({"measure": "rom_range"}, r"must be rom_max or rom_min, got 'rom_range': choose one"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    record: Record, patient, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        set_target(record, "P1", replace(KNEE, **changes))
    assert "\n" not in str(caught.value)
    assert list_targets(record, "P1", with_ended=True) == ()


def test_unknown_patients_and_targets_are_said(record: Record, patient) -> None:
    written = set_target(record, "P1", KNEE)

    with pytest.raises(RecordNotFoundError, match="no patient has the code P2"):
        set_target(record, "P2", KNEE)
    with pytest.raises(RecordNotFoundError, match=r"no target .*: load the patient again"):
        withdraw_target(record, replace(written, id=uuid4()))


def target(side: Side, target_deg: float = 120.0, **changes: object) -> Target:
    given: dict[str, object] = {"measure": "rom_max", "joint": "knee", "motion": "flexion"}
    return Target(
        **(given | changes),
        side=side,
        target_deg=target_deg,
        id=uuid4(),
        version=1,
        created_at=EVER,
        set_by=None,
        ended_at=None,
    )


def test_the_target_of_a_side_goes_before_that_of_both() -> None:
    both, left = target(Side.BOTH, 110.0), target(Side.LEFT, 120.0)

    assert find_target((both, left), *KEY, Side.LEFT) is left
    assert find_target((both, left), *KEY, Side.RIGHT) is both
    assert find_target((left,), *KEY, Side.RIGHT) is None
    assert find_target((both,), *KEY, Side.NONE) is None


def test_an_ended_target_and_one_of_another_end_hold_for_nothing() -> None:
    found = (replace(target(Side.LEFT), ended_at=EVER), target(Side.LEFT, measure="rom_min"))

    assert find_target(found, *KEY, Side.LEFT) is None
    assert find_target(found, "rom_min", "knee", "flexion", Side.LEFT) is found[1]


SIDES = st.sampled_from([Side.LEFT, Side.RIGHT, Side.BOTH])


@given(sides=st.permutations([Side.LEFT, Side.RIGHT, Side.BOTH]), asked=SIDES)
def test_the_order_of_targets_does_not_matter(sides: list[Side], asked: Side) -> None:
    found = find_target([target(side) for side in sides], *KEY, asked)

    assert found is not None
    assert found.side is asked


def test_the_progress_report_has_the_target_beside_the_numbers_it_is_of(
    record: Record, patient
) -> None:
    measurements = (
        make_measurement(100.0),
        make_measurement(5.0, measure="rom_min"),
        make_measurement(95.0, side=Side.RIGHT),
    )
    take = store_analysis(record, make_analysis(measurements=measurements), "P1")
    by_hand = {"measure": "rom_max", "joint": "knee", "motion": "flexion", "side": Side.LEFT}
    add_manual(record, take.id, ByHand(**by_hand, value_deg=104.0))
    written = set_target(record, "P1", KNEE, author="AB")
    set_target(record, "P1", replace(KNEE, measure="rom_min", target_deg=0.0))

    table = progress_report(record, "P1", ())

    found = table.set_index(["method", "measure", "side"])["target"].to_dict()
    assert found[("camera", "rom_max", "left")] == 120.0
    assert found[("goniometer", "rom_max", "left")] == 120.0
    assert found[("camera", "rom_min", "left")] == 0.0
    assert math.isnan(found[("camera", "rom_max", "right")])
    source = table[(table.measure == "rom_max") & (table.side == "left")].target_source
    when = written.created_at.isoformat(timespec="seconds")
    assert set(source) == {f"set {when} by AB"}
    assert table[table.side == "right"].target_source.isna().all()


def test_columns_are_only_appended_to_the_progress_report(record: Record, patient) -> None:
    store_analysis(record, make_analysis(), "P1")

    columns = list(progress_report(record, "P1", ()).columns)

    agreed = progress_table(record, "P1").columns
    assert columns == [*agreed, *NORM_COLUMNS, *TARGET_COLUMNS, *SIGN_COLUMNS, "made_up"]


def test_a_record_of_before_keeps_its_patients_and_takes_targets(
    record: Record, patient, url: str, tmp_path: Path
) -> None:
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "0003")

    with open_record(url, tmp_path) as updated:
        written = set_target(updated, "P1", KNEE)
        assert list_targets(updated, "P1") == (written,)
