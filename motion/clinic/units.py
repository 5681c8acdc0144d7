"""How many decimals a number bears, by its unit: one rule for screens, reports and tables."""

import math
from typing import Final, NamedTuple

__all__ = [
    "difference_of_shown",
    "difference_text",
    "is_in_metres",
    "number_text",
    "table_decimals",
]

_SPACE: Final = "\N{NO-BREAK SPACE}"
_NOTHING: Final = "–"


class _Decimals(NamedTuple):
    """To read, and in a table that is worked on: there a digit more, so that nothing is lost."""

    text: int
    table: int


_OTHER: Final = _Decimals(2, 3)
_DECIMALS: Final = {
    "deg": _Decimals(0, 1),
    "degrees": _Decimals(0, 1),
    "count": _Decimals(0, 0),
    # Shares of the gait cycle, and cadence, carry errors of whole percents and steps.
    "%": _Decimals(0, 1),
    "percent": _Decimals(0, 1),
    "steps/min": _Decimals(0, 1),
    "mm": _Decimals(0, 1),
    "px": _Decimals(0, 1),
    "m/(steps/min)": _Decimals(4, 5),
}
"""Metres, seconds, metres a second and ratios bear two decimals."""

_SIGNS: Final = {"deg": "°", "count": "", "ratio": "", "": ""}
_UNSPACED: Final = ("deg",)


def number_text(value: float, unit: str) -> str:
    """Return a number with its unit: ``1.21 m/s``, ``62 %``, ``92°``; a dash where there is none.

    Angles are whole degrees (clinical_rules.md 13).
    """
    if not math.isfinite(value):
        return _NOTHING
    rounded = round(value, _text_decimals(unit)) + 0.0  # no "-0"
    return _with_unit(f"{rounded:.{_text_decimals(unit)}f}", unit)


def difference_text(value: float, unit: str) -> str:
    """Return a difference with its sign and unit: ``+0.05 m/s``."""
    if not math.isfinite(value):
        return _NOTHING
    rounded = round(value, _text_decimals(unit)) + 0.0
    return _with_unit(f"{rounded:+.{_text_decimals(unit)}f}", unit)


def difference_of_shown(later: float, earlier: float, unit: str) -> float:
    """Return how far two numbers lie apart as they are shown: 119° and 69° are 50° apart.

    A reader subtracts what he reads: 119.4 and 69.0 less each other, rounded afterwards, would
    stand beside them as a contradiction. Verdicts are of the numbers before rounding.
    """
    decimals = _text_decimals(unit)
    return round(later, decimals) - round(earlier, decimals)


def table_decimals(unit: str) -> int:
    """Return to how many decimals a number of a table is rounded."""
    return _DECIMALS.get(unit, _OTHER).table


def is_in_metres(unit: str) -> bool:
    """Whether a number is a length or made of one, so that its scale in metres is part of it."""
    return unit == "m" or unit.startswith("m/")


def _text_decimals(unit: str) -> int:
    return _DECIMALS.get(unit, _OTHER).text


def _with_unit(number: str, unit: str) -> str:
    sign = _SIGNS.get(unit, unit)
    between = _SPACE if sign and unit not in _UNSPACED else ""
    return f"{number}{between}{sign}"
