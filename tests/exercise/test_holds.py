"""How long a repetition was held, as the take and the coach saw it."""

import math

from motion.exercise.holds import measure_hold_s
from motion.model import CoachedRepetition, Side


def coached(start_s: float, end_s: float, hold_s: float) -> CoachedRepetition:
    return CoachedRepetition(
        start_s=start_s,
        peak_s=(start_s + end_s) / 2,
        end_s=end_s,
        peak_deg=90.0,
        side=Side.LEFT,
        direction=1,
        full=True,
        hold_s=hold_s,
        set_number=1,
    )


COACHED = (coached(0.0, 5.0, 3.0), coached(6.0, 9.0, math.nan))


def test_the_longer_of_the_two_counts() -> None:
    assert measure_hold_s(1.0, 2.0, COACHED) == 3.0
    assert measure_hold_s(4.0, 2.0, COACHED) == 4.0


def test_only_the_repetition_at_that_moment_is_asked() -> None:
    assert measure_hold_s(1.0, 5.5, COACHED) == 1.0


def test_what_nobody_timed_was_not_held() -> None:
    assert measure_hold_s(math.nan, 8.0, COACHED) == 0.0
    assert measure_hold_s(math.nan, math.nan, ()) == 0.0
