"""Which part of a walk is steady: not its start, its stop, nor next to a turn."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.stretches import Stretch
from motion.model import Event, Stride

__all__ = ["WalkEnds", "find_ends"]

STARTING: Final = "starting to walk"
STOPPING: Final = "stopping"
NEXT_TO_TURN: Final = "next to a turn"

_STEADY: Final = 0.85
"""Share of the usual speed from which on a walk is no longer starting, or not yet stopping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkEnds:
    """Between which moments a walk is steady, and why not up to the one and from the other on."""

    steady_from_s: float
    steady_to_s: float
    before: str = ""
    after: str = ""

    def reason(self, start_s: float, end_s: float) -> str:
        """Return why an interval does not count; empty where it does."""
        if start_s <= self.steady_from_s:
            return self.before
        return self.after if end_s >= self.steady_to_s else ""


def find_ends(
    stretch: Stretch,
    stride_s: float,
    contacts: Sequence[Event],
    strides: Sequence[Stride],
    places: Mapping[float, float],
) -> WalkEnds:
    """Find where a walk becomes steady and ceases to be.

    Not at the first contact after a turn and at the last before one, and not while a stride at
    either end is slower than 0.85 of the usual.

    Parameters
    ----------
    stretch
        That holds the walk.
    stride_s
        The usual stride.
    contacts, strides
        Of the walk.
    places
        Where the foot stood after each contact, by its time; NaN where not seen.
    """
    first_s, last_s = contacts[0].time_s, contacts[-1].time_s
    points_s = stretch.points.time_s
    turned = stretch.after_turn and first_s - points_s[0] < stride_s
    turning = stretch.before_turn and points_s[-1] - last_s < stride_s
    speeds = {
        each.start_s: (places[each.end_s] - places[each.start_s]) / each.time_s for each in strides
    }
    known = [each for each in speeds.values() if np.isfinite(each)]
    usual = float(np.median(known)) if known else float("nan")
    starting = _slow_at_the_beginning(strides, speeds, usual)
    stopping = _slow_at_the_beginning(strides[::-1], speeds, usual)
    befores = [starting[-1].start_s] if starting else []
    afters = [stopping[-1].end_s] if stopping else []
    return WalkEnds(
        steady_from_s=max([*befores, *([first_s] if turned else [])], default=-math.inf),
        steady_to_s=min([*afters, *([last_s] if turning else [])], default=math.inf),
        before=STARTING if starting else NEXT_TO_TURN,
        after=STOPPING if stopping else NEXT_TO_TURN,
    )


def _slow_at_the_beginning(
    strides: Sequence[Stride], speeds: Mapping[float, float], usual: float
) -> list[Stride]:
    """Return the strides, from the first on, that are slower than a steady walk."""
    slow: list[Stride] = []
    for each in strides:
        if not speeds[each.start_s] < _STEADY * usual:
            break
        slow.append(each)
    return slow
