"""Reads the product's own reference data: movements, error figures, the confidence model."""

import csv
import tomllib
from functools import cache

from motion.errors import InputError
from motion.exercise.movements import Movement, movement_of_angle, parse_movement
from motion.kinematics.confidence import ConfidenceModel
from motion.kinematics.error_figures import ErrorFigures
from motion.kinematics.joints import JOINTS
from motion.paths import reference_dir

__all__ = ["find_movement", "list_movements", "load_confidence_model", "load_error_figures"]


@cache
def list_movements() -> dict[str, Movement]:
    """Return every movement by its name: the angles of the joint table, then the exercises.

    Raises
    ------
    InputError
        If an exercise file cannot be read; it names the file.
    """
    movements = {j.name: movement_of_angle(j.name, j.two_directions, j.full_title) for j in JOINTS}
    angles = tuple(movements)
    for path in sorted((reference_dir() / "exercises").glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"exercise {path.name}: not readable as TOML ({error}); mend the file"
            raise InputError(msg) from error
        movements[path.stem] = parse_movement(path.stem, table, angles)
    return movements


def find_movement(name: str) -> Movement:
    """Return a movement by its name.

    Raises
    ------
    InputError
        If there is none of that name: lists the names.
    """
    movements = list_movements()
    if name not in movements:
        msg = f"movement {name!r}: not known; choose one of {', '.join(movements)}"
        raise InputError(msg)
    return movements[name]


@cache
def load_error_figures() -> ErrorFigures:
    """Return the provisional error figures of ``data/mdc``."""
    path = reference_dir() / "mdc" / "camera_provisional.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return ErrorFigures(csv.DictReader(file))


@cache
def load_confidence_model() -> ConfidenceModel:
    """Return the fitted model of ``data/confidence`` that states how sure an angle is."""
    path = reference_dir() / "confidence" / "angle.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return ConfidenceModel.parse(csv.DictReader(file))
