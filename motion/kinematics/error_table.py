"""A table of error figures that somebody may edit by hand: each row is checked."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from motion.errors import InputError
from motion.kinematics.error_figures import ErrorFigure
from motion.kinematics.joints import JOINTS
from motion.model import ViewName

__all__ = ["ERROR_COLUMNS", "ErrorRow", "parse_error_rows"]

ERROR_COLUMNS: Final = ("angle", "view", "sem_deg", "mdc95_deg", "extra_at_45_deg", "source")

_MDC95_PER_SEM: Final = 1.96 * math.sqrt(2.0)
_LEAST_MDC95_PER_SEM: Final = 2.5
"""Between MDC90 (2.33 SEM) and MDC95 (2.77 SEM), with room for rounded figures."""

_LARGEST_DEG: Final = {"sem_deg": 45.0, "mdc95_deg": 180.0, "extra_at_45_deg": 45.0}
"""Beyond it nothing is measured any more: a slip of the finger, or no degrees."""

_VIEWS: Final = tuple(view.value for view in ViewName if view is not ViewName.UNKNOWN)
_ANGLES: Final = tuple(joint.name for joint in JOINTS)
_MEND: Final = "mend the row or take it out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow:
    """The figure of one angle in one view; ``extra_at_45_deg`` NaN leaves it as it was."""

    angle: str
    view: ViewName
    figure: ErrorFigure


def parse_error_rows(
    rows: Iterable[tuple[int, Mapping[str, str | None]]], where: str
) -> tuple[ErrorRow, ...]:
    """Read the rows of a table of error figures.

    An empty ``mdc95_deg`` is ``1.96 sqrt(2) sem_deg`` (Weir 2005, J Strength Cond Res 19:231);
    an empty ``extra_at_45_deg`` leaves the product's own.

    Parameters
    ----------
    rows
        The number of each line and its cells by column.
    where
        The table as the user knows it.

    Raises
    ------
    InputError
        If a cell cannot be: names the table, the line, the column and what was expected.
    """
    found: dict[tuple[str, ViewName], ErrorRow] = {}
    for line, cells in rows:
        row = _parse_row(_Row(cells, f"{where}, line {line}"))
        if (row.angle, row.view) in found:
            msg = f"{where}, line {line}: {row.angle} {row.view} stands there twice; {_MEND}"
            raise InputError(msg)
        found[row.angle, row.view] = row
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, str | None]
    where: str

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def word(self, column: str, known: tuple[str, ...]) -> str:
        text = self.text(column)
        if text not in known:
            raise self.wrong(column, f"one of {', '.join(known)}")
        return text

    def number(self, column: str, least: float) -> float:
        text, most = self.text(column), _LARGEST_DEG[column]
        try:
            value = float(text)
        except ValueError as error:
            raise self.wrong(column, "a number of degrees such as 3.5") from error
        if "_" in text:  # Python reads 2_0 as 20; a person does not
            raise self.wrong(column, "a number of degrees such as 3.5")
        if not least <= value <= most:
            raise self.wrong(column, f"from {least:g} to {most:g}")
        return value

    def wrong(self, column: str, expected: str) -> InputError:
        got = repr(self.text(column)) if self.text(column) else "nothing"
        return InputError(f"{self.where}: {column} must be {expected}, got {got}; {_MEND}")


def _parse_row(row: _Row) -> ErrorRow:
    angle = row.word("angle", _ANGLES)
    view = ViewName(row.word("view", _VIEWS))
    sem_deg = row.number("sem_deg", 0.1)
    mdc95_deg = _MDC95_PER_SEM * sem_deg
    if row.text("mdc95_deg"):
        mdc95_deg = row.number("mdc95_deg", 0.1)
        if mdc95_deg < _LEAST_MDC95_PER_SEM * sem_deg:
            raise row.wrong("mdc95_deg", f"about 2.77 times the SEM of {sem_deg:g} (not MDC90)")
    if not row.text("source"):
        raise row.wrong("source", "where the figure comes from, in a few words")
    extra = row.number("extra_at_45_deg", 0.0) if row.text("extra_at_45_deg") else math.nan
    figure = ErrorFigure(
        sem_deg=sem_deg,
        mdc95_deg=mdc95_deg,
        source=row.text("source"),
        extra_at_45_deg=extra,
    )
    return ErrorRow(angle=angle, view=view, figure=figure)
