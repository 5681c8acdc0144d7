"""The exercises there are: the product's files, and the clinic's own beside its record."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from motion.errors import InputError
from motion.exercise.compensation_signals import Signal, with_errors
from motion.exercise.evidence import MovementEvidence, parse_evidence
from motion.exercise.exercise_file import parse_exercise
from motion.exercise.exercise_parts import KnownNames
from motion.exercise.exercises import Evidence, Exercise
from motion.exercise.movements import Movement, parse_movement
from motion.kinematics.joints import JOINTS
from motion.model import Position
from motion.paths import data_dir, reference_dir

__all__ = [
    "find_exercise",
    "list_exercises",
    "list_file_movements",
    "list_unusable_exercises",
    "load_evidence",
    "load_signals",
    "own_exercises_dir",
]

_ANGLES: Final = tuple(joint.name for joint in JOINTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """What the files hold: exercises, what is measured without a coach, what cannot be used."""

    exercises: Mapping[str, Exercise]
    movements: Mapping[str, Movement]
    unusable: Mapping[str, str]


def list_exercises() -> dict[str, Exercise]:
    """Return every exercise by its name: the product's, then the clinic's own.

    A file of the clinic's own is read again whenever it has changed; one that cannot be used is
    left out, and :func:`list_unusable_exercises` says why.

    Raises
    ------
    InputError
        If a file of the product's cannot be used; it names the file.
    """
    return dict(_read_shelf().exercises)


def find_exercise(name: str) -> Exercise:
    """Return an exercise by its name.

    Raises
    ------
    InputError
        If there is none of that name, or the clinic's own file of that name cannot be used.
    """
    shelf = _read_shelf()
    if name in shelf.exercises:
        return shelf.exercises[name]
    if name in shelf.unusable:
        raise InputError(shelf.unusable[name])
    msg = f"exercise {name!r}: not known; choose one of {', '.join(shelf.exercises)}"
    raise InputError(msg)


def list_unusable_exercises() -> dict[str, str]:
    """Return which of the clinic's own files cannot be used, by name, and why."""
    return dict(_read_shelf().unusable)


def list_file_movements() -> dict[str, Movement]:
    """Return what the files measure, by name: guided exercises with angles too, and walking."""
    return dict(_read_shelf().movements)


def own_exercises_dir() -> Path:
    """Return where a clinic puts its own files: ``exercises`` beside the record."""
    return data_dir() / "exercises"


@cache
def load_signals() -> Mapping[str, Signal]:
    """Return the signals of compensation with their measured errors.

    Raises
    ------
    InputError
        If a row of ``data/compensations/errors.csv`` cannot be meant; it names the row.
    """
    path = reference_dir() / "compensations" / "errors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return with_errors(csv.DictReader(file))


@cache
def load_evidence() -> Mapping[str, MovementEvidence]:
    """Return how well each rendered motion was measured, by the motion's name.

    Raises
    ------
    InputError
        If a row of ``data/validation/exercises.csv`` cannot be read; it names the motion.
    """
    path = reference_dir() / "validation" / "exercises.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["motion"]: parse_evidence(row) for row in csv.DictReader(file)}


def _read_shelf() -> _Shelf:
    """Return the product's files and the clinic's, which are read again when one has changed."""
    product = reference_dir()
    try:
        files = tuple(
            (path, state.st_mtime_ns, state.st_size)
            for path in sorted(own_exercises_dir().glob("*.toml"))
            for state in (path.stat(),)
        )
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"{own_exercises_dir()}: cannot be read ({reason}); see to its permissions"
        raise InputError(msg) from error
    return _join_shelves(product, files)


@lru_cache(maxsize=4)
def _join_shelves(product: Path, own: tuple[tuple[Path, int, int], ...]) -> _Shelf:
    shelf = _read_product(product)
    exercises, movements = dict(shelf.exercises), dict(shelf.movements)
    unusable = {}
    for path, _changed_ns, _size in own:
        try:
            exercise = _read_own(path, shelf)
        except InputError as error:
            unusable[path.stem] = f"{error} ({path})"
            continue
        exercises[exercise.name] = exercise
        if exercise.movement is not None:
            movements[exercise.name] = exercise.movement
    for name in [name for name in exercises if name not in shelf.exercises]:
        try:
            _check_seated(exercises[name], exercises)
        except InputError as error:
            unusable[name] = str(error)
            del exercises[name]
            movements.pop(name, None)
    return _Shelf(exercises=exercises, movements=movements, unusable=unusable)


