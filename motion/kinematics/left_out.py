"""Angles without the times that somebody took out of a take by hand."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from motion.model import AngleCurve, BoolArray, FloatArray, LeftOutTime, Repetition

__all__ = ["curve_without", "left_out_of"]


def curve_without(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Iterable[LeftOutTime],
    kept: Iterable[Repetition],
) -> AngleCurve:
    """Return an angle's curve with NaN where somebody said that its time counts for nothing.

    Of whichever angle the repetition was that was taken out there: the body does one thing at a
    time. Only what lies within a repetition of this very angle that stands is kept, as where the
    other leg went on.

    Parameters
    ----------
    time_s
        ``(n,)`` frame times.
    kept
        The repetitions of the take that stand; those of other angles are passed over.
    """
    out = _frames_out(curve, time_s, times, kept)
    return replace(curve, value_deg=np.where(out, np.nan, curve.value_deg)) if out.any() else curve


def left_out_of(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Iterable[LeftOutTime],
    kept: Iterable[Repetition],
) -> tuple[LeftOutTime, ...]:
    """Return the times that took a measured frame out of a curve, in their order."""
    stand = tuple(kept)
    measured = np.isfinite(curve.value_deg)
    in_order = sorted(times, key=lambda each: each.start_s)
    return tuple(
        each for each in in_order if np.any(_frames_out(curve, time_s, (each,), stand) & measured)
    )


def _frames_out(
    curve: AngleCurve,
    time_s: FloatArray,
    times: Iterable[LeftOutTime],
    kept: Iterable[Repetition],
) -> BoolArray:
    out = np.zeros(len(time_s), dtype=bool)
    for each in times:
        out |= (time_s >= each.start_s) & (time_s <= each.end_s)
    for one in kept:
        if (one.joint, one.motion, one.side) == (curve.joint, curve.motion, curve.side):
            out &= (time_s < one.start_s) | (time_s > one.end_s)
    return out
