"""Which repetitions a take has, and on which of its curves they are counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from motion.exercise import Movement, RepetitionCount, count_repetitions, count_said_repetitions
from motion.kinematics import JOINTS, Plane, find_joint
from motion.kinematics.left_out import curve_without
from motion.model import AngleCurve, AngleTable, NearSide, Repetition, Side
from motion.remarks import MOVES_TOO_DEG, MOVES_TOO_SHARE, measure_spread
from motion.settings import AnalysisSettings

__all__ = ["FREE_MOVEMENT", "NOT_COUNTED", "Counted", "count_movement", "reported_sides"]

FREE_MOVEMENT: Final = Movement(
    name="", title="Free movement", angles=tuple(joint.name for joint in JOINTS)
)
"""What is measured where nobody said what is done: every angle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Repetitions and the curve that says how far they are from rest."""

    curve: AngleCurve | None
    rest_deg: float
    repetitions: tuple[Repetition, ...]
    incomplete: int


NOT_COUNTED: Final = Counted(curve=None, rest_deg=float("nan"), repetitions=(), incomplete=0)


def count_movement(
    table: AngleTable,
    rate_hz: float,
    movement: Movement,
    settings: AnalysisSettings,
    near: frozenset[NearSide],
) -> Counted:
    """Count on the curve that moves most; with both sides asked for, on each that moves.

    Where somebody said which repetitions there are, those are described, each on its own curve;
    a time that was taken out of the take raises no percentile and no target then.

    Parameters
    ----------
    table
        Curves of the take.
    rate_hz
        Measured frame rate.
    near
        The sides that were nearest the camera.
    """
    side = settings.measured_side
    curves = _candidates(table, movement, side, near)
    if settings.repetitions is not None:
        kept = _without_left_out(table, settings)
        usual = [kept[curve.name] for curve in curves[:1]]
        return _describe_said(kept, rate_hz, movement, settings.repetitions, usual)
    if not curves:
        return NOT_COUNTED
    if side is not Side.BOTH or movement.bilateral or movement is FREE_MOVEMENT:
        curves = curves[:1]
    least_deg = max(MOVES_TOO_DEG, MOVES_TOO_SHARE * measure_spread(curves[0]))
    counts: list[RepetitionCount] = []
    for curve in curves:
        if curve is curves[0] or measure_spread(curve) >= least_deg:
            own = _counted_as(movement, curve)
            counts.append(count_repetitions(table.time_s, curve, rate_hz, own))
    return _join_counts(curves[0], counts)


def reported_sides(side: Side | None) -> tuple[Side, ...]:
    """Return the sides that numbers are given of."""
    return (Side.LEFT, Side.RIGHT) if side in (None, Side.BOTH) else (side,)


def _without_left_out(table: AngleTable, settings: AnalysisSettings) -> AngleTable:
    """Return the curves without the times that somebody took out."""
    times, kept = settings.left_out, settings.repetitions or ()
    return AngleTable(
        time_s=table.time_s,
        curves=tuple(curve_without(c, table.time_s, times, kept) for c in table.curves),
    )


def _candidates(
    table: AngleTable, movement: Movement, side: Side | None, near: frozenset[NearSide]
) -> list[AngleCurve]:
    """Return the curves on which repetitions may be counted, the most moving first."""
    angles = movement.angles if movement is FREE_MOVEMENT else (movement.counted_angle,)
    wanted = {*reported_sides(side), Side.NONE}
    curves = [c for c in table.measured if c.angle in angles and c.side in wanted]
    if side is None:
        # The far limb of a side view is never the one; from the front either arm may be.
        curves = [
            c
            for c in curves
            if find_joint(c.angle).plane is Plane.FRONTAL
            or c.side is Side.NONE
            or c.side.value in near
        ]
    return sorted(curves, key=measure_spread, reverse=True)


def _describe_said(
    table: AngleTable,
    rate_hz: float,
    movement: Movement,
    said: Sequence[Repetition],
    usual: Sequence[AngleCurve],
) -> Counted:
    """Describe the repetitions that somebody says there are, each on its own curve."""
    of_curve = {
        curve.name: [r for r in said if (r.joint, r.motion, r.side) == _key_of(curve)]
        for curve in table.curves
    }
    others = [
        c for c in table.measured if of_curve[c.name] and c.name not in {u.name for u in usual}
    ]
    curves = [*usual, *others]
    if not curves:
        return NOT_COUNTED
    counts = [
        count_said_repetitions(
            table.time_s, curve, rate_hz, _counted_as(movement, curve), of_curve[curve.name]
        )
        for curve in curves
    ]
    return _join_counts(curves[0], counts)


def _key_of(curve: AngleCurve) -> tuple[str, str, Side]:
    return curve.joint, curve.motion, curve.side


def _counted_as(movement: Movement, curve: AngleCurve) -> Movement:
    both = movement.two_directions or find_joint(curve.angle).two_directions
    return replace(movement, two_directions=both)


def _join_counts(counted_on: AngleCurve, counts: Sequence[RepetitionCount]) -> Counted:
    found = sorted((r for c in counts for r in c.repetitions), key=lambda r: r.start_s)
    return Counted(
        curve=counted_on,
        rest_deg=counts[0].rest_deg,
        repetitions=tuple(replace(r, repetition=n) for n, r in enumerate(found, start=1)),
        incomplete=sum(c.incomplete for c in counts),
    )
