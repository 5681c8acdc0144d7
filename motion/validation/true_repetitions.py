"""Repetitions against a true curve: how many there are, and how far each peak errs."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.signal import find_peaks

from motion.model import FloatArray, Repetition

__all__ = ["count_true_repetitions", "find_peak_errors"]

_PROMINENCE: Final = 0.5
"""Of the range: a true curve is smooth, and between two repetitions it comes back to rest."""


def count_true_repetitions(true_deg: FloatArray) -> int:
    """Count how often a true curve leaves its first value and comes back, to either side.

    It is counted without the product's own rules, so that those can be held against it.
    """
    away_deg = np.abs(true_deg - true_deg[0])
    peaks, _ = find_peaks(away_deg, prominence=_PROMINENCE * float(np.ptp(away_deg)))
    return len(peaks)


def find_peak_errors(
    repetitions: Sequence[Repetition], time_s: FloatArray, true_deg: FloatArray
) -> FloatArray:
    """Return ``peak_deg`` less the true extremum within each repetition, ``(n,)`` degrees.

    NaN where the product gives no peak.
    """
    errors = []
    for each in repetitions:
        within = true_deg[(time_s >= each.start_s) & (time_s <= each.end_s)]
        true_peak_deg = np.max(within) if each.direction > 0 else np.min(within)
        errors.append(each.peak_deg - float(true_peak_deg))
    return np.array(errors)
