"""When a person was up between two seated times, on the height of the hips."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.timed_series import EvenMotion
from motion.model import BoolArray, FloatArray
from motion.signals.crossings import last_crossing

__all__ = ["Rise", "find_rises"]

_SEAT_DROP: Final = 0.2
"""A seat lowers the hips by a third to a half of their standing height over the ankles; walking
by some hundredths. Less than this is no sitting."""
_BRIEFEST_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """From halfway up off a seat to halfway down onto one.

    Parameters
    ----------
    up_s, down_s
        Moments at which the hips are halfway; NaN where the recording does not show them.
    seen_from_s, seen_to_s
        The seated time before and after reaches to these moments.
    seated, standing
        Usual height of the hips, seated and not.
    why_not
        What of it is missing, in plain words; empty where both ends were seen.
    """

    up_s: float
    down_s: float
    seen_from_s: float
    seen_to_s: float
    seated: float
    standing: float
    why_not: str = ""

    @property
    def whole(self) -> bool:
        """Whether getting up and sitting down were both seen."""
        return not self.why_not


def find_rises(motion: EvenMotion) -> tuple[Rise, ...]:
    """Return each time that somebody was up between two seated times, whole or not.

    Up is above half of the way between the lowest and the usual standing height of the hips.
    Where the body was out of view in between, it counts as up if it was so on both sides. Less
    than half a second of either is no change of posture.

    Returns
    -------
    tuple of Rise
        In order of time; empty where nobody was seen, or nobody ever sat or stood.
    """
    seen = motion.height[np.isfinite(motion.height)]
    fewest = max(1, round(_BRIEFEST_S / motion.step_s))
    if len(seen) < 2 * fewest:
        return ()
    seated = float(np.median(np.sort(seen)[:fewest]))
    standing = float(np.percentile(seen, 90))
    if not standing > 0 or standing - seated < _SEAT_DROP * standing:
        return ()
    half = (seated + standing) / 2.0
    up = _postures(motion.height, half, fewest)
    edges = np.flatnonzero(np.diff(up.astype(int))) + 1
    bounds = [0, *edges.tolist(), len(up)]
    return tuple(
        _describe(motion, bounds, place, half, (seated, standing))
        for place in range(len(bounds) - 1)
        if up[bounds[place]]
    )


def _postures(height: FloatArray, half: float, fewest: int) -> BoolArray:
    """Return ``(m,)`` whether the body is up, with brief changes and gaps taken as what is before.

    A gap between two postures counts as the first of them; its end shows no crossing, so nothing
    is timed on it.
    """
    rows = np.flatnonzero(np.isfinite(height))
    known = height[rows] > half
    starts = np.flatnonzero(np.diff(known.astype(int), prepend=int(not known[0])))
    for start, end in zip(starts, [*starts[1:], len(known)], strict=True):
        if end - start < fewest and start > 0:
            known[start:end] = known[start - 1]
    before = np.maximum(np.searchsorted(rows, np.arange(len(height)), side="right") - 1, 0)
    return np.asarray(known[before])


def _describe(
    motion: EvenMotion,
    bounds: list[int],
    place: int,
    half: float,
    levels: tuple[float, float],
) -> Rise:
    time_s, height = motion.time_s, motion.height
    first, end = bounds[place], bounds[place + 1]
    up_s = down_s = math.nan
    if place > 0:
        up_s = _crossing_at(time_s, height, first, half)
    if place + 2 < len(bounds):
        down_s = _crossing_at(time_s, height, end, half)
    why_not = ""
    if place == 0:
        why_not = "the person is up already when the recording begins"
    elif math.isnan(up_s):
        why_not = "the person was out of view while getting up"
    elif place + 2 == len(bounds):
        why_not = "the recording ends before the person sat down"
    elif math.isnan(down_s):
        why_not = "the person was out of view while sitting down"
    last = len(time_s) - 1
    return Rise(
        up_s=up_s,
        down_s=down_s,
        seen_from_s=float(time_s[bounds[place - 1] if place else 0]),
        seen_to_s=float(time_s[min(bounds[min(place + 2, len(bounds) - 1)], last)]),
        seated=levels[0],
        standing=levels[1],
        why_not=why_not,
    )


def _crossing_at(time_s: FloatArray, height: FloatArray, row: int, half: float) -> float:
    """Return when the height passes half-way just before a row; NaN where a gap hides it."""
    return last_crossing(time_s[row - 1 : row + 1], height[row - 1 : row + 1], half)
