"""What the Patient page looks at: a patient, the takes and lines the filters leave, one measure.

Pure: what is asked and shown stands in the components.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, TypeVar

from motion.clinic import Line, Patient, TakeSummary
from motion.clinic.progress import Quantity
from motion.model import Measurement, Mode, Setting, Side

__all__ = [
    "Chosen",
    "Filters",
    "filter_lines",
    "filter_quantities",
    "filter_takes",
    "filters_from",
    "filters_to",
    "key_of",
    "quantity_of",
]

_BETWEEN: Final = "."
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the page is narrowed to; an empty or absent one narrows nothing.

    ``joint`` and ``motion`` are words of the joint table, ``gait`` or ``functional``.
    """

    joint: str = ""
    motion: str = ""
    side: Side | None = None
    setting: Setting | None = None
    mode: Mode | None = None

    def keeps_take(self, take: TakeSummary) -> bool:
        """Whether a take was made in such circumstances and holds a number of such a kind."""
        said = take.conditions
        fits = self.setting in (None, said.setting) and self.mode in (None, said.mode)
        if not fits or not (self.joint or self.motion or self.side):
            return fits
        found = (m for m in take.measurements if math.isfinite(m.value))
        return any(self.keeps_quantity(quantity_of(m)) for m in found)

    def keeps_quantity(self, quantity: Quantity) -> bool:
        """Whether a number is of the joint, the motion and the side."""
        _, joint, motion, side = quantity
        return (
            self.joint in ("", joint) and self.motion in ("", motion) and self.side in (None, side)
        )

    def keeps_line(self, line: Line) -> bool:
        """Whether a line is of such numbers in such circumstances; all its takes agree in them."""
        said = line.points[0].take.conditions
        return (
            self.setting in (None, said.setting)
            and self.mode in (None, said.mode)
            and self.keeps_quantity(quantity_of(line.measurement))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the sections of the Patient page are made from.

    Parameters
    ----------
    takes
        The newest first, after the filters; excluded ones are among them, with their reason.
    lines
        Every line of the chosen measure after the filters, of both sides and in all circumstances;
        of other measures there are none: to follow them all takes seconds.
    measure_key
        Names the measure and its side (:func:`key_of`); empty where nothing can be followed.
    line
        The one that is looked at; None where there is none.
    """

    patient: Patient
    takes: tuple[TakeSummary, ...]
    lines: tuple[Line, ...]
    measure_key: str
    line: Line | None
    filters: Filters


def quantity_of(measurement: Measurement) -> Quantity:
    """Return what a number is of."""
    m = measurement
    return m.measure, m.joint, m.motion, m.side


def key_of(quantity: Quantity) -> str:
    """Return a quantity's name in an address: ``rom_max.knee.flexion.left``."""
    return _BETWEEN.join(map(str, quantity))


def filter_takes(takes: Iterable[TakeSummary], filters: Filters) -> tuple[TakeSummary, ...]:
    """Return the takes that the filters leave, in their order."""
    return tuple(take for take in takes if filters.keeps_take(take))


def filter_lines(lines: Iterable[Line], filters: Filters) -> tuple[Line, ...]:
    """Return the lines that the filters leave, in their order."""
    return tuple(line for line in lines if filters.keeps_line(line))


def filter_quantities(quantities: Iterable[Quantity], filters: Filters) -> tuple[Quantity, ...]:
    """Return the quantities that the filters leave, in their order."""
    return tuple(each for each in quantities if filters.keeps_quantity(each))


def filters_from(address: Mapping[str, str]) -> Filters:
    """Return the filters that an address names; what it names wrongly narrows nothing."""
    return Filters(
        joint=address.get("joint", ""),
        motion=address.get("motion", ""),
        side=_one_of(Side, address.get("side", "")),
        setting=_one_of(Setting, address.get("setting", "")),
        mode=_one_of(Mode, address.get("mode", "")),
    )


def _one_of(kind: type[_Kind], text: str) -> _Kind | None:
    return kind(text) if text in set(kind) else None


def filters_to(filters: Filters) -> dict[str, str]:
    """Return filters as an address names them: only those that narrow."""
    named = {field.name: getattr(filters, field.name) for field in fields(Filters)}
    return {name: str(value) for name, value in named.items() if value}
