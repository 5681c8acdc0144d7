"""Where an angle rests between repetitions: what a repetition leaves and returns to."""

from typing import Final

import numpy as np

from motion.model import FloatArray, UniformSeries
from motion.signals import differentiate

__all__ = ["NEAR_FRACTION", "estimate_rest"]

_EDGE_S: Final = 0.3
_STILL_FRACTION: Final = 0.1
NEAR_FRACTION: Final = 0.15
_INNER_FRACTION: Final = 0.3


def estimate_rest(series: UniformSeries, rest: str, two_directions: bool) -> float:
    """Return the resting level of an angle, in degrees.

    Rest lies at the low or the high end of the curve; where the movement does not say which,
    the start of the take (weight 3), its end (1) and the time spent still near either end (2)
    decide. A movement to both sides rests where it starts or else ends, if the angle is still
    there and neither bent to one side; otherwise in the middle.

    Parameters
    ----------
    series
        ``(n, 1)`` degrees.
    rest
        ``low``, ``high`` or ``auto``.
    two_directions
        Whether the movement goes to both sides of rest.
    """
    values = series.values[:, 0]
    seen = values[np.isfinite(values)]
    low, high = np.percentile(seen, [5, 95])
    if two_directions:
        return _middle_rest(series, seen, float(low), float(high))
    if rest == "auto":
        rest = "low" if _votes_low(series, seen, float(low), float(high)) else "high"
    near = NEAR_FRACTION * (high - low)
    level = seen[seen <= low + near] if rest == "low" else seen[seen >= high - near]
    return float(np.median(level))


def _edge(series: UniformSeries, seen: FloatArray) -> int:
    return max(1, min(len(seen), round(_EDGE_S * series.rate_hz)))


def _middle_rest(series: UniformSeries, seen: FloatArray, low: float, high: float) -> float:
    edge = _edge(series, seen)
    middle = (low + high) / 2.0
    for piece in (seen[:edge], seen[-edge:]):
        level = float(np.median(piece))
        third = max(1, edge // 3)
        moved = abs(float(np.median(piece[-third:]) - np.median(piece[:third])))
        inside = abs(level - middle) <= _INNER_FRACTION * (high - low)
        # Who bends to one side only rests at an end of the curve: upright is nearer to 0.
        if moved <= _STILL_FRACTION * (high - low) and (inside or abs(level) < abs(middle)):
            return level
    return middle


def _votes_low(series: UniformSeries, seen: FloatArray, low: float, high: float) -> bool:
    edge = _edge(series, seen)
    middle = (low + high) / 2.0
    speed = np.abs(differentiate(series)[:, 0])
    moving = speed[np.isfinite(speed)]
    quick = float(np.percentile(moving, 95)) if len(moving) else 0.0
    with np.errstate(invalid="ignore"):
        still = series.values[speed <= _STILL_FRACTION * quick, 0]
    still = still[np.isfinite(still)]
    dwell = float(np.mean(still < middle)) if len(still) else 0.5
    start_is_low = float(np.median(seen[:edge]) < middle)
    end_is_low = float(np.median(seen[-edge:]) < middle)
    return 3.0 * start_is_low + 1.0 * end_is_low + 2.0 * dwell > 3.0
