"""A second opinion on events, by the vertical velocity of the foot."""

import numpy as np
from scipy.signal import find_peaks

from motion.gait.points import WalkPoints
from motion.model import INITIAL_CONTACT, FloatArray

__all__ = ["find_vertical_moments"]


def find_vertical_moments(points: WalkPoints, foot: int, event: str) -> FloatArray:
    """Return when the middle of heel and toe sinks or rises fastest, ``(k,)`` seconds.

    The foot velocity algorithm (O'Connor et al. 2007, Gait Posture 25:469): the middle of the
    foot sinks fastest before an initial contact, and rises fastest about a foot off. It takes no
    part in the timing: of a camera's landmarks, in which a foot's height is a few pixels, these
    moments scatter by 20 to 60 ms (docs/gait.md).

    Parameters
    ----------
    points
        Of the stretch.
    foot
        0 left, 1 right.
    event
        ``initial_contact`` or ``foot_off``.
    """
    height = (points.heel[:, foot, 1] + points.toe[:, foot, 1]) / 2.0
    seen = np.isfinite(height)
    if np.sum(seen) < 3:
        return np.zeros(0)
    time_s = points.time_s[seen]
    rising = np.gradient(height[seen], time_s)
    rows, _ = find_peaks(-rising if event == INITIAL_CONTACT else rising)
    return np.asarray(time_s[rows])
