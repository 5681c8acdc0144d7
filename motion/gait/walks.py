"""From a stretch to its walks: which steps and strides count, and how long they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from motion.gait.depth import find_depth_share, find_width_shift, put_into_plane
from motion.gait.events import UNCLEAR, find_events
from motion.gait.hidden import find_hidden
from motion.gait.intervals import (
    build_steps,
    build_strides,
    group_events,
    judge_steps,
    judge_strides,
)
from motion.gait.points import FEET, WalkPoints
from motion.gait.progress import Progress, find_footprint, find_progress
from motion.gait.rhythm import Rhythm, find_rhythm, find_swing
from motion.gait.scale import Ruler
from motion.gait.settings import GaitSettings
from motion.gait.steadiness import WalkEnds, find_ends
from motion.gait.stretches import Stretch
from motion.model import (
    INITIAL_CONTACT,
    SEEN_CONFIDENCE,
    Event,
    EventOrigin,
    FloatArray,
    Side,
    Step,
    Stride,
    Walk,
)

_Interval = TypeVar("_Interval", Step, Stride)

__all__ = ["StretchEvents", "WalkFound", "find_stretch_events", "find_walks"]

AT_EDGE: Final = "a foot at the edge of the picture"
BADLY_SEEN: Final = "the foot was not seen well"
BACKWARDS: Final = "walking backwards"
NO_WALK: Final = "a single step, not part of a walk"

_FEWEST_CONTACTS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchEvents:
    """The events of one stretch, and the rhythm that they were found by."""

    stretch: Stretch
    rhythm: Rhythm
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkFound:
    """One walk with what it is made of.

    ``floor_slope_deg`` is how the line of the footprints leans in the picture.
    """

    walk: Walk
    progress: Progress
    ruler: Ruler
    events: tuple[Event, ...]
    steps: tuple[Step, ...]
    strides: tuple[Stride, ...]
    floor_slope_deg: float


def find_stretch_events(stretch: Stretch, given: Sequence[Event] | None) -> StretchEvents:
    """Find the events of a stretch, or take those that somebody corrected.

    Parameters
    ----------
    stretch
        Straight on.
    given
        All corrected events of the take; None finds them.
    """
    points = stretch.points
    swing = find_swing(points)
    rhythm = find_rhythm(points, swing)
    if given is None:
        events = find_events(points, swing, rhythm)
    else:
        events = tuple(e for e in given if points.time_s[0] <= e.time_s <= points.time_s[-1])
        rhythm = _rhythm_of(events) or rhythm
    return StretchEvents(
        stretch=stretch,
        rhythm=rhythm,
        events=tuple(
            replace(each, walk=0, left_out=_keep_unclear(each) or _find_fault(points, each))
            for each in events
        ),
    )


def _rhythm_of(events: Sequence[Event]) -> Rhythm | None:
    """Return the rhythm of corrected events: the median time between contacts of one foot."""
    times = [
        np.diff([e.time_s for e in events if e.side is side and e.event == INITIAL_CONTACT])
        for side in FEET
    ]
    strides = np.concatenate(times)
    return Rhythm(stride_s=float(np.median(strides))) if len(strides) else None


def _keep_unclear(event: Event) -> str:
    """Return that an event's moment is not clear, unless somebody has set it."""
    unclear = event.left_out == UNCLEAR and event.origin is EventOrigin.FOUND
    return UNCLEAR if unclear else ""


def _find_fault(points: WalkPoints, event: Event) -> str:
    frame = int(np.argmin(np.abs(points.time_s - event.time_s)))
    if points.at_edge[frame, FEET.index(event.side)]:
        return AT_EDGE
    return BADLY_SEEN if event.confidence < SEEN_CONFIDENCE else ""


