"""What is said of the numbers of timed tests, whichever room times them."""

from typing import Final

from motion.model.measure import Measurement, MeasureVerdict

__all__ = ["FUNCTIONAL", "NOT_COMPARABLE", "NO_CUT_OFFS", "is_comparable"]

FUNCTIONAL: Final = "functional"
"""In place of a joint in the numbers of tests that are no walk: chair stands, standing on one
leg."""

NO_CUT_OFFS: Final = "not comparable with cut-offs"

NOT_COMPARABLE: Final = f"timed from movement, {NO_CUT_OFFS}"
"""What is said where the moment of GO is not known (clinical_rules.md 18)."""


def is_comparable(number: Measurement) -> bool:
    """Return whether published figures may stand beside a number of a timed test.

    Only beside one that was measured without doubt, timed from GO (clinical_rules.md 18), over a
    way that was checked: it can be told of a stored number too.
    """
    return number.verdict is MeasureVerdict.MEASURED and NO_CUT_OFFS not in number.note
