"""Verdicts about change: every difference is held against the error of the measurement."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.clinic.better import Better, Direction
from motion.clinic.units import number_text
from motion.model import Measurement, MeasureVerdict
from motion.norms.meaningful import MeaningfulChange

__all__ = [
    "CAMERA",
    "FEW_STRIDES",
    "Change",
    "Outcome",
    "figures_for",
    "is_judged",
    "is_provisional",
    "judge_change",
]

PROVISIONAL = "provisional error figure"
CAMERA: Final = "this camera"
FEW_STRIDES: Final = "Too few strides: change not judged"


class Outcome(StrEnum):
    """What a change amounts to."""

    IMPROVED = "improved"
    DECLINED = "declined"
    CHANGED = "changed"
    """Beyond the error, in a measure or a way of which neither is better."""
    NOT_DETECTABLE = "not_detectable"
    MAYBE_MEANINGFUL = "maybe_meaningful"
    TOO_FEW = "too_few"
    """One of the two is of one or two strides only."""
    NOT_JUDGED = "not_judged"


_SENTENCES = {
    Outcome.IMPROVED: "Improved beyond measurement error",
    Outcome.DECLINED: "Declined beyond measurement error",
    Outcome.CHANGED: "Changed beyond measurement error",
    Outcome.NOT_DETECTABLE: "Change not detectable with {instrument}",
    Outcome.MAYBE_MEANINGFUL: "May be meaningful, but within measurement error - repeat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between two comparable takes.

    Parameters
    ----------
    difference
        Later minus earlier, in the measure's unit; NaN where one of them was not measured.
    mdc95
        The error figure it was held against; NaN where there is none.
    meaningful
        Whether it also reaches the smallest difference that matters to patients.
    remarks
        What the verdict says in brackets.
    instrument
        With what both were measured.
    """

    difference: float
    mdc95: float
    outcome: Outcome
    meaningful: bool = False
    remarks: tuple[str, ...] = ()
    instrument: str = CAMERA

    @property
    def verdict(self) -> str:
        """The change in plain words."""
        if self.outcome is Outcome.TOO_FEW:
            return FEW_STRIDES
        if self.outcome is Outcome.NOT_JUDGED:
            measured = math.isfinite(self.difference)
            return "No error figure: change not judged" if measured else "Not measured"
        sentence = _SENTENCES[self.outcome].format(instrument=self.instrument)
        if self.meaningful and self.outcome in (Outcome.IMPROVED, Outcome.DECLINED):
            sentence += " and clinically meaningful"
        return f"{sentence} ({'; '.join(self.remarks)})" if self.remarks else sentence


def judge_change(
    earlier: Measurement,
    later: Measurement,
    direction: Direction,
    *,
    meaningful: Sequence[MeaningfulChange] = (),
    instrument: str = CAMERA,
) -> Change:
    """Hold the difference of two comparable measurements against the larger of their MDC95.

    Below it the change is not detectable, which is not the same as none. At or above it the
    patient has improved or declined where the measure has a better, and where the gain itself
    (a knee going from lacking 10° to 8° of hyperextension gains 2°) is beyond the error.

    Parameters
    ----------
    meaningful
        Published differences of this number that matter to patients, the smallest first
        (:func:`motion.norms.meaningful.find_meaningful`). The verdict names the largest that was
        reached.
    instrument
        With what both were measured, as the verdict says it.

    References
    ----------
    .. [1] Weir 2005, J Strength Cond Res 19:231 (SEM and minimal difference).
    """
    difference = later.value - earlier.value
    figures = figures_for(earlier, later)
    if math.isfinite(difference) and not (is_judged(earlier) and is_judged(later)):
        return Change(difference=difference, mdc95=math.nan, outcome=Outcome.TOO_FEW)
    if not math.isfinite(difference) or not figures:
        return Change(difference=difference, mdc95=math.nan, outcome=Outcome.NOT_JUDGED)
    figure = max(figures, key=lambda m: m.mdc95)
    reached = [each for each in meaningful if abs(difference) >= each.change]
    return Change(
        difference=difference,
        mdc95=figure.mdc95,
        outcome=_outcome(earlier.value, later.value, figure.mdc95, direction, bool(reached)),
        meaningful=bool(reached),
        remarks=(*_remarks(figure, earlier, later), *map(_say, reached[-1:])),
        instrument=instrument,
    )


def figures_for(first: Measurement, second: Measurement) -> tuple[Measurement, ...]:
    """Return which of two numbers have an error figure that their difference is held against.

    None where one of them rests on landmarks placed by hand: the camera's figure says nothing of
    a difference to a hand's number.
    """
    if first.rests_on_hand or second.rests_on_hand:
        return ()
    return tuple(m for m in (first, second) if math.isfinite(m.mdc95))


def is_judged(measurement: Measurement) -> bool:
    """Whether a number may be a baseline or a change: it was measured, on enough strides."""
    few = measurement.verdict is MeasureVerdict.FEW_STRIDES
    return math.isfinite(measurement.value) and not few


def is_provisional(mdc_source: str) -> bool:
    """Whether an error figure is our own proposal, not a published or measured one."""
    return mdc_source.strip().lower().startswith("provisional")


def _outcome(
    earlier: float, later: float, mdc95: float, direction: Direction, meaningful: bool
) -> Outcome:
    if abs(later - earlier) < mdc95:
        return Outcome.MAYBE_MEANINGFUL if meaningful else Outcome.NOT_DETECTABLE
    gain = _gain(earlier, later, direction)
    if gain >= mdc95:
        return Outcome.IMPROVED
    return Outcome.DECLINED if gain <= -mdc95 else Outcome.CHANGED


def _gain(earlier: float, later: float, direction: Direction) -> float:
    """Return by how much it got better; 0 where neither way is better."""
    match direction.better:
        case Better.HIGHER:
            return later - earlier
        case Better.LOWER:
            return earlier - later
        case Better.TOWARD_ZERO:
            return abs(earlier) - abs(later)
        case Better.TOWARD_TARGET if math.isfinite(direction.target):
            return abs(earlier - direction.target) - abs(later - direction.target)
    return 0.0


def _say(reached: MeaningfulChange) -> str:
    size = number_text(reached.change, reached.unit)
    return f"{reached.label} change in {reached.population} {size}, {reached.source}"


def _remarks(figure: Measurement, *both: Measurement) -> tuple[str, ...]:
    provisional = is_provisional(figure.mdc_source)
    uncertain = any(m.verdict is MeasureVerdict.UNCERTAIN for m in both)
    return (*([PROVISIONAL] * provisional), *(["measured with less certainty"] * uncertain))
