"""What a live take says of itself: stored whole beside the take, once, and answered later."""

import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import pytest
from clinic_makers import assert_same, make_analysis, make_recording, with_digest
from clinic_processes import run_child
from plan_takes import KNEE, make_facts, make_item, make_live_analysis, store_session

from motion.clinic import (
    PlanItem,
    Record,
    add_answers,
    ensure_patient,
    exclude_take,
    find_live_facts,
    find_take,
    list_edits,
    list_takes,
    load_take,
    open_record,
    prescribe,
    store_analysis,
    store_live,
    sweep,
)
from motion.clinic.live_tables import CoachedRepetitionRow, CompensationRow, LiveTakeRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import (
    CoachedRepetition,
    Compensated,
    LiveEnd,
    LiveFacts,
    LiveSource,
    NeutralPose,
    Side,
)


@pytest.fixture
def item(record: Record) -> PlanItem:
    ensure_patient(record, "P1")
    return prescribe(record, "P1", make_item())


def said(facts: LiveFacts | None) -> LiveFacts:
    assert facts is not None
    return LiveFacts(**{field.name: getattr(facts, field.name) for field in fields(LiveFacts)})


def test_every_field_is_a_column() -> None:
    def columns(table: type) -> set[str]:
        return set(table.__table__.columns.keys())

    nested = {"repetitions", "compensations", "neutral"}
    neutral = {f"neutral_{field.name}" for field in fields(NeutralPose)}
    own = {"id", "version", "author_id", "created_at", "take_id", "plan_item_id"}
    part = {"id", "version", "live_take_id", "sequence"}
    assert columns(LiveTakeRow) - own == {f.name for f in fields(LiveFacts)} - nested | neutral
    assert columns(CoachedRepetitionRow) - part == {f.name for f in fields(CoachedRepetition)}
    assert columns(CompensationRow) - part == {f.name for f in fields(Compensated)}


def test_a_live_take_comes_back_whole(record: Record, item: PlanItem) -> None:
    analysis, facts = make_live_analysis(), make_facts(pain_during=4, exertion=6, pain_after=2)

    stored = store_live(record, analysis, facts, "P1", item_id=item.id, author="AB")

    found = find_live_facts(record, stored.id)
    assert_same(said(found), facts)
    assert found is not None
    assert (found.take_id, found.item_id, found.version) == (stored.id, item.id, 1)
    loaded = load_take(record, stored.id).analysis
    assert_same(loaded.repetitions, analysis.repetitions)
    assert_same(loaded.recording, analysis.recording)
    assert [take.id for take in list_takes(record, "P1")] == [stored.id]


def test_every_source_and_end_comes_back(tmp_path: Path) -> None:
    with open_record(None, tmp_path) as record:
        ensure_patient(record, "P1")
        for number, (end, source) in enumerate(zip(LiveEnd, cycle(LiveSource), strict=False)):
            recording = make_recording(seed=number)
            analysis = with_digest(make_analysis(recording=recording), f"{number:064}")
            facts = make_facts(source=source, end=end)
            stored = store_live(record, analysis, facts, "P1")
            assert_same(said(find_live_facts(record, stored.id)), facts)


def test_what_was_not_asked_or_seen_is_empty(record: Record, item: PlanItem) -> None:
    bare = LiveFacts(
        exercise=KNEE,
        side=Side.LEFT,
        source=LiveSource.FILE,
        rate_hz=float("nan"),
        dropped_frames=0,
        delay_p95_ms=float("nan"),
        end=LiveEnd.CRASHED,
    )
    stored = store_live(record, make_live_analysis(), bare, "P1")

    found = find_live_facts(record, stored.id)
    assert_same(said(found), bare)
    assert found is not None
    assert (found.item_id, found.neutral, found.pain_after) == (None, None, None)


def test_a_take_that_was_not_live_has_no_facts(record: Record, item: PlanItem) -> None:
    stored = store_analysis(record, make_analysis(), "P1")
    assert find_live_facts(record, stored.id) is None
    with pytest.raises(RecordNotFoundError, match="was not live, so nobody is asked about it"):
        add_answers(record, stored.id, pain_after=1)


def test_the_same_take_twice_is_refused(record: Record, item: PlanItem) -> None:
    analysis = make_live_analysis()
    stored = store_live(record, analysis, make_facts(), "P1", item_id=item.id)
    other_digest = replace(analysis.provenance.input, sha256="e" * 64)
    same_landmarks = replace(analysis, provenance=replace(analysis.provenance, input=other_digest))
    for again in (analysis, same_landmarks):
        with pytest.raises(RecordConflictError, match="is stored under P1 already: it was not"):
            store_live(record, again, make_facts(), "P1", item_id=item.id)
    assert len(list_takes(record, "P1")) == 1
    assert find_take(record, "P1", analysis.provenance.input.sha256, KNEE) == stored.id

    ensure_patient(record, "P2")
    store_live(record, analysis, make_facts(), "P2")
    exclude_take(record, stored.id, "wrong patient")
    store_live(record, analysis, make_facts(), "P1", item_id=item.id)
    assert len(list_takes(record, "P1")) == 2


def test_of_two_that_store_the_same_take_at_once_one_is_told(
    record: Record, item: PlanItem
) -> None:
    analysis, facts = make_live_analysis(), make_facts()

    def store(_: int) -> bool:
        try:
            store_live(record, analysis, facts, "P1", item_id=item.id)
        except RecordConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(store, range(4))) == [False, False, False, True]
    assert len(list_takes(record, "P1")) == 1


