"""Published values of walking: of whom, how measured, and where they are printed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from motion.errors import InputError
from motion.norms.lookup import ADULT_FROM_Y, Subject
from motion.norms.rows import reading_row

__all__ = ["NOT_STRAIGHT_ON", "GaitNorm", "find_gait_norm", "is_like_norms", "parse_gait_norm"]

NOT_STRAIGHT_ON: Final = "no norm: published values are of walking straight on over the floor"
"""What is said where :func:`is_like_norms` is not so."""

_TURNING_TESTS: Final = ("tug",)

_SEXES: Final = ("female", "male")


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitNorm:
    """A published value of one gait parameter at comfortable speed.

    Parameters
    ----------
    measure
        The product's name of the parameter: ``cadence``, ``step_length``.
    sex
        ``female`` or ``male``.
    age_from_y, age_to_y
        Completed years, both included.
    value
        The mean; NaN where only a range was seen in the source.
    low, high
        Within what the label says people are; NaN where no spread was seen in the source.
    unit
        That of the product's own number.
    label
        What a person reads beside it. A range of one standard deviation to either side is called
        the middle two thirds (clinical_rules.md 16).
    source
        The full citation.
    note
        What must be known of the value.
    """

    measure: str
    sex: str
    age_from_y: int
    age_to_y: int
    value: float
    low: float
    high: float
    unit: str
    label: str
    source: str
    note: str = ""

    @property
    def has_range(self) -> bool:
        """Whether it says within what people usually are."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def is_for_age(self, age_y: int) -> bool:
        """Whether it is of people who have completed so many years."""
        return self.age_from_y <= age_y <= self.age_to_y


def parse_gait_norm(row: Mapping[str, str]) -> GaitNorm:
    """Return a row of ``data/norms/gait.csv`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the parameter and the cell.
    """
    measure = row.get("measure") or "?"
    with reading_row(f"gait norm of {measure}"):
        norm = GaitNorm(
            measure=measure,
            sex=row["sex"],
            age_from_y=int(row["age_from"]),
            age_to_y=int(row["age_to"]),
            value=float(row["value"] or math.nan),
            low=float(row["low"] or math.nan),
            high=float(row["high"] or math.nan),
            unit=row["unit"],
            label=row["label"],
            source=row["source"],
            note=row["note"],
        )
    _check(norm)
    return norm


def _check(norm: GaitNorm) -> None:
    name = f"gait norm of {norm.measure}"
    if norm.sex not in _SEXES:
        msg = f"{name}: sex must be one of {', '.join(_SEXES)}, got {norm.sex!r}"
        raise InputError(msg)
    if not ADULT_FROM_Y <= norm.age_from_y <= norm.age_to_y:
        msg = f"{name}: ages {norm.age_from_y} to {norm.age_to_y} are no range of adults"
        raise InputError(msg)
    if not norm.source or not norm.label or not norm.unit:
        msg = f"{name}: a value without its unit, source and label is never shown"
        raise InputError(msg)
    if not (norm.has_range and norm.low < norm.high) and not math.isfinite(norm.value):
        msg = f"{name}: neither a mean nor a range, got {norm.low:g} to {norm.high:g}"
        raise InputError(msg)


def is_like_norms(made_with: Mapping[str, object]) -> bool:
    """Return whether a take was walked as those of the studies did: straight on, over a floor.

    Parameters
    ----------
    made_with
        The settings of the analysis by name: ``treadmill``, ``timed_test``.
    """
    turned = made_with.get("timed_test") in _TURNING_TESTS
    return made_with.get("treadmill") is not True and not turned


def find_gait_norm(
    norms: Iterable[GaitNorm],
    measure: str,
    subject: Subject | None,
    made_with: Mapping[str, object],
) -> GaitNorm | None:
    """Return the published value of a gait parameter that fits a person and a walk, if any.

    It is the same for the left, the right and the mean of both: the studies give one value per
    person. A value with a range goes before one without; of several, the first in the table.

    Parameters
    ----------
    norms
        Everything that is published (:func:`motion.library.load_gait_norms`).
    measure
        ``cadence``, ``walking_speed``, ``step_length``, ...
    subject
        Who walked, None where nobody knows. The value must be of the person's sex and for each
        of the years that may be completed. No age known, or one under 18: no norm.
    made_with
        The settings of the analysis by name: nothing is published here of walking on a treadmill
        or of a test with a turn (:func:`is_like_norms`).
    """
    if subject is None or not subject.ages_y or not is_like_norms(made_with):
        return None
    fitting = [
        norm
        for norm in norms
        if norm.measure == measure
        and norm.sex == subject.sex
        and all(norm.is_for_age(age_y) for age_y in subject.ages_y)
    ]
    return next(iter(sorted(fitting, key=lambda norm: not norm.has_range)), None)
