"""A recovery curve through comparable takes, with how far further takes would lie from it."""

import math
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.special import ndtr, stdtr

from motion.clinic.better import Better, Direction
from motion.clinic.units import number_text
from motion.model import FloatArray

__all__ = ["Recovery", "fit_recovery"]

_FEWEST_DAYS: Final = 5
_FEWEST_WEEKS: Final = 3.0
_PARAMETERS: Final = 3
_AHEAD: Final = 0.5
"""No further ahead than half of what was observed."""

_FLAT_AFTER: Final = 3.0
"""After three time constants 95 % of the way is done: what follows is a plateau, not a curve."""

_SLOWEST: Final = 10.0
"""Times the observed span: slower recoveries are straight lines within it."""

_RATES_N: Final = 32
_LEVELS_N: Final = 25
_DRAWN_N: Final = 40
_LEAST_WEIGHT: Final = 1e-4
_BAND: Final = (0.1, 0.9)
_HALVINGS: Final = 26


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recovery:
    """A fitted recovery ``y(t) = A - (A - y0) exp(-t / tau)`` and the band of further takes.

    Parameters
    ----------
    time_weeks, value, low, high
        ``(40,)`` each: weeks since the first take; the middle; within ``low`` and ``high`` 80 of
        100 further takes would lie if all goes on as until now.
    observed_until_weeks, horizon_weeks
        The last take, and how far ahead is drawn.
    takes
        From how many.
    level_known
        Whether the takes say where the curve levels off; without it they only say how steep it is.
    """

    time_weeks: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray
    observed_until_weeks: float
    horizon_weeks: float
    takes: int
    level_known: bool

    def sentence(self, unit: str) -> str:
        """Return in words what the band says at its end, and what is not known."""
        low, high = number_text(self.low[-1], unit), number_text(self.high[-1], unit)
        ahead = self.horizon_weeks - self.observed_until_weeks
        said = (
            f"If it goes on as over these {self.takes} takes, 8 of 10 takes would lie between {low}"
            f" and {high} in {ahead:.0f} {'week' if round(ahead) == 1 else 'weeks'}"
        )
        unknown = "; where it levels off cannot be told yet"
        return said if self.level_known else said + unknown


