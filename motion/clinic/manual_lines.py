"""Angles by hand over time: on lines of their own, never mixed with the camera's."""

from collections.abc import Iterable

from motion.clinic.hand_takes import take_of_value
from motion.clinic.progress import Line, follow
from motion.clinic.values import ManualMeasurement

__all__ = ["manual_lines"]


def manual_lines(values: Iterable[ManualMeasurement]) -> tuple[Line, ...]:
    """Return what was measured by hand as lines of comparable values, the oldest first.

    One line holds one instrument, angle, side, end of range, mode, position and setting, beside a
    take or alone. A change is held against the published error of that instrument
    (``data/mdc/by_hand.csv``); where none is published for it, the change is not judged. Values
    that were left out are passed over.
    """
    return follow(take_of_value(each) for each in values if each.excluded_reason is None)
