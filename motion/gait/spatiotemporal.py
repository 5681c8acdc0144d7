"""Times, lengths, shares and symmetry of walking, from the steps and strides that count."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

import numpy as np

from motion.gait.numbers import Evidence, Parameter, make_number
from motion.gait.points import FEET
from motion.model import FloatArray, Measurement, MeasureVerdict, Side, Step, Stride

__all__ = ["FEWEST_FOR_VARIABILITY", "measure_spatiotemporal"]

FEWEST_FOR_VARIABILITY: Final = 10
"""Strides below which variability is not given (clinical.md 2.1)."""

_Interval = TypeVar("_Interval", Step, Stride)

_OF_STEPS: Final[Mapping[Parameter, Callable[[Step], float]]] = {
    Parameter(measure="step_time", unit="s"): lambda step: step.time_s,
    Parameter(measure="step_length", unit="m", in_metres=True, of_both_feet=True): lambda step: (
        step.length_m
    ),
}
_OF_STRIDES: Final[Mapping[Parameter, Callable[[Stride], float]]] = {
    Parameter(measure="stride_time", unit="s"): lambda stride: stride.time_s,
    Parameter(measure="stride_length", unit="m", in_metres=True): lambda stride: stride.length_m,
    Parameter(measure="stance_percent", unit="%"): lambda stride: stride.stance_percent,
    Parameter(measure="swing_percent", unit="%"): lambda stride: stride.swing_percent,
    Parameter(measure="single_support_percent", unit="%"): lambda stride: (
        stride.single_support_percent
    ),
    Parameter(measure="double_support_percent", unit="%"): lambda stride: (
        stride.double_support_percent
    ),
}
_OF_BOTH: Final[Mapping[Parameter, Callable[[Stride], float]]] = {
    Parameter(measure="cadence", unit="steps/min"): lambda stride: 120.0 / stride.time_s,
    Parameter(measure="walking_speed", unit="m/s", in_metres=True, of_belt=True): lambda stride: (
        stride.length_m / stride.time_s
    ),
}
_WALK_RATIO: Final = Parameter(measure="walk_ratio", unit="m/(steps/min)", in_metres=True)
_SYMMETRY_OF: Final = (
    "step_time",
    "step_length",
    "stance_percent",
    "swing_percent",
    "single_support_percent",
)
_NEXT_TO_NOTHING: Final = (
    "one of the two is next to nothing, as where a foot is put beside the other"
)

_VARIABILITY_OF: Final = ("step_time", "step_length", "stride_time", "stride_length")


def measure_spatiotemporal(
    steps: Sequence[Step], strides: Sequence[Stride], evidence: Evidence
) -> tuple[Measurement, ...]:
    """Measure cadence, speed, and for each side times, lengths and shares of the cycle.

    Definitions: docs/gait.md. Cadence is 120 over the stride time, speed a stride's length over
    its time, each over the strides of both sides; the walk ratio is the mean step length over
    the cadence (Sekiya and Nagasaki 1998, Gait Posture 7:225). The symmetry ratio is the larger
    over the smaller mean (Patterson et al. 2010, Gait Posture 31:241), the index 100 times the
    difference over the mean of both (Robinson et al. 1987, J Manip Physiol Ther 10:172). The
    coefficient of variation, 100 SD over mean, is given from ten strides on.

    Parameters
    ----------
    steps, strides
        Of the whole take, with those that are left out.
    evidence
        Error figures, scale, and what makes a side less certain.

    Returns
    -------
    tuple of Measurement
        One per parameter and side, also of those that could not be measured.
    """
    whole = _measure_both(steps, strides, evidence)
    sided = [
        *_measure_sides(steps, _OF_STEPS, evidence),
        *_measure_sides(strides, _OF_STRIDES, evidence),
    ]
    return (*whole, *sided, *_measure_symmetry(sided), *_measure_variability(sided))


def _counted(intervals: Iterable[_Interval]) -> list[_Interval]:
    return [each for each in intervals if not each.left_out]


def _array(values: Iterable[float]) -> FloatArray:
    return np.array(list(values), dtype=np.float64)


def _measure_both(
    steps: Sequence[Step], strides: Sequence[Stride], evidence: Evidence
) -> list[Measurement]:
    counted = _counted(strides)
    found = [
        make_number(
            parameter,
            Side.BOTH,
            _array(value(each) for each in counted),
            strides,
            evidence,
            sides=FEET,
        )
        for parameter, value in _OF_BOTH.items()
    ]
    lengths = _array(each.length_m for each in _counted(steps))
    ratios = lengths / found[0].value
    found.append(make_number(_WALK_RATIO, Side.BOTH, ratios, steps, evidence, sides=FEET))
    return found


def _measure_sides(
    intervals: Sequence[_Interval],
    parameters: Mapping[Parameter, Callable[[_Interval], float]],
    evidence: Evidence,
) -> list[Measurement]:
    found = []
    for parameter, value in parameters.items():
        for side in FEET:
            own = [each for each in intervals if each.side is side]
            values = _array(value(each) for each in _counted(own))
            found.append(make_number(parameter, side, values, own, evidence, sides=(side,)))
    return found


def _measure_symmetry(sided: Sequence[Measurement]) -> list[Measurement]:
    found = []
    for measure in _SYMMETRY_OF:
        left, right = (_find(sided, measure, side) for side in FEET)
        if not all(_is_above_zero(each) for each in (left, right)):
            ratio = index = math.nan
        else:
            low, high = sorted((left.value, right.value))
            ratio = high / low
            index = 200.0 * (high - low) / (high + low)
        found += [
            _from_both(left, right, f"{measure}_symmetry_ratio", ratio, ""),
            _from_both(left, right, f"{measure}_symmetry_index", index, "%"),
        ]
    return found


def _from_both(
    left: Measurement, right: Measurement, measure: str, value: float, unit: str
) -> Measurement:
    """Return a number made of a left and a right mean; it is as good as the worse of them."""
    order = (
        MeasureVerdict.NOT_MEASURABLE,
        MeasureVerdict.FEW_STRIDES,
        MeasureVerdict.UNCERTAIN,
        MeasureVerdict.MEASURED,
    )
    worse = min(left, right, key=lambda each: order.index(each.verdict))
    measurable = worse.verdict is not MeasureVerdict.NOT_MEASURABLE and math.isfinite(value)
    next_to_nothing = worse.verdict is not MeasureVerdict.NOT_MEASURABLE and not measurable
    return replace(
        worse,
        note=_NEXT_TO_NOTHING if next_to_nothing else worse.note,
        measure=measure,
        side=Side.BOTH,
        value=value if measurable else math.nan,
        unit=unit,
        n_repetitions=min(left.n_repetitions, right.n_repetitions),
        verdict=worse.verdict if measurable else MeasureVerdict.NOT_MEASURABLE,
        sd=math.nan,
        sem=math.nan,
        mdc95=math.nan,
        mdc_source="none",
    )


def _is_above_zero(number: Measurement) -> bool:
    """Return whether a mean lies clearly above 0: a share of next to nothing says nothing.

    In a step-to gait one foot is put beside the other, and its step is 0 within the error.
    """
    least = number.mdc95 if math.isfinite(number.mdc95) else 0.0
    return number.value > max(least, 2.0 * number.sd if math.isfinite(number.sd) else 0.0)


def _measure_variability(sided: Sequence[Measurement]) -> list[Measurement]:
    return [
        replace(
            each,
            measure=f"{each.measure}_cv",
            value=100.0 * each.sd / each.value,
            unit="%",
            sd=math.nan,
            sem=math.nan,
            mdc95=math.nan,
            mdc_source="none",
        )
        for each in sided
        if each.measure in _VARIABILITY_OF
        and each.n_repetitions >= FEWEST_FOR_VARIABILITY
        and _is_above_zero(each)
    ]


def _find(found: Sequence[Measurement], measure: str, side: Side) -> Measurement:
    return next(each for each in found if each.measure == measure and each.side is side)
