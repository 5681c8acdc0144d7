"""Numbers that rest on landmarks placed by hand: the camera's error figures say nothing of them."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from motion.model import (
    BY_HAND_SOURCE,
    LANDMARKS,
    Measurement,
    MeasureVerdict,
    PoseRecording,
)

__all__ = ["strip_where_placed", "without_figures"]

_ON_HAND: Final = "rests on landmarks placed by hand: the camera's error figures do not apply"
_LEG: Final = ("hip", "knee", "ankle", "heel", "foot_index")


def without_figures(number: Measurement) -> Measurement:
    """Return a number without band and error figure, uncertain, with a note that says why."""
    return replace(
        number,
        sem=math.nan,
        mdc95=math.nan,
        mdc_source=BY_HAND_SOURCE,
        band95=math.nan,
        verdict=_at_most_uncertain(number.verdict),
        note="; ".join(text for text in (number.note, _ON_HAND) if text),
    )


def strip_where_placed(
    numbers: Iterable[Measurement], recording: PoseRecording, *, legs_only: bool
) -> tuple[Measurement, ...]:
    """Return numbers of a whole walk or test, without figures where a landmark was placed by hand.

    Steps, times and counts are made of many frames at once: one placed landmark may have moved any
    of them, and which cannot be told. What was not measured stays as it is.

    Parameters
    ----------
    legs_only
        Whether only the landmarks of hips and legs count, as for a walk.
    """
    counts = [not legs_only or name.endswith(_LEG) for name in LANDMARKS]
    if not np.any(recording.placed[:, counts]):
        return tuple(numbers)
    return tuple(
        each if math.isnan(each.value) or each.rests_on_hand else without_figures(each)
        for each in numbers
    )


def _at_most_uncertain(verdict: MeasureVerdict) -> MeasureVerdict:
    measured = verdict is MeasureVerdict.MEASURED
    return MeasureVerdict.UNCERTAIN if measured else verdict
