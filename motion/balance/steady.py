"""The part of a recording that quiet standing can be measured in."""

from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, IndexArray
from motion.signals import MAX_GAP_S, find_runs

__all__ = ["SHORTEST_S", "find_steady_run"]

SHORTEST_S: Final = 20.0
"""Below it the slow part of a sway (under 0.1 Hz) is not seen: two periods of it must fit.
Thirty seconds or longer are better: numbers of a shorter take are smaller."""


def find_steady_run(time_s: FloatArray, valid: BoolArray, frame_period_s: float) -> IndexArray:
    """Return the frames from the first to the last of the longest stretch without a long gap.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing.
    valid
        ``(n,)`` where the person was measured.
    frame_period_s
        The usual time between two frames.

    Returns
    -------
    ndarray
        Consecutive indices, also of frames inside short gaps; empty where nothing is valid.
    """
    runs = find_runs(time_s, valid, frame_period_s, MAX_GAP_S)
    if not runs:
        return np.zeros(0, dtype=np.intp)
    longest = max(runs, key=lambda run: float(time_s[run[-1]] - time_s[run[0]]))
    return np.arange(longest[0], longest[-1] + 1)
