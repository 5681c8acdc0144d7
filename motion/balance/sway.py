"""The numbers of a sway: how far, how fast, how often, within which ellipse."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.integrate import trapezoid
from scipy.signal import welch
from scipy.stats import f as f_distribution

from motion.model import FloatArray, UniformSeries

__all__ = ["Ellipse", "Sway", "SwayNumbers", "measure_sway", "prediction_ellipse"]

_WINDOWS = 2
"""The spectrum is averaged over Hann windows of half the record, half overlapping."""

_ROUNDING = 1e-9
"""What a filter or a new grid leaves of a constant, as a fraction of it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sway:
    """A sway about its mean.

    Parameters
    ----------
    series
        ``(n, k)`` without gaps, in ``unit``; k is 1 or 2.
    axes
        ``k`` names, as ``ml`` (medio-lateral) and ``ap`` (antero-posterior).
    unit
        ``mm``, or ``height`` for fractions of the body's height.
    """

    series: UniformSeries
    axes: tuple[str, ...]
    unit: str

    def __post_init__(self) -> None:
        shape = self.series.values.shape
        if len(shape) != 2 or shape[1] != len(self.axes) or len(self.axes) not in (1, 2):
            msg = f"a sway must be (n, 1) or (n, 2) with a name for each axis, got {shape}"
            raise ValueError(msg)
        if not np.all(np.isfinite(self.series.values)):
            msg = "a sway must have no gaps, got missing values; cut it at the gap"
            raise ValueError(msg)

    @property
    def about_mean(self) -> FloatArray:
        """``(n, k)`` displacement about the mean."""
        away: FloatArray = self.series.values - self.series.values.mean(axis=0)
        return away

    @property
    def still_axes(self) -> tuple[str, ...]:
        """The axes along which nothing moves: all samples are the same but for rounding."""
        values = self.series.values
        rounding = _ROUNDING * np.abs(values).max(axis=0)
        still = np.ptp(values, axis=0) <= rounding
        return tuple(axis for axis, stays in zip(self.axes, still, strict=True) if stays)

    @property
    def duration_s(self) -> float:
        """Time from the first to the last sample."""
        return (len(self.series) - 1) / self.series.rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipse:
    """A prediction ellipse: the next sample falls into it with the probability asked for.

    ``angle_deg`` is the long axis's, counter-clockwise from the first axis, -90..90.
    """

    area: float
    half_long: float
    half_short: float
    angle_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SwayNumbers:
    """The numbers of one axis, or of both together.

    ``rms`` and ``span`` in the sway's unit, ``path`` in it too, ``mean_speed`` in it per second,
    frequencies in Hz. Of a sway that does not move at all the frequencies are NaN. ``span`` of
    both axes is the greatest distance from the mean, doubled.
    """

    rms: float
    span: float
    path: float
    mean_speed: float
    mean_frequency_hz: float
    median_frequency_hz: float


def prediction_ellipse(values: FloatArray, probability: float = 0.95) -> Ellipse:
    """Return the ellipse that holds the next sample with a probability.

    ``area = pi sqrt(det S) 2 (n - 1) (n + 1) / (n (n - 2)) F(p; 2, n - 2)`` with the sample
    covariance ``S`` (Schubert & Kirchner 2014, Gait & Posture 39:518). For many samples the
    factor tends to the 5.991 of the chi-squared distribution. Samples of a sway follow each
    other closely, so ``n`` hardly matters; what differs between programs is this factor and
    that of the *confidence* ellipse of the mean, which is much smaller.

    Parameters
    ----------
    values
        ``(n, 2)``, at least three.
    """
    n = len(values)
    if values.ndim != 2 or values.shape[1] != 2 or n < 3:
        msg = f"an ellipse needs (n, 2) values, n at least 3, got {values.shape}"
        raise ValueError(msg)
    covariance = np.cov(values.T)
    variances, directions = np.linalg.eigh(covariance)
    quantile = float(f_distribution.ppf(probability, 2, n - 2))
    factor = 2.0 * (n - 1) * (n + 1) / (n * (n - 2)) * quantile
    half_short, half_long = np.sqrt(np.maximum(variances, 0.0) * factor)
    along = directions[:, 1]
    angle_deg = math.degrees(math.atan2(along[1], along[0]))
    return Ellipse(
        area=float(math.pi * half_short * half_long),
        half_long=float(half_long),
        half_short=float(half_short),
        angle_deg=(angle_deg + 90.0) % 180.0 - 90.0,
    )


def measure_sway(sway: Sway, axis: str = "") -> SwayNumbers:
    """Return the numbers of one axis, or of all axes together where none is named.

    Definitions of Prieto et al. 1996 (IEEE Trans Biomed Eng 43:956): ``rms`` about the mean;
    the path is the sum of the distances from sample to sample, and the mean speed is the path
    by the time from the first to the last. They grow with the sampling rate and with a filter's
    cut-off: compare only takes that share both. The mean frequency is the spectral centroid,
    the median the frequency below which half the power lies, of the power of all the axes added
    (Welch; :data:`_WINDOWS`), the mean taken off each window.
    """
    values = sway.series.values
    if axis:
        values = values[:, [sway.axes.index(axis)]]
    about_mean = values - values.mean(axis=0)
    distance = np.linalg.norm(about_mean, axis=1)
    path = float(np.sum(np.linalg.norm(np.diff(values, axis=0), axis=1)))
    one = values.shape[1] == 1
    mean_hz, median_hz = _frequencies(about_mean, sway.series.rate_hz)
    return SwayNumbers(
        rms=float(np.sqrt(np.mean(distance**2))),
        span=float(np.ptp(values)) if one else float(2.0 * distance.max()),
        path=path,
        mean_speed=path / sway.duration_s,
        mean_frequency_hz=mean_hz,
        median_frequency_hz=median_hz,
    )


def _frequencies(about_mean: FloatArray, rate_hz: float) -> tuple[float, float]:
    """Return the mean and the median frequency of the power of all columns."""
    hz, power = welch(
        about_mean, rate_hz, window="hann", nperseg=len(about_mean) // _WINDOWS, axis=0
    )
    total = power.sum(axis=1)
    below = np.concatenate([[0.0], np.cumsum(np.diff(hz) * (total[1:] + total[:-1]) / 2.0)])
    if not below[-1] > 0.0:
        return math.nan, math.nan
    mean_hz = float(trapezoid(hz * total, hz) / below[-1])
    return mean_hz, float(np.interp(below[-1] / 2.0, below, hz))
