"""What must hold of a count, whatever is counted."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import make_curve, repetitions, uniform_times

from motion.exercise import Movement, RepetitionCount, count_repetitions

quick = settings(deadline=None, max_examples=40)
MOVEMENT = Movement(name="m", title="M", angles=("knee_flexion",))


@st.composite
def sets(draw: st.DrawFn) -> tuple[list[float], list[float], float]:
    """Draw when each repetition starts, how high it goes and how long it rises."""
    raise_s = draw(st.floats(0.5, 2.0))
    pauses = draw(st.lists(st.floats(0.3, 1.5), min_size=1, max_size=6))
    starts = list(np.cumsum([1.0, *[2 * raise_s + pause for pause in pauses]]))
    heights = draw(st.lists(st.floats(70.0, 110.0), min_size=len(starts), max_size=len(starts)))
    return [float(start) for start in starts], heights, raise_s


def count(
    given_set: tuple[list[float], list[float], float],
    rate_hz: float = 30.0,
    shift_s: float = 0.0,
    add_deg: float = 0.0,
    sign: float = 1.0,
) -> RepetitionCount:
    starts, heights, raise_s = given_set
    time_s = uniform_times(starts[-1] + 2 * raise_s + 1.0, rate_hz)
    curve = add_deg + sign * repetitions(time_s, starts, heights, raise_s=raise_s)
    return count_repetitions(time_s + shift_s, make_curve(curve), rate_hz, MOVEMENT)


@quick
@given(sets(), st.sampled_from([15.0, 25.0, 29.97, 60.0, 100.0, 120.0]))
def test_every_repetition_is_counted_at_any_frame_rate(
    given_set: tuple[list[float], list[float], float], rate_hz: float
) -> None:
    found = count(given_set, rate_hz)

    assert len(found.repetitions) == len(given_set[0])
    assert found.incomplete == 0
    for height, rep in zip(given_set[1], found.repetitions, strict=True):
        assert abs(rep.peak_deg - height) < 0.02 * height


@quick
@given(sets(), st.floats(0.0, 1000.0))
def test_when_the_recording_began_does_not_matter(
    given_set: tuple[list[float], list[float], float], shift_s: float
) -> None:
    plain, shifted = count(given_set), count(given_set, shift_s=shift_s)

    assert len(shifted.repetitions) == len(plain.repetitions)
    for one, other in zip(plain.repetitions, shifted.repetitions, strict=True):
        assert abs(other.start_s - shift_s - one.start_s) < 1e-3
        assert abs(other.peak_deg - one.peak_deg) < 1e-6


@quick
@given(sets(), st.floats(-90.0, 90.0))
def test_where_the_angle_rests_does_not_matter(
    given_set: tuple[list[float], list[float], float], add_deg: float
) -> None:
    plain, raised = count(given_set), count(given_set, add_deg=add_deg)

    assert len(raised.repetitions) == len(plain.repetitions)
    for one, other in zip(plain.repetitions, raised.repetitions, strict=True):
        assert abs(other.peak_deg - add_deg - one.peak_deg) < 1e-6
        assert abs(other.rom_deg - one.rom_deg) < 1e-6
        assert other.verdict is one.verdict


@quick
@given(sets())
def test_a_movement_upside_down_has_the_same_repetitions_downwards(
    given_set: tuple[list[float], list[float], float],
) -> None:
    up, down = count(given_set), count(given_set, sign=-1.0)

    assert [r.direction for r in down.repetitions] == [-r.direction for r in up.repetitions]
    for one, other in zip(up.repetitions, down.repetitions, strict=True):
        assert abs(other.peak_deg + one.peak_deg) < 1e-6
        assert abs(other.duration_s - one.duration_s) < 1e-6


@quick
@given(sets())
def test_repetitions_follow_each_other_and_their_parts_add_up(
    given_set: tuple[list[float], list[float], float],
) -> None:
    found = count(given_set).repetitions

    for rep in found:
        assert rep.start_s < rep.peak_s < rep.end_s
        assert min(rep.raise_s, rep.hold_s, rep.lower_s) >= 0.0
        assert abs(rep.raise_s + rep.hold_s + rep.lower_s - rep.duration_s) < 1e-9
    for one, following in pairwise(found):
        assert one.end_s <= following.start_s + 1e-9
