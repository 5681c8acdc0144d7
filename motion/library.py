"""Reads the product's own reference data: movements, error figures, the confidence model."""

import csv
import hashlib
import io
import tomllib
from functools import cache, lru_cache

from motion.errors import InputError
from motion.exercise.movements import Movement, movement_of_angle
from motion.exercise_library import (
    find_exercise,
    list_exercises,
    list_file_movements,
    list_unusable_exercises,
    load_evidence,
    load_signals,
)
from motion.gait.error_figures import GaitErrors
from motion.kinematics.bands import BandModel
from motion.kinematics.confidence import ConfidenceModel
from motion.kinematics.error_figures import ErrorFigures
from motion.kinematics.joint_centres import JointCentreModel
from motion.kinematics.joints import JOINTS
from motion.markers.sets import MarkerSet, parse_marker_set
from motion.norms import (
    GaitBands,
    GaitNorm,
    Norm,
    PublishedCount,
    PublishedTime,
    parse_gait_norm,
    parse_norm,
    parse_published_count,
    parse_published_time,
)
from motion.norms.hand_errors import HandError, parse_hand_error
from motion.norms.meaningful import MeaningfulChange, parse_meaningful
from motion.outcome_library import (
    find_outcome_measure,
    list_unusable_outcome_measures,
    load_outcome_measures,
)
from motion.own_figures import OwnFigures, read_own_figures
from motion.paths import reference_dir

__all__ = [
    "find_exercise",
    "find_joint_centre_model",
    "find_movement",
    "find_outcome_measure",
    "find_test",
    "list_exercises",
    "list_movements",
    "list_unusable_exercises",
    "list_unusable_outcome_measures",
    "load_band_model",
    "load_confidence_model",
    "load_error_figures",
    "load_evidence",
    "load_functional_errors",
    "load_gait_bands",
    "load_gait_errors",
    "load_gait_norms",
    "load_hand_errors",
    "load_marker_sets",
    "load_meaningful",
    "load_norms",
    "load_outcome_measures",
    "load_product_figures",
    "load_published_counts",
    "load_published_times",
    "load_signals",
    "sample_digests",
]


def list_movements() -> dict[str, Movement]:
    """Return every movement by its name: the angles of the joint table, then the exercises.

    Raises
    ------
    InputError
        If an exercise file of the product's cannot be used; it names the file.
    """
    angles = {j.name: movement_of_angle(j.name, j.two_directions, j.full_title) for j in JOINTS}
    return angles | list_file_movements()


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


def find_test(name: str) -> str:
    """Return which functional test an exercise is; empty where it is none, or no exercise."""
    exercise = list_exercises().get(name)
    return exercise.test if exercise else ""


def load_error_figures() -> ErrorFigures:
    """Return the error figures in use: the clinic's own where it has some, else ``data/mdc``.

    The clinic's table is read again whenever it has changed. ``name`` says which tables these
    are, with the beginning of the digest of each.

    Raises
    ------
    InputError
        If the clinic's table cannot be used; it names the row.
    """
    return _join_figures(read_own_figures())


@lru_cache(maxsize=4)
def _join_figures(own: OwnFigures) -> ErrorFigures:
    product = load_product_figures()
    if not own.rows:
        return product
    name = f"clinic.csv {own.sha256[:8]}, {product.name}"
    return product.replaced(((row.angle, row.view, row.figure) for row in own.rows), name)


@cache
def load_product_figures() -> ErrorFigures:
    """Return the error figures of ``data/mdc``, which the clinic's own replace."""
    return ErrorFigures(*_read_named("mdc", "camera_provisional.csv"))


@cache
def find_joint_centre_model(pose_model: str) -> JointCentreModel | None:
    """Return the move to joint centres that was fitted on a pose model's landmarks, if any."""
    for path in sorted((reference_dir() / "joint_centres").glob("*.toml")):
        model = JointCentreModel.parse(tomllib.loads(path.read_text(encoding="utf-8")))
        if pose_model in model.pose_models:
            return model
    return None


@cache
def load_band_model() -> BandModel:
    """Return the fitted bands of ``data/bands`` that hold the truth of a single value."""
    return BandModel.parse(_read_rows("bands", "angle.csv"))


