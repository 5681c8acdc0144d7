"""The measurement error that goes with each angle, with its source."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from motion.model import ViewName

__all__ = ["NO_FIGURE", "ErrorFigure", "ErrorFigures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorFigure:
    """Standard error of measurement and minimal detectable change (95 %) of one angle.

    ``MDC95 = 1.96 * sqrt(2) * SEM`` (Weir 2005, J Strength Cond Res 19:231).
    ``extra_at_45_deg`` is the standard error that a camera 45 degrees off the plane adds
    (:mod:`motion.kinematics.view_error`); ``extra_source`` is where that comes from, empty
    where it comes from ``source`` too.
    """

    sem_deg: float
    mdc95_deg: float
    source: str
    extra_at_45_deg: float = 0.0
    extra_source: str = ""

    def of_range(self) -> "ErrorFigure":
        """Return the error of the difference between two such angles.

        Both ends are taken as erring independently; a bias that both share cancels, so this
        is on the safe side.
        """
        return replace(
            self,
            sem_deg=math.sqrt(2.0) * self.sem_deg,
            mdc95_deg=math.sqrt(2.0) * self.mdc95_deg,
        )


NO_FIGURE = ErrorFigure(sem_deg=math.nan, mdc95_deg=math.nan, source="none")


class ErrorFigures:
    """A table of error figures by angle and view.

    Parameters
    ----------
    rows
        ``angle`` (``knee_flexion``), ``view``, ``sem_deg``, ``mdc95_deg``, ``source``, and of
        square views ``extra_at_45_deg``.
    name
        Which table this is, for the provenance of what is measured with it.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], name: str = "") -> None:
        self.name = name
        self._figures = {
            (row["angle"], row["view"]): ErrorFigure(
                sem_deg=float(row["sem_deg"]),
                mdc95_deg=float(row["mdc95_deg"]),
                source=row["source"],
                extra_at_45_deg=float(row.get("extra_at_45_deg") or 0.0),
            )
            for row in rows
        }
        self._replaced: frozenset[tuple[str, str]] = frozenset()

    def replaced(
        self, figures: Iterable[tuple[str, ViewName, ErrorFigure]], name: str
    ) -> "ErrorFigures":
        """Return the table with some figures of another origin under another name.

        Where one leaves ``extra_at_45_deg`` open (NaN), this table's stays, with its source.
        """
        table = ErrorFigures((), name)
        new = {(angle, view.value): self._completed(angle, view, f) for angle, view, f in figures}
        table._figures = self._figures | new
        table._replaced = self._replaced | new.keys()
        return table

    def is_replaced(self, angle: str, view: ViewName) -> bool:
        """Return whether the figure is of another origin than the table's: the clinic's own."""
        return (angle, view.value) in self._replaced

    def _completed(self, angle: str, view: ViewName, figure: ErrorFigure) -> ErrorFigure:
        if not math.isnan(figure.extra_at_45_deg):
            return figure
        ours = self.find(angle, view)
        source = ours.extra_source or ours.source
        return replace(figure, extra_at_45_deg=ours.extra_at_45_deg, extra_source=source)

    def find(self, angle: str, view: ViewName) -> ErrorFigure:
        """Return the figure for an angle in a view; NaN figures where there is none."""
        return self._figures.get((angle, view.value), NO_FIGURE)
