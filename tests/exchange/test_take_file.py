"""The take file: only the clinic opens it, and what arrives is what was measured."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from clinic_makers import assert_same, make_analysis
from exchange_pair import Pair
from plan_takes import make_diary, make_facts, make_live_analysis, store_session

from motion.clinic import (
    ProgressionRule,
    add_answers,
    change_item,
    exclude_take,
    find_live_facts,
    find_patient,
    list_diary,
    list_done,
    list_takes,
    load_take,
    note_done,
    open_record,
    pending_suggestions,
    store_analysis,
    store_live,
    update_patient,
)
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.exchange import read_take_file, receive_take, write_take_file
from motion.exchange.keys import key_path
from motion.exchange.take_document import TakeBody
from motion.model import LiveEnd, LiveFacts, MeasureVerdict, Setting, Side
from motion.settings import AnalysisSettings, recall_settings


def send(pair: Pair, take_id, name: str = "a.motiontake") -> Path:
    path = pair.folder / name
    write_take_file(pair.home, take_id, path)
    return path


def test_a_take_arrives_with_its_numbers_and_its_facts(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1, pain_during=2)
    add_answers(pair.home, take.id, pain_after=3, exertion=5)

    received = receive_take(pair.clinic, send(pair, take.id))

    assert received.take is not None
    arrived = load_take(pair.clinic, take.id)
    assert_same(arrived.analysis.recording, take.analysis.recording)
    assert_same(arrived.analysis.repetitions, take.analysis.repetitions)
    assert_same(arrived.analysis.measurements, take.analysis.measurements)
    assert_same(arrived.analysis.conditions, take.analysis.conditions)
    assert arrived.analysis.conditions.setting is Setting.HOME
    assert arrived.analysis.started_at == take.analysis.started_at
    facts, sent = (find_live_facts(r, take.id) for r in (pair.clinic, pair.home))
    assert facts is not None
    assert sent is not None
    for name in LiveFacts.__slots__:
        assert_same(getattr(facts, name), getattr(sent, name))
    assert facts.item_id == pair.measured.id
    assert (facts.pain_after, facts.exertion, len(facts.repetitions)) == (3, 5, 1)
    assert "measured again here" in received.said
    assert dict(arrived.analysis.provenance.settings)["measured_at_home_by"] == "tests"
    assert received.measured_by == "tests"


def test_every_field_of_the_facts_travels() -> None:
    document = TakeBody.model_fields["facts"].annotation
    assert document is not None
    assert set(document.model_fields) == {*LiveFacts.__slots__}


def test_every_choice_for_a_take_travels_or_is_the_clinics_own() -> None:
    sent = set(TakeBody.model_fields)
    clinics = {"cleaning", "model_path", "gait", "person"}  # the person is in what was found of it
    # Nobody corrects a take at home.
    corrected = {"repetitions", "left_out", "sides_said", "sides_exchanged", "done_side"}
    assert {field.name for field in fields(AnalysisSettings)} <= sent | clinics | corrected


def test_choices_come_back_as_they_were(pair: Pair) -> None:
    analysis = make_live_analysis()
    chosen = dict(analysis.provenance.settings) | {"go_s": 1.25, "target_deg": 20.0}
    provenance = replace(analysis.provenance, settings=tuple(chosen.items()))
    sent = replace(analysis, provenance=provenance)
    take = store_live(pair.home, sent, make_facts(), "P1", item_id=pair.measured.id)

    received = receive_take(pair.clinic, send(pair, take.id))

    assert received.take is not None
    expected = replace(recall_settings(sent), withheld_joints=("right_knee",))
    assert recall_settings(received.take.analysis) == expected


def test_the_day_is_the_patients_own(pair: Pair) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    analysis = make_live_analysis(started_at=late)
    take = store_live(pair.home, analysis, make_facts(), "P1", item_id=pair.measured.id)
    note_done(pair.home, pair.guided.id, make_diary(done_at=late))

    receive_take(pair.clinic, send(pair, take.id))

    assert [each.day for each in list_done(pair.clinic, "P1")] == [late.date()] * 2


def test_no_video_and_no_name_travels(pair: Pair) -> None:
    video = pair.folder / "video.mp4"
    video.write_bytes(b"annotated" * 100_000)
    analysis = make_live_analysis()
    take = store_live(
        pair.home, analysis, make_facts(), "P1", item_id=pair.measured.id, annotated=video
    )

    path = send(pair, take.id)

    assert path.stat().st_size < 100_000
    content = path.read_bytes()
    assert not [word for word in (b"annotated", b"knee", b"Stairs") if word in content]


def test_a_take_is_received_once(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1)
    path = send(pair, take.id)
    receive_take(pair.clinic, path)

    for _ in range(2):
        with pytest.raises(RecordConflictError, match=r"is stored under P1 already: not stored"):
            receive_take(pair.clinic, path)
        exclude_take(pair.clinic, take.id, "fell asleep")
    assert len(list_takes(pair.clinic, "P1")) == 1


def test_answers_that_were_given_later_come_with_a_newer_file(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1, pain_pressed=True, note="")
    receive_take(pair.clinic, send(pair, take.id))
    add_answers(pair.clinic, take.id, exertion=3)
    add_answers(pair.home, take.id, pain_during=6, pain_after=2, exertion=8, note="better")
    newer = send(pair, take.id, "b.motiontake")

    received = receive_take(pair.clinic, newer)

    assert "new answers (pain during, pain after, note) to the take of" in received.said
    facts = find_live_facts(pair.clinic, take.id)
    assert facts is not None
    assert (facts.pain_during, facts.pain_after, facts.note) == (6, 2, "better")
    assert facts.exertion == 3, "what the clinic wrote stays"
    assert len(list_takes(pair.clinic, "P1")) == 1
    with pytest.raises(RecordConflictError, match="stored under P1 already"):
        receive_take(pair.clinic, newer)


def test_the_diary_travels_and_grows(pair: Pair) -> None:
    first = note_done(pair.home, pair.guided.id, make_diary(note="warm"))
    path = pair.folder / "diary.motiontake"
    write_take_file(pair.home, None, path, patient_code="P1")
    received = receive_take(pair.clinic, path)
    assert (received.take, received.diary_n) == (None, 1)
    assert list_diary(pair.clinic, "P1") == (replace(first, version=1),)

    note_done(pair.home, pair.guided.id, make_diary(done=False))
    take = store_session(pair.home, pair.measured, 1)
    assert receive_take(pair.clinic, send(pair, take.id)).diary_n == 1
    assert len(list_diary(pair.clinic, "P1")) == 2


def test_suggestions_are_made_where_they_can_be_accepted(pair: Pair) -> None:
    rule = ProgressionRule(after_sessions=2, raise_by=2, raise_up_to=12)
    change_item(pair.clinic, replace(pair.measured, rule=rule))
    for seed in (1, 2):
        take = store_session(pair.home, pair.measured, seed, pain_after=1)
        receive_take(pair.clinic, send(pair, take.id))

    (suggestion,) = pending_suggestions(pair.clinic, "P1")
    assert (suggestion.before, suggestion.after) == (3.0, 5.0)
    assert pending_suggestions(pair.home, "P1") == ()


def test_a_joint_that_the_clinic_withholds_meanwhile_is_not_measured(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1)
    patient = find_patient(pair.clinic, "P1")
    assert patient is not None
    update_patient(pair.clinic, replace(patient, withheld_joints=("left_knee",)))

    received = receive_take(pair.clinic, send(pair, take.id))

    assert received.take is not None
    of_knee = [
        m for m in received.take.analysis.measurements if (m.joint, m.side) == ("knee", Side.LEFT)
    ]
    assert {m.verdict for m in of_knee} == {MeasureVerdict.NOT_MEASURABLE}
    assert received.take.analysis.repetitions == ()


def test_an_interrupted_take_travels_and_is_not_complete(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1, end=LiveEnd.SOURCE_LOST)
    receive_take(pair.clinic, send(pair, take.id))

    (done,) = list_done(pair.clinic, "P1")
    assert done.interrupted
    assert not done.counts
    assert (done.repetitions_done, done.percent) == (3, 0.0)


def test_a_take_of_no_plan_does_not_travel(pair: Pair, tmp_path: Path) -> None:
    stored = store_analysis(pair.home, make_analysis(), "P1")
    with pytest.raises(InputError, match="was not live: only live takes travel to the clinic"):
        write_take_file(pair.home, stored.id, tmp_path / "a.motiontake")
    own = store_session(pair.clinic, pair.measured, 3)
    other = pair.folder / "own.motiontake"
    write_take_file(pair.clinic, own.id, other)  # the clinic's own, by the plan that it shares
    with pytest.raises(RecordConflictError, match="already"):
        receive_take(pair.clinic, other)
    with pytest.raises(RecordNotFoundError):
        write_take_file(pair.home, None, tmp_path / "a.motiontake", patient_code="P9")


def test_what_is_too_long_to_travel_is_said(pair: Pair, tmp_path: Path) -> None:
    analysis = make_live_analysis()
    said = replace(analysis.conditions, aid="a" * 101)
    take = store_live(pair.home, replace(analysis, conditions=said), make_facts(), "P1")

    with pytest.raises(InputError, match=r"the take of P1 cannot be written .*conditions\.aid"):
        write_take_file(pair.home, take.id, tmp_path / "a.motiontake")
    assert not (tmp_path / "a.motiontake").exists()


def test_another_clinic_cannot_open_it(pair: Pair, tmp_path: Path) -> None:
    path = send(pair, store_session(pair.home, pair.measured, 1).id)
    with pytest.raises(InputError, match=r"this computer has no clinic's key .*clinic\.key"):
        read_take_file(pair.home, path)
    with open_record(None, tmp_path / "other") as other:
        key_path(other).parent.mkdir()
        key_path(other).write_text(np.random.default_rng(1).bytes(32).hex())
        with pytest.raises(InputError, match="damaged, or sealed for another clinic's key"):
            read_take_file(other, path)


def test_a_clinic_that_lost_its_record_says_so(pair: Pair, tmp_path: Path) -> None:
    path = send(pair, store_session(pair.home, pair.measured, 1).id)
    with open_record(None, tmp_path / "new") as new:
        key_path(new).parent.mkdir()
        key_path(new).write_text(key_path(pair.clinic).read_text())
        with pytest.raises(InputError, match=r"of 'P1' and of no plan of this record; ask whose"):
            receive_take(new, path)
        assert find_patient(new, "P1") is None


def test_an_excluded_clock_is_no_excuse(pair: Pair) -> None:
    """A take that was recorded before the dose changed says nothing of the new one."""
    old = store_session(pair.home, pair.measured, 1, pain_after=0)
    rule = ProgressionRule(after_sessions=1, raise_by=2, raise_up_to=12)
    given = pair.measured.prescription
    dose = replace(given.dose, rest_s=40.0)
    changed = replace(pair.measured, rule=rule, prescription=replace(given, dose=dose))
    assert change_item(pair.clinic, changed).dosed_at > old.analysis.started_at.astimezone(UTC)

    receive_take(pair.clinic, send(pair, old.id))

    assert pending_suggestions(pair.clinic, "P1") == ()
