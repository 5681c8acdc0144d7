"""The other side of the body: what the same measure was there, and how far apart the two are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from motion.clinic.change import figures_for, is_judged
from motion.clinic.comparing import NEAR_SIDE, SIDE, differences_of_numbers, is_walk
from motion.clinic.idle import is_idle
from motion.clinic.values import TakeSummary
from motion.model import Measurement, NearSide, Side

__all__ = ["OtherSide", "find_other_side"]

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_FAR_IF_NEAR: Final = {NearSide.LEFT: Side.RIGHT, NearSide.RIGHT: Side.LEFT}
_OF_EACH: Final = {SIDE, NEAR_SIDE}
"""The near side is each take's own in a view from the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSide:
    """The other side's last comparable number.

    ``difference`` is this side less the other one, in the measure's own unit: a range of motion
    is never compared as a percentage (clinical_rules.md 9). ``beyond_error`` says whether it is
    at least the larger of the two minimal detectable changes; False too where none is known.
    """

    take: TakeSummary
    measurement: Measurement
    difference: float
    beyond_error: bool


def find_other_side(
    takes: Iterable[TakeSummary], take: TakeSummary, measurement: Measurement
) -> OtherSide | None:
    """Return the same measure of the other side, from the last comparable take.

    Two sides are compared from two takes with each side nearest the camera, or from one take
    from the front (clinical_rules.md 9); everything else must agree as along one line of
    progress. A limb that hung still meanwhile is not compared, nor in a walk seen one way an angle
    of the leg away from the camera: it is given, but the near one hides it in part. Takes after
    this one are not looked at.

    Returns
    -------
    OtherSide or None
        None where the measure has no side, is of too few strides, of a limb that hung still or of
        the far leg of a walk, or where there is no such take.
    """
    wanted = _OTHER.get(measurement.side)
    if wanted is None or not is_judged(measurement) or not _is_seen(take, measurement):
        return None
    earlier = (t for t in takes if t.excluded_reason is None and t.started_at <= take.started_at)
    for other in sorted(earlier, key=lambda t: t.started_at, reverse=True):
        for each in other.measurements:
            if each.side is not wanted or not _same_measured(each, measurement):
                continue
            differing = differences_of_numbers(take, measurement, other, each)
            if set(differing) <= _OF_EACH and _is_seen(other, each):
                return _compare(other, each, measurement)
    return None


def _is_seen(take: TakeSummary, m: Measurement) -> bool:
    """Whether a limb moved, and in a walk is not the one away from the camera throughout.

    That is asked of angles: when the far foot met the floor is seen all the same.
    """
    hidden = _FAR_IF_NEAR.get(take.conditions.near_side)
    far = is_walk(take) and m.unit == "deg" and m.side is hidden
    return not far and not is_idle(take, m)


def _same_measured(a: Measurement, b: Measurement) -> bool:
    return (a.measure, a.joint, a.motion) == (b.measure, b.joint, b.motion) and is_judged(a)


def _compare(other: TakeSummary, theirs: Measurement, ours: Measurement) -> OtherSide:
    difference = ours.value - theirs.value
    figures = [m.mdc95 for m in figures_for(ours, theirs)]
    return OtherSide(
        take=other,
        measurement=theirs,
        difference=difference,
        beyond_error=bool(figures) and abs(difference) >= max(figures),
    )
