"""A short parabola through each sample and its neighbours: what of a signal is not movement."""

from typing import Final

import numpy as np

from motion.model import FloatArray, RealArray

__all__ = ["FIT_HALF_S", "fit_half_width", "measure_roughness"]

FIT_HALF_S: Final = 0.1
"""Half the time, in seconds, that a parabola spans: a limb's acceleration is steady that long."""

_AT_ONCE_N: Final = 300_000

_FEWEST_HALF_N: Final = 2
"""Five samples for three coefficients: fewer leave nothing over to judge by."""


def fit_half_width(time_s: FloatArray) -> int:
    """Return how many samples to either side a parabola takes; also the delay of live use."""
    if len(time_s) < 2:
        return _FEWEST_HALF_N
    period_s = float(np.median(np.diff(time_s)))
    return max(_FEWEST_HALF_N, round(FIT_HALF_S / period_s))


def measure_roughness(time_s: FloatArray, position: RealArray, half_n: int) -> FloatArray:
    """Measure how far samples lie from a parabola through their neighbours.

    The local parabola is the filter of Savitzky & Golay 1964 (Anal Chem 36:1627), fitted at the
    samples' own times, so that an irregular frame rate adds nothing. The distance is the root
    mean square over the sample and the ``2 * half_n`` before it: what goes wrong shows at once,
    is forgotten within a fraction of a second, and nothing later than ``half_n`` samples is
    needed.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing.
    position
        ``(n, d, axes)``; NaN where nothing was seen.
    half_n
        Samples to either side.

    Returns
    -------
    ndarray
        ``(n, d)`` in the unit of ``position``; NaN where no whole parabola lies near.
    """
    frames, points, axes = position.shape
    width = 2 * half_n + 1
    rough = np.full((frames, points), np.nan)
    if frames < width:
        return rough
    windows_s = np.lib.stride_tricks.sliding_window_view(time_s, width)
    weights = _centre_weights(windows_s - windows_s[:, half_n, None])
    # An hour's landmarks a few at a time: their residuals are many times their positions.
    for few in np.array_split(np.arange(points), min(points, 1 + position.size // _AT_ONCE_N)):
        flat = position[:, few].reshape(frames, len(few) * axes)
        rest = np.array(flat[half_n : frames - half_n], dtype=np.float64)
        for offset in range(width):
            rest -= weights[:, offset, None] * flat[offset : frames - width + 1 + offset]
        squares = np.full((frames, len(few)), np.nan)
        squares[half_n : frames - half_n] = np.sum(rest.reshape(-1, len(few), axes) ** 2, axis=2)
        rough[:, few] = np.sqrt(_mean_of_last(squares, half_n))
    return rough


def _centre_weights(offsets_s: FloatArray) -> FloatArray:
    """Return ``(m, width)``: weights that give the parabola's value in the middle."""
    unit = offsets_s / np.max(np.abs(offsets_s), axis=1, keepdims=True)
    powers = np.stack([np.ones_like(unit), unit, unit**2], axis=2)
    return np.asarray(np.linalg.pinv(powers)[:, 0, :])


def _mean_of_last(values: FloatArray, half_n: int) -> FloatArray:
    """Return each row's mean over itself and the ``2 * half_n`` before it.

    The first rows of a run have no parabola before them: they take those just after.
    """
    last = _mean_within(values, 2 * half_n, 0)
    return np.where(np.isfinite(last), last, _mean_within(values, 0, half_n))


def _mean_within(values: FloatArray, before_n: int, after_n: int) -> FloatArray:
    padded = np.pad(values, ((before_n, after_n), (0, 0)), constant_values=np.nan)
    known = np.isfinite(padded)
    first = ((1, 0), (0, 0))
    sums = np.cumsum(np.pad(np.where(known, padded, 0.0), first), axis=0)
    counts = np.cumsum(np.pad(known, first), axis=0)
    span = before_n + after_n + 1
    total, count = sums[span:] - sums[:-span], counts[span:] - counts[:-span]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 0, np.maximum(total, 0.0) / count, np.nan)
    return np.asarray(mean)
