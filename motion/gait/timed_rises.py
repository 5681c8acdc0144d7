"""When a person got up from a seat and sat down again, on the height of the hips."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.timed_series import EvenMotion, first_crossing, last_crossing
from motion.model import BoolArray, FloatArray

__all__ = [
    "Rise",
    "find_lowering",
    "find_rises",
    "find_seated_again",
    "find_start",
    "find_upright",
]

_SEAT_DROP: Final = 0.2
"""A seat lowers the hips by a third to a half of their standing height over the ankles; walking
by some hundredths. Less than this is no sitting."""
_BRIEFEST_S: Final = 0.5
_LEVEL_S: Final = 3.0
_SETTLED_S: Final = 0.3
_ON_THE_WAY: Final = 0.1
"""A movement starts and ends where it crosses a tenth of its way, as a repetition does."""
_UP: Final = 0.9
_SEATED_BELOW: Final = 0.35
_UPRIGHT_DEG: Final = 10.0
"""Standing is within 10 degrees of the person's own standing angle (clinical_rules.md 18)."""
_LEANS_DEG: Final = 10.0
_LEAN_STARTS_DEG: Final = 3.0
_BEFORE_S: Final = 3.0


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


def find_start(motion: EvenMotion, rise: Rise) -> tuple[float, bool]:
    """Return when getting up begins, and whether the trunk's rest before was seen.

    The trunk leans, or the hips rise, whichever is first. Each begins where it passes a tenth of
    its way (the trunk at least 3 degrees) for the last time before the hips are halfway up. A
    trunk that leans by less than 10 degrees tells nothing. NaN where the recording shows no
    seated time before.
    """
    rows = motion.rows(rise.seen_from_s, rise.up_s)
    time_s, height = motion.time_s[rows], motion.height[rows]
    standing = _level(motion, rise.up_s, min(rise.up_s + _LEVEL_S, rise.down_s))
    seated = _seated_level(motion, rise, rise.up_s - _LEVEL_S, rise.up_s)
    rises_s = last_crossing(time_s, height, seated + _ON_THE_WAY * (standing - seated))
    at_rest_deg = _lean_at_rest(motion, rise)
    leans_s = _find_lean(motion, rise, at_rest_deg)
    seen = [moment for moment in (rises_s, leans_s) if math.isfinite(moment)]
    return min(seen, default=math.nan), math.isfinite(at_rest_deg)


def _lean_at_rest(motion: EvenMotion, rise: Rise) -> float:
    """Return the trunk's usual lean before getting up; NaN of less than 0.3 s."""
    still = motion.rows(rise.seen_from_s, max(rise.up_s - _BEFORE_S / 2.0, rise.seen_from_s))
    lean_deg = motion.lean_deg[still]
    lean_deg = lean_deg[np.isfinite(lean_deg)]
    enough = len(lean_deg) * motion.step_s >= _SETTLED_S
    return float(np.median(lean_deg)) if enough else math.nan


def _find_lean(motion: EvenMotion, rise: Rise, at_rest_deg: float) -> float:
    rows = motion.rows(max(rise.seen_from_s, rise.up_s - _BEFORE_S), rise.up_s)
    time_s, lean_deg = motion.time_s[rows], motion.lean_deg[rows]
    away_deg = np.abs(lean_deg - at_rest_deg)
    if not np.any(np.isfinite(away_deg)):
        return math.nan
    most = int(np.nanargmax(away_deg))
    if away_deg[most] < _LEANS_DEG:
        return math.nan
    level = max(_ON_THE_WAY * float(away_deg[most]), _LEAN_STARTS_DEG)
    return last_crossing(time_s[: most + 1], away_deg[: most + 1], level)


def find_upright(motion: EvenMotion, rise: Rise) -> float:
    """Return when the person stands: hips at 0.9 of the way, trunk within 10 degrees of upright.

    Upright is the trunk's usual lean in the first 3 s up, before the turn changes its sign in the
    picture; where it is unknown the hips decide. NaN where neither is ever so.
    """
    end_s = min(rise.up_s + 2.0 * _LEVEL_S, rise.down_s)
    rows = motion.rows(rise.up_s, end_s)
    first_s = min(rise.up_s + _LEVEL_S, rise.down_s)
    standing = _level(motion, rise.up_s, first_s)
    seated = _seated_level(motion, rise, rise.up_s - _LEVEL_S, rise.up_s)
    with np.errstate(invalid="ignore"):
        stands = motion.height[rows] >= seated + _UP * (standing - seated)
        lean_deg = motion.lean_deg[rows]
        usual_deg = motion.lean_deg[motion.rows(rise.up_s, first_s)]
        if np.any(np.isfinite(usual_deg)):
            stands &= ~(np.abs(lean_deg - np.nanmedian(usual_deg)) > _UPRIGHT_DEG)
    first = np.flatnonzero(stands)
    return float(motion.time_s[rows][first[0]]) if len(first) else math.nan


def find_lowering(motion: EvenMotion, rise: Rise) -> float:
    """Return when the hips leave 0.9 of the standing height for the last time before sitting."""
    rows = motion.rows(max(rise.up_s, rise.down_s - _LEVEL_S), rise.down_s)
    standing = _level(motion, max(rise.down_s - _LEVEL_S, rise.up_s), rise.down_s)
    seated = _settled_level(motion, rise)
    level = seated + _UP * (standing - seated)
    return last_crossing(motion.time_s[rows], motion.height[rows], level)


def find_seated_again(motion: EvenMotion, rise: Rise) -> float:
    """Return when the hips are back at the level at which they settle; NaN where they never do.

    A tenth of the way above that level, crossed for the first time. The level is the median
    within 3 s after, of at least 0.3 s of sitting: a recording that ends before shows no end.
    """
    standing = _level(motion, max(rise.down_s - _LEVEL_S, rise.up_s), rise.down_s)
    seated = _settled_level(motion, rise)
    rows = motion.rows(rise.down_s, rise.seen_to_s)
    level = seated + _ON_THE_WAY * (standing - seated)
    return first_crossing(motion.time_s[rows], motion.height[rows], level)


def _settled_level(motion: EvenMotion, rise: Rise) -> float:
    """Return the level at which the hips settle; NaN where they still move at the end."""
    end_s = min(rise.down_s + _LEVEL_S, rise.seen_to_s)
    last = motion.height[motion.rows(end_s - _SETTLED_S, end_s)]
    last = last[np.isfinite(last)]
    if len(last) < 2 or np.ptp(last) > _ON_THE_WAY * (rise.standing - rise.seated):
        return math.nan
    return _seated_level(motion, rise, rise.down_s, end_s)


def _seated_level(motion: EvenMotion, rise: Rise, start_s: float, end_s: float) -> float:
    """Return the median height of what is clearly seated within a time; NaN of under 0.3 s."""
    height = motion.height[motion.rows(max(start_s, rise.seen_from_s), end_s)]
    limit = rise.seated + _SEATED_BELOW * (rise.standing - rise.seated)
    height = height[np.isfinite(height) & (height < limit)]
    enough = len(height) * motion.step_s >= _SETTLED_S
    return float(np.median(height)) if enough else math.nan


def _level(motion: EvenMotion, start_s: float, end_s: float) -> float:
    height = motion.height[motion.rows(start_s, end_s)]
    height = height[np.isfinite(height)]
    return float(np.median(height)) if len(height) else math.nan
