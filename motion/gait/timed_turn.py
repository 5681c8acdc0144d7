"""When a person who walks there and back turns round."""

import math
from typing import Final

import numpy as np

from motion.gait.timed_series import EvenMotion, wrap_deg
from motion.model import BoolArray, FloatArray
from motion.signals import find_runs

__all__ = ["find_last_facing", "find_turn"]

TURNED_DEG: Final = 30.0
"""So far off the way that was walked a body turns; from side to side in walking it sways less."""

_OPPOSITE_DEG: Final = 120.0
_SLOW: Final = 0.5
_MIDDLE: Final = (0.2, 0.8)


def find_turn(motion: EvenMotion, start_s: float, end_s: float) -> tuple[float, float]:
    """Return when the turn between walking out and walking back begins and ends.

    By the body's azimuth: it begins when that last leaves, and ends when it first reaches, 30
    degrees of the usual azimuth of each way, on either side of the moment that parts the two best.
    Where the azimuth is not known throughout the turn, or does not show two opposite ways, by the
    hips: from when they last went at half of the usual speed, to when they do so again.
    (NaN, NaN) where neither shows it.

    Parameters
    ----------
    motion
        The whole recording.
    start_s, end_s
        From standing upright to lowering oneself.
    """
    rows = motion.rows(start_s, end_s)
    time_s, x = motion.time_s[rows], motion.x[rows]
    if np.sum(np.isfinite(x)) < 4:
        return math.nan, math.nan
    far = int(np.nanargmax(np.abs(x - x[np.isfinite(x)][0])))
    turn = _turn_of_heading(time_s, motion.heading_deg[rows], far)
    if math.isfinite(turn[0]):
        return turn
    return _turn_of_speed(time_s, x, far, motion.step_s)


def find_last_facing(motion: EvenMotion, start_s: float, end_s: float) -> float:
    """Return when the body last faces the way that it walked back, before sitting down.

    Within 30 degrees of the usual azimuth between the two moments; NaN where that is not known to
    the end: the turn before the chair was not seen then.
    """
    rows = motion.rows(start_s, end_s)
    heading_deg = motion.heading_deg[rows]
    usual_deg = _usual(heading_deg, _MIDDLE)
    if not math.isfinite(usual_deg):
        return math.nan
    facing = np.flatnonzero(_facing(heading_deg, usual_deg))
    if not len(facing) or not np.all(np.isfinite(heading_deg[facing[-1] :])):
        return math.nan
    return float(motion.time_s[rows][facing[-1]])


def _turn_of_heading(time_s: FloatArray, heading_deg: FloatArray, far: int) -> tuple[float, float]:
    begin = end = far
    # The first look takes some of the turn for a way; the second knows where the ways end.
    for _ in range(2):
        out_deg = _usual(heading_deg[:begin], _MIDDLE)
        back_deg = _usual(heading_deg[end:], _MIDDLE)
        if not abs(float(wrap_deg(np.array(out_deg - back_deg)))) > _OPPOSITE_DEG:
            return math.nan, math.nan
        parts = _part(_off(heading_deg, out_deg) > _off(heading_deg, back_deg))
        leaves = np.flatnonzero(_facing(heading_deg[:parts], out_deg))
        reaches = np.flatnonzero(_facing(heading_deg[parts:], back_deg))
        if not len(leaves) or not len(reaches):
            return math.nan, math.nan
        begin, end = int(leaves[-1]), parts + int(reaches[0])
    if not np.all(np.isfinite(heading_deg[begin : end + 1])):
        return math.nan, math.nan
    return float(time_s[begin]), float(time_s[end])


def _turn_of_speed(
    time_s: FloatArray, x: FloatArray, far: int, step_s: float
) -> tuple[float, float]:
    speed = np.abs(np.gradient(x, step_s))
    known = speed[np.isfinite(speed)]
    slow = speed < _SLOW * float(np.median(known)) if len(known) else np.zeros(len(x), dtype=bool)
    for run in find_runs(time_s, slow, step_s, max_gap_s=0.0):
        if run[0] <= far <= run[-1] and run[0] > 0 and run[-1] < len(x) - 1:
            around = speed[run[0] - 1 : run[-1] + 2]
            if np.all(np.isfinite(around)):
                return float(time_s[run[0]]), float(time_s[run[-1]])
    return math.nan, math.nan


def _part(turned: BoolArray) -> int:
    """Return the row that best parts what has not turned from what has."""
    wrong_before = np.concatenate([[0], np.cumsum(turned)])
    wrong_after = np.concatenate([np.cumsum(~turned[::-1])[::-1], [0]])
    return int(np.argmin(wrong_before + wrong_after))


def _usual(heading_deg: FloatArray, share: tuple[float, float]) -> float:
    """Return the mean direction over a middle share of the rows; NaN where none is known."""
    first, last = (round(part * len(heading_deg)) for part in share)
    angle_rad = np.radians(heading_deg[first:last])
    angle_rad = angle_rad[np.isfinite(angle_rad)]
    if not len(angle_rad):
        return math.nan
    mean = np.mean(np.exp(1j * angle_rad))
    return math.degrees(math.atan2(mean.imag, mean.real))


def _off(heading_deg: FloatArray, usual_deg: float) -> FloatArray:
    return np.abs(wrap_deg(heading_deg - usual_deg))


def _facing(heading_deg: FloatArray, usual_deg: float) -> BoolArray:
    return np.asarray(_off(heading_deg, usual_deg) < TURNED_DEG)
