"""Standing on one leg: for how long the other foot stays off the floor.

References
----------
Springer BA et al. 2007, J Geriatr Phys Ther 30:8: arms crossed over the chest; timed from when the
foot leaves the floor until it touches it, the standing foot moves, or the arms uncross; 45 s at the
most, best of three.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.functional_motion import (
    FunctionalMotion,
    FunctionalResult,
)
from motion.exercise.functional_numbers import (
    ErrorFigures,
    Seen,
    functional_number,
    missing_number,
)
from motion.model import BoolArray, FloatArray, Measurement, Side
from motion.signals.crossings import first_crossing, last_crossing

__all__ = ["STANCE", "measure_stance"]

STANCE: Final = "single_leg_stance_time"

_LONGEST_S: Final = 45.0
_TRIES_N: Final = 3
_LIFTED: Final = 0.1
"""The other foot is lifted when its ankle is 5 cm higher than where it stood, in trunk lengths."""
_OFF_FLOOR: Final = 0.04
"""Where the foot's way off the floor and back onto it is timed: 2 cm."""
_MOVED: Final = 0.16
"""A standing foot that is 8 cm from where it usually was has moved; the ankle of one that only
tilts moves by less."""
_MOVED_S: Final = 0.1
_BRIEFEST_S: Final = 0.3
_LONGEST_GAP_S: Final = 0.2
_HANDS_OFF: Final = 0.7
_FLOOR_PERCENTILE: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """One try: on which leg, from when to when, why it ended, what makes it doubtful."""

    stance: Side
    start_s: float
    end_s: float
    ended: str
    doubts: tuple[str, ...]

    @property
    def held_s(self) -> float:
        return self.end_s - self.start_s


def measure_stance(motion: FunctionalMotion, figures: ErrorFigures) -> FunctionalResult:
    """Return the longest of the first three tries on each leg that was stood on.

    ``side`` is the leg that is stood on, as the picture shows it.
    """
    tries = sorted(
        (each for side in (Side.LEFT, Side.RIGHT) for each in _find_tries(motion, side)),
        key=lambda each: each.start_s,
    )
    if not tries:
        why = "nobody was seen to lift a foot off the floor; film both feet from the front"
        return FunctionalResult(measurements=(missing_number(STANCE, why),))
    of_leg = [
        [each for each in tries if each.stance is side][:_TRIES_N]
        for side in (Side.LEFT, Side.RIGHT)
        if any(each.stance is side for each in tries)
    ]
    best = [max(first, key=lambda each: each.held_s) for first in of_leg]
    return FunctionalResult(
        measurements=tuple(
            _number_of(one, len(first), motion, figures)
            for one, first in zip(best, of_leg, strict=True)
        ),
        spans_s=tuple((each.start_s, each.end_s) for each in best),
    )


def _number_of(
    best: _Try, tries_n: int, motion: FunctionalMotion, figures: ErrorFigures
) -> Measurement:
    lifted = motion.ankles[:, 1 if best.stance is Side.LEFT else 0, 1]
    remarks = [best.ended]
    if tries_n > 1:
        remarks.append(f"best of {tries_n} tries")
    return functional_number(
        STANCE,
        best.held_s,
        figures,
        Seen(
            share=motion.share_seen(lifted, best.start_s, best.end_s),
            doubts=best.doubts,
            remarks=tuple(remarks),
        ),
        side=best.stance,
        n_repetitions=tries_n,
    )


def _find_tries(motion: FunctionalMotion, stance: Side) -> list[_Try]:
    stand, other = (0, 1) if stance is Side.LEFT else (1, 0)
    lift = _above_floor(motion.ankles[:, other, 1])
    above = motion.ankles[:, other, 1] - motion.ankles[:, stand, 1]
    with np.errstate(invalid="ignore"):
        up = (lift > _LIFTED) & (above > 0.0)
    height = np.fmin(lift, _above_floor(motion.toes[:, other, 1]))
    tries: list[_Try] = []
    for first, last in _runs(motion, up):
        if tries and motion.time_s[first] <= tries[-1].end_s:
            continue
        tries.append(_time_try(motion, stance, height, (first, last)))
    return tries


def _above_floor(height: FloatArray) -> FloatArray:
    """Return heights over where the foot stood: the lowest it usually was."""
    known = height[np.isfinite(height)]
    floor = float(np.percentile(known, _FLOOR_PERCENTILE)) if len(known) else math.nan
    return height - floor


