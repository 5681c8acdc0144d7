"""In which events two analyses of a take differ, in words that the edit rows keep."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from motion.clinic.event_edits import event_text
from motion.model import Event, Origin

__all__ = ["event_changes"]

_MOVED_WITHIN_S: Final = 0.25
"""An event that is gone and one of its kind so near are the same event, moved; half a step."""

_ORIGINS: Final = {Origin.FOUND: "found", Origin.BY_HAND: "by hand"}

_Change = tuple[str | None, str | None]


def event_changes(before: Iterable[Event], after: Iterable[Event]) -> dict[str, _Change]:
    """Return ``{event: (before, after)}`` of what differs, None where there is no such event.

    ``{"left initial contact at 1.250 s": ("1.250 s, found", "1.310 s, by hand")}``. Numbers of
    walks and confidences are not among it: nobody corrects them.
    """
    changes: dict[str, _Change] = {}
    old, new = _by_kind(before), _by_kind(after)
    for kind in old | new:
        for was, is_now in _pair(old.get(kind, []), new.get(kind, [])):
            change = _state(was), _state(is_now)
            named = was or is_now
            if named is not None and change[0] != change[1]:
                changes[event_text(named)] = change
    return changes


def _by_kind(events: Iterable[Event]) -> dict[tuple[str, str], list[Event]]:
    found: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda event: event.time_s):
        found.setdefault((event.event, event.side), []).append(event)
    return found


def _pair(
    old: Sequence[Event], new: Sequence[Event]
) -> Iterator[tuple[Event | None, Event | None]]:
    """Yield each event with what became of it, the nearest in time first; then the others."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, m in sorted(_near(old, new)):
        if n not in partner and m not in taken:
            partner[n] = m
            taken.add(m)
            yield old[n], new[m]
    yield from ((each, None) for n, each in enumerate(old) if n not in partner)
    yield from ((None, each) for m, each in enumerate(new) if m not in taken)


def _near(old: Sequence[Event], new: Sequence[Event]) -> Iterator[tuple[float, int, int]]:
    times_s = [event.time_s for event in new]
    for n, event in enumerate(old):
        first = bisect_left(times_s, event.time_s - _MOVED_WITHIN_S)
        stop = bisect_right(times_s, event.time_s + _MOVED_WITHIN_S)
        yield from ((abs(times_s[m] - event.time_s), n, m) for m in range(first, stop))


def _state(event: Event | None) -> str | None:
    if event is None:
        return None
    said = f"{event.time_s:.3f} s, {_ORIGINS[event.origin]}"
    return f"{said}, left out: {event.left_out}" if event.left_out else said
