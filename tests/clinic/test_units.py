"""One rule for the decimals of a number, wherever it is shown."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import difference_text, number_text, table_decimals
from motion.clinic.units import is_in_metres

UNITS = ("deg", "m", "m/s", "s", "%", "steps/min", "m/(steps/min)", "ratio", "count", "mm", "")


@pytest.mark.parametrize(
    ("value", "unit", "said", "changed"),
    [
        (1.2149, "m/s", "1.21 m/s", "+1.21 m/s"),
        (0.6543, "m", "0.65 m", "+0.65 m"),
        (1.085, "s", "1.08 s", "+1.08 s"),
        (61.6, "%", "62 %", "+62 %"),
        (112.4, "steps/min", "112 steps/min", "+112 steps/min"),
        (0.00593, "m/(steps/min)", "0.0059 m/(steps/min)", "+0.0059 m/(steps/min)"),
        (1.083, "ratio", "1.08", "+1.08"),
        (92.25, "deg", "92°", "+92°"),
        (-0.3, "deg", "0°", "+0°"),
        (-0.05, "m/s", "-0.05 m/s", "-0.05 m/s"),
        (6.0, "count", "6", "+6"),
    ],
)
def test_each_unit_has_its_decimals(value: float, unit: str, said: str, changed: str) -> None:
    assert number_text(value, unit).replace("\N{NO-BREAK SPACE}", " ") == said
    assert difference_text(value, unit).replace("\N{NO-BREAK SPACE}", " ") == changed


@pytest.mark.parametrize("unit", UNITS)
def test_what_was_not_measured_is_a_dash(unit: str) -> None:
    assert number_text(math.nan, unit) == difference_text(math.inf, unit) == "–"


@given(value=st.floats(-1000, 1000), unit=st.sampled_from(UNITS))
def test_a_table_is_at_least_as_exact_as_a_screen(value: float, unit: str) -> None:
    shown = number_text(value, unit).split("\N{NO-BREAK SPACE}")[0].rstrip("°")
    decimals = len(shown.partition(".")[2])

    assert decimals <= table_decimals(unit)
    assert abs(float(shown) - value) <= 0.5 * 10**-decimals + 1e-9
    assert not shown.startswith("-0") or float(shown) != 0


def test_lengths_and_what_is_made_of_them() -> None:
    metres = [unit for unit in UNITS if is_in_metres(unit)]

    assert metres == ["m", "m/s", "m/(steps/min)"]
