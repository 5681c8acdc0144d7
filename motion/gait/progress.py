"""How a body gets on: over the floor, or over a belt that takes it back."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.points import FEET, WalkPoints
from motion.model import Event, IndexArray

__all__ = ["PLANTED", "Progress", "find_planted", "find_progress"]

PLANTED: Final = (0.12, 0.40)
"""Part of the stride after a contact in which the foot lies flat: the opposite foot is off, and
the own heel not yet."""

_OVER_FLOOR: Final = 0.7
_ON_BELT: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How fast somebody gets on, in units of the positions per second.

    Parameters
    ----------
    over_feet
        Speed of the hips over the planted feet: what walking is.
    over_picture
        Speed of the hips in the picture, or in the room.
    """

    over_feet: float
    over_picture: float

    @property
    def treadmill(self) -> bool | None:
        """Whether a belt takes the feet back; None where neither fits, as of a moving camera."""
        share = self.over_picture / self.over_feet if self.over_feet else float("nan")
        if share >= _OVER_FLOOR:
            return False
        return True if abs(share) <= _ON_BELT else None

    def find_belt(self, said: bool | None) -> float:
        """Return how fast the floor comes towards the hips in the picture.

        0 of a floor that stands still, NaN where neither a floor nor a belt fits, or the other
        than was said.

        Parameters
        ----------
        said
            Whether it is a treadmill; None decides.
        """
        seen = self.treadmill
        treadmill = seen if said is None else said
        if treadmill is None or (seen is not None and seen is not treadmill):
            return float("nan")
        return self.over_feet - self.over_picture if treadmill else 0.0


def find_progress(points: WalkPoints, contacts: list[Event], stride_s: float) -> Progress:
    """Measure how fast the hips get on over the planted feet, and in the picture.

    Parameters
    ----------
    points
        Of the stretch.
    contacts
        Initial contacts of one walk.
    stride_s
        The usual stride.
    """
    slopes = [_planted_speed(points, event, stride_s) for event in contacts]
    seen = [each for each in slopes if np.isfinite(each)]
    over_feet = float(np.median(seen)) if seen else float("nan")
    first, last = contacts[0].time_s, contacts[-1].time_s
    rows = (points.time_s >= first) & (points.time_s <= last)
    place, time_s = points.mid_hip[rows, 0], points.time_s[rows]
    known = np.isfinite(place)
    over_picture = float("nan")
    if np.sum(known) >= 2 and last > first:
        over_picture = float(np.polyfit(time_s[known], place[known], 1)[0])
    return Progress(over_feet=over_feet, over_picture=over_picture)


def find_planted(points: WalkPoints, contact: Event, stride_s: float) -> IndexArray:
    """Return the frames, ``(k,)``, in which a foot stands after a contact and its ankle was seen.

    Parameters
    ----------
    points
        Of the stretch.
    contact
        An initial contact.
    stride_s
        The usual stride.
    """
    start, stop = (contact.time_s + share * stride_s for share in PLANTED)
    first = int(np.searchsorted(points.time_s, start, side="left"))
    last = int(np.searchsorted(points.time_s, stop, side="right"))
    ankle = points.ankle[first:last, FEET.index(contact.side)]
    return first + np.flatnonzero(np.all(np.isfinite(ankle), axis=1))


def _planted_speed(points: WalkPoints, contact: Event, stride_s: float) -> float:
    """Return how fast the hips move over one planted foot; NaN where it was not seen."""
    rows = find_planted(points, contact, stride_s)
    ankle = points.ankle[rows, FEET.index(contact.side), 0]
    ahead = np.mean(points.hip[rows, :, 0], axis=1) - ankle
    seen = np.isfinite(ahead)
    if np.sum(seen) < 2:
        return float("nan")
    return float(np.polyfit(points.time_s[rows][seen], ahead[seen], 1)[0])
