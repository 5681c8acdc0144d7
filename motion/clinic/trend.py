"""The slope of a measure over weeks, which may show what no single change can."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.clinic.units import table_decimals
from motion.model import FloatArray

__all__ = ["FEWEST_TAKES", "Trend", "find_trend"]

FEWEST_TAKES: Final = 4
_Z95: Final = 1.96
_MOST_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A slope per week with its 95 % interval."""

    slope_per_week: float
    low_per_week: float
    high_per_week: float
    takes: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low_per_week > 0 or self.high_per_week < 0

    def sentence(self, unit: str) -> str:
        """Return the trend in words, as exact as a table: a week's part of a change is small.

        An interval that excludes zero has the decimals to say so.
        """
        decimals = max(table_decimals(unit), self._decimals_to_zero())
        slope, low, high = (
            f"{round(each, decimals) + 0.0:+.{decimals}f}"
            for each in (self.slope_per_week, self.low_per_week, self.high_per_week)
        )
        named = f" {unit}" if unit else ""
        return f"Trend over {self.takes} comparable takes: {slope}{named} a week ({low} to {high})"

    def _decimals_to_zero(self) -> int:
        """Return at how many decimals the clear interval's end next to zero is not zero itself."""
        if not self.is_clear:
            return 0
        nearest = min(abs(self.low_per_week), abs(self.high_per_week))
        first = -math.floor(math.log10(nearest))
        return min(max(first, 0), _MOST_DECIMALS)


def find_trend(time_weeks: FloatArray, value: FloatArray) -> Trend | None:
    """Return the median of all pairwise slopes with Sen's interval.

    ``None`` with fewer than four measured takes, or where all are of one moment. The interval
    is the normal approximation; with four takes it spans all pairwise slopes. NaN are left out.

    References
    ----------
    .. [1] Sen 1968, J Am Stat Assoc 63:1379.
    """
    valid = np.isfinite(value) & np.isfinite(time_weeks)
    x, y = time_weeks[valid], value[valid]
    if len(x) < FEWEST_TAKES:
        return None
    first, second = np.triu_indices(len(x), k=1)
    apart = x[second] != x[first]
    if not apart.any():
        return None
    first, second = first[apart], second[apart]
    slopes = np.sort((y[second] - y[first]) / (x[second] - x[first]))
    spread = _Z95 * np.sqrt(_kendall_variance(x, y))
    low = max(round((len(slopes) - spread) / 2) - 1, 0)
    high = min(round((len(slopes) + spread) / 2), len(slopes) - 1)
    return Trend(
        slope_per_week=float(np.median(slopes)),
        low_per_week=float(slopes[low]),
        high_per_week=float(slopes[high]),
        takes=len(x),
    )


def _kendall_variance(x: FloatArray, y: FloatArray) -> float:
    def term(n: FloatArray) -> float:
        return float(np.sum(n * (n - 1) * (2 * n + 5)))

    ties = sum(term(np.unique(a, return_counts=True)[1].astype(float)) for a in (x, y))
    return max(term(np.array([float(len(x))])) - ties, 0.0) / 18