@pytest.mark.parametrize(("step", "stored"), [("before commit", False), ("after commit", True)])
def test_killed_while_storing_it_is_there_as_a_whole_or_not_at_all(
    record: Record, item: PlanItem, url: str, tmp_path: Path, step: str, stored: bool
) -> None:
    assert run_child("kill live", url, tmp_path, step) == (-signal.SIGKILL, "")

    takes = list_takes(record, "P1")
    assert len(takes) == stored
    for take in takes:
        assert_same(said(find_live_facts(record, take.id)), make_facts())
    assert (sweep(record, older_than_s=0) == 0) is stored
    if not stored:
        store_live(record, make_live_analysis(), make_facts(), "P1", item_id=item.id)


def test_a_take_is_stored_for_the_item_that_was_done(record: Record, item: PlanItem) -> None:
    ensure_patient(record, "P2")
    other = prescribe(record, "P2", make_item())
    analysis = make_live_analysis()
    with pytest.raises(InputError, match=r"is seated_knee_extension \(left\), the take squat"):
        store_live(record, analysis, make_facts("squat"), "P1", item_id=item.id)
    with pytest.raises(InputError, match=r"\(left\), the take seated_knee_extension \(right\)"):
        store_live(record, analysis, make_facts(side=Side.RIGHT), "P1", item_id=item.id)
    for strange in (other.id, uuid4()):
        with pytest.raises(RecordNotFoundError, match=r"no item .* in the plan of P1: load the"):
            store_live(record, analysis, make_facts(), "P1", item_id=strange)
    with pytest.raises(RecordNotFoundError, match="no patient has the code P9"):
        store_live(record, analysis, make_facts(), "P9")
    assert list_takes(record, "P1") == ()
    assert sweep(record, older_than_s=0) == 2  # its arrays, which no row names


def test_videos_are_kept_only_where_they_are_given(
    record: Record, item: PlanItem, tmp_path: Path
) -> None:
    annotated = tmp_path / "annotated.mp4"
    annotated.write_bytes(b"video")

    with_video = store_live(
        record, make_live_analysis(seed=1), make_facts(), "P1", annotated=annotated
    )
    without = store_live(record, make_live_analysis(seed=2), make_facts(), "P1")

    assert with_video.annotated_digest is not None
    assert record.files.read(with_video.annotated_digest) == b"video"
    assert (without.annotated_digest, without.source_digest) == (None, None)


# ---------------------------------------------------------------- answers


def test_answers_are_added_and_noted(record: Record, item: PlanItem) -> None:
    take = store_session(record, item, 1, note="")

    found = add_answers(record, take.id, pain_after=2, exertion=4, note="good", author="P")

    assert (found.pain_before, found.pain_after, found.exertion, found.note) == (1, 2, 4, "good")
    assert_same(said(find_live_facts(record, take.id)), said(found))
    assert found.version == 2
    edits = [e for e in list_edits(record, take.id) if e.table == "live_take"]
    assert {(e.field, e.before, e.after, e.reason, e.author) for e in edits} == {
        ("pain_after", None, "2", "answered", "P"),
        ("exertion", None, "4", "answered", "P"),
        ("note", "", "good", "answered", "P"),
    }


def test_pain_that_is_told_after_the_camera_was_lost_is_kept(
    record: Record, item: PlanItem
) -> None:
    take = store_session(record, item, 1, pain_pressed=True, end=LiveEnd.SOURCE_LOST)

    found = add_answers(record, take.id, pain_during=6)

    assert (found.pain_pressed, found.pain_during, found.end) == (True, 6, LiveEnd.SOURCE_LOST)


def test_an_answer_is_never_overwritten_unseen(record: Record, item: PlanItem) -> None:
    take = store_session(record, item, 1)
    first = add_answers(record, take.id, pain_after=2)
    assert add_answers(record, take.id, pain_after=2).version == first.version
    with pytest.raises(RecordConflictError, match="pain after of this take was answered already"):
        add_answers(record, take.id, pain_after=7)
    with pytest.raises(RecordConflictError, match="answered already: load the take again"):
        add_answers(record, take.id, exertion=3, expected_version=1)

    changed = add_answers(record, take.id, pain_after=7, expected_version=first.version)

    assert (changed.pain_after, changed.exertion) == (7, None)
    after = [e for e in list_edits(record, take.id) if e.field == "pain_after"]
    assert [(e.before, e.after) for e in after] == [(None, "2"), ("2", "7")]


@pytest.mark.parametrize("answer", [-1, 11])
@pytest.mark.parametrize("name", ["pain_before", "pain_during", "pain_after", "exertion"])
def test_answers_lie_on_their_scale(record: Record, item: PlanItem, name: str, answer: int) -> None:
    take = store_session(record, item, 1)
    shown = name.replace("_", " ")
    with pytest.raises(InputError, match=f"{shown} must be a whole number from 0 to 10, got"):
        add_answers(record, take.id, **{name: answer})
    with pytest.raises(InputError, match=f"{shown} must be a whole number from 0 to 10, got"):
        store_live(record, make_live_analysis(seed=5), make_facts(**{name: answer}), "P1")
    assert len(list_takes(record, "P1")) == 1
