"""Reads a file of the exercise library, and refuses in one line what cannot be meant."""

import math
from collections.abc import Mapping
from typing import Any, Final

from motion.exercise.exercise_parts import (
    KnownNames,
    read_compensations,
    read_dose,
    read_patient,
    read_pictogram,
)
from motion.exercise.exercises import Evidence, Exercise, Region, Sides
from motion.exercise.file_entries import Entries
from motion.exercise.movements import Movement, parse_movement
from motion.kinematics.joints import JointAngle, find_joint
from motion.model import LANDMARKS, Position

__all__ = ["FILE_KEYS", "TESTS", "parse_exercise"]

TESTS: Final = ("five_sit_to_stand", "thirty_second_sit_to_stand", "single_leg_stance")
"""The functional tests that an exercise may be."""

_MEASURED: Final = frozenset({"angles", "rest", "two_directions", "bilateral", "view", "note"})
_USUAL_TOLERANCE_DEG: Final = 5.0
_ONLY_MEASURED: Final = ("start_deg", "target_deg", "tolerance_deg", "compensation")
FILE_KEYS: Final = _MEASURED | {
    "title",
    "region",
    "evidence",
    "validated_by",
    "position",
    "sides",
    "start_deg",
    "target_deg",
    "tolerance_deg",
    "dose",
    "needs",
    "compensation",
    "contraindication",
    "seated_variant",
    "same_movement_as",
    "test",
    "lasts_s",
    "pictogram",
    "patient",
}
_POSITIONS: Final = tuple(each for each in Position if each is not Position.UNKNOWN)
_POINTS: Final = (
    *dict.fromkeys(name.removeprefix("left_").removeprefix("right_") for name in LANDMARKS),
    *(name for name in LANDMARKS if name.startswith(("left_", "right_"))),
)


def parse_exercise(name: str, table: Mapping[str, Any], known: KnownNames) -> Exercise:
    """Return the exercise that a file describes.

    That its ``seated_variant`` exists is seen by whoever knows all files
    (:func:`motion.library.list_exercises`).

    Parameters
    ----------
    name
        The file's name without its ending.
    table
        The file's content.
    known
        What it may refer to.

    Raises
    ------
    InputError
        If the file says something that cannot be meant: names the exercise and the entry.
    """
    entries = Entries(f"exercise {name}", table, FILE_KEYS)
    movement = _read_movement(name, entries, known.angles)
    start_deg, target_deg, tolerance_deg = _read_range(entries, movement)
    exercise = Exercise(
        name=name,
        title=entries.text("title", required=True),
        region=Region(entries.word("region", Region)),
        evidence=Evidence(entries.word("evidence", Evidence)),
        position=Position(entries.word("position", _POSITIONS)),
        sides=Sides(entries.word("sides", Sides)),
        movement=movement,
        start_deg=start_deg,
        target_deg=target_deg,
        tolerance_deg=tolerance_deg,
        dose=read_dose(entries),
        needs=entries.words("needs", _POINTS),
        compensations=read_compensations(entries, movement, known),
        contraindication=entries.text("contraindication", required=True),
        seated_variant=entries.text("seated_variant"),
        same_movement_as=entries.text("same_movement_as"),
        test=entries.word("test", TESTS, ""),
        lasts_s=entries.number("lasts_s", 1.0, 600.0, math.nan),
        pictogram=read_pictogram(entries),
        validated_by=entries.words("validated_by", known.motions),
        patient=read_patient(entries),
    )
    _check_together(entries, exercise)
    return exercise


def _read_movement(name: str, entries: Entries, angles: tuple[str, ...]) -> Movement | None:
    """Return the measured part, where the file names angles."""
    if "angles" not in entries:
        odd = [key for key in (*sorted(_MEASURED), *_ONLY_MEASURED) if key in entries]
        if odd:
            raise entries.refuse(f"{odd[0]} is of use only with angles; name them or leave it out")
        return None
    # The target is where a prescription starts from; what a take counts does not depend on it.
    part = {k: v for k, v in entries.table.items() if k in _MEASURED | {"title", "position"}}
    movement = parse_movement(name, part, angles)
    counted = find_joint(movement.counted_angle)
    if movement.view != counted.plane.view:
        reason = f"view must be {counted.plane.view}, from which {counted.name} is seen"
        raise entries.refuse(f"{reason}; got {movement.view or 'none'}")
    if movement.two_directions and not counted.two_directions:
        raise entries.refuse(f"two_directions is true, but {counted.name} has one only")
    return movement


def _read_range(entries: Entries, movement: Movement | None) -> tuple[float, float, float]:
    """Return where the counted angle rests, how far it is to go and how exactly."""
    if movement is None:
        return math.nan, math.nan, _USUAL_TOLERANCE_DEG
    low, high = find_joint(movement.counted_angle).branch_deg
    start = entries.number("start_deg", low, high)
    target = entries.number("target_deg", low, high)
    tolerance = entries.number("tolerance_deg", 1.0, 45.0, _USUAL_TOLERANCE_DEG)
    if abs(target - start) <= tolerance:
        reason = f"target_deg {target:g} is within tolerance_deg {tolerance:g} of start_deg"
        raise entries.refuse(f"{reason} {start:g}; nothing would move")
    if (movement.rest == "low" and target < start) or (movement.rest == "high" and target > start):
        reason = f"rest is {movement.rest}, but target_deg {target:g} lies on the other side of"
        raise entries.refuse(f"{reason} start_deg {start:g}")
    return start, target, tolerance


def _check_together(entries: Entries, exercise: Exercise) -> None:
    """Refuse entries that are well each for itself and cannot be meant together."""
    movement = exercise.movement
    if exercise.evidence is Evidence.VALIDATED and movement is None:
        raise entries.refuse("evidence is validated, but no angles are named; nothing is measured")
    if bool(exercise.validated_by) != (exercise.evidence is Evidence.VALIDATED):
        raise entries.refuse("evidence = 'validated' and validated_by go together; give both")
    if exercise.seated_variant == exercise.name:
        raise entries.refuse("seated_variant names the exercise itself")
    if movement is not None:
        counted = find_joint(movement.counted_angle)
        _check_sides(entries, exercise, counted, bilateral=movement.bilateral)
        _check_needs(entries, exercise, counted)


def _check_sides(
    entries: Entries, exercise: Exercise, counted: JointAngle, *, bilateral: bool
) -> None:
    if counted.sided == (exercise.sides is Sides.NONE):
        must = "one or both" if counted.sided else "none"
        raise entries.refuse(f"sides must be {must} with {counted.name}, got {exercise.sides}")
    if bilateral != (exercise.sides is Sides.BOTH):
        reason = f"bilateral is {str(bilateral).lower()}, but sides is {exercise.sides}"
        raise entries.refuse(f"{reason}; bilateral = true goes with sides = 'both'")


def _check_needs(entries: Entries, exercise: Exercise, counted: JointAngle) -> None:
    """Refuse where a point under the counted angle need not be in view."""
    needed = {point.removeprefix("left_").removeprefix("right_") for point in exercise.needs}
    for point in counted.points:
        plain = point.removeprefix("mid_").removeprefix("other_")
        plain = plain.removeprefix("left_").removeprefix("right_")
        if plain not in needed:
            raise entries.refuse(f"needs lacks {plain!r}, from which {counted.name} is measured")
