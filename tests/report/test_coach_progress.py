"""Number, light, repetitions, hold, tempo and standstills of the live screen."""

import math
from dataclasses import replace

import numpy as np
import pytest
from live_makers import coach_state, coached
from screen_makers import GREY, NOBODY, holds, listen, picture

from motion.exercise.coach_state import LightColour, Phase
from motion.exercise.cues import Cue, CueKey
from motion.exercise.prescription import Dose
from motion.live.snapshot import LiveStats
from motion.report.coach_cards import Layout
from motion.report.coach_joint import ON_TARGET_BGR, TARGET_BGR
from motion.report.coach_progress import find_tempo, whole_seconds, write_degrees
from motion.report.coach_signs import Sign, draw_sign


@pytest.mark.parametrize("size_px", [(640, 480), (1280, 720), (480, 640), (1920, 1080)])
def test_the_number_can_be_read_from_three_metres(size_px: tuple[int, int]) -> None:
    # The "1" of "188°" stands free: the rows of the left column of digits.
    drawn = picture(size_px).draw(GREY, NOBODY, None, coach_state(angle_deg=111.0), None)
    layout = Layout(*size_px)
    plate = drawn[: layout.margin + round(1.06 * layout.number), : round(2.85 * layout.number)]
    rows = np.flatnonzero(np.any(np.all(plate >= 240, axis=-1), axis=1))
    assert rows[-1] - rows[0] + 1 >= 0.12 * size_px[1]


def test_each_light_has_its_own_shape() -> None:
    shapes = []
    for sign in Sign:
        blank = np.zeros((60, 60, 3), np.uint8)
        draw_sign(blank, sign, (30, 30), 24, (255, 255, 255))
        shapes.append(blank)
    for number, shape in enumerate(shapes):
        assert shape.any()
        assert not any(np.array_equal(shape, other) for other in shapes[number + 1 :])


def test_light_is_said_in_words_too(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    for light in LightColour:
        picture().draw(GREY, NOBODY, None, coach_state(light=light), None)
        assert f"light.{light}" in said


def test_sets_cue_and_pace_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    pace = LiveStats(rate_hz=29.6, came_n=90, dropped_n=3, delay_p95_ms=math.nan)
    cue = Cue(CueKey.CANNOT_SEE, (("segment", "segment.knee"),))
    picture(language="de").draw(GREY, NOBODY, None, coach_state(cue=cue), pace)
    assert said["page.set"] == "Satz 2 von 3"
    assert said["cue.cannot_see"] == "Ich sehe Ihr Knie nicht."
    assert "30" in said["screen.stats"]
    assert "–" in said["screen.stats"]
    assert "3" in said["screen.stats"]
    late = LiveStats(rate_hz=4.0, came_n=90, dropped_n=3, delay_p95_ms=2474.0)
    picture(language="de").draw(GREY, NOBODY, None, coach_state(cue=cue), late)
    assert "2.5 Sekunden" in said["screen.stats"]


def test_why_the_light_is_low_is_said_where_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = listen(monkeypatch)
    state = coach_state(light=LightColour.FAIR, light_cue=Cue(CueKey.LESS_CERTAIN))
    picture().draw(GREY, NOBODY, None, state, None)
    assert "cue.less_certain" in said
    said.clear()
    picture().draw(GREY, NOBODY, None, replace(state, cue=Cue(CueKey.GOOD)), None)
    assert "cue.less_certain" not in said


def test_the_ring_fills_with_each_repetition() -> None:
    def filled(done: int) -> int:
        drawn = picture().draw(GREY, NOBODY, None, coach_state(repetition=done), None)
        return int(np.sum(np.all(drawn == (233, 180, 86), axis=-1)))

    counts = [filled(done) for done in (0, 3, 6, 10, 14)]
    assert counts[0] == 0
    assert counts[1] < counts[2] < counts[3] == counts[4]


def test_a_repetition_is_ticked_for_a_moment() -> None:
    draw = picture().draw
    before = draw(GREY, NOBODY, None, coach_state(), None)
    full = draw(GREY, NOBODY, None, coach_state(counted=(coached(19.5),)), None)
    partial = draw(GREY, NOBODY, None, coach_state(counted=(coached(19.5, full=False),)), None)
    later = draw(GREY, NOBODY, None, coach_state(counted=(coached(17.0),)), None)
    assert holds(full, TARGET_BGR)
    assert not holds(partial, TARGET_BGR)
    assert not np.array_equal(before, partial)
    np.testing.assert_array_equal(before, later)


def test_hold_has_its_own_timer() -> None:
    def filled(held_s: float) -> int:
        state = coach_state(phase=Phase.HOLD, hold_s=held_s, hold_wanted_s=5.0)
        drawn = picture().draw(GREY, NOBODY, None, state, None)
        return int(np.sum(np.all(drawn == ON_TARGET_BGR, axis=-1)))

    assert filled(0.0) == 0 < filled(1.0) < filled(4.0)


@pytest.mark.parametrize(
    ("left_s", "words"), [(3.2, "4"), (3.0, "3"), (0.01, "1"), (0.0, "0"), (-1, "0"), (np.nan, "")]
)
def test_a_countdown_ends_at_zero(left_s: float, words: str) -> None:
    assert whole_seconds(left_s) == words


def test_tempo_is_filled_phase_by_phase() -> None:
    dose = Dose(raise_s=2.0, hold_s=4.0, lower_s=3.0)

    def shares(phase: Phase, phase_s: float) -> list[float]:
        return [share for *_, share in find_tempo(coach_state(phase=phase, phase_s=phase_s), dose)]

    assert shares(Phase.REST, 5.0) == [0.0, 0.0, 0.0]
    assert shares(Phase.RAISE, 1.0) == [0.5, 0.0, 0.0]
    assert shares(Phase.HOLD, 1.0) == [1.0, 0.25, 0.0]
    assert shares(Phase.LOWER, 9.0) == [1.0, 1.0, 1.0]
    assert [seconds for _, seconds, _ in find_tempo(coach_state(), dose)] == [2.0, 4.0, 3.0]
    assert find_tempo(coach_state(), Dose(hold_s=5.0)) == []
    assert len(find_tempo(coach_state(), Dose(raise_s=2.0))) == 1


@pytest.mark.parametrize("phase", [Phase.PAUSED, Phase.PAIN, Phase.DONE, Phase.ENDED])
def test_a_standstill_is_seen_from_afar(phase: Phase, monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    draw = picture().draw
    going = draw(GREY, NOBODY, None, coach_state(phase=Phase.REST), None)
    still = draw(GREY, NOBODY, None, coach_state(phase=phase), None)
    assert f"phase.{phase}" in said
    middle = np.s_[190:290, 260:380]
    assert np.all(going[middle] == 128)
    assert np.mean(np.all(still[middle] >= 240, axis=-1)) > 0.03


def test_rest_between_sets_counts_down() -> None:
    draw = picture().draw
    state = coach_state(phase=Phase.BETWEEN_SETS, rest_left_s=41.2)
    first, same, next_second = (
        draw(GREY, NOBODY, None, replace(state, rest_left_s=left), None)
        for left in (41.2, 41.9, 40.9)
    )
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, next_second)


@pytest.mark.parametrize(
    ("value_deg", "shown"),
    [(87.4, "87°"), (-0.4, "0°"), (-4.6, "−5°"), (math.nan, "–"), (188.0, "188°")],
)
def test_degrees_are_whole_and_nothing_measured_is_a_dash(value_deg: float, shown: str) -> None:
    assert write_degrees(value_deg) == shown