@lru_cache(maxsize=4)
def _read_product(product: Path) -> _Shelf:
    known = _list_known(product)
    exercises: dict[str, Exercise] = {}
    movements: dict[str, Movement] = {}
    for path in sorted((product / "exercises").glob("*.toml")):
        table = _read_toml(path)
        if table.get("gait"):  # walking is measured, but nobody coaches it
            movements[path.stem] = parse_movement(path.stem, table, _ANGLES)
            continue
        exercise = parse_exercise(path.stem, table, known)
        exercises[exercise.name] = exercise
        if exercise.movement is not None:
            movements[exercise.name] = exercise.movement
    for exercise in exercises.values():
        _check_seated(exercise, exercises)
    return _Shelf(exercises=exercises, movements=movements, unusable={})


def _list_known(product: Path) -> KnownNames:
    cues = _read_toml(product / "texts" / "en.toml").get("cue", {})
    with (product / "validation" / "motions.csv").open(encoding="utf-8", newline="") as file:
        motions = tuple(row["motion"] for row in csv.DictReader(file))
    return KnownNames(angles=_ANGLES, signals=load_signals(), cues=frozenset(cues), motions=motions)


def _read_own(path: Path, shelf: _Shelf) -> Exercise:
    """Return an exercise of the clinic's own, with the evidence that it has a right to."""
    if path.stem in shelf.exercises or path.stem in shelf.movements:
        msg = f"exercise {path.stem}: the product has one of this name; give your file another"
        raise InputError(msg)
    exercise = parse_exercise(path.stem, _read_toml(path), _list_known(reference_dir()))
    if "en" not in exercise.patient:
        msg = f"exercise {path.stem}: [patient.en] with title, how and care is missing"
        raise InputError(f"{msg}; a patient reads them")
    same = _find_same(exercise, shelf)
    return replace(
        exercise,
        own=True,
        evidence=Evidence.VALIDATED if same else Evidence.GUIDE,
        validated_by=same.validated_by if same else (),
    )


def _find_same(exercise: Exercise, shelf: _Shelf) -> Exercise | None:
    """Return the validated exercise whose movement an own one is; None where it names none.

    That both are measured alike can be checked, that they are the same movement cannot: a knee and
    a straight leg lifted forward are measured alike, and one of them well (docs/exercises.md).
    """
    name = exercise.same_movement_as
    if not name:
        return None
    same = shelf.exercises.get(name)
    if same is None or not same.measured:
        known = ", ".join(each for each, e in shelf.exercises.items() if e.measured)
        msg = f"exercise {exercise.name}: same_movement_as must name a measured exercise of the"
        raise InputError(f"{msg} product: {known}; got {name!r}")
    if _how_measured(same) != _how_measured(exercise):
        msg = (
            f"exercise {exercise.name}: same_movement_as is {name!r}, but counted angle, view, rest"
        )
        raise InputError(f"{msg}, sides, directions or position differ; take them over or leave it")
    return same


def _how_measured(exercise: Exercise) -> tuple[object, ...]:
    movement = exercise.movement
    if movement is None:
        return ()
    return (
        movement.counted_angle,
        movement.view,
        movement.rest,
        movement.two_directions,
        exercise.sides,
        exercise.position,
    )


def _check_seated(exercise: Exercise, exercises: Mapping[str, Exercise]) -> None:
    name = exercise.seated_variant
    if name and name not in exercises:
        msg = f"exercise {exercise.name}: seated_variant {name!r} does not exist"
        raise InputError(f"{msg}; name another file or leave it out")
    if name and exercises[name].position is not Position.SITTING:
        msg = (
            f"exercise {exercise.name}: seated_variant {name!r} is done {exercises[name].position}"
        )
        raise InputError(f"{msg}, not sitting; name another file")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"exercise {path.name}: not readable as TOML ({error}); mend the file"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"exercise {path.name}: cannot be read ({error.strerror or error})"
        raise InputError(f"{msg}; see to its permissions") from error
