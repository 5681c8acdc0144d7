"""Which way each measure improves: a property of the measure, never of its sign."""

import math
from enum import StrEnum
from typing import Final, NamedTuple

__all__ = ["Better", "Direction", "better_of"]


class Better(StrEnum):
    """Where a measure goes when the patient gets better."""

    HIGHER = "higher"
    LOWER = "lower"
    TOWARD_ZERO = "toward_zero"
    TOWARD_TARGET = "toward_target"
    NONE = "none"


class Direction(NamedTuple):
    """A measure's better, and the target where that is what it goes toward."""

    better: Better
    target: float = math.nan


_HIGHER = Direction(Better.HIGHER)
_LOWER = Direction(Better.LOWER)
_ZERO = Direction(Better.TOWARD_ZERO)
_NONE = Direction(Better.NONE)

_MEASURES: Final = {
    "walking_speed": _HIGHER,
    "walk10_speed": _HIGHER,
    "walk4_speed": _HIGHER,
    "stride_length": _HIGHER,
    "repetitions": _HIGHER,
    "tug_time": _LOWER,
    "walk10_time": _LOWER,
    "walk4_time": _LOWER,
    "five_sit_to_stand_time": _LOWER,
    "thirty_second_stands": _HIGHER,
    "single_leg_stance_time": _HIGHER,
}
"""Cadence, step time, double support and the other shares of the gait cycle are absent: no way is
better by itself. So is a step's length: in a limp the longer step may be that of the worse leg,
and the two become alike when it shortens. So are variability and the distance from a reference
curve, which is of people younger and faster than most patients."""

_SAME_AS: Final = {"best_three_mean": "rom_max", "best_three_mean_down": "rom_min"}
"""The mean peak of the best three repetitions improves as the end of range it stands for."""

_ENDINGS: Final = {
    "_symmetry_ratio": Direction(Better.TOWARD_TARGET, 1.0),  # larger by smaller side
    "_symmetry_index": _ZERO,
}

_EXTENDED_TO_ZERO: Final = ("knee", "elbow")
_LEANS: Final = ("trunk",)
"""Leaning is an exercise in one movement and a compensation in another."""

_WALKING: Final = "walking"
"""No joint goes to its end of range in it: a stiff knee that bends more has gained, one that is
lifted higher because the foot drops has not."""


def better_of(measure: str, joint: str = "", motion: str = "", movement: str = "") -> Direction:
    """Return which way a measure improves.

    The smallest angle of a knee or an elbow is its extension: lacking 10° and now 0° is
    better, and 10° of hyperextension is not. The largest angle of an extension test is the
    position that it starts from, which says nothing.
    """
    measure = _SAME_AS.get(measure, measure)
    if measure.startswith("rom_"):
        return _range_of_motion(measure, joint, motion, movement)
    for ending, direction in _ENDINGS.items():
        if measure.endswith(ending):
            return direction
    return _MEASURES.get(measure, _NONE)


def _range_of_motion(measure: str, joint: str, motion: str, movement: str) -> Direction:
    if joint in _LEANS or movement == _WALKING:
        return _NONE
    if measure == "rom_min":
        if motion == "lateral_flexion":
            return _LOWER  # positive to the right: the smallest angle is the range to the left
        return _ZERO if joint in _EXTENDED_TO_ZERO else _NONE
    if measure == "rom_max" and movement.endswith("_extension"):
        return _NONE
    return _HIGHER if measure in ("rom_max", "rom_range") else _NONE
