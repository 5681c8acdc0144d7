import math

import numpy as np
import pytest
from gait.walkers import Walker, film, walk
from hypothesis import given
from hypothesis import strategies as st
from makers import STARTED_AT, make_provenance

from motion.gait import GaitSettings
from motion.gait.cycles import average_cycles
from motion.gait.score import SCORED_ANGLES, measure_scores
from motion.gait.score_evidence import ScoreEvidence
from motion.library import load_gait_bands
from motion.measuring import measure_recording
from motion.model import (
    AngleCurve,
    AngleTable,
    CycleCurve,
    FloatArray,
    Measurement,
    MeasureVerdict,
    Side,
)
from motion.norms import GaitBands
from motion.settings import AnalysisSettings

PERCENT = np.linspace(0.0, 100.0, 101)


def reference(angle: str) -> FloatArray:
    band = load_gait_bands().find(angle)
    assert band is not None
    return np.interp(PERCENT, band.percent, band.mean_deg)


def cycle(
    angle: str, away_deg: object = 0.0, *, side: Side = Side.LEFT, left_out: str = ""
) -> CycleCurve:
    return CycleCurve(
        side=side,
        cycle=1,
        angle=angle,
        percent=PERCENT,
        angle_deg=reference(angle) + away_deg,
        left_out=left_out,
    )


def strides(n: int = 3, **away_deg: object) -> list[CycleCurve]:
    return [cycle(angle, away_deg.get(angle, 0.0)) for angle in SCORED_ANGLES for _ in range(n)]


def evidence(
    doubts: dict[str, str] | None = None, confidence: float = 0.9, speed_m_s: float = 1.2
) -> ScoreEvidence:
    """Return what speaks for and against the left side's angles; the right has none."""
    confident = np.array([confidence - 0.1, confidence + 0.1, np.nan])
    table = AngleTable(
        time_s=np.arange(3.0),
        curves=tuple(
            AngleCurve(
                joint=angle.partition("_")[0],
                motion=angle.partition("_")[2],
                side=Side.LEFT,
                value_deg=np.array([1.0, 2.0, np.nan]),
                confidence=confident,
                filled=np.zeros(3, dtype=bool),
            )
            for angle in SCORED_ANGLES
        ),
    )
    ranges = [row_of(angle, note) for angle, note in (doubts or {}).items()]
    return ScoreEvidence(angles=table, ranges=ranges, speed_m_s=speed_m_s)


def row_of(angle: str, note: str) -> Measurement:
    joint, _, motion = angle.partition("_")
    return Measurement(
        measure="rom_range",
        joint=joint,
        motion=motion,
        side=Side.LEFT,
        value=40.0,
        unit="deg",
        n_repetitions=0,
        verdict=MeasureVerdict.UNCERTAIN if note else MeasureVerdict.MEASURED,
        mdc_source="none",
        note=note,
    )


def score(
    curves: list[CycleCurve], side: Side = Side.LEFT, known: ScoreEvidence | None = None
) -> dict[str, Measurement]:
    found = measure_scores(curves, load_gait_bands(), known or evidence())
    assert len(found) == 8
    return {each.measure: each for each in found if each.side is side}


def test_the_reference_itself_scores_zero() -> None:
    for each in score(strides()).values():
        assert each.value == pytest.approx(0.0, abs=1e-9)
        assert each.verdict is MeasureVerdict.MEASURED
        assert (each.joint, each.motion, each.unit, each.n_repetitions) == (
            "gait", "walking", "deg", 3,
        )  # fmt: skip
        assert each.mdc_source == "none"


