"""Single wild samples, found by the Hampel identifier."""

import numpy as np

from motion.model import BoolArray, RealArray

__all__ = ["find_outliers"]

_MAD_TO_SD = 1.4826


def find_outliers(
    values: RealArray, half_window_n: int = 3, n_sigma: float = 3.0, floor: float = 0.0
) -> BoolArray:
    """Find samples far from the median of their neighbours (Hampel 1974; Pearson 2002).

    Parameters
    ----------
    values
        ``(n,)``; NaN is nobody's neighbour and never an outlier.
    half_window_n
        Neighbours on either side.
    n_sigma
        How many robust standard deviations (1.4826 median absolute deviations) are far.
    floor
        Deviation that is never far, in the unit of the values: where a body is still, the
        median deviation is almost nothing, and ordinary jitter must not be thrown away.

    Returns
    -------
    ndarray
        ``(n,)`` True at the outliers.
    """
    padded = np.pad(values, half_window_n, constant_values=np.nan)
    window = np.lib.stride_tricks.sliding_window_view(padded, 2 * half_window_n + 1)
    enough = np.sum(np.isfinite(window), axis=1) > half_window_n
    usable = np.where(enough[:, None], window, 0.0)
    middle = np.nanmedian(usable, axis=1)
    spread = _MAD_TO_SD * np.nanmedian(np.abs(usable - middle[:, None]), axis=1)
    with np.errstate(invalid="ignore"):
        far = np.abs(values - middle) > np.maximum(n_sigma * spread, floor)
    found: BoolArray = far & enough & np.isfinite(values)
    return found
