"""From events to steps and strides, and which of them a mean may be made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from motion.gait.points import FEET
from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, Side, Step, Stride

__all__ = ["WalkEnds", "build_steps", "build_strides", "group_events", "judge_strides"]

_PAUSE: Final = 1.0
"""Strides without any event after which a walk has ended."""

_STRIDE_S: Final = (0.4, 4.0)
"""Strides of running children and of very slow adults; beyond, an event was missed."""

_STANCE_PERCENT: Final = (50.0, 90.0)
"""Below half of the stride there is no double support: that is running. Shuffling reaches 80."""

_USUAL: Final = (0.6, 1.5)
"""Times over the median within which a stride is of one walk with the others; twice the time is
a missed event, half of it a false one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkEnds:
    """Between which moments a walk is steady, and why not up to the one and from the other on."""

    steady_from_s: float
    steady_to_s: float
    before: str = ""
    after: str = ""

    def reason(self, start_s: float, end_s: float) -> str:
        """Return why an interval does not count; empty where it does."""
        if start_s <= self.steady_from_s:
            return self.before
        return self.after if end_s >= self.steady_to_s else ""


def group_events(events: Sequence[Event], stride_s: float) -> list[list[Event]]:
    """Return the events of each walk: between two walks nothing happens for a stride's time."""
    groups: list[list[Event]] = []
    for event in sorted(events, key=lambda each: each.time_s):
        if not groups or event.time_s - groups[-1][-1].time_s > _PAUSE * stride_s:
            groups.append([])
        groups[-1].append(event)
    return groups


def build_steps(events: Sequence[Event], walk: int) -> list[Step]:
    """Return the steps of one walk, from each contact to the other foot's next.

    Two contacts of one foot in a row are a missed contact of the other: no step lies there.
    """
    contacts = [each for each in events if each.event == INITIAL_CONTACT]
    return [
        Step(
            side=after.side,
            walk=walk,
            start_s=before.time_s,
            end_s=after.time_s,
            confidence=min(before.confidence, after.confidence),
            left_out=before.left_out or after.left_out,
        )
        for before, after in pairwise(contacts)
        if before.side is not after.side
    ]


def build_strides(events: Sequence[Event], walk: int) -> list[Stride]:
    """Return the strides of one walk, from each contact to the same foot's next.

    In between lie, in this order, the other foot's off, the other's contact and the own foot off.
    An event that is missing, or is there twice, leaves what depends on it NaN; events out of
    order, and a time or a stance that no walking has, leave the stride out of all means.
    """
    strides = []
    for side in FEET:
        contacts = _times(events, side, INITIAL_CONTACT)
        for before, after in pairwise(contacts):
            inner = [e for e in events if before.time_s < e.time_s < after.time_s]
            strides.append(_build_stride(side, walk, before, after, inner))
    return sorted(strides, key=lambda each: each.start_s)


def _build_stride(
    side: Side, walk: int, before: Event, after: Event, inner: Sequence[Event]
) -> Stride:
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    parts = [
        _only(_times(inner, other, FOOT_OFF)),
        _only(_times(inner, other, INITIAL_CONTACT)),
        _only(_times(inner, side, FOOT_OFF)),
    ]
    off_s, contact_s, own_off_s = (each.time_s if each else float("nan") for each in parts)
    found = [each for each in (before, *parts, after) if each is not None]
    stride = Stride(
        side=side,
        walk=walk,
        start_s=before.time_s,
        opposite_off_s=off_s,
        opposite_contact_s=contact_s,
        foot_off_s=own_off_s,
        end_s=after.time_s,
        confidence=min(each.confidence for each in found),
        left_out=next((each.left_out for each in found if each.left_out), ""),
    )
    return replace(stride, left_out=stride.left_out or _find_fault(stride))


def _find_fault(stride: Stride) -> str:
    """Return why this is no stride of walking; empty where it is."""
    low_s, high_s = _STRIDE_S
    if not low_s <= stride.time_s <= high_s:
        return f"a stride of {stride.time_s:.2f} s is no walking"
    inner = [stride.opposite_off_s, stride.opposite_contact_s, stride.foot_off_s]
    known = [each for each in inner if np.isfinite(each)]
    if known != sorted(known):
        return "contacts and foot offs are out of order"
    low, high = _STANCE_PERCENT
    if np.isfinite(stride.foot_off_s) and not low <= stride.stance_percent <= high:
        return f"a stance of {stride.stance_percent:.0f} % of the stride is no walking"
    return ""


def judge_strides(strides: Iterable[Stride]) -> list[Stride]:
    """Leave out the strides whose time is far from the others' (a stop, a missed contact)."""
    found = list(strides)
    counted = [each.time_s for each in found if not each.left_out]
    if len(counted) < 3:
        return found
    usual_s = float(np.median(counted))
    low, high = (share * usual_s for share in _USUAL)
    return [
        replace(each, left_out="much longer or shorter than the other strides")
        if not each.left_out and not low <= each.time_s <= high
        else each
        for each in found
    ]


def _times(events: Iterable[Event], side: Side, name: str) -> list[Event]:
    return [each for each in events if each.side is side and each.event == name]


def _only(events: Sequence[Event]) -> Event | None:
    return events[0] if len(events) == 1 else None
