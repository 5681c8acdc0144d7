"""A sway as rows of numbers, each with what may be said of it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from motion.balance.sway import Sway, measure_sway, prediction_ellipse
from motion.model import MeasureVerdict

__all__ = ["AXIS_NOT_SEEN", "BalanceNumber", "Certainty", "list_numbers", "list_unseen"]

BOTH_AXES: Final = "both"
AXIS_NOT_SEEN: Final = "one camera in front or behind does not see sway forwards and backwards"
_NAMES: Final = ("rms", "span", "path", "mean_speed", "mean_frequency", "median_frequency")
_ELLIPSE: Final = ("ellipse_area", "ellipse_half_long", "ellipse_half_short")


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """What is said of all the numbers of one sway alike.

    ``doubts`` says why a measure is less certain than the others.
    """

    verdict: MeasureVerdict
    confidence: float = math.nan
    valid_fraction: float = math.nan
    note: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)

    def verdict_of(self, measure: str) -> MeasureVerdict:
        """Return how far one measure may be trusted."""
        doubted = measure in self.doubts and self.verdict is MeasureVerdict.MEASURED
        return MeasureVerdict.UNCERTAIN if doubted else self.verdict

    def note_of(self, measure: str) -> str:
        """Return what must be said of one measure."""
        doubt = "" if self.verdict is MeasureVerdict.NOT_MEASURABLE else self.doubts.get(measure)
        return "; ".join(part for part in (doubt, self.note) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceNumber:
    """One number of a sway.

    ``sem``, ``mdc95`` and ``mdc_source`` are empty: no error figure of these measures is
    published for this method, and none is measured yet.
    """

    measure: str
    axis: str
    value: float
    unit: str
    verdict: MeasureVerdict
    sem: float = math.nan
    mdc95: float = math.nan
    mdc_source: str = ""
    confidence: float = math.nan
    valid_fraction: float = math.nan
    note: str = ""


def list_numbers(sway: Sway, certainty: Certainty) -> tuple[BalanceNumber, ...]:
    """Return every number that a sway has: of each axis, then of both, then the ellipse's.

    What cannot be measured keeps its row, without a value: also what needs an axis along which
    nothing moves at all, since nobody stands so still; it is the table's or the plate's doing.
    """
    axes = [*sway.axes, *([""] if len(sway.axes) == 2 else [])]
    rows = [row for axis in axes for row in _numbers_of(sway, axis)]
    if len(sway.axes) == 2:
        rows += _numbers_of_ellipse(sway)
    found = tuple(
        replace(
            row,
            verdict=certainty.verdict_of(row.measure),
            confidence=certainty.confidence,
            valid_fraction=certainty.valid_fraction,
            note=certainty.note_of(row.measure),
        )
        for row in rows
    )
    return tuple(map(_without_value, _refuse_still(found, sway.still_axes)))


def _refuse_still(rows: Iterable[BalanceNumber], still: Sequence[str]) -> Iterator[BalanceNumber]:
    for row in rows:
        if still and row.axis in (*still, BOTH_AXES):
            note = f"nothing moves along {' and '.join(still)}"
            yield replace(row, verdict=MeasureVerdict.NOT_MEASURABLE, note=note)
        else:
            yield row


def _without_value(row: BalanceNumber) -> BalanceNumber:
    """Return a row that cannot be measured without its value, any other as it is."""
    refused = row.verdict is MeasureVerdict.NOT_MEASURABLE
    return replace(row, value=math.nan) if refused else row


def list_unseen(axis: str, unit: str, note: str) -> tuple[BalanceNumber, ...]:
    """Return the rows of an axis that was not seen, and of what needs both: no values."""
    rows = [(name, axis, _unit_of(name, unit)) for name in _NAMES]
    rows.append((_ELLIPSE[0], BOTH_AXES, f"{unit}^2"))
    return tuple(
        BalanceNumber(
            measure=name,
            axis=of,
            value=math.nan,
            unit=its,
            verdict=MeasureVerdict.NOT_MEASURABLE,
            note=note,
        )
        for name, of, its in rows
    )


def _numbers_of(sway: Sway, axis: str) -> Iterator[BalanceNumber]:
    numbers = measure_sway(sway, axis)
    values = (
        numbers.rms, numbers.span, numbers.path, numbers.mean_speed,
        numbers.mean_frequency_hz, numbers.median_frequency_hz,
    )  # fmt: skip
    for name, value in zip(_NAMES, values, strict=True):
        yield _number(name, axis or BOTH_AXES, value, _unit_of(name, sway.unit))


def _numbers_of_ellipse(sway: Sway) -> Iterator[BalanceNumber]:
    ellipse = prediction_ellipse(sway.series.values)
    units = (f"{sway.unit}^2", sway.unit, sway.unit)
    values = (ellipse.area, ellipse.half_long, ellipse.half_short)
    for name, value, unit in zip(_ELLIPSE, values, units, strict=True):
        yield _number(name, BOTH_AXES, value, unit)
    yield _number("ellipse_angle", BOTH_AXES, ellipse.angle_deg, "deg")


def _unit_of(name: str, unit: str) -> str:
    if name.endswith("_frequency"):
        return "Hz"
    return f"{unit}/s" if name == "mean_speed" else unit


def _number(name: str, axis: str, value: float, unit: str) -> BalanceNumber:
    return BalanceNumber(
        measure=name, axis=axis, value=value, unit=unit, verdict=MeasureVerdict.MEASURED
    )
