"""Where the feet stood: one place after each contact, in the plane that the body walks in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.depth import find_depth_share, find_width_shift, put_into_plane
from motion.gait.points import FEET, WalkPoints
from motion.gait.progress import PLANTED, find_planted
from motion.gait.scale import Ruler
from motion.gait.stretches import Stretch
from motion.model import Event, FloatArray, Side

__all__ = ["Footprints", "find_footprints"]

_LEAST_SEEN: Final = 0.6
"""Share of that part that must be seen: the ankle rolls on by some centimetres during it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprints:
    """The places of one walk's feet.

    Parameters
    ----------
    forward
        By the time of the contact, in the unit of the positions; NaN where the foot was not seen
        standing.
    slope_deg
        How the line of the prints leans in the picture; NaN of fewer than three.
    """

    forward: dict[float, float]
    slope_deg: float

    def to_m(self, ruler: Ruler) -> dict[float, float]:
        """Return the places in metres along that line."""
        along = 1.0 / np.cos(np.radians(self.slope_deg)) if np.isfinite(self.slope_deg) else 1.0
        places_m = ruler.to_m(np.array(list(self.forward.values()))) * along
        return {time_s: float(place) for time_s, place in zip(self.forward, places_m, strict=True)}


def find_footprints(
    stretch: Stretch, contacts: Sequence[Event], stride_s: float, belt: float, ruler: Ruler
) -> Footprints:
    """Find where the feet stood after each contact of a walk.

    Parameters
    ----------
    stretch
        That holds the walk.
    contacts
        Its initial contacts, in order of time.
    stride_s
        The usual stride.
    belt
        Speed of the belt in units of the positions per second; 0 on the floor, NaN where neither
        is known.
    ruler
        Of the stretch.
    """
    points = stretch.points
    prints = [_find_footprint(points, each, stride_s, belt) for each in contacts]
    forward = np.array([each[0] for each in prints])
    if np.isfinite(points.middle):
        forward = _put_into_plane(forward, contacts, stretch, ruler, on_belt=bool(belt))
    times_s = (each.time_s for each in contacts)
    return Footprints(
        forward={time_s: float(at) for time_s, at in zip(times_s, forward, strict=True)},
        slope_deg=_find_floor_slope(prints),
    )


def _find_footprint(points: WalkPoints, contact: Event, stride_s: float, belt: float) -> FloatArray:
    """Return where a foot stands after a contact, ``(2,)`` forward and up; NaN where not seen.

    The median place of the ankle while the foot is planted, on a floor that stands still: on a
    treadmill what the belt carried back is added. It hardly depends on the moment of the contact,
    and is steadier than the heel in the frame of the contact.

    Parameters
    ----------
    points
        Of the stretch.
    contact
        An initial contact.
    stride_s
        The usual stride.
    belt
        Speed of the belt in units of the positions per second; 0 on the floor.
    """
    rows = find_planted(points, contact, stride_s)
    start, stop = PLANTED
    whole = (stop - start) * stride_s / points.period_s
    if len(rows) < max(1.0, _LEAST_SEEN * (whole - 1.0)):
        return np.full(2, np.nan)
    ankle = points.ankle[rows, FEET.index(contact.side)]
    moved = ankle + np.stack([belt * points.time_s[rows], np.zeros(len(rows))], axis=1)
    return np.asarray(np.median(moved, axis=0))


def _put_into_plane(
    forward: FloatArray,
    contacts: Sequence[Event],
    stretch: Stretch,
    ruler: Ruler,
    *,
    on_belt: bool,
) -> FloatArray:
    """Take out that the feet go in two lines, one nearer the camera than the other.

    On a belt everybody keeps to one place, where the nearer foot is not seen farther off it.
    """
    shift = find_width_shift(stretch.azimuth_deg, ruler.size_at_middle)
    left = np.array([each.side is Side.LEFT for each in contacts])
    forward = forward - np.where(left, shift, -shift)
    if on_belt:
        return forward
    near = [each.side.value == stretch.near_side.value for each in contacts]
    middle = stretch.points.middle
    width = 2.0 * abs(middle)
    share = find_depth_share(forward - middle, near, ruler.size_at_middle, width)
    return middle + put_into_plane(forward - middle, near, share)


def _find_floor_slope(prints: Sequence[FloatArray]) -> float:
    """Return how the line of the footprints leans, in degrees; NaN of fewer than three.

    A camera that is rolled, or a floor that slopes, leans it: way along it is longer than
    across the picture.
    """
    seen = np.array([each for each in prints if np.all(np.isfinite(each))])
    if len(seen) < 3 or np.ptp(seen[:, 0]) <= 0:
        return float("nan")
    return float(np.degrees(np.arctan(np.polyfit(seen[:, 0], seen[:, 1], 1)[0])))
