"""Two people who were on one body: which of them is which when they are two again."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import FloatArray
from motion.pose.bodies import body_middle
from motion.pose.estimator import FramePose
from motion.pose.person import Person

__all__ = ["Course", "Meeting", "note_meeting", "tell_apart"]

_BEFORE_S: Final = 0.2
_FROM_S: Final = 0.9
_FARTHEST_FORECAST_S: Final = 2.0
_CLOTHES: Final = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Where somebody was and how they moved before they met somebody."""

    place_px: FloatArray
    velocity_px_s: FloatArray
    time_s: float

    def forecast(self, time_s: float) -> FloatArray:
        """Return ``(2,)`` where they should be if they went on as they did."""
        ahead_s = min(time_s - self.time_s, _FARTHEST_FORECAST_S)
        return self.place_px + ahead_s * self.velocity_px_s


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """One person lost on another's body.

    ``sure`` where there was no doubt whose the body is: that one had gone on quietly, or wore
    other clothes.
    """

    other: Person
    time_s: float
    mine: Course
    theirs: Course
    sure: bool


def note_meeting(lost: Person, other: Person, time_s: float, sure: bool) -> Meeting:
    """Return what is known of both before they met."""
    return Meeting(other, time_s, _course_of(lost, time_s), _course_of(other, time_s), sure)


def tell_apart(
    meeting: Meeting,
    lost: Person,
    found: tuple[FramePose, FloatArray],
    shown: tuple[FramePose, FloatArray],
    time_s: float,
) -> float:
    """Return how much likelier the found body is the lost person's than the other's.

    In body lengths: each of the two bodies is held against where both people were going, and
    against what both wear. Below zero they are the other way round.

    Parameters
    ----------
    meeting
        How the lost person was lost.
    lost
        The lost person.
    found, shown
        Body and colours of who was found, and of the body on which the two met.
    time_s
        Now.
    """
    mine, theirs = meeting.mine.forecast(time_s), meeting.theirs.forecast(time_s)
    here, there = body_middle(found[0]), body_middle(shown[0])
    straight = np.hypot(*(here - mine)) + np.hypot(*(there - theirs))
    crossed = np.hypot(*(here - theirs)) + np.hypot(*(there - mine))
    if lost.dresses_like(meeting.other):
        return float(crossed - straight) / max(lost.length_px, 1.0)
    clothes = [
        meeting.other.wears(found[1]) + lost.wears(shown[1]),
        lost.wears(found[1]) + meeting.other.wears(shown[1]),
    ]
    dressed = float(np.nan_to_num(clothes[0] - clothes[1])) / _CLOTHES
    return float(crossed - straight) / max(lost.length_px, 1.0) + dressed


def _course_of(person: Person, time_s: float) -> Course:
    """Fit a straight course to the time shortly before a meeting, when nobody was in the way."""
    path = [(t, p) for t, p in person.path if _BEFORE_S <= time_s - t <= _FROM_S]
    if len(path) < 3:
        return Course(body_middle(person.body), np.zeros(2), person.time_s)
    times = np.array([t for t, _ in path])
    slope, start = np.polyfit(times - times[-1], np.array([p for _, p in path]), 1)
    return Course(np.asarray(start), np.asarray(slope), float(times[-1]))
