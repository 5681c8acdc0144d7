"""An angle over its repetitions as percent, so that two takes can lie over each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import Analysis, AngleCurve, FloatArray, Repetition, RepetitionVerdict

__all__ = ["OverlaidTake", "overlay_of"]

PERCENT: Final[FloatArray] = np.linspace(0.0, 100.0, 101)
_COUNTED: Final = (RepetitionVerdict.FULL, RepetitionVerdict.PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OverlaidTake:
    """The repetitions of one take on one angle.

    Parameters
    ----------
    curves_deg
        ``(n, 101)``: each repetition at 0, 1, ... 100 percent; NaN where it was not measured.
    mean_deg
        ``(101,)``; NaN where fewer than half of the repetitions were measured.
    """

    curves_deg: FloatArray
    mean_deg: FloatArray


def overlay_of(analysis: Analysis, name: str) -> OverlaidTake | None:
    """Return the repetitions of an angle over percent; None where none was counted on it.

    Each goes from leaving rest (0 percent) to being back (100 percent). Gaps stay gaps: between two
    measured moments that are not neighbours nothing is drawn.

    Parameters
    ----------
    name
        The angle's column stem, such as ``left_knee_flexion``.
    """
    curve = analysis.angles[name]
    counted = list(_on(curve, analysis.repetitions))
    if not counted:
        return None
    curves = np.array([_normalised(analysis.angles.time_s, curve, each) for each in counted])
    seen = np.isfinite(curves).sum(axis=0)
    total = np.nansum(curves, axis=0)
    mean = np.where(2 * seen >= len(curves), total / np.maximum(seen, 1), np.nan)
    return OverlaidTake(curves_deg=curves, mean_deg=np.where(seen > 0, mean, np.nan))


def _on(curve: AngleCurve, repetitions: Iterable[Repetition]) -> Iterable[Repetition]:
    named = (curve.joint, curve.motion, curve.side)
    for each in repetitions:
        if (each.joint, each.motion, each.side) == named and each.verdict in _COUNTED:
            yield each


def _normalised(time_s: FloatArray, curve: AngleCurve, repetition: Repetition) -> FloatArray:
    at_s = repetition.start_s + PERCENT / 100.0 * repetition.duration_s
    measured = np.isfinite(curve.value_deg)
    value = np.interp(at_s, time_s[measured], curve.value_deg[measured])
    # A moment counts where both frames around it were measured.
    after = np.clip(np.searchsorted(time_s, at_s), 1, len(time_s) - 1)
    inside = (at_s >= time_s[0]) & (at_s <= time_s[-1])
    known: FloatArray = np.where(inside & measured[after] & measured[after - 1], value, np.nan)
    return known
