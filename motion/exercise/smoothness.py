"""How smooth a movement is: the spectral arc length of its speed."""

from typing import Final

import numpy as np

from motion.model import FloatArray

__all__ = ["measure_sparc"]

_PADDING: Final = 4
_AMPLITUDE_THRESHOLD: Final = 0.05


def measure_sparc(speed: FloatArray, rate_hz: float, cutoff_hz: float = 6.0) -> float:
    """Return the spectral arc length of a speed profile; closer to 0 is smoother.

    Method: Balasubramanian, Melendez-Calderon, Roby-Brami & Burdet 2015, J NeuroEng Rehabil
    12:112. The amplitude spectrum is normalised to its value at 0 Hz, cut at ``cutoff_hz``
    and at the last frequency above 5 %, and its length measured with the frequency axis
    scaled to 1. The published cut-off of 10 Hz is lowered to 6 Hz because the curves come
    from a 6 Hz filter. Use it on one half of one repetition, and compare only the same
    movement at the same tempo.

    Parameters
    ----------
    speed
        ``(n,)`` absolute speed on a uniform grid, any unit.
    rate_hz
        Rate of the grid.
    cutoff_hz
        Highest frequency looked at.

    Returns
    -------
    float
        Negative; NaN for fewer than 4 samples, a missing one, or no movement at all.
    """
    if len(speed) < 4 or not np.all(np.isfinite(speed)):
        return float("nan")
    length = int(2 ** (np.ceil(np.log2(len(speed))) + _PADDING))
    spectrum = np.abs(np.fft.rfft(speed, length))
    if spectrum[0] <= 0:
        return float("nan")
    frequency_hz = np.fft.rfftfreq(length, 1.0 / rate_hz)
    inside = frequency_hz <= cutoff_hz
    amplitude = spectrum[inside] / spectrum[0]
    last = np.flatnonzero(amplitude >= _AMPLITUDE_THRESHOLD)[-1] + 1
    if last < 2:
        return float("nan")
    amplitude, frequency_hz = amplitude[:last], frequency_hz[:last]
    steps = np.diff(frequency_hz) / (frequency_hz[-1] - frequency_hz[0])
    return float(-np.sum(np.hypot(steps, np.diff(amplitude))))
