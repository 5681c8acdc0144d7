"""From events to steps and strides, and which of them a mean may be made of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np

from motion.gait.hidden import Hidden
from motion.gait.points import FEET
from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, Side, Step, Stride

_Interval = TypeVar("_Interval", Step, Stride)

__all__ = ["build_steps", "build_strides", "group_events", "judge_steps", "judge_strides"]

_PAUSE: Final = 1.0
"""Strides without any event after which a walk has ended."""

_STRIDE_S: Final = (0.4, 4.0)
"""Strides of running children and of very slow adults; beyond, an event was missed."""

_STANCE_PERCENT: Final = (50.0, 90.0)
"""Below half of the stride there is no double support: that is running. Shuffling reaches 80."""

_USUAL: Final = (0.67, 1.33)
"""Times over the median within which a stride or a step is of one walk with the others; a pause, a
stumble, a missed or a false event lies beyond; who walks unevenly varies by a tenth."""

HIDDEN: Final = "the foot was hidden for a while"


def group_events(events: Sequence[Event], stride_s: float) -> list[list[Event]]:
    """Return the events of each walk: between two walks nothing happens for a stride's time."""
    groups: list[list[Event]] = []
    for event in sorted(events, key=lambda each: each.time_s):
        if not groups or event.time_s - groups[-1][-1].time_s > _PAUSE * stride_s:
            groups.append([])
        groups[-1].append(event)
    return groups


def build_steps(events: Sequence[Event], walk: int, hidden: Hidden) -> list[Step]:
    """Return the steps of one walk, from each contact to the other foot's next.

    Two contacts of one foot in a row are a missed contact of the other: no step lies there. Where
    either foot was hidden for a while a contact may have been, so the step does not count.
    """
    contacts = [each for each in events if each.event == INITIAL_CONTACT]
    return [
        Step(
            side=after.side,
            walk=walk,
            start_s=before.time_s,
            end_s=after.time_s,
            confidence=min(before.confidence, after.confidence),
            left_out=before.left_out
            or after.left_out
            or (HIDDEN if _is_hidden(hidden, before.time_s, after.time_s) else ""),
        )
        for before, after in pairwise(contacts)
        if before.side is not after.side
    ]


def build_strides(events: Sequence[Event], walk: int, hidden: Hidden) -> list[Stride]:
    """Return the strides of one walk, from each contact to the same foot's next.

    In between lie, in this order, the other foot's off, the other's contact and the own foot off.
    An event in between that is missing, is there twice or does not count leaves what depends on
    it NaN. Left out of all means is a stride whose own contact does not count, whose events are
    out of order, whose time or stance no walking has, whose own foot was hidden for a while, and
    one with any other number of the other foot's contacts than one where that foot was seen all
    the time: a contact was missed, or is none.
    """
    strides = []
    for side in FEET:
        contacts = _times(events, side, INITIAL_CONTACT)
        for before, after in pairwise(contacts):
            inner = [e for e in events if before.time_s < e.time_s < after.time_s]
            stride = _build_stride(side, walk, before, after, inner)
            fault = stride.left_out or _find_gap(stride, inner, hidden) or _find_fault(stride)
            strides.append(replace(stride, left_out=fault))
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
    return Stride(
        side=side,
        walk=walk,
        start_s=before.time_s,
        opposite_off_s=off_s,
        opposite_contact_s=contact_s,
        foot_off_s=own_off_s,
        end_s=after.time_s,
        confidence=min(each.confidence for each in found),
        left_out=before.left_out or after.left_out,
    )


def _find_gap(stride: Stride, inner: Sequence[Event], hidden: Hidden) -> str:
    """Return that something of a stride may have been missed; empty where nothing was."""
    if hidden.hides(stride.side, stride.start_s, stride.end_s):
        return HIDDEN
    other = Side.RIGHT if stride.side is Side.LEFT else Side.LEFT
    contacts = len(_times(inner, other, INITIAL_CONTACT))
    if contacts != 1 and not hidden.hides(other, stride.start_s, stride.end_s):
        return f"{contacts} contacts of the other foot in one stride"
    return ""


def _is_hidden(hidden: Hidden, start_s: float, end_s: float) -> bool:
    return any(hidden.hides(side, start_s, end_s) for side in FEET)


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
    return _leave_out_unusual(list(strides))


def judge_steps(steps: Iterable[Step], strides: Iterable[Stride]) -> list[Step]:
    """Leave out the steps of strides that do not count, and those whose time is far from others'.

    A side's steps are held against each other: in a limp left and right differ.
    """
    bad = [each for each in strides if each.left_out]
    judged = [
        replace(step, left_out=step.left_out or _find_bad_stride(step, bad)) for step in steps
    ]
    return sorted(
        (
            each
            for side in FEET
            for each in _leave_out_unusual([step for step in judged if step.side is side])
        ),
        key=lambda step: step.start_s,
    )


def _find_bad_stride(step: Step, bad: Iterable[Stride]) -> str:
    """Return why a stride that holds a step does not count; empty where all do."""
    holding = (each for each in bad if each.start_s <= step.start_s and step.end_s <= each.end_s)
    return next((each.left_out for each in holding), "")


def _leave_out_unusual(found: list[_Interval]) -> list[_Interval]:
    counted = [each.time_s for each in found if not each.left_out]
    if len(counted) < 3:
        return found
    usual_s = float(np.median(counted))
    low, high = (share * usual_s for share in _USUAL)
    return [
        each
        if each.left_out or low <= each.time_s <= high
        else replace(each, left_out="much longer or shorter than the others")
        for each in found
    ]


def _times(events: Iterable[Event], side: Side, name: str) -> list[Event]:
    return [each for each in events if each.side is side and each.event == name]


def _only(events: Sequence[Event]) -> Event | None:
    """Return the one event, where it counts."""
    return events[0] if len(events) == 1 and not events[0].left_out else None
