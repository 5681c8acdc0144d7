import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.library import load_gait_bands
from motion.norms import BandVerdict, GaitBands, decide_band_use

ANGLES = ("hip_flexion", "knee_flexion", "ankle_dorsiflexion")


def rows(angle: str = "knee_flexion", **changes: str) -> list[dict[str, str]]:
    row = {"mean_deg": "1", "sd_deg": "2"} | changes
    return [{"angle": angle, "percent": f"{percent}"} | row for percent in range(0, 101, 2)]


def test_hip_knee_and_ankle_have_a_curve_of_51_points() -> None:
    bands = load_gait_bands()

    assert bands.angles == ANGLES
    for angle in ANGLES:
        band = bands.find(angle)
        assert band is not None
        assert band.percent.shape == band.mean_deg.shape == band.sd_deg.shape == (51,)
        assert not band.mean_deg.flags.writeable
    assert bands.find("elbow_flexion") is None
    assert "CC BY 4.0" in bands.source


@pytest.mark.parametrize(
    ("angle", "highest_deg", "at", "lowest_deg"),
    [
        ("hip_flexion", 32.5, 88, -7.7),
        ("knee_flexion", 62.2, 74, -0.5),
        ("ankle_dorsiflexion", 13, 46, -13),
    ],
)
def test_the_curves_are_those_of_walking(
    angle: str, highest_deg: float, at: float, lowest_deg: float
) -> None:
    band = load_gait_bands().find(angle)

    assert band is not None
    assert np.max(band.mean_deg) == pytest.approx(highest_deg, abs=1.0)
    assert band.percent[np.argmax(band.mean_deg)] == pytest.approx(at, abs=3.0)
    assert np.min(band.mean_deg) == pytest.approx(lowest_deg, abs=1.0)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (rows()[:-1], "reference curve of knee_flexion: expected 0, 2, ... 100 percent"),
        (rows()[::-1], "expected 0, 2, ... 100 percent in order"),
        (rows(sd_deg="0"), "a spread above 0"),
        (rows(mean_deg="many"), "reference curve of knee_flexion: could not convert"),
        ([{"angle": "knee_flexion", "percent": "0"}], "'mean_deg'"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(table: list[dict[str, str]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        GaitBands.parse(table)


def test_two_curves_of_one_angle_are_refused() -> None:
    band = load_gait_bands().find("knee_flexion")

    assert band is not None
    with pytest.raises(ValueError, match="knee_flexion: expected one, got two"):
        GaitBands([band, band])


@pytest.mark.parametrize(
    ("ages_y", "speed_m_s", "verdict", "words"),
    [
        ((30, 31), 1.3, BandVerdict.BAND, "24 adults of 21 to 37 years"),
        ((44, 45), 1.0, BandVerdict.BAND, "24 adults"),
        ((45, 46), 1.3, BandVerdict.GREY, "may be, over 45"),
        ((30, 31), 0.99, BandVerdict.GREY, "0.99 m/s is below 1.0 m/s"),
        ((30, 31), math.nan, BandVerdict.GREY, "the walking speed is not known"),
        ((), 1.3, BandVerdict.GREY, "the year of birth is not known"),
        ((70, 71), 0.6, BandVerdict.GREY, "over 45 and 0.60 m/s is below 1.0 m/s"),
        ((17, 18), 1.3, BandVerdict.NONE, "nothing about a child"),
    ],
)
def test_whom_the_curves_may_be_held_against(
    ages_y: tuple[int, ...], speed_m_s: float, verdict: BandVerdict, words: str
) -> None:
    use = decide_band_use(ages_y, speed_m_s)

    assert use.verdict is verdict
    assert words in use.words


@given(st.integers(0, 110), st.floats(0.0, 3.0) | st.just(math.nan))
def test_a_verdict_is_for_adults_up_to_45_who_walk_fast_enough(
    age_y: int, speed_m_s: float
) -> None:
    use = decide_band_use((age_y, age_y + 1), speed_m_s)

    assert (use.verdict is BandVerdict.NONE) == (age_y < 18)
    if use.verdict is BandVerdict.BAND:
        assert age_y + 1 <= 45
        assert speed_m_s >= 1.0
