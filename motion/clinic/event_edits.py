"""Contacts and foot offs corrected by hand: moved, added, removed; and what can be none."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from motion.errors import InputError
from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, Origin, Side

__all__ = ["EventEdit", "apply_event_edits", "event_text"]

_NAMES: Final = {INITIAL_CONTACT: "initial contact", FOOT_OFF: "foot off"}
_FEET: Final = (Side.LEFT, Side.RIGHT)
_APART_S: Final = 0.1
"""No foot does the same twice within so short a time: the quickest stride takes 0.5 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEdit:
    """One correction: ``before`` is None where an event is added, ``after`` where one is removed.

    Make it by :meth:`add`, :meth:`move` or :meth:`remove`.
    """

    before: Event | None = None
    after: Event | None = None

    @classmethod
    def add(cls, event: str, side: Side, time_s: float) -> Self:
        """Return the correction that an event is missing."""
        return cls(after=_by_hand(event, side, time_s))

    @classmethod
    def move(cls, event: Event, time_s: float) -> Self:
        """Return the correction that an event was at another time."""
        return cls(before=event, after=_by_hand(event.event, event.side, time_s))

    @classmethod
    def remove(cls, event: Event) -> Self:
        """Return the correction that an event was none."""
        return cls(before=event)


def apply_event_edits(
    events: Iterable[Event], edits: Iterable[EventEdit], *, end_s: float
) -> tuple[Event, ...]:
    """Return the events of a take as corrected, in order of time.

    An event that was set by hand is taken for certain; to which walk it belongs and whether a mean
    is made of it is decided when the take is measured again. The others stay as they are. One
    event may be corrected several times, each time as it stood then.

    Parameters
    ----------
    end_s
        The time of the last frame.

    Raises
    ------
    InputError
        If a corrected event is not among the events, is outside the take, is no contact or foot
        off of a foot, or comes within 0.1 s of the same event of the same foot.
    """
    found = list(events)
    for edit in edits:
        if edit.before is not None:
            found.remove(_find(found, edit.before))
        if edit.after is not None:
            _require_sound(edit.after, end_s)
            found.append(edit.after)
    found.sort(key=lambda event: event.time_s)
    _require_apart(found)
    return tuple(found)


def event_text(event: Event) -> str:
    """Return which event it is and when: ``left initial contact at 1.250 s``."""
    return f"{_name(event)} at {event.time_s:.3f} s"


def _by_hand(event: str, side: Side, time_s: float) -> Event:
    return Event(
        time_s=float(time_s),
        side=side,
        event=event,
        confidence=1.0,
        origin=Origin.BY_HAND,
    )


def _name(event: Event) -> str:
    return f"{event.side.value} {_NAMES.get(event.event, event.event)}"


def _find(events: Iterable[Event], wanted: Event) -> Event:
    same = [event for event in events if _key(event) == _key(wanted)]
    if same:  # of two that stand at one moment meanwhile, the very one that is meant
        return min(same, key=lambda event: event != wanted)
    msg = f"no {event_text(wanted)} among the events: load the take again, then correct it"
    raise InputError(msg)


def _key(event: Event) -> tuple[str, Side, float]:
    return event.event, event.side, event.time_s


def _require_sound(event: Event, end_s: float) -> None:
    if event.event not in _NAMES:
        msg = f"event must be {' or '.join(_NAMES)}, got {event.event!r}: choose one"
        raise InputError(msg)
    if event.side not in _FEET:
        msg = f"side of an event must be left or right, got {event.side}: choose the foot"
        raise InputError(msg)
    if not 0.0 <= event.time_s <= end_s:  # NaN too
        when = "no time" if math.isnan(event.time_s) else f"{event.time_s:.3f} s"
        where = f"within the take, 0 to {end_s:.3f} s"
        msg = f"{_name(event)} must lie {where}, got {when}: set it there"
        raise InputError(msg)


def _require_apart(events: Iterable[Event]) -> None:
    """Refuse what was set by hand beside the same event; what was found is not questioned."""
    last: dict[tuple[str, Side], Event] = {}
    for event in events:
        before = last.get((event.event, event.side))
        last[event.event, event.side] = event
        if before is None or Origin.BY_HAND not in (before.origin, event.origin):
            continue
        if event.time_s - before.time_s < _APART_S:
            msg = (
                f"{event_text(before)} and at {event.time_s:.3f} s: the same foot cannot do it"
                f" twice within {_APART_S} s; remove one or move the other"
            )
            raise InputError(msg)
