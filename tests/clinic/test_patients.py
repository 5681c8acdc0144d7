"""Patients are added, changed by one at a time, and listed with their takes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from clinic_makers import STARTED_AT, make_analysis
from sqlalchemy import event, text

from motion.clinic import (
    PatientDetails,
    Record,
    SexForNorms,
    add_patient,
    count_listed,
    ensure_patient,
    exclude_take,
    find_patient,
    joint_names,
    list_edits,
    list_patients,
    store_analysis,
    update_patient,
)
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Side

DETAILS = PatientDetails(
    code="P-017",
    name="Änne Öz",
    birth_year=1961,
    sex_for_norms=SexForNorms.FEMALE,
    height_cm=163.5,
    affected_side=Side.RIGHT,
    operation_date=date(2026, 2, 3),
    aids="two crutches",
    brace="",
    cast="",
    prosthesis_or_absent_limb="",
    withheld_joints=("left_knee", "trunk"),
    language="de",
    precautions="no flexion beyond 90°",
    diagnosis_note="total knee replacement",
)


def test_patient_comes_back(record: Record) -> None:
    added = add_patient(record, DETAILS, author="Bea")

    assert find_patient(record, "P-017") == added
    assert replace(DETAILS) == PatientDetails(
        **{name: getattr(added, name) for name in PatientDetails.__slots__}
    )
    assert find_patient(record, "P-018") is None


def test_code_is_unique(record: Record) -> None:
    add_patient(record, DETAILS)

    with pytest.raises(RecordConflictError, match="patient code P-017 exists already"):
        add_patient(record, PatientDetails(code="P-017"))
    other = add_patient(record, PatientDetails(code="P-018"))
    with pytest.raises(RecordConflictError, match="patient code P-017 exists already"):
        update_patient(record, replace(other, code="P-017"))
    assert ensure_patient(record, "P-017").name == "Änne Öz"
    assert ensure_patient(record, "P-019").version == 1


def test_second_of_two_changes_is_refused(record: Record) -> None:
    loaded = add_patient(record, DETAILS)
    changed = update_patient(record, replace(loaded, height_cm=164), author="Bea", reason="typo")

    with pytest.raises(RecordConflictError, match=r"version 2, yours is 1.*load it again"):
        update_patient(record, replace(loaded, aids="none"))
    assert find_patient(record, "P-017") == changed
    assert changed.version == 2
    (edit,) = list_edits(record, loaded.id)
    assert (edit.field, edit.before, edit.after) == ("height_cm", "163.5", "164")
    assert (edit.author, edit.reason) == ("Bea", "typo")


def test_withheld_joints_are_a_column_and_their_change_is_noted(record: Record) -> None:
    loaded = add_patient(record, DETAILS)
    changed = update_patient(record, replace(loaded, withheld_joints=("right_ankle", "left_hip")))

    found = find_patient(record, "P-017")
    assert found == changed
    assert found is not None
    assert found.withheld_joints == ("right_ankle", "left_hip")
    (edit,) = list_edits(record, loaded.id)
    assert (edit.before, edit.after) == ("left_knee, trunk", "right_ankle, left_hip")
    with record.reading() as session:
        (stored,) = session.execute(text("SELECT withheld_joints FROM patient")).one()
    assert stored == "right_ankle,left_hip"
    assert ensure_patient(record, "P-018").withheld_joints == ()
    assert find_patient(record, "P-018").withheld_joints == ()  # type: ignore[union-attr]


def test_joints_are_those_that_are_measured() -> None:
    paired = ("shoulder", "elbow", "hip", "knee", "ankle")
    sided = {f"{side}_{joint}" for side in ("left", "right") for joint in paired}
    assert set(joint_names()) == sided | {"trunk", "neck"}
    assert len(joint_names()) == 12


def test_row_that_is_gone(record: Record) -> None:
    added = add_patient(record, DETAILS)
    with pytest.raises(RecordNotFoundError, match="no patient has the code P-017"):
        update_patient(record, replace(added, id=uuid4()))


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (PatientDetails(code=""), "patient code must be"),
        (PatientDetails(code=" P"), "patient code must be"),
        (PatientDetails(code="P\n1"), "patient code must be"),
        (PatientDetails(code="P" * 65), "patient code must be"),
        (PatientDetails(code="P", birth_year=61), "birth year must be 1900 to .*, got 61"),
        (
            PatientDetails(code="P", withheld_joints=("left_knee", "knee")),
            "joint 'knee' is not known",
        ),
        (PatientDetails(code="P", height_cm=1.7), "height must be 30 to 260 cm, got 1.7"),
    ],
)
def test_details_that_cannot_be(record: Record, details: PatientDetails, said: str) -> None:
    with pytest.raises(InputError, match=said):
        add_patient(record, details)


def test_list_counts_takes_in_one_query(record: Record) -> None:
    add_patient(record, DETAILS)
    ensure_patient(record, "A_1")
    last = STARTED_AT + timedelta(days=3)
    for moment in (last, STARTED_AT):
        store_analysis(record, make_analysis(started_at=moment), "P-017")
    later = make_analysis(started_at=last + timedelta(days=1))
    exclude_take(record, store_analysis(record, later, "P-017").id, "another person")
    asked: list[str] = []
    listen = (record._readers, "before_cursor_execute", lambda *args: asked.append(args[2]))
    event.listen(*listen)

    listed = list_patients(record)

    event.remove(*listen)
    assert [(s.patient.code, s.takes, s.last_take_at) for s in listed] == [
        ("A_1", 0, None),
        ("P-017", 2, last),
    ]
    assert sum("SELECT patient" in statement for statement in asked) == 1
    assert len([s for s in asked if s.startswith("SELECT")]) == 1


def test_list_is_searched_and_paged(record: Record) -> None:
    for code in ("P-1", "P-2", "Q_3", "Q%4"):
        ensure_patient(record, code)
    add_patient(record, DETAILS)

    assert [s.patient.code for s in list_patients(record, search="q_")] == ["Q_3"]
    assert [s.patient.code for s in list_patients(record, search="nne")] == ["P-017"]
    assert len(list_patients(record, limit=2)) == 2
    assert len(list_patients(record, limit=10, offset=4)) == 1


def test_as_many_are_counted_as_are_listed_without_a_limit(record: Record) -> None:
    assert count_listed(record) == 0
    for code in ("P-1", "P-2", "Q_3", "Q%4"):
        ensure_patient(record, code)
    add_patient(record, DETAILS)
    found = {
        "all": count_listed(record),
        "name in any case": count_listed(record, search="öz"),
        "percent sign": count_listed(record, search="q%"),
        "side": count_listed(record, affected_side=Side.RIGHT),
        "codes": count_listed(record, codes=("P-1", "Q_3", "nobody")),
        "none of the codes": count_listed(record, codes=()),
        "together": count_listed(record, search="p-", codes=("P-1", "Q_3", "P-017")),
    }

    assert found == {
        "all": 5,
        "name in any case": len(list_patients(record, search="öz")),
        "percent sign": 1,
        "side": 1,
        "codes": 2,
        "none of the codes": 0,
        "together": 2,
    }
