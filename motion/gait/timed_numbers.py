"""The numbers of a timed test, each with its error."""

import math

from motion.gait.error_figures import GaitErrors
from motion.gait.numbers import WALKING
from motion.model import GAIT, Measurement, MeasureVerdict, Scale, Side

__all__ = ["missing_number", "timed_number"]


def timed_number(measure: str, value: float, errors: GaitErrors, scale: Scale) -> Measurement:
    """Return a time, or a speed, of one try of a timed test with the error that goes with it."""
    figure = errors.find(measure).with_scale(value, scale)
    return Measurement(
        measure=measure,
        joint=GAIT,
        motion=WALKING,
        side=Side.BOTH,
        value=value,
        unit=_unit(measure),
        n_repetitions=1,
        verdict=MeasureVerdict.MEASURED,
        sem=figure.sem,
        mdc95=figure.mdc95,
        mdc_source=figure.source,
    )


def missing_number(measure: str, why_not: str) -> Measurement:
    """Return a number that could not be measured, with the reason."""
    return Measurement(
        measure=measure,
        joint=GAIT,
        motion=WALKING,
        side=Side.BOTH,
        value=math.nan,
        unit=_unit(measure),
        n_repetitions=0,
        verdict=MeasureVerdict.NOT_MEASURABLE,
        mdc_source="none",
        note=why_not,
    )


def _unit(measure: str) -> str:
    return "m/s" if measure.endswith("_speed") else "s"
