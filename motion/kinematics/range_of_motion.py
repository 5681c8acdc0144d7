"""Range of motion of a take: each number with its error, its evidence and a verdict."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from motion.kinematics.error_figures import ErrorFigure, ErrorFigures
from motion.kinematics.foot import FootZero
from motion.kinematics.joints import JointAngle, Plane, find_joint
from motion.kinematics.planar import is_shown, landmarks_under
from motion.kinematics.view import OBLIQUE_FROM_DEG, WARN_FROM_DEG, off_plane
from motion.model import (
    GOOD_CONFIDENCE,
    AngleCurve,
    AngleTable,
    Measurement,
    MeasureVerdict,
    Poses,
    Position,
    Repetition,
    RepetitionVerdict,
    Side,
    View,
    ViewName,
)

__all__ = ["RangeEvidence", "measure_ranges"]

_FEWEST_FRAMES_N: Final = 5
_GOOD_FRACTION: Final = 0.5
_SLOW_RATE_HZ: Final = 15.0
_BEST_N: Final = 3
_LITTLE_SEEN: Final = 0.5

_LOOKED_FROM: Final = {
    ViewName.SAGITTAL: "looked from the side",
    ViewName.FRONTAL: "looked from the front or back",
    ViewName.OBLIQUE: "stood too far off that",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RangeEvidence:
    """What is known about a take besides its curves, for the verdicts."""

    poses: Poses
    view: View
    position: Position
    rate_hz: float
    figures: ErrorFigures
    foot_zeros: dict[Side, FootZero] = field(default_factory=dict)
    repetitions: Sequence[Repetition] = ()


def measure_ranges(
    table: AngleTable, evidence: RangeEvidence, angles: Iterable[str], sides: Iterable[Side]
) -> tuple[Measurement, ...]:
    """Measure maximum, minimum and range of each wanted angle, overall and over repetitions.

    ``rom_max`` and ``rom_min`` are the extremes of the filtered curve over the whole take,
    ``rom_range`` their difference; ``sd`` is over the full repetitions. Where repetitions
    were counted, ``best_three_mean`` is the mean peak of the best three full ones and
    ``repetitions`` their number. An angle that was not measured has rows without a value
    and a note that says why.

    Parameters
    ----------
    table
        Curves of the take.
    evidence
        View, landmarks, error figures and repetitions.
    angles
        Names such as ``knee_flexion``.
    sides
        Sides to report; trunk and neck are reported in any case.
    """
    wanted_angles, wanted_sides = set(angles), {*sides, Side.NONE}
    found: list[Measurement] = []
    for curve in table.curves:
        if curve.angle in wanted_angles and curve.side in wanted_sides:
            found.extend(_measure_curve(curve, evidence))
    return tuple(found)


def _measure_curve(curve: AngleCurve, evidence: RangeEvidence) -> list[Measurement]:
    values = curve.value_deg[np.isfinite(curve.value_deg)]
    reason = _reason_unmeasured(curve, evidence)
    if reason:
        return [
            _row(curve, name, math.nan, MeasureVerdict.NOT_MEASURABLE, note=reason)
            for name in ("rom_max", "rom_min", "rom_range")
        ]
    doubts = _doubts(curve, evidence)
    verdict = MeasureVerdict.UNCERTAIN if doubts else MeasureVerdict.MEASURED
    note = "; ".join(doubts)
    figure = evidence.figures.find(curve.angle, _seen_as(curve, evidence.view))
    repetitions = _full_repetitions(curve, evidence.repetitions)
    peaks = {d: [r.peak_deg for r in repetitions if r.direction == d] for d in (1, -1)}
    ranges = [r.rom_deg for r in repetitions]
    highest, lowest = float(np.max(values)), float(np.min(values))
    rows = [
        _row(curve, "rom_max", highest, verdict, figure, peaks[1], note),
        _row(curve, "rom_min", lowest, verdict, figure, peaks[-1], note),
        _row(curve, "rom_range", highest - lowest, verdict, figure.of_range(), ranges, note),
    ]
    return rows + _repetition_rows(curve, repetitions, verdict, figure, note)


def _seen_as(curve: AngleCurve, view: View) -> ViewName:
    """Return the view whose error applies: naming a plane does not turn the camera."""
    off_deg = off_plane(view, find_joint(curve.angle).plane)
    return ViewName.OBLIQUE if off_deg >= OBLIQUE_FROM_DEG else view.name


def _repetition_rows(
    curve: AngleCurve,
    repetitions: Sequence[Repetition],
    verdict: MeasureVerdict,
    figure: ErrorFigure,
    note: str,
) -> list[Measurement]:
    rows = []
    for direction, suffix in ((1, ""), (-1, "_down")):
        peaks = sorted(r.peak_deg for r in repetitions if r.direction == direction)
        if not peaks:
            continue
        best = peaks[-_BEST_N:] if direction == 1 else peaks[:_BEST_N]
        rows.append(
            _row(
                curve, f"best_three_mean{suffix}", float(np.mean(best)), verdict, figure, best, note
            )
        )
    if repetitions:
        count = float(len(repetitions))
        rows.append(_row(curve, "repetitions", count, verdict, peaks=[0.0] * len(repetitions)))
    return rows


def _row(
    curve: AngleCurve,
    measure: str,
    value: float,
    verdict: MeasureVerdict,
    figure: ErrorFigure | None = None,
    peaks: Sequence[float] = (),
    note: str = "",
) -> Measurement:
    seen = np.isfinite(curve.confidence)
    is_count = measure == "repetitions"
    return Measurement(
        measure=measure,
        joint=curve.joint,
        motion=curve.motion,
        side=curve.side,
        value=value,
        unit="count" if is_count else "deg",
        n_repetitions=len(peaks),
        sd=float(np.std(peaks, ddof=1)) if len(peaks) > 1 and not is_count else math.nan,
        sem=figure.sem_deg if figure else math.nan,
        mdc95=figure.mdc95_deg if figure else math.nan,
        mdc_source=figure.source if figure else "",
        confidence=float(np.median(curve.confidence[seen])) if np.any(seen) else math.nan,
        valid_fraction=curve.valid_fraction,
        verdict=verdict,
        note=note,
    )


def _full_repetitions(curve: AngleCurve, repetitions: Sequence[Repetition]) -> list[Repetition]:
    return [
        r
        for r in repetitions
        if (r.joint, r.motion, r.side) == (curve.joint, curve.motion, curve.side)
        and r.verdict is RepetitionVerdict.FULL
    ]


def _reason_unmeasured(curve: AngleCurve, evidence: RangeEvidence) -> str:
    """Return why a curve gives no number, in plain words; empty where it gives one."""
    joint, view = find_joint(curve.angle), evidence.view
    if view.name is ViewName.UNKNOWN:
        return "no person was found"
    if not is_shown(joint, curve.side, view, evidence.position):
        return _reason_hidden(joint, curve.side, evidence)
    valid = int(np.sum(np.isfinite(curve.value_deg)))
    if valid >= _FEWEST_FRAMES_N:
        return ""
    unseen = _unseen_landmarks(joint, curve.side, evidence.poses)
    if unseen:
        return f"the camera did not see: {', '.join(unseen)}"
    return f"only {valid} frames could be measured (at least {_FEWEST_FRAMES_N} are needed)"


def _reason_hidden(joint: JointAngle, side: Side, evidence: RangeEvidence) -> str:
    view = evidence.view
    if joint.needs_upright and evidence.position.lying:
        return "lean from the vertical is not given for a lying person"
    if view.name is not joint.plane.view:
        needed = "a side view" if joint.plane is Plane.SAGITTAL else "a view from the front"
        return f"needs {needed}; the camera {_LOOKED_FROM[view.name]}"
    return f"the {side} side is the far side; record again with the {side} side to the camera"


def _unseen_landmarks(joint: JointAngle, side: Side, poses: Poses) -> list[str]:
    names = dict.fromkeys(name for p in joint.points for name in landmarks_under(p, side))
    seen = {name: float(np.mean(np.isfinite(poses[name][:, 0]))) for name in names}
    return [name.replace("_", " ") for name, share in seen.items() if share < _LITTLE_SEEN]


def _doubts(curve: AngleCurve, evidence: RangeEvidence) -> list[str]:
    """Return what speaks against a number, in plain words."""
    doubts = []
    off_deg = off_plane(evidence.view, find_joint(curve.angle).plane)
    if evidence.view.name is ViewName.OBLIQUE:
        doubts.append(
            f"oblique view, about {off_deg:.0f} degrees off: "
            "an angle in the picture is not the joint's own"
        )
    elif off_deg >= WARN_FROM_DEG:
        doubts.append(f"the view is about {off_deg:.0f} degrees off")
    if curve.valid_fraction < _GOOD_FRACTION:
        doubts.append(f"seen in {curve.valid_fraction:.0%} of the frames only")
    confidence = curve.confidence[np.isfinite(curve.confidence)]
    if len(confidence) and np.median(confidence) < GOOD_CONFIDENCE:
        doubts.append("the landmarks were hard to see")
    if evidence.rate_hz < _SLOW_RATE_HZ:
        doubts.append(f"{evidence.rate_hz:.0f} frames/s blunt a quick movement")
    zero = evidence.foot_zeros.get(curve.side)
    if curve.joint == "ankle" and (zero is None or not zero.established):
        doubts.append("zero not established: the foot was not seen flat on the floor")
    return doubts
