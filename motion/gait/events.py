"""Initial contacts and foot offs, timed between frames."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from motion.gait.cross_check import find_vertical_moments
from motion.gait.extrema import Extremum, find_extrema_of_strides
from motion.gait.points import FEET, WalkPoints
from motion.gait.rhythm import HEEL, TOE, Rhythm, Swing
from motion.model import FOOT_OFF, INITIAL_CONTACT, Event

__all__ = ["CONTACT_AFTER_S", "FOOT_OFF_BEFORE_S", "METHOD", "UNCLEAR", "find_events"]

METHOD: Final = "zeni 1"
"""Goes into the provenance of every number of a walk."""

CONTACT_AFTER_S: Final = 0.034
FOOT_OFF_BEFORE_S: Final = 0.011
"""How long after the heel's farthest point in front of the hips the foot lands, and how long
before the toe's farthest point behind them it leaves (docs/gait.md): at its farthest point the
foot moves as fast as the hips do, and has yet to come to rest, or has already left. One pair for
every source: in the middle of the smallest and the largest delay of four kinds of recordings
(20 to 47 ms and 0 to 22 ms), so that none errs by more than 14 ms on average."""

UNCLEAR: Final = "its moment is not clear: the foot lingers there, or jumps"

_UNLIKE: Final = 1.6
"""Times wider or narrower than the usual extremum of its kind: a foot that the pose model holds
still, or lets jump. Of the rendered walks' contacts the sound ones are 0.64 to 1.2 of the usual."""

_CONFIRMED_WITHIN: Final = 0.15
_UNCONFIRMED: Final = 0.8
_FEWEST_TO_COMPARE: Final = 3
_LOOK_S: Final = 0.05


def find_events(points: WalkPoints, swing: Swing, rhythm: Rhythm) -> tuple[Event, ...]:
    """Find contacts and foot offs on a stretch that somebody walks on.

    An initial contact is where the heel is farthest in front of the middle of the hips, a foot
    off where the toe is farthest behind it (Zeni et al. 2008, Gait Posture 27:710), each moved
    by the delay that the method itself has. Extrema lie at least 0.6 strides apart and stand out
    by 0.3 of their usual size, so that children and short steps are found as adults are. The
    moment is that of a parabola through the highest three samples of a 200 Hz grid.

    The confidence is that of the foot's landmarks, times 0.8 where the vertical velocity of the
    foot (O'Connor et al. 2007, Gait Posture 25:469) has no extremum within 0.15 strides. What is
    1.6 times wider or narrower than others of its kind is left out: its moment is not clear.

    Parameters
    ----------
    points
        Of the stretch.
    swing, rhythm
        Of those points; nothing is found where nobody walks.

    Returns
    -------
    tuple of Event
        In order of time; none belongs to a walk yet.
    """
    if rhythm.why_not:
        return ()
    found = []
    for foot, side in enumerate(FEET):
        for name, values, delay_s in (
            (INITIAL_CONTACT, swing.of(HEEL, foot), CONTACT_AFTER_S),
            (FOOT_OFF, -swing.of(TOE, foot), -FOOT_OFF_BEFORE_S),
        ):
            moments = find_vertical_moments(points, foot, name)
            extrema = find_extrema_of_strides(values, swing.series, rhythm.stride_s)
            for extremum, clear in zip(extrema, _are_clear(extrema), strict=True):
                time_s = extremum.time_s + delay_s
                if not points.time_s[0] <= time_s <= points.time_s[-1]:
                    continue
                near = moments[np.abs(moments - time_s) <= _CONFIRMED_WITHIN * rhythm.stride_s]
                seen = _confidence_at(points, foot, time_s)
                found.append(
                    Event(
                        time_s=time_s,
                        side=side,
                        event=name,
                        confidence=seen if len(near) else _UNCONFIRMED * seen,
                        left_out="" if clear else UNCLEAR,
                    )
                )
    return tuple(sorted(found, key=lambda event: event.time_s))


def _are_clear(extrema: Sequence[Extremum]) -> list[bool]:
    """Return which extrema are about as wide as others of their kind; of two all are."""
    widths = [each.width_s for each in extrema if np.isfinite(each.width_s)]
    if len(widths) < _FEWEST_TO_COMPARE:
        return [True] * len(extrema)
    usual_s = float(np.median(widths))
    return [not max(e.width_s / usual_s, usual_s / e.width_s) > _UNLIKE for e in extrema]


def _confidence_at(points: WalkPoints, foot: int, time_s: float) -> float:
    """Return the median confidence of a foot within 0.05 s, or of the nearest frame; 0 of none."""
    apart_s = np.abs(points.time_s - time_s)
    near = apart_s <= max(_LOOK_S, float(apart_s.min()))
    seen = points.confidence[near, foot]
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if len(seen) else 0.0
