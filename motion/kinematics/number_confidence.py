"""The confidence of one number: that of the frames it was read from, not of the whole take."""

from typing import Final

import numpy as np

from motion.model import AngleCurve, FloatArray

__all__ = ["NEAR_S", "confidence_around", "rests_on_hand"]

NEAR_S: Final = 0.1
"""Seconds to either side from which a filtered value is made (cut-off 6 Hz)."""

_ROUNDING_S: Final = 1e-6


def rests_on_hand(curve: AngleCurve, time_s: FloatArray, at_s: float) -> bool:
    """Return whether a value was made of landmarks placed by hand: there, or within 0.1 s of it.

    Parameters
    ----------
    curve, time_s, at_s
        As for :func:`confidence_around`.
    """
    near = np.abs(time_s - at_s) <= NEAR_S + _ROUNDING_S
    return bool(np.any(curve.by_hand[near]))


def confidence_around(curve: AngleCurve, time_s: FloatArray, at_s: float) -> float:
    """Return the lowest confidence of the measured frames within 0.1 s of a time.

    An extreme value is picked from many frames, and the frame that errs most is picked most
    often: on clips with known answers the mean of those frames claims too much for an extreme,
    the lowest does not (docs/measured.md).

    Parameters
    ----------
    curve
        The angle whose value is reported.
    time_s
        ``(n,)`` frame times.
    at_s
        When the value was read.

    Returns
    -------
    float
        0..1; NaN where nothing was measured there.
    """
    near = np.abs(time_s - at_s) <= NEAR_S + _ROUNDING_S
    confidence = curve.confidence[near & np.isfinite(curve.value_deg)]
    known = confidence[np.isfinite(confidence)]
    return float(np.min(known)) if len(known) else float("nan")
