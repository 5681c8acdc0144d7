"""Which found event is which true one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from motion.model import FOOT_OFF, INITIAL_CONTACT, Event, Side
from motion.validation.gait_truth import TrueEvent

__all__ = ["WITHIN_S", "EventMatch", "match_events"]

WITHIN_S: Final = 0.15
"""Farther apart, two events are not the same one. Less than a third of any step here."""

_FAR_S: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMatch:
    """A true event and the one found for it; either may be missing."""

    side: Side
    event: str
    true: TrueEvent | None
    found: Event | None

    @property
    def error_ms(self) -> float:
        """Found less true; NaN where one is missing."""
        if self.true is None or self.found is None:
            return math.nan
        return 1000.0 * (self.found.time_s - self.true.time_s)

    @property
    def outcome(self) -> str:
        """``found``, ``missed``, ``extra``, or ``not wanted`` of one that may be missing."""
        if self.true is None:
            return "extra"
        if not self.true.wanted:
            return "not wanted"
        return "found" if self.found is not None else "missed"


def match_events(true: Sequence[TrueEvent], found: Sequence[Event]) -> list[EventMatch]:
    """Pair events of one foot and kind one to one, so that the pairs lie nearest together.

    Returns
    -------
    list of EventMatch
        In order of time; a pair is never farther apart than ``WITHIN_S``.
    """
    matches = [
        match
        for side in (Side.LEFT, Side.RIGHT)
        for event in (INITIAL_CONTACT, FOOT_OFF)
        for match in _match_kind(
            side,
            event,
            [each for each in true if (each.side, each.event) == (side, event)],
            [each for each in found if (each.side, each.event) == (side, event)],
        )
    ]
    return sorted(matches, key=_time_of)


def _match_kind(
    side: Side, event: str, true: Sequence[TrueEvent], found: Sequence[Event]
) -> Iterator[EventMatch]:
    apart_s = np.array([[abs(f.time_s - t.time_s) for f in found] for t in true])
    apart_s = apart_s.reshape(len(true), len(found))
    rows, columns = linear_sum_assignment(np.where(apart_s <= WITHIN_S, apart_s, _FAR_S))
    pairs = {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if apart_s[row, column] <= WITHIN_S
    }
    for row, one in enumerate(true):
        other = found[pairs[row]] if row in pairs else None
        yield EventMatch(side=side, event=event, true=one, found=other)
    for column, other in enumerate(found):
        if column not in pairs.values():
            yield EventMatch(side=side, event=event, true=None, found=other)


def _time_of(match: EventMatch) -> float:
    known = match.true or match.found
    return known.time_s if known is not None else math.nan
