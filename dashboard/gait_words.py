"""What a person reads in the place of walking's names and numbers."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from dashboard import words
from motion.clinic.units import number_text
from motion.clinic.wording import parameter_title, test_title
from motion.model import (
    FOOT_OFF,
    GAIT,
    INITIAL_CONTACT,
    Event,
    Measurement,
    MeasureVerdict,
    Origin,
    ScaleSource,
    TimedPhase,
    Walk,
)

__all__ = [
    "EVENTS",
    "count_reasons",
    "event_text",
    "event_title",
    "few_text",
    "is_walk",
    "parameter_title",
    "phase_title",
    "range_text",
    "result_text",
    "scale_text",
    "test_title",
    "walk_text",
]

_SPACE: Final = "\N{NO-BREAK SPACE}"

EVENTS: Final = {INITIAL_CONTACT: "Initial contact", FOOT_OFF: "Foot off"}

_OF_STEPS: Final = ("step_time", "step_length", "walk_ratio")
_SCALES: Final = {
    ScaleSource.FLOOR_DISTANCE: "a known distance on the floor",
    ScaleSource.HEIGHT: "the person's height",
    ScaleSource.METRES: "positions in metres",
    ScaleSource.BELT: "the speed of the belt",
}


def is_walk(measurements: Iterable[Measurement]) -> bool:
    """Return whether a take's numbers are of walking."""
    return any(m.joint == GAIT for m in measurements)


def phase_title(phase: TimedPhase) -> str:
    """Return the title of a part of a timed test."""
    return words.label(phase.phase)


def range_text(low: float, high: float, unit: str) -> str:
    """Return two ends of a range with their unit once."""
    first, last = number_text(low, unit), number_text(high, unit)
    return f"{first.partition(_SPACE)[0]} to {last}"


def event_title(event: str) -> str:
    """Return ``Initial contact`` or ``Foot off``."""
    return EVENTS.get(event, words.label(event))


def event_text(event: Event) -> str:
    """Return one event with all that is to be known of it, for a hover."""
    said = f"{words.side_title(event.side)} {event_title(event.event).lower()}"
    said += f" at {event.time_s:.2f} s"
    if event.origin is Origin.BY_HAND:
        said += ", set by hand"
    return f"{said}; left out: {event.left_out}" if event.left_out else said


def walk_text(walk: Walk) -> str:
    """Return a walk's number, direction and times."""
    parts = [f"Walk {walk.number}"]
    if walk.direction:
        parts.append(f"to the {walk.direction} of the picture")
    return ", ".join(parts)


def few_text(measurement: Measurement) -> str:
    """Return in words how far a number may be trusted; empty where nothing must be said."""
    m = measurement
    if not math.isfinite(m.value):
        return m.note or "not measured"
    if m.verdict is MeasureVerdict.FEW_STRIDES:
        noun = "step" if m.measure in _OF_STEPS else "stride"
        once = f"one {noun}" if m.n_repetitions == 1 else f"{m.n_repetitions} {noun}s"
        return f"of {once} only"
    if m.verdict is MeasureVerdict.UNCERTAIN:
        return f"less certain: {m.note}" if m.note else "less certain"
    return ""


def result_text(measurements: Iterable[Measurement]) -> str:
    """Return what a walk is recognised by in a list: speed, cadence, of how few, how sure."""
    walked = tuple(m for m in measurements if m.joint == GAIT and math.isfinite(m.value))
    named = {m.measure: m for m in walked}
    # The same light as on the take's own page: the weakest of all that was measured.
    light = words.confidence_of(walked)
    main = [named[name] for name in ("walking_speed", "cadence") if name in named]
    if not main:
        return words.NOT_MEASURED
    said = [
        f"{parameter_title(m.measure).partition(' (')[0]} {number_text(m.value, m.unit)}"
        for m in main
    ]
    few = [few_text(m) for m in main if m.verdict is MeasureVerdict.FEW_STRIDES]
    return " · ".join([*said, *few[:1], light])


def scale_text(source: ScaleSource) -> str:
    """Return where the metres of a walk come from."""
    if source is ScaleSource.NONE:
        return "No scale was given: lengths and speed are missing, times are not."
    return f"Lengths come from {_SCALES[source]}."


def count_reasons(reasons: Iterable[str]) -> list[str]:
    """Return each reason with how often it was given, the most frequent first."""
    counted = Counter(reason for reason in reasons if reason)
    return [f"{number} × {reason}" for reason, number in counted.most_common()]
