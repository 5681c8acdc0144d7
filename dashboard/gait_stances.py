"""When each foot was on the floor, and when both were: intervals out of events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, Side, Walk

__all__ = ["Stance", "double_supports", "find_stances"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One foot on the floor, from a contact to its foot off.

    ``left_out`` says why no mean is made of it. ``open_start`` and ``open_end``: the contact or
    the foot off was not seen, and the walk's own end stands in its place.
    """

    side: Side
    start_s: float
    end_s: float
    left_out: str = ""
    open_start: bool = False
    open_end: bool = False


def find_stances(events: Iterable[Event], walk: Walk, side: Side) -> tuple[Stance, ...]:
    """Return when one foot was on the floor within a walk.

    Two contacts without a foot off between them say nothing of when the foot left: the first is
    left without an end, so no bar is drawn of it.
    """
    own = [e for e in events if e.walk == walk.number and e.side is side]
    own.sort(key=lambda e: e.time_s)
    found = []
    if own and own[0].event == FOOT_OFF:
        found.append(_stance(None, own[0], walk, side))
    for event, after in zip_longest(own, own[1:]):
        if event.event == INITIAL_CONTACT and (after is None or after.event == FOOT_OFF):
            found.append(_stance(event, after, walk, side))
    return tuple(found)


def _stance(contact: Event | None, off: Event | None, walk: Walk, side: Side) -> Stance:
    ends = [e for e in (contact, off) if e is not None]
    cut = "it began or ended outside the walk" if len(ends) == 1 else ""
    return Stance(
        side=side,
        start_s=contact.time_s if contact else min(walk.start_s, ends[0].time_s),
        end_s=off.time_s if off else max(walk.end_s, ends[0].time_s),
        left_out=next((e.left_out for e in ends if e.left_out), cut),
        open_start=contact is None,
        open_end=off is None,
    )


def double_supports(
    left: Sequence[Stance], right: Sequence[Stance]
) -> tuple[tuple[float, float], ...]:
    """Return when both feet were on the floor, between events that were seen."""
    overlaps = [
        (max(a.start_s, b.start_s), min(a.end_s, b.end_s))
        for a in left
        for b in right
        if not _by_open_end(a, b)
    ]
    return tuple(sorted((start, end) for start, end in overlaps if end > start))


def _by_open_end(a: Stance, b: Stance) -> bool:
    """Whether the overlap would begin or end where nothing was seen."""
    first, last = max(a, b, key=lambda s: s.start_s), min(a, b, key=lambda s: s.end_s)
    return first.open_start or last.open_end
