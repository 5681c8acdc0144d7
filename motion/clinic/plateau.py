"""Whether a measure has levelled off: no trend, and none that four weeks of it would show."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.clinic.trend import FEWEST_TAKES, Trend, find_trend
from motion.clinic.units import number_text
from motion.model import FloatArray

__all__ = ["Plateau", "find_plateau"]

_AHEAD_WEEKS: Final = 4.0
"""What would come of the slope in this time is held against the minimal detectable change."""

_MOST_TAKES: Final = 40
"""No more of the last takes are looked at: one of so many is a plateau, however much longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plateau:
    """The last takes, of which no trend can be told.

    Parameters
    ----------
    trend
        Their slope; its interval includes zero.
    weeks
        From the first of them to the last.
    mdc95
        What four weeks of any likely slope stay below, in the measure's unit.
    """

    trend: Trend
    weeks: float
    mdc95: float

    def sentence(self, unit: str) -> str:
        """Return in words what is known, which is not that nothing changes."""
        return (
            f"{self.clause}, and four weeks of the steepest slope they allow stay below the"
            f" smallest detectable change ({number_text(self.mdc95, unit)})"
        )

    @property
    def clause(self) -> str:
        """The sentence without what the rule is, for where that is said once."""
        return (
            f"Levelled off as far as can be measured: over the last {self.trend.takes}"
            f" comparable takes ({self.weeks:.0f} weeks) no trend"
        )


def find_plateau(time_weeks: FloatArray, value: FloatArray, mdc95: float) -> Plateau | None:
    """Return the longest run up to the last take in which a measure has levelled off.

    Of at least four takes over at least four weeks: the interval of their slope includes zero, no
    slope within it amounts to the minimal detectable change in four weeks, and the last differs
    from the first by less than it: what a verdict calls a change is no plateau, even where so few
    takes leave the slope open. An earlier rise does not hide it: a recovery that came to its end
    is a plateau at the end of a rising line. Held against the slope alone, and not its interval,
    the same rule calls a plateau in two of three patients who gain 2 degrees a week
    (docs/progress.md).

    Parameters
    ----------
    time_weeks, value
        ``(n,)`` in order of time; NaN are left out.
    mdc95
        The largest of the takes; NaN, no plateau can be told.

    Returns
    -------
    None where the last takes are too few, too close together, or do show a trend.
    """
    valid = np.isfinite(value) & np.isfinite(time_weeks)
    weeks, values = time_weeks[valid], value[valid]
    for first in range(max(0, len(weeks) - _MOST_TAKES), len(weeks) - FEWEST_TAKES + 1):
        span = float(weeks[-1] - weeks[first])
        if span < _AHEAD_WEEKS:
            break
        # The change that judge_change would call one; without an error figure none is told apart.
        if not abs(values[-1] - values[first]) < mdc95:
            continue
        trend = find_trend(weeks[first:], values[first:])
        if trend is None or trend.is_clear:
            continue
        steepest = max(-trend.low_per_week, trend.high_per_week)
        if steepest * _AHEAD_WEEKS < mdc95:
            return Plateau(trend=trend, weeks=span, mdc95=mdc95)
    return None
