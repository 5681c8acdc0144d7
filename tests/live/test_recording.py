"""What is only recorded: counted down to, over by itself, and measured from its beginning."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.exercise.cues import CueKey
from motion.live.recording import GET_READY_S, Recording


def test_a_recording_is_counted_down_to_and_ends() -> None:
    recording = Recording(8.0, GET_READY_S)
    states = [recording.update(10.0 + time_s) for time_s in (0.0, 2.5, 3.0, 7.0, 11.0, 12.0)]

    assert [state.begins_in_s for state in states] == [3.0, 0.5, 0.0, 0.0, 0.0, 0.0]
    assert [state.left_s for state in states] == [8.0, 8.0, 8.0, 4.0, 0.0, 0.0]
    keys = [state.cue.key for state in states]
    assert keys == [CueKey.COUNTDOWN] * 2 + [CueKey.GO] * 4
    assert [dict(state.cue.values)["seconds"] for state in states[:2]] == ["3", "1"]


def test_without_an_end_it_begins_at_once_and_goes_on() -> None:
    recording = Recording()

    assert recording.update(5.0).begins_in_s == 0.0
    assert recording.update(500.0).left_s == math.inf
    assert recording.update(500.0).cue is None


@given(
    first_s=st.floats(0, 1e4),
    lasts_s=st.floats(1, 120),
    steps_s=st.lists(st.floats(0.01, 2.0), max_size=40),
)
def test_what_is_left_only_falls_and_never_before_it_begins(
    first_s: float, lasts_s: float, steps_s: list[float]
) -> None:
    recording, time_s = Recording(lasts_s, GET_READY_S), first_s
    before = recording.update(time_s)
    for step_s in steps_s:
        time_s += step_s
        state = recording.update(time_s)
        assert state.begins_in_s <= before.begins_in_s
        assert state.left_s <= before.left_s
        assert state.begins_in_s == 0.0 or state.left_s == pytest.approx(lasts_s)
        before = state
