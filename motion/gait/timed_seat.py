"""When getting up begins and ends, and when sitting down does, on hips and trunk."""

import math
from typing import Final

import numpy as np

from motion.gait.timed_rises import Rise
from motion.gait.timed_series import EvenMotion
from motion.signals.crossings import first_crossing, last_crossing

__all__ = ["find_lowering", "find_seated_again", "find_start", "find_upright"]

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
