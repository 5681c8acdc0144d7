"""What a user may choose about a walk."""

import math
from dataclasses import dataclass
from enum import StrEnum

from motion.model import Event

__all__ = ["GaitSettings", "TimedTest"]


class TimedTest(StrEnum):
    """A timed walking test with published figures."""

    TUG = "tug"
    WALK10 = "walk10"
    WALK4 = "walk4"


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitSettings:
    """Choices of one analysis of walking.

    Parameters
    ----------
    height_m
        The person's height; NaN where nobody said it.
    floor_m, floor_px
        A known distance on the floor in the plane of the walk, and its two ends in the picture,
        ``(x1, y1, x2, y2)``; NaN and None where nobody said it.
    belt_m_s
        Speed of a treadmill's belt; NaN where the person walks over the floor, or nobody said it.
    treadmill
        Whether the person walks on a treadmill; None decides from the picture.
    test
        The timed test that was done.
    go_s
        When GO was said, in seconds of the recording; NaN where nobody knows. Without it a timed
        test is timed from the movement, and published cut-offs say nothing of it.
    events
        Contacts and foot offs as somebody corrected them; None finds them.
    """

    height_m: float = math.nan
    floor_m: float = math.nan
    floor_px: tuple[float, float, float, float] | None = None
    belt_m_s: float = math.nan
    treadmill: bool | None = None
    test: TimedTest | None = None
    go_s: float = math.nan
    events: tuple[Event, ...] | None = None
