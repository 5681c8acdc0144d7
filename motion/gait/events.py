"""Initial contacts and foot offs, timed between frames."""

from typing import Final

import numpy as np
from scipy.signal import find_peaks

from motion.gait.cross_check import find_vertical_moments
from motion.gait.points import FEET, WalkPoints
from motion.gait.rhythm import HEEL, TOE, Rhythm, Swing, finite_runs
from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, FloatArray

__all__ = ["CONTACT_AFTER_S", "FOOT_OFF_BEFORE_S", "METHOD", "find_events"]

METHOD: Final = "zeni 1"
"""Goes into the provenance of every number of a walk."""

CONTACT_AFTER_S: Final = 0.034
FOOT_OFF_BEFORE_S: Final = 0.011
"""How long after the heel's farthest point in front of the hips the foot lands, and how long
before the toe's farthest point behind them it leaves (docs/gait.md): at its farthest point the
foot moves as fast as the hips do, and has yet to come to rest, or has already left. One pair for
every source: in the middle of the smallest and the largest delay of four kinds of recordings
(20 to 47 ms and 0 to 22 ms), so that none errs by more than 14 ms on average."""

_NEAR_END: Final = 0.3
_PASSED: Final = 0.05
_PASSED_N: Final = 8
"""Within 0.3 strides of an end a maximum counts that has been passed by a share of the usual
prominence, and by 8 rows, 0.04 s: what is nearer may still be rising."""

_APART: Final = 0.6
_PROMINENT: Final = 0.3
_CONFIRMED_WITHIN: Final = 0.15
_UNCONFIRMED: Final = 0.8
_LOOK_S: Final = 0.05


def find_events(points: WalkPoints, swing: Swing, rhythm: Rhythm) -> tuple[Event, ...]:
    """Find contacts and foot offs on a stretch that somebody walks on.

    An initial contact is where the heel is farthest in front of the middle of the hips, a foot
    off where the toe is farthest behind it (Zeni et al. 2008, Gait Posture 27:710), each moved
    by the delay that the method itself has. Extrema lie at least 0.6 strides apart and stand out
    by 0.3 of their usual size, so that children and short steps are found as adults are. The
    moment is that of a parabola through the highest three samples of a 200 Hz grid.

    The confidence is that of the foot's landmarks, times 0.8 where the vertical velocity of the
    foot (O'Connor et al. 2007, Gait Posture 25:469) has no extremum within 0.15 strides.

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
            for extremum_s in _find_extrema(values, swing, rhythm.stride_s):
                time_s = extremum_s + delay_s
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
                    )
                )
    return tuple(sorted(found, key=lambda event: event.time_s))


def _find_extrema(values: FloatArray, swing: Swing, stride_s: float) -> list[float]:
    """Return the moments, in seconds, of the maxima that are a stride's."""
    series = swing.series
    stride_n = stride_s * series.rate_hz
    usual = _usual_swing(values, stride_n)
    found = []
    for run in finite_runs(values):
        for row in _find_rows(values[run], stride_n, usual):
            vertex = run.start + row + _vertex(values[run], row)
            found.append(series.start_s + vertex / series.rate_hz)
    return found


def _find_rows(values: FloatArray, stride_n: float, usual: float) -> list[int]:
    """Return the rows of maxima of one run, also near its ends.

    What lies beyond an end is not known: a maximum within 0.3 strides of one has to stand out to
    the inside only. But it must have been passed, by the more the farther it is from the end, with
    the square of the time as near an extremum; standing still passes nothing.
    """
    edge = np.full(1, np.min(values) - 1.0)
    padded = np.concatenate([edge, values, edge])
    to_inside, _ = find_peaks(
        padded, distance=max(1.0, _APART * stride_n), prominence=_PROMINENT * usual
    )
    passed, found = find_peaks(values, prominence=_PASSED * _PROMINENT * usual)
    to_end = np.minimum(passed, len(values) - 1 - passed)
    share = np.clip((to_end / (_NEAR_END * stride_n)) ** 2, _PASSED, 1.0)
    counts = (found["prominences"] >= share * _PROMINENT * usual) & (to_end >= _PASSED_N)
    return [int(row) for row in passed[counts & np.isin(passed, to_inside - 1)]]


def _usual_swing(values: FloatArray, stride_n: float) -> float:
    """Return the median, over parts a stride long, of how far the values range."""
    width = max(2, round(stride_n))
    parts = [
        values[run][start : start + width]
        for run in finite_runs(values)
        for start in range(0, max(1, run.stop - run.start - width + 1), width)
    ]
    ranges = [float(np.ptp(part)) for part in parts if len(part) > 1]
    moving = [each for each in ranges if each >= _PROMINENT * max(ranges)]
    return float(np.median(moving)) if moving else 0.0


def _vertex(values: FloatArray, row: int) -> float:
    """Return how far beside a maximum's row, in rows, the parabola through it has its vertex."""
    before, here, after = values[row - 1 : row + 2]
    bend = before - 2.0 * here + after
    return float((before - after) / (2.0 * bend)) if bend < 0 else 0.0


def _confidence_at(points: WalkPoints, foot: int, time_s: float) -> float:
    """Return the median confidence of a foot within 0.05 s, or of the nearest frame; 0 of none."""
    apart_s = np.abs(points.time_s - time_s)
    near = apart_s <= max(_LOOK_S, float(apart_s.min()))
    seen = points.confidence[near, foot]
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if len(seen) else 0.0
