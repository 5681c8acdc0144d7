"""Each time that somebody gets up from a chair and sits down again, and when they began."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.functional_motion import (
    FunctionalMotion,
)
from motion.model import BoolArray, FloatArray
from motion.signals.crossings import first_crossing, last_crossing

__all__ = ["Stand", "find_stands", "find_start"]

_LEAST_WAY: Final = 0.3
"""Standing up raises the hips by about 0.7 trunk lengths. Less than this is no standing up."""
_BRIEFEST_S: Final = 0.2
_ON_THE_WAY: Final = 0.1
"""Getting up begins, and sitting ends, where the hips cross a tenth of their way: so does a
repetition."""
_SAT_WITHIN: Final = 0.25
"""Hips that stay higher above the seat than this share of the way did not touch it."""
_AFTER_S: Final = 3.0
_HANDS_OFF: Final = 0.7
_HANDS_OFF_S: Final = 0.2
_HANDS_SEEN: Final = 0.5
_LEAN_STARTS_DEG: Final = 3.0
_LEANS_DEG: Final = 10.0
_BEFORE_S: Final = 3.0
_AT_REST_S: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """From halfway up off the chair to seated again.

    Parameters
    ----------
    up_s, down_s
        When the hips are halfway; ``down_s`` is NaN where the recording ends before.
    seated_s
        When the hips are back at the level of the seat; NaN where they never are.
    knee_deg
        The least flexion of the knee while up; NaN where it was not measured.
    hands_off
        Whether a hand was farther from its shoulder than the chest is, for 0.2 s, between leaving
        the seat and sitting; None where the hands were not seen for half of that.
    """

    up_s: float
    down_s: float
    seated_s: float
    knee_deg: float
    hands_off: bool | None

    @property
    def sat(self) -> bool:
        """Whether the person sat down again."""
        return math.isfinite(self.seated_s)


def find_stands(motion: FunctionalMotion) -> tuple[Stand, ...]:
    """Return each time somebody got up, in order; also the last one that is not over.

    Up is above half of the way between the hips' usual lowest and highest level (5th and 95th
    percentile). Less than 0.2 s of either is no change of posture; while the hips were out of view
    the posture is taken as it was before. A time that was up from the beginning of the recording is
    no stand.
    """
    seen = motion.hips[np.isfinite(motion.hips)]
    if len(seen) < 2:
        return ()
    low, high = (float(each) for each in np.percentile(seen, [5.0, 95.0]))
    if high - low < _LEAST_WAY:
        return ()
    half = (low + high) / 2.0
    up = _postures(motion.hips, half, max(1, round(_BRIEFEST_S / motion.step_s)))
    edges = np.flatnonzero(np.diff(up.astype(int))) + 1
    bounds = [0, *edges.tolist(), len(up)]
    return tuple(
        _describe(motion, bounds, place, (low, high))
        for place in range(1, len(bounds) - 1)
        if up[bounds[place]]
    )


def _postures(hips: FloatArray, half: float, fewest: int) -> BoolArray:
    rows = np.flatnonzero(np.isfinite(hips))
    known = hips[rows] > half
    starts = np.flatnonzero(np.diff(known.astype(int), prepend=int(not known[0])))
    for start, end in zip(starts, [*starts[1:], len(known)], strict=True):
        if end - start < fewest and start > 0:
            known[start:end] = known[start - 1]
    before = np.maximum(np.searchsorted(rows, np.arange(len(hips)), side="right") - 1, 0)
    return np.asarray(known[before])


def _describe(
    motion: FunctionalMotion, bounds: list[int], place: int, levels: tuple[float, float]
) -> Stand:
    time_s, hips = motion.time_s, motion.hips
    low, high = levels
    half = (low + high) / 2.0
    first, end = bounds[place], bounds[place + 1]
    up_s = last_crossing(time_s[first - 1 : first + 1], hips[first - 1 : first + 1], half)
    up_s = up_s if math.isfinite(up_s) else float(time_s[first])
    down_s = seated_s = math.nan
    if end < len(time_s):
        down_s = float(time_s[end])
        stop = bounds[place + 2]
        valley = motion.rows(down_s, min(float(time_s[stop - 1]), down_s + _AFTER_S))
        seated_s = _find_seated(time_s[valley], hips[valley], low, high)
    until_s = seated_s if math.isfinite(seated_s) else down_s
    until_s = until_s if math.isfinite(until_s) else float(time_s[-1])
    whole = motion.rows(up_s - (1.0 if first else 0.0), until_s) & ~(hips < low)
    return Stand(
        up_s=up_s,
        down_s=down_s,
        seated_s=seated_s,
        knee_deg=_least(motion.knee_deg[first:end]),
        hands_off=_find_hands(motion, whole),
    )


def _find_seated(time_s: FloatArray, hips: FloatArray, low: float, high: float) -> float:
    """Return when the hips come to a tenth of the way above where they sat this time."""
    known = hips[np.isfinite(hips)]
    if not len(known):
        return math.nan
    seat = float(np.percentile(known, 10.0))
    if seat > low + _SAT_WITHIN * (high - low):
        return math.nan
    return first_crossing(time_s, hips, seat + _ON_THE_WAY * (high - seat))


def _least(knee_deg: FloatArray) -> float:
    known = knee_deg[np.isfinite(knee_deg)]
    return float(np.percentile(known, 10.0)) if len(known) else math.nan


def _find_hands(motion: FunctionalMotion, rows: BoolArray) -> bool | None:
    hands = motion.hands[rows]
    known = hands[np.isfinite(hands)]
    if not len(hands) or len(known) < _HANDS_SEEN * len(hands):
        return None
    return bool(np.sum(known > _HANDS_OFF) * motion.step_s >= _HANDS_OFF_S)


def find_start(motion: FunctionalMotion, stand: Stand) -> float:
    """Return when getting up begins: the trunk leans, or the hips rise, whichever is first.

    Each begins where it passes a tenth of its way (the trunk at least 3 degrees) for the last time
    before the hips are halfway up, as in the up and go (motion.gait.timed_seat). A trunk that leans
    by less than 10 degrees from its rest tells nothing. NaN where no seated time was seen before.
    """
    rows = motion.rows(stand.up_s - _BEFORE_S, stand.up_s)
    time_s, hips = motion.time_s[rows], motion.hips[rows]
    if not np.any(np.isfinite(hips)):
        return math.nan
    seat = float(np.nanmin(hips))
    level = seat + 2.0 * _ON_THE_WAY * (float(np.nanmax(hips)) - seat)  # halfway up is the end
    moments_s = (last_crossing(time_s, hips, level), _find_lean(motion, stand))
    return min((each for each in moments_s if math.isfinite(each)), default=math.nan)


def _find_lean(motion: FunctionalMotion, stand: Stand) -> float:
    still = motion.rows(stand.up_s - 2.0 * _BEFORE_S, stand.up_s - _BEFORE_S / 2.0)
    at_rest = motion.lean_deg[still][np.isfinite(motion.lean_deg[still])]
    if len(at_rest) * motion.step_s < _AT_REST_S:
        return math.nan
    rows = motion.rows(stand.up_s - _BEFORE_S, stand.up_s)
    time_s = motion.time_s[rows]
    away_deg = np.abs(motion.lean_deg[rows] - float(np.median(at_rest)))
    if not np.nanmax(away_deg, initial=0.0) >= _LEANS_DEG:
        return math.nan
    most = int(np.nanargmax(away_deg))
    level_deg = max(_ON_THE_WAY * float(away_deg[most]), _LEAN_STARTS_DEG)
    return last_crossing(time_s[: most + 1], away_deg[: most + 1], level_deg)
