"""Visits along a protocol: begun, noted, gone on with, ended; and two who write at once."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from clinic_makers import make_analysis
from sqlalchemy import text

from motion.clinic import (
    PatientDetails,
    ProtocolRun,
    Record,
    add_patient,
    end_protocol,
    ensure_patient,
    find_run,
    list_runs,
    note_step,
    start_protocol,
    store_analysis,
)
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Setting

VISIT = "knee_replacement_visit"


@pytest.fixture
def run(record: Record) -> ProtocolRun:
    add_patient(record, PatientDetails(code="P-1"))
    return start_protocol(record, "P-1", VISIT, Setting.CLINIC, author="Ann")


def test_a_visit_is_begun_for_a_patient_and_found_again(record: Record, run: ProtocolRun) -> None:
    assert (run.patient_code, run.protocol, run.setting) == ("P-1", VISIT, Setting.CLINIC)
    assert (run.author, run.ended_at, run.notes) == ("Ann", None, ())
    assert find_run(record, run.id) == run
    assert list_runs(record, "P-1") == (run,)


def test_nobody_is_visited_who_is_not_in_the_record(record: Record) -> None:
    with pytest.raises(RecordNotFoundError, match="P-9"):
        start_protocol(record, "P-9", VISIT, Setting.CLINIC)
    with pytest.raises(RecordNotFoundError, match="choose one on the patient's page"):
        find_run(record, uuid4())


def test_takes_and_reasons_are_noted_in_their_order(record: Record, run: ProtocolRun) -> None:
    take = store_analysis(record, make_analysis(), "P-1")
    after = note_step(record, run, "bend-left", take_id=take.id, author="Bea")
    after = note_step(record, after, "bend-right", skipped_reason=" Pain ")

    assert [each.step for each in after.notes] == ["bend-left", "bend-right"]
    assert after.find_note("bend-left").take_id == take.id
    assert after.find_note("bend-left").author == "Bea"
    assert after.find_note("bend-right").skipped_reason == "Pain"
    assert after.find_note("walk") is None
    assert find_run(record, run.id) == after


def test_a_step_that_was_done_again_counts_as_it_was_done_last(
    record: Record, run: ProtocolRun
) -> None:
    take = store_analysis(record, make_analysis(), "P-1")
    after = note_step(record, run, "bend-left", skipped_reason="No time")
    after = note_step(record, after, "bend-left", take_id=take.id)

    assert len(after.notes) == 2
    assert after.find_note("bend-left").take_id == take.id


def test_the_same_take_is_noted_once_however_often_a_page_runs(
    record: Record, run: ProtocolRun
) -> None:
    take = store_analysis(record, make_analysis(), "P-1")
    once = note_step(record, run, "bend-left", take_id=take.id)

    assert note_step(record, run, "bend-left", take_id=take.id) == once


def test_of_two_who_go_on_at_once_the_second_is_told(record: Record, run: ProtocolRun) -> None:
    note_step(record, run, "bend-left", skipped_reason="Pain")

    with pytest.raises(RecordConflictError, match="load it again"):
        note_step(record, run, "bend-right", skipped_reason="Pain")
    with pytest.raises(RecordConflictError, match="load it again"):
        end_protocol(record, run)


def test_nothing_is_noted_after_the_end(record: Record, run: ProtocolRun) -> None:
    ended = end_protocol(record, run)

    assert ended.ended_at is not None
    assert ended.ended_at >= ended.started_at
    with pytest.raises(InputError, match="begin another one"):
        note_step(record, ended, "bend-left", skipped_reason="Pain")
    with pytest.raises(RecordConflictError):
        end_protocol(record, run)


@pytest.mark.parametrize("given", [{}, {"skipped_reason": "  "}])
def test_a_step_without_a_result_is_refused(record: Record, run: ProtocolRun, given: dict) -> None:
    with pytest.raises(InputError, match="step walk: give one of"):
        note_step(record, run, "walk", **given)


def test_a_take_with_a_reason_is_refused(record: Record, run: ProtocolRun) -> None:
    with pytest.raises(InputError, match="give one of"):
        note_step(record, run, "walk", take_id=uuid4(), skipped_reason="Pain")


def test_another_patients_take_is_no_part_of_the_visit(record: Record, run: ProtocolRun) -> None:
    ensure_patient(record, "P-2")
    other = store_analysis(record, make_analysis(), "P-2")

    with pytest.raises(InputError, match="another patient's"):
        note_step(record, run, "bend-left", take_id=other.id)
    with pytest.raises(RecordNotFoundError, match="no take"):
        note_step(record, run, "bend-left", take_id=uuid4())
    assert find_run(record, run.id).notes == ()


def test_a_visit_may_be_gone_on_with_on_its_day_only(record: Record, run: ProtocolRun) -> None:
    day = run.started_at.astimezone().date()

    assert run.is_open_on(day)
    assert not run.is_open_on(day + timedelta(days=1))
    assert not end_protocol(record, run).is_open_on(day)


def test_the_newest_visit_comes_first_and_only_the_patients_own(
    record: Record, run: ProtocolRun
) -> None:
    ensure_patient(record, "P-2")
    start_protocol(record, "P-2", VISIT, Setting.CLINIC)
    with record.writing() as session:
        session.execute(
            text("UPDATE protocol_run SET created_at = :at WHERE protocol = :name"),
            {"at": datetime(2026, 3, 1, 9, tzinfo=UTC).replace(tzinfo=None), "name": VISIT},
        )
    newer = start_protocol(record, "P-1", "walking_check", Setting.CLINIC)

    assert [each.id for each in list_runs(record, "P-1")] == [newer.id, run.id]
    assert list_runs(record, "P-1")[1].started_at.date() == date(2026, 3, 1)
