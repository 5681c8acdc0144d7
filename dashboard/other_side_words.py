"""What is said of the difference between the two sides: in the measure's unit, with its error."""

from motion.clinic.change import PROVISIONAL, figures_for, is_provisional
from motion.clinic.other_side import OtherSide
from motion.clinic.units import difference_of_shown, number_text
from motion.model import Measurement

__all__ = ["side_difference", "side_verdict"]


def side_difference(other: OtherSide, m: Measurement) -> str:
    """Return by how much this side's number ``m`` differs: ``12° less on this side``."""
    difference = difference_of_shown(m.value, other.measurement.value, m.unit)
    apart = number_text(abs(difference), m.unit)
    if apart == number_text(0.0, m.unit):
        return "the same on this side"
    return f"{apart} {'more' if difference > 0 else 'less'} on this side"


def side_verdict(other: OtherSide, m: Measurement) -> str:
    """Return what a difference amounts to; "provisional" where either take's figure is.

    Not judged where neither has a figure, or one number rests on landmarks placed by hand.
    """
    both = figures_for(m, other.measurement)
    if not both:
        return "no error figure: not judged"
    provisional = any(is_provisional(each.mdc_source) for each in both)
    if other.beyond_error:
        return f"beyond {f'the {PROVISIONAL}' if provisional else 'measurement error'}"
    source = f" ({PROVISIONAL})" if provisional else ""
    return f"not detectable with this camera{source}"
