"""How far joints move while walking: the mean over the strides that count."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from motion.gait.numbers import FEWEST_STRIDES
from motion.model import CycleCurve, FloatArray, Gait, IndexArray, Measurement, MeasureVerdict

__all__ = ["average_ranges", "find_walking_frames"]

_OF_STRIDE: Final[dict[str, Callable[[FloatArray], float]]] = {
    "rom_max": lambda angle: float(np.max(angle)),
    "rom_min": lambda angle: float(np.min(angle)),
    "rom_range": lambda angle: float(np.ptp(angle)),
}

_NO_STRIDE: Final = "no stride counts"


def find_walking_frames(time_s: FloatArray, gait: Gait) -> IndexArray:
    """Return the rows, ``(k,)``, that lie in a stride that counts."""
    inside = np.zeros(len(time_s), dtype=bool)
    for stride in gait.strides:
        if not stride.left_out:
            inside |= (time_s >= stride.start_s) & (time_s <= stride.end_s)
    return np.flatnonzero(inside)


def average_ranges(
    ranges: Sequence[Measurement], cycles: Sequence[CycleCurve]
) -> tuple[Measurement, ...]:
    """Return ranges of motion as means over strides: the largest angle of each, and so on.

    What belongs to no leg, as the trunk's lean, stays the extreme over all strides; so does the
    verdict, the error and what is said of a number.

    Parameters
    ----------
    ranges
        Of the frames of the strides that count.
    cycles
        Angles over all strides.
    """
    if not any(not each.left_out for each in cycles):
        return tuple(replace(each, note=_NO_STRIDE) for each in ranges)
    return tuple(_average(each, cycles) for each in ranges)


def _average(row: Measurement, cycles: Sequence[CycleCurve]) -> Measurement:
    own = [
        each.angle_deg
        for each in cycles
        if not each.left_out
        and each.side is row.side
        and each.angle == f"{row.joint}_{row.motion}"
        and np.all(np.isfinite(each.angle_deg))
    ]
    if row.measure not in _OF_STRIDE or not np.isfinite(row.value) or not own:
        return row
    values = [_OF_STRIDE[row.measure](angle) for angle in own]
    few = len(values) < FEWEST_STRIDES
    return replace(
        row,
        value=float(np.mean(values)),
        sd=float(np.std(values, ddof=1)) if len(values) > 1 else float("nan"),
        n_repetitions=len(values),
        verdict=MeasureVerdict.FEW_STRIDES if few else row.verdict,
        note="; ".join(each for each in ("mean over strides", row.note) if each),
    )
