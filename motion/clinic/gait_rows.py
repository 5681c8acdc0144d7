"""What was found of walking as columns and rows, and back."""

from typing import Any

from motion.clinic.fields import columns_of, prefixed, rows_of, unprefixed
from motion.clinic.gait_tables import StepRow, StrideRow, TimedPhaseRow, WalkRow
from motion.clinic.tables import AnalysisRow
from motion.model import Gait, Scale, Step, Stride, TimedPhase, Walk

__all__ = ["gait_of", "gait_values"]

_SCALE = "gait_scale"


def gait_values(gait: Gait | None) -> dict[str, Any]:
    """Return what an analysis's row holds of walking; empty where it was not measured."""
    if gait is None:
        return prefixed(_SCALE, Scale()) | {f"{_SCALE}_source": None, "gait_treadmill": None}
    return {
        **prefixed(_SCALE, gait.scale),
        "gait_treadmill": bool(gait.treadmill),
        "walks": rows_of(WalkRow, gait.walks),
        "steps": rows_of(StepRow, gait.steps),
        "strides": rows_of(StrideRow, gait.strides),
        "phases": rows_of(TimedPhaseRow, gait.phases),
    }


def gait_of(row: AnalysisRow) -> Gait | None:
    """Return what was found of walking; None where it was not measured."""
    if row.gait_treadmill is None:
        return None
    return Gait(
        walks=tuple(Walk(**columns_of(each, Walk)) for each in row.walks),
        steps=tuple(Step(**columns_of(each, Step)) for each in row.steps),
        strides=tuple(Stride(**columns_of(each, Stride)) for each in row.strides),
        scale=Scale(**unprefixed(_SCALE, row, Scale)),
        treadmill=row.gait_treadmill,
        phases=tuple(TimedPhase(**columns_of(each, TimedPhase)) for each in row.phases),
    )
