"""The numbers of functional tests, each with its error."""

import math
from dataclasses import dataclass
from typing import Final, Protocol

from motion.model import FUNCTIONAL, Measurement, MeasureVerdict, Side

__all__ = ["ErrorFigure", "ErrorFigures", "Seen", "functional_number", "missing_number"]

_UNITS: Final = {"thirty_second_stands": "count"}
_MOTIONS: Final = {"single_leg_stance_time": "single_leg_stance"}


class ErrorFigure(Protocol):
    """Standard error and minimal detectable change of one number."""

    @property
    def sem(self) -> float:
        """In the number's unit; NaN where there is no figure."""
        ...

    @property
    def mdc95(self) -> float:
        """In the number's unit; NaN where there is no figure."""
        ...

    @property
    def source(self) -> str:
        """``provisional``, a citation, or ``none``."""
        ...


class ErrorFigures(Protocol):
    """A table of error figures (:func:`motion.library.load_gait_errors`)."""

    def find(self, measure: str) -> ErrorFigure:
        """Return the figure of a number; one of NaN where there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a number rests on.

    ``share`` of the frames of the test in which it was seen; ``doubts`` that make it uncertain,
    none leave it measured; ``remarks``, what else must be known. In plain words.
    """

    share: float
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def functional_number(
    measure: str,
    value: float,
    figures: ErrorFigures,
    seen: Seen,
    *,
    side: Side = Side.BOTH,
    n_repetitions: int = 1,
) -> Measurement:
    """Return a number of a test.

    Parameters
    ----------
    measure
        ``five_sit_to_stand_time``, ``thirty_second_stands``, ``single_leg_stance_time``.
    """
    figure = figures.find(measure)
    return Measurement(
        measure=measure,
        joint=FUNCTIONAL,
        motion=_MOTIONS.get(measure, "sit_to_stand"),
        side=side,
        value=value,
        unit=_UNITS.get(measure, "s"),
        n_repetitions=n_repetitions,
        verdict=MeasureVerdict.UNCERTAIN if seen.doubts else MeasureVerdict.MEASURED,
        sem=figure.sem,
        mdc95=figure.mdc95,
        mdc_source=figure.source,
        valid_fraction=seen.share,
        note="; ".join(dict.fromkeys((*seen.doubts, *seen.remarks))),
    )


def missing_number(measure: str, why_not: str, side: Side = Side.BOTH) -> Measurement:
    """Return a number that could not be measured, with the reason."""
    return Measurement(
        measure=measure,
        joint=FUNCTIONAL,
        motion=_MOTIONS.get(measure, "sit_to_stand"),
        side=side,
        value=math.nan,
        unit=_UNITS.get(measure, "s"),
        n_repetitions=0,
        verdict=MeasureVerdict.NOT_MEASURABLE,
        mdc_source="none",
        note=why_not,
    )
