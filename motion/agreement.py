"""How far measurements agree: with a truth or another method, and with their own repetition."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from motion.model import RealArray

__all__ = [
    "MDC_PER_SEM",
    "Agreement",
    "Interval",
    "Retest",
    "describe_agreement",
    "measure_retest",
]

_Z: Final = 1.96
"""The limits of agreement and MDC95 are defined with it (Bland & Altman 1986; Weir 2005)."""

MDC_PER_SEM: Final = _Z * math.sqrt(2.0)
"""MDC95 = 1.96 * sqrt(2) * SEM: the difference of two measurements errs by sqrt(2) SEM."""

_TAIL: Final = 0.025
"""Each side of a 95 % interval leaves out this much."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % confidence interval of a figure; NaN where there is too little to say."""

    low: float
    high: float


_UNKNOWN: Final = Interval(math.nan, math.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Differences ``result - truth`` of ``n`` pairs, in the unit of both.

    ``mae`` and ``rmse`` are of the differences as they are, bias included. ``sd`` (of n - 1) and
    the limits of agreement ``bias -+ 1.96 sd`` are NaN below two pairs, all figures without any.
    """

    n: int
    bias: float
    mae: float
    rmse: float
    sd: float
    loa_low: float
    loa_high: float
    bias_ci: Interval
    loa_low_ci: Interval
    loa_high_ci: Interval


def describe_agreement(result: RealArray, truth: RealArray) -> Agreement:
    """Describe how far results lie from the truth, or one method from another.

    The intervals take the pairs as independent: give one pair for each person or repetition,
    not one for each frame. Those of the limits use ``sd * sqrt(1/n + 1.96^2 / (2 (n - 1)))``.

    Parameters
    ----------
    result, truth
        ``(n,)`` in one unit; a pair of which either is NaN is left out.

    Raises
    ------
    ValueError
        If the two differ in shape or are not one-dimensional.

    References
    ----------
    .. [1] Bland & Altman 1986, Lancet 327:307; 1999, Stat Methods Med Res 8:135 (section 2).
    """
    result, truth = np.asarray(result, dtype=float), np.asarray(truth, dtype=float)
    if result.shape != truth.shape or result.ndim != 1:
        msg = f"result and truth must be (n,) both, got {result.shape} and {truth.shape}"
        raise ValueError(msg)
    difference = (result - truth)[np.isfinite(result) & np.isfinite(truth)]
    n = len(difference)
    bias = float(np.mean(difference)) if n else math.nan
    sd = float(np.std(difference, ddof=1)) if n > 1 else math.nan
    t = float(stats.t.ppf(1.0 - _TAIL, n - 1)) if n > 1 else math.nan
    low, high = bias - _Z * sd, bias + _Z * sd
    of_bias = t * sd / math.sqrt(n) if n else math.nan
    of_limit = t * sd * math.sqrt(1.0 / n + _Z**2 / (2.0 * (n - 1))) if n > 1 else math.nan
    return Agreement(
        n=n,
        bias=bias,
        mae=float(np.mean(np.abs(difference))) if n else math.nan,
        rmse=math.sqrt(float(np.mean(difference**2))) if n else math.nan,
        sd=sd,
        loa_low=low,
        loa_high=high,
        bias_ci=_around(bias, of_bias),
        loa_low_ci=_around(low, of_limit),
        loa_high_ci=_around(high, of_limit),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    """What repeating a measurement on unchanged people says of its error.

    ``n`` people with all of ``k`` sessions. ``sem`` is the standard deviation within people,
    the sessions' systematic difference included; ``sem_consistency`` leaves that out.
    ``agreement`` is of the last session against the first. ICC and ``sem_consistency`` are NaN
    with one person, everything with none.
    """

    n: int
    k: int
    icc21: float
    icc21_ci: Interval
    sem: float
    sem_ci: Interval
    sem_consistency: float
    mdc95: float
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class _MeanSquares:
    n: int
    k: int
    people: float
    sessions: float
    error: float


def measure_retest(values: RealArray) -> Retest:
    """Measure ICC(2,1), the standard error of measurement and MDC95 from a test-retest.

    ICC(2,1), two-way random effects, absolute agreement, one measurement:
    ``(MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n)`` [1]_, with the interval of [2]_.

    ``SEM = sqrt(MSE + (MSC - MSE) / n)``, the standard deviation within people [3]_ (with two
    sessions the root of half the mean squared difference). The sessions' systematic difference is
    counted in, as in ICC(2,1): practice, warming up or another set-up moves one patient's
    number from visit to visit just as chance does, and left out it would pass for recovery.
    Weir [4]_ leaves it out, ``sqrt(MSE)`` (``SD_diff / sqrt(2)``): ``sem_consistency``.
    The interval is that of a variance with Satterthwaite's degrees of freedom.
    ``MDC95 = 1.96 sqrt(2) SEM``.

    Parameters
    ----------
    values
        ``(n, k)``: a row for each person, a column for each session in order of time, k >= 2.
        A person with a NaN is left out. One person with k repetitions gives an SEM, no ICC.

    Raises
    ------
    ValueError
        If the shape is another.

    References
    ----------
    .. [1] Shrout & Fleiss 1979, Psychol Bull 86:420.
    .. [2] McGraw & Wong 1996, Psychol Methods 1:30 (table 7, ICC(A,1)).
    .. [3] Bland & Altman 1996, BMJ 313:744; de Vet et al. 2006, J Clin Epidemiol 59:1033.
    .. [4] Weir 2005, J Strength Cond Res 19:231.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 2 or values.shape[1] < 2:
        msg = f"values must be (n people, k >= 2 sessions), got {values.shape}"
        raise ValueError(msg)
    whole = values[np.isfinite(values).all(axis=1)]
    squares = _analyse_variance(whole)
    icc21 = _icc21(squares)
    sem = math.sqrt(_variance_within(squares))
    return Retest(
        n=squares.n,
        k=squares.k,
        icc21=icc21,
        icc21_ci=_icc21_interval(squares, icc21),
        sem=sem,
        sem_ci=_sem_interval(squares, sem),
        sem_consistency=math.sqrt(squares.error),
        mdc95=MDC_PER_SEM * sem,
        agreement=describe_agreement(whole[:, -1], whole[:, 0]),
    )


def _around(middle: float, half: float) -> Interval:
    return Interval(middle - half, middle + half)


def _analyse_variance(values: RealArray) -> _MeanSquares:
    n, k = values.shape
    if n == 0:
        return _MeanSquares(n=n, k=k, people=math.nan, sessions=math.nan, error=math.nan)
    centred = values - values.mean()  # so that a large mean costs no digits
    person = centred.mean(axis=1, keepdims=True)
    session = centred.mean(axis=0, keepdims=True)
    of_sessions = n * float(np.sum(session**2)) / (k - 1)
    if n == 1:
        return _MeanSquares(n=n, k=k, people=math.nan, sessions=of_sessions, error=math.nan)
    return _MeanSquares(
        n=n,
        k=k,
        people=k * float(np.sum(person**2)) / (n - 1),
        sessions=of_sessions,
        error=float(np.sum((centred - person - session) ** 2)) / ((n - 1) * (k - 1)),
    )


def _parts_within(squares: _MeanSquares) -> tuple[tuple[float, int], ...]:
    """Return the parts whose sum is the variance within people, with their degrees of freedom."""
    n, free = squares.n, squares.k - 1
    sessions = (squares.sessions / max(n, 1), free)
    return (sessions, (squares.error * (n - 1) / n, (n - 1) * free)) if n > 1 else (sessions,)


def _variance_within(squares: _MeanSquares) -> float:
    return sum(part for part, _ in _parts_within(squares))


def _sem_interval(squares: _MeanSquares, sem: float) -> Interval:
    spread = sum(part**2 / free for part, free in _parts_within(squares))
    if not spread > 0.0:  # nothing measured, or nobody differed at all
        return _UNKNOWN
    free = sem**4 / spread
    low, high = (float(stats.chi2.ppf(p, free)) for p in (1.0 - _TAIL, _TAIL))
    return Interval(sem * math.sqrt(free / low), sem * math.sqrt(free / high))


def _icc21(squares: _MeanSquares) -> float:
    n, k = squares.n, squares.k
    if n < 2:
        return math.nan
    between = squares.people - squares.error
    total = squares.people + (k - 1) * squares.error + k * (squares.sessions - squares.error) / n
    return between / total if total > 0.0 else math.nan


def _icc21_interval(squares: _MeanSquares, icc21: float) -> Interval:
    n, k = squares.n, squares.k
    msr, msc, mse = squares.people, squares.sessions, squares.error
    if not icc21 < 1.0:
        return _UNKNOWN
    odds = k * icc21 / (n * (1.0 - icc21))
    a, b = odds, 1.0 + (n - 1) * odds
    spread = (a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1))
    if not spread > 0.0:
        return _UNKNOWN
    free = (a * msc + b * mse) ** 2 / spread
    low_f = stats.f.ppf(1.0 - _TAIL, n - 1, free)
    high_f = stats.f.ppf(1.0 - _TAIL, free, n - 1)
    if not (math.isfinite(low_f) and math.isfinite(high_f)):
        return _UNKNOWN
    rest = k * msc + (k * n - k - n) * mse
    low = float(n * (msr - low_f * mse) / (low_f * rest + n * msr))
    high = float(n * (high_f * msr - mse) / (rest + n * high_f * msr))
    # Far below zero the approximation leaves out what it is about: then nothing is said.
    return Interval(low, high) if low <= icc21 <= high else _UNKNOWN
