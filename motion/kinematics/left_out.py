"""Angles without the times that somebody took out of a take by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from motion.model import AngleCurve, BoolArray, FloatArray, LeftOutTime, Repetition, Side

__all__ = ["curve_without", "left_out_of", "reason_left_out"]

_FEWEST_FRAMES_N: Final = 5
"""Of fewer frames an extreme says nothing (:mod:`motion.kinematics.evidence`)."""

_MOSTLY: Final = 0.5


def curve_without(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Iterable[LeftOutTime],
    kept: Iterable[Repetition],
) -> AngleCurve:
    """Return an angle's curve with NaN where somebody said that its time counts for nothing.

    Of whichever angle the repetition was that was taken out there: the body does one thing at a
    time. Only what lies within a repetition of this very angle that stands is kept, as where the
    other leg went on; and within one that was only not to be counted, since the joint did move so.

    Parameters
    ----------
    time_s
        ``(n,)`` frame times.
    kept
        The repetitions of the take that stand; those of other angles are passed over.
    """
    out = _frames_out(curve, time_s, tuple(times), kept)
    return replace(curve, value_deg=np.where(out, np.nan, curve.value_deg)) if out.any() else curve


def left_out_of(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Iterable[LeftOutTime],
    kept: Iterable[Repetition],
) -> tuple[LeftOutTime, ...]:
    """Return the times that took a measured frame out of a curve, in their order."""
    in_order = sorted(times, key=lambda each: each.start_s)
    measured = np.isfinite(curve.value_deg)
    out = measured & _frames_out(curve, time_s, in_order, kept)
    return tuple(
        each
        for each in in_order
        if not each.why.counts_for_range and np.any(out & _within(time_s, each))
    )


def reason_left_out(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Sequence[LeftOutTime],
    kept: Sequence[Repetition],
) -> str:
    """Return why a curve gives no range once times were taken out of it; empty where it gives one.

    Where every repetition was taken out, what is left is the rest between them, and its extremes
    are none of the movement. The repetitions of the angle itself decide where one of them was
    taken out, else those of its side, else all: both legs bend in a squat counted on one of them.

    Parameters
    ----------
    time_s
        ``(n,)`` frame times.
    times, kept
        What was taken out of the take, and the repetitions that stand.
    """
    taken = left_out_of(curve, time_s, times, kept)
    if not taken:
        return ""
    said = ", ".join(each.text for each in taken)
    out = _frames_out(curve, time_s, times, kept)
    if np.sum(np.isfinite(curve.value_deg) & ~out) < _FEWEST_FRAMES_N:
        return f"nothing is left beside what was left out by hand: {said}"
    stand = [each for each in _moved(times, kept) if _mostly_in(~out, _within(time_s, each))]
    belongs = next(
        belongs
        for belongs in (_is_of_angle, _is_of_side, _is_of_take)
        if any(belongs(curve, each) for each in taken)
    )
    if any(belongs(curve, each) for each in stand):
        return ""
    return f"every repetition was left out by hand, only rest is left: {said}"


def _frames_out(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Sequence[LeftOutTime],
    kept: Iterable[Repetition],
) -> BoolArray:
    out = np.zeros(len(time_s), dtype=bool)
    for each in times:
        if not each.why.counts_for_range:
            out |= _within(time_s, each)
    for one in _moved(times, kept):
        if _is_of_angle(curve, one):
            out &= ~_within(time_s, one)
    return out


def _moved(
    times: Iterable[LeftOutTime], kept: Iterable[Repetition]
) -> list[LeftOutTime | Repetition]:
    """Return in what the joint did move: repetitions that stand, or were only not counted."""
    return [*kept, *(each for each in times if each.why.counts_for_range)]


def _mostly_in(left: BoolArray, within: BoolArray) -> bool:
    return bool(np.sum(left & within) > _MOSTLY * np.sum(within))


def _within(time_s: FloatArray, each: LeftOutTime | Repetition) -> BoolArray:
    return np.asarray((time_s >= each.start_s) & (time_s <= each.end_s))


def _is_of_angle(curve: AngleCurve, each: LeftOutTime | Repetition) -> bool:
    return (each.joint, each.motion, each.side) == (curve.joint, curve.motion, curve.side)


def _is_of_side(curve: AngleCurve, each: LeftOutTime | Repetition) -> bool:
    """Return whether it moved the curve's side; the trunk moves with either."""
    return each.side is curve.side or Side.NONE in {each.side, curve.side}


def _is_of_take(_: AngleCurve, __: LeftOutTime | Repetition) -> bool:
    return True
