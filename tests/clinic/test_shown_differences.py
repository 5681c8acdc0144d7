"""Differences of numbers as they are shown, and what a result is called."""

import math

import pytest
from clinic_makers import make_measurement
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic.units import difference_of_shown, difference_text, number_text
from motion.clinic.wording import result_title
from motion.model import Side


@given(st.floats(-180.0, 180.0), st.floats(-180.0, 180.0))
def test_a_reader_finds_the_difference_of_the_two_angles_shown(later: float, earlier: float):
    shown = [int(number_text(value, "deg").removesuffix("°")) for value in (later, earlier)]
    said = difference_text(difference_of_shown(later, earlier, "deg"), "deg")

    assert int(said.removesuffix("°")) == shown[0] - shown[1]


@pytest.mark.parametrize(
    ("later", "earlier", "unit", "said"),
    [
        (118.6, 69.4, "deg", "+50°"),
        (64.6, 61.5, "%", "+3\N{NO-BREAK SPACE}%"),
        (1.094, 0.996, "m/s", "+0.09\N{NO-BREAK SPACE}m/s"),
        (math.nan, 3.0, "deg", "–"),
    ],
)
def test_a_difference_is_of_the_rounded_numbers(later, earlier, unit, said):
    assert difference_text(difference_of_shown(later, earlier, unit), unit) == said


@pytest.mark.parametrize(
    ("movement", "title"),
    [
        ("heel_slide", "Right knee flexion, smallest"),
        ("knee_extension", "Right knee extension"),
    ],
)
def test_only_a_test_of_extension_gives_an_extension(movement: str, title: str):
    m = make_measurement(11.0, measure="rom_min", side=Side.RIGHT)

    assert result_title(m, movement) == title
