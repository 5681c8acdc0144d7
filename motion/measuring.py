"""From a recording's landmarks to its numbers: the same steps for a file, a camera, a re-run."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from motion.exercise import Movement, RepetitionCount, count_repetitions
from motion.kinematics import (
    JOINTS,
    FootZero,
    Plane,
    RangeEvidence,
    clean_recording,
    estimate_view,
    find_foot_zero,
    find_joint,
    measure_angles,
    measure_ranges,
)
from motion.kinematics.view import WARN_FROM_DEG
from motion.library import find_movement, load_error_figures
from motion.model import (
    Analysis,
    AngleCurve,
    AngleTable,
    Mirrored,
    NearSide,
    PoseRecording,
    Provenance,
    Repetition,
    Side,
    View,
    ViewName,
)
from motion.settings import AnalysisSettings

__all__ = ["find_side_conflict", "measure_again", "measure_recording"]

_MOVES_TOO_DEG: Final = 10.0
_MOVES_TOO_SHARE: Final = 0.5
_LOST_SHARE: Final = 0.05

_FREE = Movement(name="", title="Free movement", angles=tuple(joint.name for joint in JOINTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """Repetitions and the curve that says how far they are from rest."""

    curve: AngleCurve | None
    rest_deg: float
    repetitions: tuple[Repetition, ...]
    incomplete: int


def measure_recording(
    recording: PoseRecording,
    settings: AnalysisSettings,
    provenance: Provenance,
    started_at: datetime,
) -> Analysis:
    """Clean the landmarks, decide the view, measure angles, repetitions and ranges.

    Parameters
    ----------
    recording
        Landmarks as the model gave them.
    settings
        What to measure.
    provenance
        Goes into the result unchanged; its measured rate is used.
    started_at
        When the recording began, timezone aware.

    Raises
    ------
    InputError
        If there is no such movement.
    """
    movement = find_movement(settings.movement) if settings.movement else _FREE
    rate_hz = provenance.input.rate_hz
    view = estimate_view(recording, settings.view)
    conditions = settings.conditions
    if conditions.near_side is NearSide.UNKNOWN:
        conditions = replace(conditions, near_side=view.near_side)
    filled, poses = clean_recording(recording, rate_hz, settings.cleaning)
    zeros = {s: find_foot_zero(poses, view, s) for s in (Side.LEFT, Side.RIGHT)}
    table = measure_angles(poses, filled, view, conditions.position, zeros)
    counted = _count(table, rate_hz, movement, settings.side, view)
    evidence = RangeEvidence(
        poses=poses,
        view=view,
        position=conditions.position,
        rate_hz=rate_hz,
        figures=load_error_figures(),
        foot_zeros=zeros,
        repetitions=counted.repetitions,
    )
    sides = _reported_sides(settings.side)
    analysis = Analysis(
        movement=movement.name,
        side=settings.side or Side.BOTH,
        started_at=started_at,
        conditions=conditions,
        view=view,
        recording=filled,
        angles=table,
        measurements=measure_ranges(table, evidence, movement.angles, sides),
        repetitions=counted.repetitions,
        provenance=provenance,
        counted_on=counted.curve.name if counted.curve else "",
        rest_deg=counted.rest_deg,
        incomplete_repetitions=counted.incomplete,
        neutral=_neutral(zeros),
    )
    return replace(analysis, warnings=_warnings(analysis, movement))


def measure_again(analysis: Analysis, settings: AnalysisSettings) -> Analysis:
    """Measure the landmarks of an analysis with other settings; what was filled is filled anew.

    Filled landmarks carry no visibility, so they count as not seen and nothing is built on
    what was interpolated before.
    """
    before = analysis.provenance
    kept = dict(before.settings) | dict(settings.as_pairs())
    provenance = replace(before, settings=tuple(kept.items()))
    return measure_recording(analysis.recording, settings, provenance, analysis.started_at)


def _reported_sides(side: Side | None) -> tuple[Side, ...]:
    return (Side.LEFT, Side.RIGHT) if side in (None, Side.BOTH) else (side,)


def _neutral(zeros: dict[Side, FootZero]) -> dict[str, float]:
    return {f"{side}_foot_slope_deg": zero.slope_deg for side, zero in zeros.items()}


def _spread(curve: AngleCurve) -> float:
    seen = curve.value_deg[np.isfinite(curve.value_deg)]
    if len(seen) < 4:
        return 0.0
    low, high = np.percentile(seen, [5, 95])
    return float(high - low)


def _candidates(
    table: AngleTable, movement: Movement, side: Side | None, view: View
) -> list[AngleCurve]:
    """Return the curves on which repetitions may be counted, the most moving first."""
    angles = movement.angles if movement is _FREE else (movement.counted_angle,)
    wanted = {*_reported_sides(side), Side.NONE}
    curves = [c for c in table.measured if c.angle in angles and c.side in wanted]
    if side is None:
        # The far limb of a side view is never the one; from the front either arm may be.
        curves = [
            c
            for c in curves
            if find_joint(c.angle).plane is Plane.FRONTAL
            or c.side.value in ("none", view.near_side.value)
        ]
    return sorted(curves, key=_spread, reverse=True)


def _count(
    table: AngleTable, rate_hz: float, movement: Movement, side: Side | None, view: View
) -> _Counted:
    """Count on the curve that moves most; with both sides asked for, on each that moves."""
    curves = _candidates(table, movement, side, view)
    if not curves:
        return _Counted(curve=None, rest_deg=float("nan"), repetitions=(), incomplete=0)
    if side is not Side.BOTH or movement.bilateral or movement is _FREE:
        curves = curves[:1]
    least_deg = max(_MOVES_TOO_DEG, _MOVES_TOO_SHARE * _spread(curves[0]))
    counts: list[RepetitionCount] = []
    for curve in curves:
        if curve is curves[0] or _spread(curve) >= least_deg:
            both = movement.two_directions or find_joint(curve.angle).two_directions
            counts.append(
                count_repetitions(
                    table.time_s, curve, rate_hz, replace(movement, two_directions=both)
                )
            )
    found = sorted((r for c in counts for r in c.repetitions), key=lambda r: r.start_s)
    return _Counted(
        curve=curves[0],
        rest_deg=counts[0].rest_deg,
        repetitions=tuple(replace(r, repetition=n) for n, r in enumerate(found, start=1)),
        incomplete=sum(c.incomplete for c in counts),
    )


def find_side_conflict(analysis: Analysis) -> str:
    """Return what is wrong if another side moved than was planned; empty if nothing is.

    Saving stops on it and asks (clinical_rules.md 10).
    """
    planned = analysis.side
    if planned not in (Side.LEFT, Side.RIGHT) or not analysis.person_found:
        return ""
    angle = find_movement(analysis.movement).counted_angle if analysis.movement else ""
    if angle and not find_joint(angle).sided:
        return ""
    other = Side.RIGHT if planned is Side.LEFT else Side.LEFT
    if analysis.view.name is ViewName.SAGITTAL:
        if analysis.view.near_side.value != planned.value:
            return f"the {planned} side was planned, but the {other} side was to the camera"
        return ""
    spreads = {c.side: _spread(c) for c in analysis.angles.measured if c.angle == angle}
    moved, other_moved = spreads.get(planned, 0.0), spreads.get(other, 0.0)
    if other_moved >= _MOVES_TOO_DEG and other_moved * _MOVES_TOO_SHARE > moved:
        return f"the {planned} side was planned, but the {other} side moved"
    return ""


def _warnings(analysis: Analysis, movement: Movement) -> tuple[str, ...]:
    if not analysis.person_found:
        return ("No person was found in the recording; nothing was measured.",)
    found = []
    view, file = analysis.view, analysis.provenance.input
    lost = float(np.mean(~analysis.recording.detected))
    if lost > 0:
        share = f"{lost:.0%}" if lost >= 0.005 else "less than 1%"
        found.append(f"Nobody was found in {share} of the frames; they are left empty.")
    if view.off_plane_deg >= WARN_FROM_DEG:
        found.append(
            f"The camera stood about {view.off_plane_deg:.0f} degrees off a straight view; "
            "turn to face it squarely from the side or the front."
        )
    if file.dropped > _LOST_SHARE * file.frames:
        found.append(f"The recording lacks {file.dropped} frames; record without other programs.")
    if analysis.conditions.mirrored is Mirrored.YES:
        found.append("The recording is mirrored; it was turned back before measuring.")
    if movement is not _FREE and not analysis.counted_on:
        title = movement.counted_angle.replace("_", " ")
        found.append(f"Repetitions were not counted: {title} was not measurable.")
    conflict = find_side_conflict(analysis)
    if conflict:
        found.append(f"Check the side: {conflict}.")
    if analysis.incomplete_repetitions:
        found.append(
            f"{analysis.incomplete_repetitions} repetition(s) cut off by the start or end of "
            "the recording were not counted."
        )
    return tuple(found)