@cache
def sample_digests() -> frozenset[str]:
    """Return the SHA-256 of the recordings that come with the product: they show nobody real."""
    films = (reference_dir() / "samples").glob("*.mp4")
    return frozenset(hashlib.sha256(film.read_bytes()).hexdigest() for film in films)


@cache
def load_confidence_model() -> ConfidenceModel:
    """Return the fitted model of ``data/confidence`` that states how sure an angle is."""
    return ConfidenceModel.parse(_read_rows("confidence", "angle.csv"))


@cache
def load_norms() -> tuple[Norm, ...]:
    """Return the published values of angles of ``data/norms``, in the file's order.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the angle and what is wrong.
    """
    return tuple(parse_norm(row) for row in _read_rows("norms", "angles.csv"))


@cache
def load_gait_norms() -> tuple[GaitNorm, ...]:
    """Return the published values of gait parameters of ``data/norms``, in the file's order.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the parameter and what is wrong.
    """
    return tuple(parse_gait_norm(row) for row in _read_rows("norms", "gait.csv"))


@cache
def load_gait_bands() -> GaitBands:
    """Return the reference curves of hip, knee and ankle over the gait cycle.

    Raises
    ------
    InputError
        If the table is not whole: it names the angle and what is wrong.
    """
    return GaitBands.parse(_read_rows("norms", "gait_curves_wbds.csv"))


@cache
def load_gait_errors() -> GaitErrors:
    """Return the error figures of gait parameters and timed tests of ``data/mdc``.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the parameter and what is wrong.
    """
    return GaitErrors(*_read_named("mdc", "gait.csv"))


@cache
def load_functional_errors() -> GaitErrors:
    """Return the error figures of functional tests of ``data/mdc``, by the same form.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the number and what is wrong.
    """
    return GaitErrors(*_read_named("mdc", "functional.csv"))


@cache
def load_hand_errors() -> tuple[HandError, ...]:
    """Return the published errors of angles by hand, of ``data/mdc/by_hand.csv``.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the angle and what is wrong.
    """
    return tuple(parse_hand_error(row) for row in _read_rows("mdc", "by_hand.csv"))


@cache
def load_marker_sets() -> tuple[MarkerSet, ...]:
    """Return the marker sets of ``data/marker_sets``.

    Raises
    ------
    InputError
        If a file cannot be read or used; it names the file.
    """
    found = []
    for path in sorted((reference_dir() / "marker_sets").glob("*.toml")):
        content = path.read_bytes()
        try:
            table = tomllib.loads(content.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"marker set {path.name}: not readable as TOML ({error}); mend the file"
            raise InputError(msg) from error
        found.append(parse_marker_set(path.stem, table, hashlib.sha256(content).hexdigest()))
    return tuple(found)


@cache
def load_meaningful() -> tuple[MeaningfulChange, ...]:
    """Return the published changes that matter to patients, of ``data/mdc/meaningful.csv``.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the measure and what is wrong.
    """
    return tuple(parse_meaningful(row) for row in _read_rows("mdc", "meaningful.csv"))


@cache
def load_published_counts() -> tuple[PublishedCount, ...]:
    """Return the published counts of timed tests of ``data/tests``, in the file's order.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the measure and what is wrong.
    """
    return tuple(parse_published_count(row) for row in _read_rows("tests", "published_counts.csv"))


@cache
def load_published_times() -> tuple[PublishedTime, ...]:
    """Return the published times of timed tests of ``data/tests``, in the file's order.

    Raises
    ------
    InputError
        If a row cannot be meant: it names the measure and what is wrong.
    """
    return tuple(parse_published_time(row) for row in _read_rows("tests", "published.csv"))


def _read_rows(folder: str, table: str) -> list[dict[str, str]]:
    """Return the rows of one of the product's own tables, in the file's order."""
    return _read_named(folder, table)[0]


def _read_named(folder: str, table: str) -> tuple[list[dict[str, str]], str]:
    """Return the rows of a table, and which table it is: its name and its digest's beginning."""
    content = (reference_dir() / folder / table).read_bytes()
    name = f"{table} {hashlib.sha256(content).hexdigest()[:8]}"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))), name