def test_the_score_is_the_root_mean_square_of_the_three() -> None:
    wave = np.where(np.arange(101) // 2 % 2, 6.0, -6.0)  # mean of the 51 points 6 / 51 below 0
    found = score(strides(hip_flexion=wave, knee_flexion=3.0, ankle_dorsiflexion=-2.0))

    assert found["knee_variable_score"].value == pytest.approx(3.0)
    assert found["ankle_variable_score"].value == pytest.approx(2.0)
    hip = 6.0 * math.sqrt(1.0 - (1 / 51) ** 2)
    assert found["hip_variable_score"].value == pytest.approx(hip)
    together = math.sqrt((hip**2 + 9.0 + 4.0) / 3.0)
    assert found["sagittal_variable_score"].value == pytest.approx(together)
    assert "not comparable with published GPS" in found["sagittal_variable_score"].note


def test_the_hips_mean_offset_is_taken_off_and_stated() -> None:
    found = score(strides(hip_flexion=-11.0))["hip_variable_score"]

    assert found.value == pytest.approx(0.0, abs=1e-9)
    assert "mean difference of -11°" in found.note


def test_left_and_right_are_scored_apart() -> None:
    right = [cycle(angle, 4.0, side=Side.RIGHT) for angle in SCORED_ANGLES for _ in range(3)]
    curves = [*strides(), *right]

    assert score(curves)["knee_variable_score"].value == pytest.approx(0.0, abs=1e-9)
    assert score(curves, Side.RIGHT)["knee_variable_score"].value == pytest.approx(4.0)


def test_strides_that_do_not_count_change_nothing() -> None:
    spoiled = [cycle(angle, 50.0, left_out="at the picture's edge") for angle in SCORED_ANGLES]
    gap = np.where(PERCENT == 40.0, np.nan, 50.0)
    broken = [cycle(angle, gap) for angle in SCORED_ANGLES]

    for each in score([*strides(), *spoiled, *broken]).values():
        assert each.value == pytest.approx(0.0, abs=1e-9)
        assert each.n_repetitions == 3


def test_a_missing_curve_leaves_its_score_and_the_whole_empty_and_says_why() -> None:
    found = score([curve for curve in strides() if curve.angle != "ankle_dorsiflexion"])
    together = found["sagittal_variable_score"]

    assert found["knee_variable_score"].verdict is MeasureVerdict.MEASURED
    assert math.isnan(found["ankle_variable_score"].value)
    assert math.isnan(together.value)
    assert together.verdict is MeasureVerdict.NOT_MEASURABLE
    assert together.note == "no whole curve of ankle"


@pytest.mark.parametrize(
    ("n", "verdict"),
    [
        (0, MeasureVerdict.NOT_MEASURABLE),
        (1, MeasureVerdict.FEW_STRIDES),
        (2, MeasureVerdict.FEW_STRIDES),
        (3, MeasureVerdict.MEASURED),
    ],
)
def test_few_strides_are_said_to_be_few(n: int, verdict: MeasureVerdict) -> None:
    assert {each.verdict for each in score(strides(n)).values()} == {verdict}


def test_without_a_reference_nothing_is_scored() -> None:
    found = measure_scores(strides(), GaitBands([]), evidence())

    assert all(math.isnan(each.value) for each in found)
    assert {each.verdict for each in found} == {MeasureVerdict.NOT_MEASURABLE}


@given(st.floats(-60, 60), st.floats(-60, 60), st.integers(1, 5))
def test_the_score_of_a_shifted_curve_is_the_shift(knee: float, ankle: float, n: int) -> None:
    found = score(strides(n, knee_flexion=knee, ankle_dorsiflexion=ankle))

    assert found["knee_variable_score"].value == pytest.approx(abs(knee), abs=1e-6)
    assert found["ankle_variable_score"].value == pytest.approx(abs(ankle), abs=1e-6)


def test_a_mean_curve_is_of_whole_strides() -> None:
    curve, _, n = average_cycles([cycle("knee_flexion", 1.0), cycle("knee_flexion", 3.0)])

    assert n == 2
    assert curve == pytest.approx(reference("knee_flexion") + 2.0)


def test_a_score_is_as_doubtful_as_its_angles() -> None:
    doubts = {
        "knee_flexion": "the far leg; seen badly",
        "hip_flexion": "",
        "ankle_dorsiflexion": "",
    }
    found = score(strides(), known=evidence(doubts))

    for name in ("knee_variable_score", "sagittal_variable_score"):
        assert found[name].verdict is MeasureVerdict.UNCERTAIN
        assert found[name].note.startswith("the far leg; seen badly; ")
    for name in ("hip_variable_score", "ankle_variable_score"):
        assert found[name].verdict is MeasureVerdict.MEASURED


def test_the_confidence_is_that_of_the_measured_frames() -> None:
    for each in score(strides()).values():
        assert each.confidence == pytest.approx(0.9)
    nothing = score(strides(), Side.RIGHT).values()
    assert all(math.isnan(each.confidence) for each in nothing)


@pytest.mark.parametrize(
    ("speed_m_s", "words"),
    [
        (1.0, ""),
        (0.94, "0.94 m/s is below the 1.0 m/s of the reference"),
        (math.nan, "the walking speed is not known"),
    ],
)
def test_another_speed_than_the_references_is_doubted(speed_m_s: float, words: str) -> None:
    for each in score(strides(), known=evidence(speed_m_s=speed_m_s)).values():
        assert (each.verdict is MeasureVerdict.UNCERTAIN) is bool(words)
        assert each.note.startswith(words)


def test_every_score_says_whose_the_reference_is() -> None:
    for each in score(strides()).values():
        assert "of adults of 21 to 37 years; not for children, no verdict above 45" in each.note


def test_through_the_whole_measuring_the_far_leg_is_flagged() -> None:
    recording = film(walk(Walker(strides=8), np.arange(0.0, 8.0, 1 / 30)), far_visibility=0.95)
    known = AnalysisSettings(gait=GaitSettings(height_m=Walker().height_m))
    analysis = measure_recording(recording, known, make_provenance(recording), STARTED_AT)
    found = {
        each.side: each for each in analysis.measurements if each.measure == "knee_variable_score"
    }
    (near,) = {walk.near_side.value for walk in analysis.gait.walks} if analysis.gait else {""}

    for side, each in found.items():
        assert (each.verdict is MeasureVerdict.MEASURED) is (side.value == near)
        assert ("the far leg" in each.note) is (side.value != near)
        assert 0.5 < each.confidence <= 1.0
