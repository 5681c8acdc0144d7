"""Angles over the gait cycle: each stride stretched to 0, 1, ... 100 percent."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from motion.gait.points import FEET
from motion.model import AngleCurve, AngleTable, CycleCurve, FloatArray, Stride
from motion.signals import MAX_GAP_S

__all__ = ["CYCLE_ANGLES", "PERCENT", "average_cycles", "cut_cycles"]

CYCLE_ANGLES: Final = ("hip_flexion", "knee_flexion", "ankle_dorsiflexion")
PERCENT: Final = np.arange(101.0)


def cut_cycles(angles: AngleTable, strides: Sequence[Stride]) -> tuple[CycleCurve, ...]:
    """Return hip, knee and ankle of each stride, from contact to the same foot's next.

    Angles are read off between frames along a straight line; where a gap is longer than 0.2 s
    the curve has one too.

    Parameters
    ----------
    angles
        Of the take.
    strides
        In order of time; ``cycle`` counts those of a side from 1.
    """
    found = []
    for side in FEET:
        own = [each for each in strides if each.side is side]
        for cycle, stride in enumerate(own, start=1):
            at_s = stride.start_s + PERCENT / 100.0 * stride.time_s
            found += [
                CycleCurve(
                    side=side,
                    cycle=cycle,
                    angle=curve.angle,
                    percent=PERCENT,
                    angle_deg=_read_at(angles.time_s, curve, at_s),
                    foot_off_percent=stride.stance_percent,
                    left_out=stride.left_out,
                )
                for curve in _curves_of(angles, side.value)
            ]
    return tuple(found)


def average_cycles(cycles: Iterable[CycleCurve]) -> tuple[FloatArray, FloatArray, int]:
    """Return mean and SD, ``(101,)``, over the strides that count, and of how many.

    Only curves that were measured from 0 to 100 percent: a mean of other strides at other points
    would have steps that nobody made. NaN of none; the SD of one is NaN.

    Parameters
    ----------
    cycles
        Of one side and one angle.
    """
    whole = [c.angle_deg for c in cycles if not c.left_out and np.all(np.isfinite(c.angle_deg))]
    nothing = np.full(len(PERCENT), np.nan)
    if not whole:
        return nothing, nothing, 0
    sd = np.std(whole, axis=0, ddof=1) if len(whole) > 1 else nothing
    return np.asarray(np.mean(whole, axis=0)), np.asarray(sd), len(whole)


def _curves_of(angles: AngleTable, side: str) -> list[AngleCurve]:
    return [c for c in angles.curves if c.side.value == side and c.angle in CYCLE_ANGLES]


def _read_at(time_s: FloatArray, curve: AngleCurve, at_s: FloatArray) -> FloatArray:
    seen = np.isfinite(curve.value_deg)
    if np.sum(seen) < 2:
        return np.full(len(at_s), np.nan)
    known_s = time_s[seen]
    value = np.interp(at_s, known_s, curve.value_deg[seen], left=np.nan, right=np.nan)
    after = np.clip(np.searchsorted(known_s, at_s), 1, len(known_s) - 1)
    period_s = float(np.median(np.diff(time_s)))
    bridged = known_s[after] - known_s[after - 1] - period_s > MAX_GAP_S
    return np.where(bridged, np.nan, value)
