"""The moments of one timed up and go, from leaving the seat to sitting again."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from motion.gait.timed_motion import TimedMotion
from motion.gait.timed_rises import Rise
from motion.gait.timed_seat import find_lowering, find_seated_again, find_start, find_upright
from motion.gait.timed_series import EvenMotion
from motion.gait.timed_turn import find_last_facing, find_turn
from motion.model import TimedPhase
from motion.signals import find_runs

__all__ = ["TUG_PHASES", "TugTry", "time_try"]

TUG_PHASES: Final = ("stand_up", "walk_out", "turn", "walk_back", "sit_down")


@dataclass(frozen=True, slots=True, kw_only=True)
class TugTry:
    """One try; NaN of what was not seen.

    Parameters
    ----------
    start_s, upright_s, turn_s, turned_s, sits_s, seated_s
        Ends of the phases.
    half_up_s
        When the hips are halfway up.
    way_m
        How far the hips went from the chair; NaN without a scale.
    hidden_s
        How long the body was out of view on the way.
    saw_rest
        Whether the trunk was seen at rest before.
    """

    start_s: float
    half_up_s: float
    upright_s: float
    turn_s: float
    turned_s: float
    sits_s: float
    seated_s: float
    way_m: float
    hidden_s: float
    saw_rest: bool

    @property
    def phases(self) -> tuple[TimedPhase, ...]:
        """The phases both ends of which were seen, in order."""
        moments = (
            self.start_s, self.upright_s, self.turn_s, self.turned_s, self.sits_s, self.seated_s,
        )  # fmt: skip
        return tuple(
            TimedPhase(test="tug", phase=phase, start_s=start_s, end_s=end_s)
            for phase, (start_s, end_s) in zip(TUG_PHASES, pairwise(moments), strict=True)
            if end_s >= start_s
        )


def time_try(motion: EvenMotion, seen: TimedMotion, rise: Rise) -> TugTry:
    """Return the moments of a try, and what was not seen of it.

    Parameters
    ----------
    motion
        The whole recording on a uniform grid.
    seen
        The same as it was seen: it knows what metres are.
    rise
        From halfway up to halfway down, both seen.
    """
    start_s, saw_rest = find_start(motion, rise)
    upright_s = find_upright(motion, rise)
    lowers_s = find_lowering(motion, rise)
    turn_s, turned_s = find_turn(motion, upright_s, lowers_s)
    faces_s = find_last_facing(motion, turned_s, lowers_s)
    return TugTry(
        start_s=start_s,
        half_up_s=rise.up_s,
        upright_s=upright_s,
        turn_s=turn_s,
        turned_s=turned_s,
        sits_s=faces_s if math.isfinite(faces_s) else lowers_s,
        seated_s=find_seated_again(motion, rise),
        way_m=_measure_way(motion, seen, rise),
        hidden_s=_find_hidden(motion, rise),
        saw_rest=saw_rest,
    )


def _measure_way(motion: EvenMotion, seen: TimedMotion, rise: Rise) -> float:
    """Return how far the hips were from where they sat when they were farthest in the picture."""
    seated_x = motion.x[motion.rows(rise.seen_from_s, rise.up_s)]
    seated_x = seated_x[np.isfinite(seated_x)]
    rows = motion.rows(rise.up_s, rise.down_s) & np.isfinite(motion.x)
    if not len(seated_x) or not np.any(rows):
        return math.nan
    chair = float(np.median(seated_x))
    far = int(np.argmax(np.abs(motion.x[rows] - chair)))
    moments_s = np.array([rise.up_s, motion.time_s[rows][far]])
    chair_m, far_m = seen.find_metres(moments_s, np.array([chair, motion.x[rows][far]]))
    return float(abs(far_m - chair_m))


def _find_hidden(motion: EvenMotion, rise: Rise) -> float:
    rows = motion.rows(rise.up_s, rise.down_s) & np.isfinite(motion.x)
    runs = find_runs(motion.time_s, rows, motion.step_s)
    return sum(
        float(motion.time_s[after[0]] - motion.time_s[before[-1]])
        for before, after in pairwise(runs)
    )
