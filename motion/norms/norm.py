"""One published value of an angle: of whom, how measured, and where it is printed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.errors import InputError
from motion.norms.rows import reading_row

__all__ = ["Norm", "NormKind", "parse_norm"]

_SD_OF_95: Final = 1.96
_SEXES: Final = ("female", "male", "both")


class NormKind(StrEnum):
    """What a published value says."""

    MEAN_SD = "mean_sd"
    """Mean and standard deviation: the typical range is mean ± 1.96 SD."""
    PERCENTILES = "percentiles"
    """A median between two percentiles that the label names."""
    MEAN = "mean"
    """A mean whose spread is not known: a line, never a range."""
    TEXTBOOK = "textbook"
    """One value for everybody; shown only where no study fits."""
    FUNCTIONAL = "functional"
    """What a daily task needs: not a norm of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A published value.

    Parameters
    ----------
    angle, measure
        ``knee_flexion``, and the measure it is of: ``rom_max`` for the largest angle.
    sex
        ``female``, ``male`` or ``both``.
    age_from_y, age_to_y
        Completed years; ``age_to_y`` is infinite where there is no upper end.
    mode, position
        ``active``, ``standing``; empty where it does not matter, or is not said.
    method
        How the published value was measured.
    value_deg
        Mean, median, or the single value.
    low_deg, high_deg
        The range it gives; NaN where it gives none.
    label
        What a person reads beside the line.
    source
        The full citation.
    note
        What must be known of the value.
    """

    angle: str
    measure: str
    sex: str
    age_from_y: float
    age_to_y: float
    mode: str
    position: str
    method: str
    kind: NormKind
    value_deg: float
    low_deg: float
    high_deg: float
    label: str
    source: str
    note: str = ""

    @property
    def has_range(self) -> bool:
        """Whether it says within what people usually are."""
        return math.isfinite(self.low_deg) and math.isfinite(self.high_deg)

    def is_for_age(self, age_y: int) -> bool:
        """Whether it is of people who have completed so many years."""
        return self.age_from_y <= age_y <= self.age_to_y


def parse_norm(row: Mapping[str, str]) -> Norm:
    """Return a row of ``data/norms`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the angle and the cell.
    """
    angle = row.get("angle") or "?"
    with reading_row(f"norm of {angle}"):
        kind = NormKind(row["kind"])
        value_deg = float(row["value_deg"])
        low_deg, high_deg = _range_of(kind, value_deg, row)
        norm = Norm(
            angle=angle,
            measure=row["measure"],
            sex=row["sex"],
            age_from_y=float(row["age_from"]),
            age_to_y=float(row["age_to"] or math.inf),
            mode=row["mode"],
            position=row["position"],
            method=row["method"],
            kind=kind,
            value_deg=value_deg,
            low_deg=low_deg,
            high_deg=high_deg,
            label=row["label"],
            source=row["source"],
            note=row["note"],
        )
    _check(norm)
    return norm


def _range_of(kind: NormKind, value_deg: float, row: Mapping[str, str]) -> tuple[float, float]:
    if kind is NormKind.MEAN_SD:
        half_deg = _SD_OF_95 * float(row["sd_deg"])
        return value_deg - half_deg, value_deg + half_deg
    if kind is NormKind.PERCENTILES:
        return float(row["low_deg"]), float(row["high_deg"])
    return math.nan, math.nan


def _check(norm: Norm) -> None:
    if norm.sex not in _SEXES:
        msg = f"norm of {norm.angle}: sex must be one of {', '.join(_SEXES)}, got {norm.sex!r}"
        raise InputError(msg)
    if not norm.source or not norm.label:
        msg = f"norm of {norm.angle}: a value without its source and label is never shown"
        raise InputError(msg)
    if not norm.age_from_y <= norm.age_to_y:
        msg = f"norm of {norm.angle}: ages {norm.age_from_y:g} to {norm.age_to_y:g} are no range"
        raise InputError(msg)
