"""From a stretch to its walks: which steps and strides count, and how long they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from motion.gait.events import UNCLEAR, find_events
from motion.gait.footprints import find_footprints
from motion.gait.hidden import find_hidden
from motion.gait.intervals import (
    build_steps,
    build_strides,
    group_events,
    judge_steps,
    judge_strides,
)
from motion.gait.points import FEET, WalkPoints
from motion.gait.progress import Progress, find_progress
from motion.gait.rhythm import Rhythm, find_rhythm, find_swing
from motion.gait.scale import Ruler
from motion.gait.settings import GaitSettings
from motion.gait.steadiness import WalkEnds, find_ends
from motion.gait.stretches import Stretch
from motion.model import (
    INITIAL_CONTACT,
    SEEN_CONFIDENCE,
    Event,
    Origin,
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
    unclear = event.left_out == UNCLEAR and event.origin is Origin.FOUND
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
    prints = find_footprints(found.stretch, contacts, stride_s, belt, ruler)
    ends = find_ends(found.stretch, stride_s, contacts, strides, prints.forward)
    places_m = prints.to_m(ruler)
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
        floor_slope_deg=prints.slope_deg,
    )


def _measure(interval: _Interval, places_m: dict[float, float], ends: WalkEnds) -> _Interval:
    """Give a step or a stride its length, and leave it out where the walk is not steady."""
    length_m = places_m[interval.end_s] - places_m[interval.start_s]
    reason = interval.left_out or ends.reason(interval.start_s, interval.end_s)
    if not reason and isinstance(interval, Stride) and length_m <= 0:
        reason = BACKWARDS
    return replace(interval, length_m=float(length_m), left_out=reason)


def _find_speed(strides: Sequence[Stride]) -> float:
    """Return way over time of the strides that count; NaN without a scale."""
    counted = [each for each in strides if not each.left_out and np.isfinite(each.length_m)]
    if not counted:
        return float("nan")
    return sum(each.length_m for each in counted) / sum(each.time_s for each in counted)