def find_walks(
    found: StretchEvents, ruler: Ruler, settings: GaitSettings, first_number: int
) -> tuple[list[WalkFound], tuple[Event, ...]]:
    """Return the walks of a stretch, and the events that belong to none.

    Parameters
    ----------
    found
        Events of the stretch.
    ruler
        Of the stretch.
    settings
        What is known of a treadmill.
    first_number
        The number of the first walk.
    """
    walks: list[WalkFound] = []
    loose: list[Event] = []
    if not np.isfinite(found.rhythm.stride_s):
        return walks, tuple(
            replace(each, left_out=each.left_out or NO_WALK) for each in found.events
        )
    groups = group_events(found.events, found.rhythm.stride_s)
    for group in groups:
        contacts = [each for each in group if each.event == INITIAL_CONTACT]
        if len(contacts) < _FEWEST_CONTACTS:
            loose += [replace(each, left_out=each.left_out or NO_WALK) for each in group]
            continue
        number = first_number + len(walks)
        walks.append(_make_walk(found, group, contacts, ruler, settings, number))
    return walks, tuple(loose)


def _make_walk(
    found: StretchEvents,
    group: Sequence[Event],
    contacts: list[Event],
    ruler: Ruler,
    settings: GaitSettings,
    number: int,
) -> WalkFound:
    points, stride_s = found.stretch.points, found.rhythm.stride_s
    progress = find_progress(points, contacts, stride_s)
    belt = progress.find_belt(settings.treadmill)
    if belt and np.isfinite(settings.belt_m_s):
        ruler = ruler.of_belt(settings.belt_m_s / progress.over_feet)
    events = tuple(replace(each, walk=number) for each in group)
    if progress.over_feet < 0:
        events = tuple(replace(each, left_out=each.left_out or BACKWARDS) for each in events)
    hidden = find_hidden(points)
    strides = judge_strides(build_strides(events, number, hidden))
    prints = {each.time_s: find_footprint(points, each, stride_s, belt) for each in contacts}
    slope_deg = _find_floor_slope(list(prints.values()))
    forward = np.array([each[0] for each in prints.values()])
    if np.isfinite(points.middle):
        forward = _put_into_plane(forward, contacts, found.stretch, ruler, on_belt=bool(belt))
    places = dict(zip(prints, forward, strict=True))
    ends = find_ends(found.stretch, stride_s, contacts, strides, places)
    along = 1.0 / np.cos(np.radians(slope_deg)) if np.isfinite(slope_deg) else 1.0
    places_m = dict(zip(prints, ruler.to_m(forward) * along, strict=True))
    walk = Walk(
        number=number,
        start_s=events[0].time_s,
        end_s=events[-1].time_s,
        direction=found.stretch.direction,
        near_side=found.stretch.near_side,
    )
    strides = [_measure(each, places_m, ends) for each in strides]
    steps = judge_steps(build_steps(events, number, hidden), strides)
    steps = [_measure(each, places_m, ends) for each in steps]
    return WalkFound(
        walk=replace(walk, speed_m_s=_find_speed(strides)),
        progress=progress,
        ruler=ruler,
        events=tuple(
            replace(each, left_out=each.left_out or ends.reason(each.time_s, each.time_s))
            for each in events
        ),
        steps=tuple(steps),
        strides=tuple(strides),
        floor_slope_deg=slope_deg,
    )


def _measure(interval: _Interval, places_m: dict[float, float], ends: WalkEnds) -> _Interval:
    """Give a step or a stride its length, and leave it out where the walk is not steady."""
    length_m = places_m[interval.end_s] - places_m[interval.start_s]
    reason = interval.left_out or ends.reason(interval.start_s, interval.end_s)
    if not reason and isinstance(interval, Stride) and length_m <= 0:
        reason = BACKWARDS
    return replace(interval, length_m=float(length_m), left_out=reason)


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


def _find_speed(strides: Sequence[Stride]) -> float:
    """Return way over time of the strides that count; NaN without a scale."""
    counted = [each for each in strides if not each.left_out and np.isfinite(each.length_m)]
    if not counted:
        return float("nan")
    return sum(each.length_m for each in counted) / sum(each.time_s for each in counted)
