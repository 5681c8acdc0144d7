"""Which numbers may be compared: those of takes that agree in all that a number depends on."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields
from typing import Final

from motion.clinic.units import is_in_metres
from motion.clinic.values import TakeKind, TakeSummary
from motion.gait import NOT_COMPARABLE, TimedTest
from motion.model import GAIT, Measurement, ModelInfo, ScaleSource, TakeConditions

__all__ = [
    "FROM_GO",
    "METHOD_SETTINGS",
    "NEAR_SIDE",
    "SIDE",
    "comparability",
    "differences",
    "differences_of_numbers",
    "is_walk",
    "key_of_number",
    "key_of_take",
    "method_of",
]

METHOD_SETTINGS: Final = (
    "filtered", "cutoff_hz", "max_gap_s", "seen_confidence", "view", "angle_method", "cameras",
    "joint_centres",
)  # fmt: skip
"""The settings that change numbers: a filter takes off peaks, a forced view forgives an oblique,
a bent knee looks straighter from off its side unless foreshortening is taken out, and of landmarks
otherwise than of joint centres."""

SIDE: Final = "side"
NEAR_SIDE: Final = "near side"
_LABELS: Final = {
    "near_side": NEAR_SIDE,
    "weight_bearing": "weight bearing",
    "footwear_orthosis": "footwear or orthosis",
}
_METHOD: Final = "method"
_WALKING: Final = "walking"
_METRES: Final = "source of metres"
_CLOCK: Final = "start of the clock"
_SAID_IN_FULL: Final = (_WALKING, _METRES, _CLOCK)
"""Of these the two values are named too: their names alone say nothing."""

_TESTS: Final[Mapping[str, str]] = {
    TimedTest.TUG: "the timed up and go",
    TimedTest.WALK10: "the 10 m walk",
    TimedTest.WALK4: "the 4 m walk",
}
_SCALES: Final[Mapping[str, str]] = {
    ScaleSource.HEIGHT: "the person's height",
    ScaleSource.FLOOR_DISTANCE: "a distance on the floor",
    ScaleSource.METRES: "positions in metres",
    ScaleSource.BELT: "the belt's speed",
    ScaleSource.NONE: "none",
}

FROM_GO: Final = ("tug_time", "five_sit_to_stand_time", "thirty_second_stands")
"""What is timed from GO, or else from the movement, which comes later (clinical_rules.md 18)."""

_Facets = dict[str, Hashable]
_Settings = Mapping[str, str | float | int | bool | None]


def differences(first: TakeSummary, second: TakeSummary) -> tuple[str, ...]:
    """Return in what two takes differ that forbids to compare any of their numbers."""
    return _differing(_facets_of_take(first), _facets_of_take(second))


def differences_of_numbers(
    first: TakeSummary, a: Measurement, second: TakeSummary, b: Measurement
) -> tuple[str, ...]:
    """Return in what two numbers differ that forbids to compare them, their takes' too.

    Lengths and speeds need the same source of metres; times and shares of the gait cycle do not,
    nothing of it is in them. Events, repetitions, sides and landmarks corrected by hand are no
    other method: they mend what was found. But a number that rests on landmarks placed by hand has
    no error figure, so no change to it is judged (:func:`motion.clinic.judge_change`).
    """
    of_numbers = _differing(_facets_of_number(first, a), _facets_of_number(second, b))
    return tuple(dict.fromkeys((*differences(first, second), *of_numbers)))


def comparability(first: TakeSummary, a: Measurement, second: TakeSummary, b: Measurement) -> str:
    """Return why two measurements cannot be compared; empty where they can.

    ``Not comparable: position differs``; several differences are all named.
    """
    names = differences_of_numbers(first, a, second, b)
    if not names:
        return ""
    return f"Not comparable: {', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"


def key_of_take(take: TakeSummary) -> Hashable:
    """Return what is equal for two takes exactly where nothing differs between them."""
    return tuple(_facets_of_take(take).values())


def key_of_number(take: TakeSummary, measurement: Measurement) -> Hashable:
    """Return what is equal too for two numbers of such takes where they can be compared."""
    return tuple(_facets_of_number(take, measurement).values())


def is_walk(take: TakeSummary) -> bool:
    """Whether walking was measured in a take."""
    return bool(dict(take.settings).get("gait"))


def method_of(
    kind: TakeKind, model: ModelInfo, settings: Iterable[tuple[str, object]]
) -> tuple[object, ...]:
    """Return how angles came about; those of two methods are not comparable."""
    chosen = dict(settings)
    return kind, model, *(chosen.get(name) for name in METHOD_SETTINGS)


def _facets_of_take(take: TakeSummary) -> _Facets:
    said = {
        _LABELS.get(field.name, field.name): getattr(take.conditions, field.name)
        for field in fields(TakeConditions)
    }
    return said | {
        "movement": take.movement,
        "view": take.view,
        _METHOD: method_of(take.kind, take.model, take.settings),
        _WALKING: _name_walking(dict(take.settings)),
    }


def _facets_of_number(take: TakeSummary, m: Measurement) -> _Facets:
    chosen = dict(take.settings)
    return {
        SIDE: m.side,
        "measure": (m.measure, m.joint, m.motion, m.unit),
        _METHOD: chosen.get("gait_method") if m.joint == GAIT else None,
        _METRES: _name_scale(chosen) if is_in_metres(m.unit) else "",
        _CLOCK: _name_clock(m) if m.measure in FROM_GO else "",
    }


def _name_walking(chosen: _Settings) -> str:
    """Return how somebody walked: in a test, on a belt, over the floor; or that it was not seen."""
    if not chosen.get("gait"):
        return "not measured"
    surface = "on a treadmill" if chosen.get("treadmill") else "over the floor"
    test = str(chosen.get("timed_test") or "")
    return f"{surface}, {_TESTS.get(test, test)}" if test else surface


def _name_scale(chosen: _Settings) -> str:
    """Return where metres come from: of a height its centimetres too, as all lengths grow with it.

    Whole centimetres, so that equal names mean comparable numbers.
    """
    source = str(chosen.get("gait_scale") or ScaleSource.NONE)
    name, height_m = _SCALES.get(source, source), chosen.get("gait_height_m")
    if source != ScaleSource.HEIGHT or not isinstance(height_m, int | float):
        return name
    return f"{name}, {height_m:.2f} m"


def _name_clock(number: Measurement) -> str:
    """Return what a time counts from: a GO that was given and refused is none."""
    return "the movement" if NOT_COMPARABLE in number.note else "GO"


def _differing(first: _Facets, second: _Facets) -> tuple[str, ...]:
    return tuple(
        f"{name} ({value}; {second[name]})" if name in _SAID_IN_FULL else name
        for name, value in first.items()
        if second[name] != value
    )
