"""The few numbers by which a recovery is read: baseline, last, best, target, other side, change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard import words
from dashboard.against import Against
from dashboard.other_side_words import side_difference, side_verdict
from dashboard.target_words import distance, straightens, target_text
from motion.clinic import Better, Line, Point
from motion.clinic.belt import is_typed
from motion.clinic.better import Direction
from motion.clinic.change import PROVISIONAL, Change, Outcome, is_judged, is_provisional
from motion.clinic.plan_limits import is_beyond
from motion.clinic.units import difference_of_shown, difference_text, number_text
from motion.model import FUNCTIONAL, GAIT, Measurement, Side

__all__ = ["Card", "find_best", "list_cards"]

_NOTHING: Final = "–"
_ONE_TAKE: Final = "One take so far: a change needs a second comparable one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One number with its title and what must be said of it.

    ``outcome`` is what a change amounts to, None where the number is no change.
    """

    title: str
    value: str
    notes: tuple[str, ...] = ()
    outcome: Outcome | None = None


def list_cards(line: Line, against: Against, limit_deg: float = math.nan) -> tuple[Card, ...]:
    """Return the cards of a line of comparable takes.

    Parameters
    ----------
    against
        What the last measured number may be held against (:func:`dashboard.against.gather`).
    limit_deg
        Farther than this the joint may not go: beyond it nothing is called best; NaN, no limit.
    """
    measured = [p for p in line.points if math.isfinite(p.measurement.value)]
    judged = [
        p for p in measured if is_judged(p.measurement) and not is_typed(p.take, p.measurement)
    ]
    cards = [_point_card("Baseline", judged[0])] if judged else []
    cards.append(_last_card(measured[-1], limit_deg, line.direction))
    best = find_best(line, limit_deg)
    if best is not None and len(judged) > 1:
        cards.append(_point_card("Best", best))
    cards += _beside(measured[-1], against)
    if len(judged) < 2:
        return (*cards, Card(title="Change", value=_NOTHING, notes=(_ONE_TAKE,)))
    confirmed = ("Confirmed by a second comparable take.",) if line.decline_confirmed else ()
    return (
        *cards,
        _change_card(
            "Change since the baseline", judged[0], judged[-1], judged[-1].change, confirmed
        ),
        _change_card(
            "Change since the take before", judged[-2], judged[-1], judged[-1].since_previous
        ),
    )


def find_best(line: Line, limit_deg: float = math.nan) -> Point | None:
    """Return the best judged number of a line; None where neither way is better.

    What lies beyond the plan's limit is never best (clinical_rules.md 19).
    """
    points = [
        p
        for p in line.points
        if is_judged(p.measurement)
        and not is_typed(p.take, p.measurement)
        and not is_beyond(p.measurement, limit_deg)
    ]
    worth = {id(p): _worth(p.measurement.value, line.direction) for p in points}
    if not points or line.direction.better is Better.NONE:
        return None
    return max(points, key=lambda p: worth[id(p)])


def _worth(value: float, direction: Direction) -> float:
    match direction.better:
        case Better.LOWER:
            return -value
        case Better.TOWARD_ZERO:
            return -abs(value)
        case Better.TOWARD_TARGET:
            return -abs(value - direction.target)
    return value


def _point_card(title: str, point: Point) -> Card:
    m = point.measurement
    return Card(
        title=title,
        value=words.reached(m, point.take.movement),
        notes=(_day(point), *_error(m)),
    )


def _last_card(point: Point, limit_deg: float, direction: Direction) -> Card:
    m = point.measurement
    notes = [_day(point), *_error(m)]
    if not is_judged(m) or is_typed(point.take, m):
        notes.append(f"{point.verdict}.")
    elif direction.better is Better.NONE:
        notes.append("Neither way is better by itself.")
    if is_beyond(m, limit_deg):
        notes.append(f"Beyond the plan's limit of {words.degrees(limit_deg)}.")
    if point.take.signed_off_by:
        notes.append(f"Signed off by {point.take.signed_off_by}.")
    return Card(title="Last", value=words.reached(m, point.take.movement), notes=tuple(notes))


def _beside(point: Point, against: Against) -> list[Card]:
    """Return the target and the other side."""
    m, movement = point.measurement, point.take.movement
    cards = []
    if math.isfinite(against.target_deg):
        away = distance(m, against.target_deg, movement)
        cards.append(
            Card(
                title="Target",
                value=target_text(m, against.target_deg, movement),
                notes=(
                    f"Last: {words.reached(m, movement)}, {away}.",
                    _sentence(against.target_source),
                ),
            )
        )
    elif m.joint not in (GAIT, FUNCTIONAL):
        cards.append(Card(title="Target", value=_NOTHING, notes=("No target is set.",)))
    if m.side in (Side.LEFT, Side.RIGHT):
        cards.append(_other_card(m, movement, against))
    return cards


def _other_card(m: Measurement, movement: str, against: Against) -> Card:
    other = against.other
    name = "left" if m.side is Side.RIGHT else "right"
    title = f"Other side ({name})"
    if other is None:
        return Card(title=title, value=_NOTHING, notes=("No comparable take of it.",))
    said = side_difference(other, m)
    reached = words.reached(other.measurement, movement)
    return Card(
        title=title,
        value=f"{said[:1].upper()}{said[1:]}",
        notes=(
            f"{reached} on {words.date_text(other.take.started_at)}.",
            _sentence(side_verdict(other, m)),
        ),
    )


def _change_card(
    title: str, before: Point, last: Point, change: Change | None, further: Sequence[str] = ()
) -> Card:
    if change is None:
        return Card(title=title, value=_NOTHING)
    m, movement = last.measurement, last.take.movement
    since = f"{words.reached(before.measurement, movement)} to {words.reached(m, movement)}."
    known = math.isfinite(change.mdc95)
    figure = (f"Smallest detectable change: {number_text(change.mdc95, m.unit)}.",) if known else ()
    return Card(
        title=title,
        value=_difference(before.measurement, m, movement),
        notes=(f"{change.verdict}.", since, *figure, *further),
        outcome=change.outcome,
    )


def _difference(before: Measurement, m: Measurement, movement: str) -> str:
    """Return a change as it is said: of a joint that is to straighten, which way it went."""
    difference = difference_of_shown(m.value, before.value, m.unit)
    if not straightens(m, movement) or not round(difference):
        return difference_text(difference, m.unit)
    way = "straighter" if difference < 0 else "more bent"
    return f"{number_text(abs(difference), m.unit)} {way}"


def _day(point: Point) -> str:
    return words.date_text(point.take.started_at)


def _error(m: Measurement) -> tuple[str, ...]:
    """Return a number's error in words, and that the figure is our own proposal where it is."""
    if not math.isfinite(m.sem):
        return ("No error figure.",)
    said = f"Standard error of measurement {number_text(m.sem, m.unit)}"
    return (f"{said}, {PROVISIONAL}." if is_provisional(m.mdc_source) else f"{said}.",)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
