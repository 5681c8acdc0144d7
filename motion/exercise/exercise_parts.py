"""Reads the tables within an exercise file: dose, compensations, picture, patients' texts."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from motion.exercise.compensation_signals import Signal
from motion.exercise.exercises import FIGURE_ANGLES, PROPS, TURNS, CompensationRule, Pictogram
from motion.exercise.file_entries import Entries
from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose

__all__ = [
    "PATIENT_KEYS",
    "KnownNames",
    "read_compensations",
    "read_dose",
    "read_patient",
    "read_pictogram",
]

PATIENT_KEYS: Final = ("title", "how", "care")
"""What a patient reads of an exercise."""

_DIRECTIONS: Final = {"more": 1, "less": -1, "both": 0}
_WIDEST_DEG: Final = 200.0
"""Farther than this no joint of a drawn figure turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What an exercise file may refer to.

    ``angles`` of the joint table, ``signals`` of compensation with their measured errors, ``cues``
    that have a text, and ``motions`` with known answers.
    """

    angles: tuple[str, ...]
    signals: Mapping[str, Signal]
    cues: Collection[str]
    motions: Collection[str]


def read_dose(entries: Entries) -> Dose:
    """Return the usual dose; what is not given is as in :class:`Dose`."""
    dose = Entries(
        f"{entries.place}, dose",
        entries.table.get("dose", {}),
        ("sets", "repetitions", "hold_s", "rest_s", "raise_s", "lower_s"),
    )
    usual = Dose()
    return Dose(
        sets=dose.count("sets", 1, 20, usual.sets),
        repetitions=dose.count("repetitions", 1, 100, usual.repetitions),
        hold_s=dose.number("hold_s", 0.0, 300.0, usual.hold_s),
        rest_s=dose.number("rest_s", 0.0, 900.0, usual.rest_s),
        raise_s=dose.number("raise_s", 0.5, 30.0),
        lower_s=dose.number("lower_s", 0.5, 30.0),
    )


def read_compensations(
    entries: Entries, movement: Movement | None, known: KnownNames
) -> tuple[CompensationRule, ...]:
    """Return what the coach watches for; only what the exercise's view shows may stand there."""
    rows = entries.table.get("compensation", [])
    if not isinstance(rows, list):
        raise entries.refuse("compensation must be written as [[compensation]], once for each")
    view = movement.view if movement else ""
    return tuple(
        _read_compensation(
            Entries(
                f"{entries.place}, compensation {number}",
                row,
                ("signal", "limit", "direction", "cue"),
            ),
            view,
            known,
        )
        for number, row in enumerate(rows, start=1)
    )


def _read_compensation(entries: Entries, view: str, known: KnownNames) -> CompensationRule:
    signal = known.signals[entries.word("signal", known.signals)]
    if signal.view != view:
        raise entries.refuse(f"{signal.name} is seen in a {signal.view} view, not in this {view}")
    cue = entries.text("cue", required=True)
    if cue not in known.cues:
        raise entries.refuse(f"cue {cue!r} has no text; add it to every file of data/texts")
    limit = entries.number("limit", 0.1, 180.0)
    if math.isnan(limit):
        raise entries.refuse("limit is missing; say how far the signal may leave its start")
    if limit < signal.least_limit:
        reason = f"limit {limit:g} is below twice the measured error of {signal.name}"
        raise entries.refuse(f"{reason}; at least {signal.least_limit:.1f}")
    return CompensationRule(
        signal=signal.name,
        limit=limit,
        direction=_DIRECTIONS[entries.word("direction", _DIRECTIONS, "both")],
        cue=cue,
    )


def read_pictogram(entries: Entries) -> Pictogram:
    """Return the two postures of the picture."""
    picture = Entries(
        f"{entries.place}, pictogram",
        entries.table.get("pictogram", {}),
        ("view", "prop", "turn", "start", "end"),
    )
    return Pictogram(
        view=picture.word("view", ("side", "front"), "side"),
        prop=picture.word("prop", PROPS, ""),
        turn=picture.word("turn", TURNS, ""),
        start=_read_posture(picture, "start"),
        end=_read_posture(picture, "end"),
    )


def _read_posture(picture: Entries, key: str) -> dict[str, float]:
    place = f"{picture.place} {key}"
    posture = Entries(place, picture.table.get(key, {}), FIGURE_ANGLES)
    return {angle: posture.number(angle, -_WIDEST_DEG, _WIDEST_DEG) for angle in posture.table}


def read_patient(entries: Entries) -> dict[str, dict[str, str]]:
    """Return the patient's texts by language."""
    rows = entries.table.get("patient", {})
    languages = rows if isinstance(rows, Mapping) else ()
    table = Entries(f"{entries.place}, patient", rows, languages)
    found = {}
    for language, texts in table.table.items():
        if not re.fullmatch("[a-z]{2,3}", language):
            raise table.refuse(f"{language!r} is no language; write en, de or another short code")
        part = Entries(f"{table.place}.{language}", texts, PATIENT_KEYS)
        found[language] = {key: part.text(key, required=True) for key in PATIENT_KEYS}
    return found
