"""One number of walking from the steps or strides that count: mean, SD, n, error, verdict."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from motion.gait.error_figures import NO_GAIT_FIGURE, GaitErrors
from motion.model import (
    GAIT,
    GOOD_CONFIDENCE,
    FloatArray,
    Measurement,
    MeasureVerdict,
    Scale,
    ScaleSource,
    Side,
    Step,
    Stride,
)

__all__ = [
    "FEWEST_STRIDES",
    "WALKING",
    "Evidence",
    "Parameter",
    "find_interval95",
    "make_number",
]

WALKING: Final = "walking"
"""The ``motion`` of a measurement of walking."""

FEWEST_STRIDES: Final = 3
"""Of each side, below which a mean is given with the verdict ``few_strides`` (clinical.md 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every number of a take has in common.

    Parameters
    ----------
    errors
        The error figures.
    scale
        Where metres come from.
    uncertain
        For each side, why its numbers are less certain; empty where they are not.
    of_width
        Why what compares places of both feet is less certain; empty where it is not.
    no_scale
        Why there are no metres, where there are none.
    """

    errors: GaitErrors
    scale: Scale
    uncertain: dict[Side, str]
    of_width: str = ""
    no_scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of walking: its name and its unit.

    ``in_metres`` says that it needs a scale, ``of_both_feet`` that it compares where the feet
    stand, so that a view off the side mixes the width between them into it, ``of_belt`` that on a
    treadmill it is the belt's, as somebody typed it, and nothing that a camera may err in.
    """

    measure: str
    unit: str
    in_metres: bool = False
    of_both_feet: bool = False
    of_belt: bool = False


def make_number(
    parameter: Parameter,
    side: Side,
    values: FloatArray,
    intervals: Sequence[Step | Stride],
    evidence: Evidence,
    *,
    sides: Collection[Side],
) -> Measurement:
    """Return mean, SD and n of a parameter with its error and verdict.

    Parameters
    ----------
    parameter
        What it is.
    side
        Whose it is.
    values
        ``(n,)`` one per counted interval; NaN where an interval has none.
    intervals
        All steps or strides of the side, with those that were left out.
    evidence
        Error figures, scale, and what makes a side less certain.
    sides
        The feet of each of which :data:`FEWEST_STRIDES` values make a mean that stands.
    """
    counted = [each for each in intervals if not each.left_out]
    known = values[np.isfinite(values)]
    n = len(known)
    of_side = Counter(
        each.side for each, value in zip(counted, values, strict=True) if np.isfinite(value)
    )
    enough = all(of_side[side] >= FEWEST_STRIDES for side in sides)
    confidence = float(np.mean([each.confidence for each in counted])) if counted else math.nan
    value = float(np.mean(known)) if n else math.nan
    typed = parameter.of_belt and evidence.scale.source is ScaleSource.BELT
    figure = NO_GAIT_FIGURE if typed else evidence.errors.find(parameter.measure)
    figure = figure.with_scale(value, evidence.scale)
    doubts = (
        evidence.uncertain.get(side, ""),
        evidence.of_width if parameter.of_both_feet else "",
        "feet seen badly" if confidence < GOOD_CONFIDENCE else "",
    )
    doubt = "; ".join(each for each in doubts if each)
    no_scale = evidence.no_scale if parameter.in_metres and not evidence.scale.known else ""
    unseen = "" if n else _say_unseen(intervals, counted)
    remarks = (
        doubt if n else "",
        no_scale if counted else unseen,
        "" if no_scale or not counted else unseen,
        describe_left_out(intervals),
    )
    return Measurement(
        measure=parameter.measure,
        joint=GAIT,
        motion=WALKING,
        side=side,
        value=value,
        unit=parameter.unit,
        n_repetitions=n,
        verdict=_judge(n, enough=enough, doubt=doubt),
        sd=float(np.std(known, ddof=1)) if n > 1 else math.nan,
        sem=figure.sem if n else math.nan,
        mdc95=figure.mdc95 if n else math.nan,
        mdc_source=figure.source,
        confidence=confidence if n else math.nan,
        valid_fraction=len(counted) / len(intervals) if intervals else 0.0,
        note="; ".join(each for each in remarks if each),
    )


def _say_unseen(intervals: Sequence[Step | Stride], counted: Sequence[Step | Stride]) -> str:
    """Return why there is no value though a scale is known; empty where all were left out."""
    if not intervals:
        return "none was seen from contact to contact"
    return "what it is made of was not seen in any that counts" if counted else ""


def _judge(n: int, *, enough: bool, doubt: str) -> MeasureVerdict:
    if n == 0:
        return MeasureVerdict.NOT_MEASURABLE
    if not enough:
        return MeasureVerdict.FEW_STRIDES
    return MeasureVerdict.UNCERTAIN if doubt else MeasureVerdict.MEASURED


def describe_left_out(intervals: Iterable[Step | Stride]) -> str:
    """Return how many steps or strides are left out and why; empty where none is."""
    found = list(intervals)
    reasons = Counter(each.left_out for each in found if each.left_out)
    if not reasons:
        return ""
    noun = "steps" if isinstance(found[0], Step) else "strides"
    why = ", ".join(f"{reason} ({n})" for reason, n in reasons.most_common())
    return f"{sum(reasons.values())} of {len(found)} {noun} left out: {why}"


def find_interval95(measurement: Measurement) -> tuple[float, float]:
    """Return the 95 % interval of a mean over strides, by Student's t; NaN of fewer than two.

    It says how far the mean of these strides would move with other strides of the same walk,
    not how far the camera may err.
    """
    n = measurement.n_repetitions
    if n < 2 or not math.isfinite(measurement.sd):
        return math.nan, math.nan
    half = float(stats.t.ppf(0.975, n - 1)) * measurement.sd / math.sqrt(n)
    return measurement.value - half, measurement.value + half
