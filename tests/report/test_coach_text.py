"""Words and colours of the live screen: every letter drawn, everything told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_makers import coach_state
from screen_makers import HEIGHT, NOBODY, WIDTH, picture

from motion.report.coach_joint import LIMIT_BGR, ON_TARGET_BGR, TARGET_BGR
from motion.report.coach_signs import WHITE_BGR
from motion.report.coach_text import fit_line, fit_words, line_height, render_words
from motion.report.lights import FAIR, GOOD
from motion.texts import load_texts


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_letter_of_the_catalogues_can_be_drawn(language: str) -> None:
    letters = {letter for text in load_texts(language).entries.values() for letter in text}
    missing = render_words("￿", 40, (255, 255, 255)).ink  # no letter at all: the empty box
    for letter in sorted(letters - {" "}) + list("äöüÄÖÜß°–"):
        drawn = render_words(letter, 40, (255, 255, 255)).ink
        assert drawn.any(), letter
        assert not np.array_equal(drawn, missing), letter
    assert not np.array_equal(
        render_words("ä", 40, (255, 255, 255)).ink, render_words("a", 40, (255, 255, 255)).ink
    )


@given(
    words=st.lists(st.text("aäßW. {", min_size=1, max_size=30), max_size=12),
    size=st.integers(1, 120),
    width=st.integers(30, 900),
    height=st.integers(1, 300),
)
def test_words_fit_their_room_or_are_as_small_as_can_be_read(
    words: list[str], size: int, width: int, height: int
) -> None:
    text = " ".join(words)
    lines, fitted = fit_words(text, size, (width, height))
    assert " ".join(lines).split() == text.split()
    assert fitted <= max(size, 8)
    if fitted > 8:
        assert len(lines) == 1 or line_height(fitted) * len(lines) <= height
        # A line is as wide as its letters go on, with a pixel for the last one's rim.
        assert all(render_words(x, fitted, (9, 9, 9)).size_px[0] <= width + 3 for x in lines)
    line, fitted = fit_line(text, size, width)
    assert line == text
    assert fitted <= max(size, 8)


# ---------------------------------------------------------------- contrast


def luminance(bgr: np.ndarray | tuple[int, int, int]) -> float:
    """WCAG 2.1, relative luminance."""
    share = np.asarray(bgr, dtype=float)[::-1] / 255
    linear = np.where(share <= 0.03928, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first: float, second: float) -> float:
    low, high = sorted((first, second))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("behind", [0, 128, 255])
def test_words_stand_out_from_any_picture(behind: int) -> None:
    camera = np.full((HEIGHT, WIDTH, 3), behind, np.uint8)
    drawn = picture().draw(camera, NOBODY, None, coach_state(), None)
    plate = drawn[20, 150]  # beside the number, above the light
    assert contrast(luminance(plate), luminance(WHITE_BGR)) >= 4.5


def test_zone_limit_and_lights_differ_for_colour_blind_eyes() -> None:
    # Vienot, Brettel and Mollon (1999): what red-blind and green-blind eyes see, in linear RGB.
    eyes = {
        "red-blind": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
        "green-blind": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    }
    colours = {
        "zone": TARGET_BGR,
        "reached": ON_TARGET_BGR,
        "limit": LIMIT_BGR,
        "good": GOOD.bgr,
        "fair": FAIR.bgr,
    }
    for matrix in eyes.values():
        seen = {}
        for name, bgr in colours.items():
            linear = (np.array(bgr[::-1]) / 255) ** 2.2
            seen[name] = 255 * np.clip(np.array(matrix) @ linear, 0, 1) ** (1 / 2.2)
        for one, other in (("zone", "reached"), ("zone", "limit"), ("zone", "good"),
                           ("reached", "limit"), ("good", "fair")):  # fmt: skip
            assert np.linalg.norm(seen[one] - seen[other]) > 30, (one, other)
