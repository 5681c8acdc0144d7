"""The measurement error that goes with each gait parameter, with its source."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from motion.errors import InputError
from motion.model import Scale, ScaleSource
from motion.norms.rows import reading_row

__all__ = ["NO_GAIT_FIGURE", "PROVISIONAL", "GaitErrorFigure", "GaitErrors"]

PROVISIONAL: Final = "provisional"
"""``source`` of what is our own proposal (clinical_rules.md 15)."""

_MDC95_OF_SEM: Final = 1.96 * math.sqrt(2.0)
_ROUNDED: Final = 0.06
"""Published SEM and MDC95 are rounded each on its own: so much they may disagree."""

_KEPT_VARIANCE: Final = {ScaleSource.HEIGHT: 0.5}
"""Share of the scale's variance that differs between two takes of one person. The height itself,
and how far the landmarks reach of it, are the same in both takes and cancel (takes of two heights
are not comparable); half is our own proposal. Of every other source all of it is counted: marks
are set anew for each take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitErrorFigure:
    """Standard error of measurement and minimal detectable change (95 %) of one gait parameter.

    ``MDC95 = 1.96 * sqrt(2) * SEM`` (Weir 2005, J Strength Cond Res 19:231). Both are of a take's
    mean, whatever the number of strides: more strides lower the error within a take only, and the
    error between visits stays (clinical.md 5), so nothing is divided by their square root.

    Parameters
    ----------
    sem, mdc95
        In ``unit``; NaN where there is no figure.
    unit
        That of the parameter.
    source
        ``provisional``, a citation, or ``none``.
    grows_with_scale
        Whether the value is a length, or made of one, so that an error of the scale in metres is
        an error of the value too.
    note
        What the figure is of.
    """

    sem: float
    mdc95: float
    unit: str
    source: str
    grows_with_scale: bool = False
    note: str = ""

    def with_scale(self, value: float, scale: Scale) -> "GaitErrorFigure":
        """Return the figure with what an uncertain scale adds to a value.

        ``sem = sqrt(sem0^2 + k (relative_sd value)^2)``, where ``k`` is the share of the scale's
        variance that does not cancel between two takes of one person: a half where metres come
        of the person's height, else all of it. What of the error follows from an assumed share
        is our own proposal, so the source becomes provisional. A scale without a known error
        adds nothing.
        """
        extra = scale.relative_sd * abs(value)
        if not self.grows_with_scale or not math.isfinite(extra) or extra == 0.0:
            return self
        kept = _KEPT_VARIANCE.get(scale.source, 1.0)
        sem = math.sqrt(self.sem**2 + kept * extra**2)
        return replace(self, sem=sem, mdc95=_MDC95_OF_SEM * sem, source=PROVISIONAL)


NO_GAIT_FIGURE: Final = GaitErrorFigure(sem=math.nan, mdc95=math.nan, unit="", source="none")


class GaitErrors:
    """A table of error figures by gait parameter.

    Parameters
    ----------
    rows
        ``measure``, ``unit``, ``sem``, ``mdc95``, ``grows_with_scale`` (yes or no), ``source``,
        ``note``.
    name
        Which table this is, for the provenance of what is measured with it.

    Raises
    ------
    InputError
        If a row cannot be meant; it names the parameter and what is wrong.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], name: str = "") -> None:
        self.name = name
        self._figures = {row.get("measure") or "?": _parse_figure(row) for row in rows}

    def find(self, measure: str) -> GaitErrorFigure:
        """Return the figure of a parameter; one of NaN where there is none."""
        return self._figures.get(measure, NO_GAIT_FIGURE)

    @property
    def measures(self) -> tuple[str, ...]:
        """The parameters that have a figure."""
        return tuple(self._figures)


def _parse_figure(row: Mapping[str, str]) -> GaitErrorFigure:
    name = f"error figure of {row.get('measure') or '?'}"
    with reading_row(name):
        figure = GaitErrorFigure(
            sem=float(row["sem"]),
            mdc95=float(row["mdc95"]),
            unit=row["unit"],
            source=row["source"],
            grows_with_scale={"yes": True, "no": False}[row["grows_with_scale"]],
            note=row["note"],
        )
    if not figure.sem > 0.0 or abs(figure.mdc95 / (_MDC95_OF_SEM * figure.sem) - 1.0) > _ROUNDED:
        msg = f"{name}: mdc95 must be 2.77 times sem, got {figure.mdc95:g} and {figure.sem:g}"
        raise InputError(msg)
    if not figure.source or not figure.unit:
        msg = f"{name}: a figure without its unit and source is never used"
        raise InputError(msg)
    return figure