def _runs(motion: FunctionalMotion, up: BoolArray) -> list[tuple[int, int]]:
    """Return first and last frame of each time up; shorter ones than 0.3 s are none."""
    edges = np.flatnonzero(np.diff(up.astype(int), prepend=0, append=0)).reshape(-1, 2)
    runs: list[tuple[int, int]] = []
    for first, stop in edges.tolist():
        gap_s = motion.time_s[first] - motion.time_s[runs[-1][1]] if runs else math.inf
        if gap_s <= _BRIEFEST_S:
            runs[-1] = (runs[-1][0], stop - 1)
        else:
            runs.append((first, stop - 1))
    return [each for each in runs if motion.time_s[each[1]] - motion.time_s[each[0]] >= _BRIEFEST_S]


def _time_try(
    motion: FunctionalMotion, stance: Side, height: FloatArray, run: tuple[int, int]
) -> _Try:
    time_s = motion.time_s
    first, last = run
    doubts = []
    start_s = last_crossing(time_s[: first + 1], height[: first + 1], _OFF_FLOOR)
    if not math.isfinite(start_s):
        start_s = float(time_s[first])
        doubts.append("the foot was not seen to leave the floor")
    touched_s = first_crossing(time_s[last:], height[last:], _OFF_FLOOR)
    ends = {
        touched_s: "ended when the foot touched the floor",
        _find_foot_move(motion, stance, start_s, last): "ended when the standing foot moved",
        _find_uncrossed(motion, start_s, last): "ended when the hands left the chest",
        start_s + _LONGEST_S: "held for the whole 45 s",
        float(time_s[-1]): "the recording ended first",
    }
    end_s = min(end for end in ends if math.isfinite(end))
    if ends[end_s] == "the recording ended first":
        doubts.append("the recording ended before the foot was put down")
    rows = motion.rows(start_s, end_s)
    if _longest_gap(time_s[rows], height[rows]) > _LONGEST_GAP_S:
        doubts.append("the lifted foot was out of view for a part of it")
    doubts.extend(_doubt_hands(motion, start_s))
    return _Try(
        stance=stance, start_s=start_s, end_s=end_s, ended=ends[end_s], doubts=tuple(doubts)
    )


def _find_foot_move(motion: FunctionalMotion, stance: Side, start_s: float, last: int) -> float:
    """Return when the standing foot leaves its place, by the ankle; NaN where it does not."""
    rows = motion.rows(start_s, float(motion.time_s[last]))
    ankle = motion.ankles[rows, 0 if stance is Side.LEFT else 1]
    if not np.any(np.isfinite(ankle)):
        return math.nan
    place = np.nanmedian(ankle, axis=0)
    with np.errstate(invalid="ignore"):
        moved = np.linalg.norm(ankle - place, axis=1) > _MOVED
    return _first_lasting(motion.time_s[rows], moved, _MOVED_S)


def _find_uncrossed(motion: FunctionalMotion, start_s: float, last: int) -> float:
    """Return when a hand leaves the chest; NaN where it stays, or was not there at the start."""
    if _hands_at_start(motion, start_s) is not True:
        return math.nan
    rows = motion.rows(start_s, float(motion.time_s[last]))
    with np.errstate(invalid="ignore"):
        return _first_lasting(motion.time_s[rows], motion.hands[rows] > _HANDS_OFF, _LONGEST_GAP_S)


def _hands_at_start(motion: FunctionalMotion, start_s: float) -> bool | None:
    hands = motion.hands[motion.rows(start_s - 0.5, start_s + 0.5)]
    known = hands[np.isfinite(hands)]
    return bool(np.median(known) <= _HANDS_OFF) if len(known) else None


def _doubt_hands(motion: FunctionalMotion, start_s: float) -> tuple[str, ...]:
    at_chest = _hands_at_start(motion, start_s)
    if at_chest is None:
        return ("whether the arms were crossed was not seen",)
    return () if at_chest else ("the arms were not crossed over the chest",)


def _first_lasting(time_s: FloatArray, is_so: BoolArray, lasting_s: float) -> float:
    edges = np.flatnonzero(np.diff(is_so.astype(int), prepend=0, append=0)).reshape(-1, 2)
    for first, stop in edges.tolist():
        if time_s[stop - 1] - time_s[first] >= lasting_s:
            return float(time_s[first])
    return math.nan


def _longest_gap(time_s: FloatArray, values: FloatArray) -> float:
    known = time_s[np.isfinite(values)]
    return float(np.max(np.diff(known), initial=0.0)) if len(known) else math.inf