def fit_recovery(
    time_weeks: FloatArray,
    value: FloatArray,
    sem: float,
    mdc95: float,
    direction: Direction,
    *,
    limit: float = math.nan,
) -> Recovery | None:
    """Fit a curve that rises quickly at first and slower later, as recoveries do.

    For each of many time constants and end levels the start follows by least squares; each pair
    counts by how well it fits (normal errors, flat in the level and in the logarithm of the time
    constant). The middle is their mean, the band holds 80 % of what they foretell of a further
    take, measurement error included. So a curve whose end cannot be told yet has a wide band.

    Parameters
    ----------
    time_weeks, value
        ``(n,)`` in order of time, since the first take; NaN are left out.
    sem
        Standard error of one measurement: no take is trusted better than that. NaN where there
        is none: then the scatter of the takes stands alone.
    mdc95
        A curve whose whole change is smaller is not drawn.
    direction
        Which way is better: a curve of recovery goes that way.
    limit
        The end level is not beyond it: the other side's value or a published one. Without it no
        further than the observed range beyond the best take.

    Returns
    -------
    None with takes of fewer than five days or less than three weeks, where nothing got better
    beyond the error, where the last take lies below the best by more than the error, or where the
    takes have come to rest already (three time constants).

    References
    ----------
    .. [1] Kennedy et al. 2008, J Orthop Sports Phys Ther 38:14 (recovery after knee and hip
           replacement: fast at first, then slower).
    """
    valid = np.isfinite(value) & np.isfinite(time_weeks)
    weeks, values = time_weeks[valid], value[valid]
    sign = _way_up(values, direction)
    if sign == 0.0 or len(np.unique(np.floor(weeks * 7.0))) < _FEWEST_DAYS:
        return None
    if float(np.max(sign * values)) - sign * values[-1] >= mdc95:
        return None  # something happened since the best take: what was until then is over
    span = float(weeks[-1] - weeks[0])
    if span < _FEWEST_WEEKS:
        return None
    rates = span * np.geomspace(1.0 / _FLAT_AFTER, _SLOWEST, _RATES_N)
    levels = _possible_levels(values, sign, limit)
    coarse = _fit_all(weeks, values, rates, levels, sign, sem)
    if _has_come_to_rest(coarse):
        return None
    fit = _fit_all(weeks, values, *_narrowed(coarse, rates, levels), sign, sem)
    fall = np.exp(-weeks[0] / fit.rates) - np.exp(-weeks[-1] / fit.rates)
    if not float(fit.weights @ (fit.drops * fall)) * sign >= mdc95:
        return None
    until = float(weeks[-1])
    ends = until + _AHEAD * span
    drawn = np.linspace(float(weeks[0]), ends, _DRAWN_N)
    value_drawn, low, high = _foretell(fit, drawn)
    spread = math.sqrt(float(fit.weights @ (fit.levels - fit.weights @ fit.levels) ** 2))
    return Recovery(
        time_weeks=drawn,
        value=value_drawn,
        low=low,
        high=high,
        observed_until_weeks=until,
        horizon_weeks=ends,
        takes=len(weeks),
        level_known=spread < mdc95 / 2.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fits:
    """Pairs of time constant and end level, the drop from it at the start, and how likely each is.

    ``(k,)`` each; ``leverages`` is 1 over the sum of squared exponentials. ``scatter`` is the
    variance of a take about its curve, ``freedom`` on how many takes that rests.
    """

    rates: FloatArray
    levels: FloatArray
    drops: FloatArray
    leverages: FloatArray
    weights: FloatArray
    scatter: float
    freedom: float


def _way_up(values: FloatArray, direction: Direction) -> float:
    """Return +1 where a recovery raises the value, -1 where it lowers it, 0 where it has none."""
    match direction.better:
        case Better.HIGHER:
            return 1.0
        case Better.LOWER:
            return -1.0
        case Better.TOWARD_ZERO:
            aim = 0.0
        case Better.TOWARD_TARGET:
            aim = direction.target
        case _:
            return 0.0
    return float(np.sign(aim - values[0])) if len(values) else 0.0


def _possible_levels(values: FloatArray, sign: float, limit: float) -> FloatArray:
    best = float(np.max(sign * values))
    room = float(np.ptp(values))
    farthest = best + room if math.isnan(limit) else max(sign * limit, best)
    nearest = float(np.median(sign * values))
    return sign * np.linspace(nearest, farthest, _LEVELS_N)


def _fit_all(
    weeks: FloatArray,
    values: FloatArray,
    rates: FloatArray,
    levels: FloatArray,
    sign: float,
    sem: float,
) -> _Fits:
    """Return the best drop for each pair: with both given, the curve is a line through the origin.

    A drop the wrong way is none: the curve is flat then.
    """
    rate, level = (each.ravel() for each in np.meshgrid(rates, levels, indexing="ij"))
    fall = np.exp(-weeks[None, :] / rate[:, None])
    leverage = 1.0 / np.sum(fall**2, axis=1)
    missing = level[:, None] - values[None, :]
    drop = np.sum(fall * missing, axis=1) * leverage
    drop = np.where(drop * sign > 0.0, drop, 0.0)
    squares = np.sum((missing - drop[:, None] * fall) ** 2, axis=1)
    least = float(np.min(squares))
    scatter, freedom = _choose_scatter(least, len(weeks) - _PARAMETERS, sem)
    weight = np.exp(-0.5 * (squares - least) / scatter)
    return _Fits(
        rates=rate,
        levels=level,
        drops=drop,
        leverages=leverage,
        weights=weight / weight.sum(),
        scatter=scatter,
        freedom=freedom,
    )


def _narrowed(
    coarse: _Fits, rates: FloatArray, levels: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return a finer grid over the pairs that are likely, and their neighbours."""
    likely = (coarse.weights > _LEAST_WEIGHT).reshape(len(rates), len(levels))
    (slow, fast), (near, far) = (
        (max(int(of.min()) - 1, 0), min(int(of.max()) + 1, n - 1))
        for of, n in zip(np.nonzero(likely), likely.shape, strict=True)
    )
    return (
        np.geomspace(rates[slow], rates[fast], _RATES_N),
        np.linspace(levels[near], levels[far], _LEVELS_N),
    )


def _choose_scatter(squares: float, freedom: int, sem: float) -> tuple[float, float]:
    """Return the variance of a take about its curve, and on how many takes that rests.

    The measurement's own error is known well; what a few takes scatter by chance below it is no
    better measurement, what they scatter above it is the patient's own.
    """
    seen = max(squares / freedom, np.finfo(float).tiny)
    return (seen, float(freedom)) if math.isnan(sem) or seen > sem**2 else (sem**2, math.inf)


def _has_come_to_rest(fit: _Fits) -> bool:
    """Whether the fastest time constants are the likeliest: the curve is flat at the last take."""
    by_rate = fit.weights.reshape(_RATES_N, _LEVELS_N).sum(axis=1)
    return int(np.argmax(by_rate)) == 0


def _foretell(fit: _Fits, weeks: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the mean and the band of a further take at each moment, over all likely pairs."""
    likely = fit.weights > _LEAST_WEIGHT
    share = fit.weights[likely] / fit.weights[likely].sum()
    fall = np.exp(-weeks[None, :] / fit.rates[likely, None])
    middle = fit.levels[likely, None] - fit.drops[likely, None] * fall
    spread = np.sqrt(fit.scatter * (1.0 + fit.leverages[likely, None] * fall**2))
    low, high = (_quantile(share, middle, spread, fit.freedom, part) for part in _BAND)
    return share @ middle, low, high


def _quantile(
    share: FloatArray, middle: FloatArray, spread: FloatArray, freedom: float, part: float
) -> FloatArray:
    """Return where a mixture of distributions reaches a part, by halving an interval."""
    below = ndtr if math.isinf(freedom) else partial(stdtr, freedom)
    far = 20.0 * np.max(spread, axis=0)
    low, high = np.min(middle, axis=0) - far, np.max(middle, axis=0) + far
    for _ in range(_HALVINGS):
        between = (low + high) / 2.0
        reached = share @ below((between[None, :] - middle) / spread) < part
        low, high = np.where(reached, between, low), np.where(reached, high, between)
    found: FloatArray = (low + high) / 2.0
    return found
