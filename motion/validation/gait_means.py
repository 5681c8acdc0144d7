"""Person means of steps and strides that are known: the plain mean of each side."""

import math
from collections.abc import Sequence

import numpy as np

from motion.model import Side, Step, Stride

__all__ = ["average_parameters"]

_OF_STRIDE = {
    "stride_time": "time_s",
    "stance_percent": "stance_percent",
    "swing_percent": "swing_percent",
    "single_support_percent": "single_support_percent",
    "double_support_percent": "double_support_percent",
}


def average_parameters(
    steps: Sequence[Step], strides: Sequence[Stride]
) -> dict[tuple[str, Side], float]:
    """Return the mean of each parameter by measure and side; what no step gives is not there."""
    means: dict[tuple[str, Side], float] = {}
    for side in (Side.LEFT, Side.RIGHT):
        own_steps = [each for each in steps if each.side is side]
        own_strides = [each for each in strides if each.side is side]
        means["step_time", side] = _mean([each.time_s for each in own_steps])
        means["step_length", side] = _mean([each.length_m for each in own_steps])
        for measure, name in _OF_STRIDE.items():
            means[measure, side] = _mean([getattr(each, name) for each in own_strides])
    stride_m = means["step_length", Side.LEFT] + means["step_length", Side.RIGHT]
    stride_s = means["step_time", Side.LEFT] + means["step_time", Side.RIGHT]
    means["cadence", Side.BOTH] = 120.0 / stride_s
    for side in (Side.LEFT, Side.RIGHT):
        means["stride_length", side] = stride_m
    return {key: value for key, value in means.items() if math.isfinite(value)}


def _mean(values: Sequence[float]) -> float:
    finite = [value for value in values if math.isfinite(value)]
    return float(np.mean(finite)) if finite else math.nan
