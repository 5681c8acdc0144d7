"""A live session from its first picture to its end, with bodies that are known."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from coach_makers import asked, knee_bend
from makers import HEIGHT_PX, WIDTH_PX
from session_stage import PICTURE, REPETITION, STILL, Stage, bodies, film

from motion.errors import NoPersonError, OutputError
from motion.exercise.coach_state import Phase
from motion.exercise.exercises import CompensationRule
from motion.exercise.prescription import Dose
from motion.exercise.setup_state import SetupState, SetupStep
from motion.live.exercising import Exercising
from motion.live.finishing import finish_take
from motion.live.journal_reading import read_journal
from motion.live.snapshot import LiveSnapshot, LiveStage
from motion.model import LiveEnd, PoseRecording, RepetitionVerdict
from motion.pose import FakeEstimator, FramePose
from motion.pose.seen import SeenFrame


def test_all_that_was_prescribed_is_done_and_the_session_ends_by_itself(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL, *REPETITION * 3, (3.0, 0.0)]))

    last = stage.run(LiveEnd.SOURCE_LOST, "not reached")

    assert (last.stage, last.end, last.message) == (LiveStage.ENDED, LiveEnd.FINISHED, "")
    assert last.coach is not None
    assert last.coach.phase is Phase.DONE
    assert stage.estimator.closed
    assert [each.number for each in stage.seen[:3]] == [1, 2, 3]


def test_the_takes_numbers_are_the_offline_ones_and_agree_with_the_coach(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL, *REPETITION * 3, (3.0, 0.0)]))
    stage.run()

    take = finish_take(stage.journal.folder)

    repetitions = take.analysis.repetitions
    assert [r.verdict for r in repetitions] == [RepetitionVerdict.FULL] * 3
    assert take.facts.difference == ""
    assert take.facts.end is LiveEnd.FINISHED
    for mine, theirs in zip(take.facts.repetitions, repetitions, strict=True):
        assert mine.start_s == pytest.approx(theirs.start_s, abs=0.1)
        assert mine.end_s == pytest.approx(theirs.end_s, abs=0.2)
        assert mine.peak_deg == pytest.approx(theirs.peak_deg, abs=2.0)
        assert mine.full
    assert take.facts.rate_hz == pytest.approx(30.0, abs=0.1)
    assert take.analysis.provenance.input.extension == "live"


def test_what_the_coach_did_not_count_is_said(tmp_path: Path) -> None:
    one = asked(target_deg=90.0, dose=Dose(sets=2, repetitions=1, rest_s=100.0))
    stage = Stage(tmp_path, film([STILL, *REPETITION * 2, STILL]), prescription=one)
    stage.run()
    folder = stage.journal.folder
    lines = (folder / "events.jsonl").read_text().splitlines()
    kept = [line for line in lines if '"coach"' not in line]
    (folder / "events.jsonl").write_text("\n".join(kept) + "\n")

    assert finish_take(folder).facts.difference == (
        "The take holds 2 repetitions, the coach counted 0: "
        "2 of the take's were not counted by the coach."
    )


@pytest.mark.parametrize("end", [LiveEnd.SOURCE_LOST, LiveEnd.CLOSED])
def test_an_interrupted_take_keeps_what_was_measured(tmp_path: Path, end: LiveEnd) -> None:
    stage = Stage(tmp_path, film([STILL, *REPETITION, (0.8, 60.0)]))

    last = stage.run(end, "camera 0: pulled out")

    assert (last.end, last.message) == (end, "camera 0: pulled out")
    take = finish_take(stage.journal.folder)
    assert take.facts.end is end
    assert take.facts.end.interrupted
    assert len(take.analysis.repetitions) == 1


def test_stop_ends_it_soon(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL]))
    stage.session.start()
    stage.session.stop(LiveEnd.CLOSED)
    stage.session.stop(LiveEnd.STOPPED)

    assert stage.session.wait(30.0)
    assert stage.session.snapshot().end is LiveEnd.CLOSED, "the first word counts"


def test_pain_above_the_limit_ends_the_take_as_pain(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([(8.0, 0.0)]))
    pressed = iter([True])

    def press(snapshot: LiveSnapshot) -> None:
        if snapshot.number > 20 and next(pressed, False):
            # As from a page's thread: the session's own holds no lock here.
            stage.session.press_pain()
            stage.session.answer_pain(8)

    stage.session._on_snapshot = press
    last = stage.run()

    assert last.end is LiveEnd.PAIN
    take = finish_take(stage.journal.folder)
    assert (take.facts.pain_during, take.facts.end) == (8, LiveEnd.PAIN)


def test_pain_that_nobody_answered_is_not_lost(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([(3.0, 0.0)]))
    pressed = iter([True])

    def press(snapshot: LiveSnapshot) -> None:
        if snapshot.number > 20 and next(pressed, False):
            stage.session.press_pain()

    stage.session._on_snapshot = press
    stage.run(LiveEnd.SOURCE_LOST)

    facts = finish_take(stage.journal.folder).facts
    assert (facts.pain_pressed, facts.pain_during, facts.end) == (True, None, LiveEnd.SOURCE_LOST)


@pytest.mark.parametrize(("top_s", "whole"), [(1.0, False), (5.6, True)])
def test_what_was_not_held_is_not_whole(tmp_path: Path, top_s: float, whole: bool) -> None:
    held = asked(target_deg=90.0, dose=Dose(sets=1, repetitions=2, hold_s=5.0))
    repetition = ((1.0, 90.0), (top_s, 90.0), (1.0, 0.0), (0.6, 0.0))
    stage = Stage(tmp_path, film([STILL, *repetition * 2, (3.0, 0.0)]), prescription=held)
    last = stage.run()

    take = finish_take(stage.journal.folder)

    assert last.coach is not None
    assert (last.coach.repetition, last.coach.partial) == ((2, 0) if whole else (0, 2))
    assert [each.full for each in take.facts.repetitions] == [whole] * 2
    assert take.facts.hold_wanted_s == 5.0
    assert [each.verdict for each in take.analysis.repetitions] == [RepetitionVerdict.FULL] * 2
    assert take.facts.difference == ""


def test_a_bug_is_kept_for_whoever_waits_and_costs_no_measurement(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL, *REPETITION, STILL]))
    estimate = stage.estimator.estimate

    def fail_late(image_rgb: object, time_s: float, follower: int = 0) -> FramePose | None:
        if time_s > 4.0:
            msg = "a bug"
            raise ZeroDivisionError(msg)
        return estimate(PICTURE, time_s, follower)

    stage.estimator.estimate = fail_late  # type: ignore[method-assign]
    last = stage.run()

    assert isinstance(stage.session.error, ZeroDivisionError)
    assert last.end is LiveEnd.CRASHED
    assert len(finish_take(stage.journal.folder).analysis.repetitions) == 1


def test_a_full_disk_is_said_and_ends_the_session(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL]))

    def full(pose: object) -> None:
        msg = "the disk is full"
        raise OutputError(msg)

    stage.journal.add = full  # type: ignore[method-assign]

    assert "the disk is full" in stage.run().message


def test_a_take_that_ended_before_the_exercise_has_no_numbers(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL]), with_setup=True)
    stage.run(LiveEnd.CLOSED)

    with pytest.raises(NoPersonError, match="before the exercise began"):
        finish_take(stage.journal.folder)


def test_what_comes_before_the_neutral_pose_is_not_measured(tmp_path: Path) -> None:
    walk_in = [(1.0, 60.0), (1.0, 0.0)]
    stage = Stage(
        tmp_path, film([*walk_in, (9.0, 0.0), *REPETITION * 3, (3.0, 0.0)]), with_setup=True
    )
    skipped = iter([True])

    def skip(snapshot: LiveSnapshot) -> None:
        stage.seen.append(snapshot)
        if snapshot.number > 5 and next(skipped, False):
            stage.session.skip_setup_hand()

    stage.session._on_snapshot = skip
    last = stage.run()

    assert last.end is LiveEnd.FINISHED
    assert LiveStage.SETUP in {each.stage for each in stage.seen}
    take = finish_take(stage.journal.folder)
    assert len(take.analysis.repetitions) == 3
    assert take.facts.neutral is not None
    assert take.facts.neutral.end_s - take.facts.neutral.start_s == pytest.approx(2.0, abs=0.3)


def test_the_journal_holds_every_picture(tmp_path: Path) -> None:
    recording = film([STILL])
    stage = Stage(tmp_path, recording)
    stage.run()

    kept = read_journal(stage.journal.folder).recording
    assert len(kept) == len(recording)
    np.testing.assert_allclose(kept.image_px, recording.image_px, atol=0.01)


@contextmanager
def bare(with_setup: bool, recording: PoseRecording) -> Iterator[Exercising]:
    yield Exercising(
        FakeEstimator(bodies(recording)),
        (WIDTH_PX, HEIGHT_PX),
        knee_bend(),
        asked(),
        with_setup=with_setup,
    )


def test_a_mirrored_picture_is_turned_back(tmp_path: Path) -> None:
    recording = film([(1.0, 0.0)])
    with bare(False, recording) as doing:
        asymmetric = PICTURE.copy()
        asymmetric[:, :10] = 255
        looked: list[np.ndarray] = []
        watcher = doing._watcher.look

        def look(image_rgb: np.ndarray, time_s: float) -> object:
            looked.append(image_rgb)
            return watcher(image_rgb, time_s)

        doing._watcher.look = look  # type: ignore[method-assign,assignment]
        doing.look(asymmetric, 0.0)
        doing.mirrored = True
        doing.look(asymmetric, 0.1)

    assert looked[0][0, 0, 0] == 255
    assert looked[1][0, 0, 0] == 120
    assert looked[1][0, -1, 0] == 255


def test_after_the_end_nothing_is_heard_any_more_and_nothing_fails(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([STILL, *REPETITION * 3, (3.0, 0.0)]))
    stage.run()

    stage.session.pause()
    stage.session.press_pain()
    stage.session.answer_pain(9)

    assert finish_take(stage.journal.folder).facts.pain_during is None


def test_pain_in_set_up_halts_it_and_ends_the_take_above_the_limit(tmp_path: Path) -> None:
    stage = Stage(tmp_path, film([(9.0, 0.0)]), with_setup=True)
    pressed = iter([True])

    def press(snapshot: LiveSnapshot) -> None:
        stage.seen.append(snapshot)
        if snapshot.number > 5 and next(pressed, False):
            stage.session.press_pain()
            stage.session.answer_pain(9)

    stage.session._on_snapshot = press
    last = stage.run()

    assert last.end is LiveEnd.PAIN
    assert Phase.ENDED in {each.coach.phase for each in stage.seen if each.coach}


def test_the_picture_of_a_mirrored_camera_is_shown_as_it_was_measured(tmp_path: Path) -> None:
    with bare(False, film([(1.0, 0.0)])) as doing:
        asymmetric = PICTURE.copy()
        asymmetric[:, :10] = 255
        plain = doing.look(asymmetric, 0.0)
        doing.mirrored = True
        turned = doing.look(asymmetric, 0.1)

    assert plain.image_bgr[0, 0, 0] == 255
    assert turned.image_bgr[0, -1, 0] == 255
    assert turned.image_bgr[0, 0, 0] == 120


def test_one_left_hand_lifted_by_mistake_turns_no_picture(tmp_path: Path) -> None:
    with bare(True, film([(1.0, 0.0)])) as doing:
        doing.look(PICTURE, 0.0)
        doing._heed(
            SetupState(step=SetupStep.HAND, done=(), cue=None, countdown_s=0, mirrored=True)
        )
        assert doing.mirrored is None
        doing._heed(
            SetupState(step=SetupStep.COUNTDOWN, done=(), cue=None, countdown_s=3, mirrored=True)
        )
        assert doing.mirrored is True


def test_a_timed_test_waits_for_its_tone_and_is_timed_from_it(tmp_path: Path) -> None:
    timed = knee_bend(test="five_sit_to_stand")
    recording = film([(9.0, 0.0)])
    doing = Exercising(
        FakeEstimator(bodies(recording)), (WIDTH_PX, HEIGHT_PX), timed, asked(), with_setup=True
    )
    told: list[tuple[float, float]] = []
    for time_s in recording.time_s:
        if doing.setup is not None and time_s > 1.0:
            doing.setup.skip_hand(1.0)
        seen = doing.look(PICTURE, float(time_s))
        if seen.setup is not None and np.isfinite(seen.setup.go_in_s):
            told.append((float(time_s), seen.setup.go_in_s))
        if seen.coach is not None:
            break

    first_s, lead_s = told[0]
    assert lead_s == pytest.approx(1.0, abs=0.01)
    assert {round(at_s + in_s, 6) for at_s, in_s in told} == {round(first_s + lead_s, 6)}
    assert doing.go_s == pytest.approx(first_s + lead_s)
    assert time_s == pytest.approx(doing.go_s, abs=1 / 29)


class Crowd:
    """Two people: one who exercises and goes, another who stays in view."""

    def __init__(self, first: list[FramePose], other: list[FramePose]) -> None:
        self.first, self.other, self.row = first, other, -1

    def watch(self, image_rgb: np.ndarray, time_s: float) -> list[SeenFrame]:
        self.row += 1
        there = {}
        if self.row < len(self.first):
            there[1] = self.first[self.row]
        if self.row < len(self.other):
            there[2] = self.other[self.row]
        return [SeenFrame(time_s, there, image_rgb)]


def test_somebody_else_is_never_measured_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bodies(film([(9.0, 0.0), *REPETITION, (1.0, 0.0)]))
    other = bodies(film([(14.0, 0.0), *REPETITION * 3, (3.0, 0.0)]))
    for each in other:
        each.image_px[:] = (each.image_px - [320, 240]) * 0.55 + [560, 260]
    crowds = iter([Crowd(first, other)] * 9)
    monkeypatch.setattr("motion.pose.lock.PeopleWatcher", lambda *_, **__: next(crowds))
    stage = Stage(tmp_path, film([(len(other) / 30, 0.0)]), with_setup=False)
    stage.session._with_setup = True
    begun = iter([True])

    def begin(snapshot: LiveSnapshot) -> None:
        stage.seen.append(snapshot)
        doing = stage.session._doing
        if doing is not None and next(begun, False):
            doing.setup, doing.begun_s = None, 0.0
            stage.journal.note("begun", {"begun_s": 0.0})

    stage.session._on_snapshot = begin
    last = stage.run()

    assert last.stage is LiveStage.ENDED
    again = [each for each in stage.seen if each.setup is not None and each.number > 400]
    assert again, "it is asked who is there"
    take = finish_take(stage.journal.folder)
    assert len(take.analysis.repetitions) == 1
    assert len(take.facts.repetitions) == 1
    assert any("was lost 1 time" in warning for warning in take.analysis.warnings)


def test_pain_is_heeded_while_it_is_asked_who_is_there() -> None:
    with bare(True, film([(20.0, 0.0)])) as doing:
        doing.setup, doing.begun_s = None, 0.0
        doing.look(PICTURE, 0.0)
        doing._ask_again(0.1)
        assert doing.look(PICTURE, 0.2).setup is not None

        assert doing.coach is not None
        doing.coach.press_pain()
        shown = doing.look(PICTURE, 0.3)

    assert shown.setup is None
    assert shown.coach is not None
    assert shown.coach.phase is Phase.PAIN


def test_left_and_right_change_no_more_within_a_take() -> None:
    with bare(True, film([(1.0, 0.0)])) as doing:
        doing.mirrored, doing.begun_s = False, 2.0
        doing._heed(SetupState(step=SetupStep.COUNTDOWN, done=(), cue=None, mirrored=True))

        assert doing.mirrored is False


def test_no_compensation_is_read_from_what_is_never_measured() -> None:
    rules = tuple(
        CompensationRule(signal=signal, limit=20.0, direction=1, cue="stay_tall")
        for signal in ("heel_lift_percent", "trunk_flexion")
    )
    doing = Exercising(
        FakeEstimator([]),
        (WIDTH_PX, HEIGHT_PX),
        knee_bend(compensations=rules),
        asked(),
        with_setup=False,
        withheld=("left_ankle",),
    )

    assert doing.coach is not None
    assert [each.signal for each in doing.coach.exercise.compensations] == ["trunk_flexion"]
