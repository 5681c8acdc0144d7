"""The band about a value: its width, where it comes from, and where there is none."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import (
    make_curve,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
    view_from,
)

from motion.kinematics.bands import Band, BandModel, band_around, doubt_validation, state_bands
from motion.library import find_joint_centre_model, load_band_model
from motion.measuring import measure_recording
from motion.model import Analysis, AngleTable, ModelInfo, Position, Side, ViewPass
from motion.settings import AnalysisSettings

BAND = Band(square_deg=6.0, at_45_deg=8.0, unsure_deg=10.0, lying_deg=2.5)
MODEL = BandModel(version="test", bands={"knee_flexion": BAND})
STARTED_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def one_pass(azimuth_deg: float, frames: int, first: int = 0) -> ViewPass:
    view = replace(view_from(azimuth_deg), azimuth_sd_deg=0.0)
    return ViewPass(first=first, stop=first + frames, start_s=0.0, end_s=1.0, view=view)


def state(value_deg: list[float], confidence: float, *passes: ViewPass) -> list[float]:
    curve = make_curve(value_deg, confidence=confidence)
    table = AngleTable(time_s=np.arange(len(value_deg), dtype=float), curves=(curve,))
    return list(state_bands(table, passes, Position.STANDING, MODEL).curves[0].band95_deg)


def test_a_square_view_without_doubt_has_the_square_width() -> None:
    assert state([10.0, 20.0], 1.0, one_pass(-90.0, 2)) == [6.0, 6.0]


def test_view_and_doubt_add_up_as_independent_errors() -> None:
    (wide,) = state([10.0], 0.5, one_pass(-45.0, 1))
    assert wide == pytest.approx(np.sqrt(6.0**2 + 8.0**2 + 5.0**2))


def test_lying_adds_what_lying_adds() -> None:
    (upright,) = BAND.widen(0.0, 0.0, np.ones(1), Position.SITTING)
    (lying,) = BAND.widen(0.0, 0.0, np.ones(1), Position.PRONE)
    assert (upright, lying) == (6.0, 6.5)


def test_beyond_what_was_tried_there_is_no_band() -> None:
    narrow = replace(BAND, farthest_deg=30.0)
    model = BandModel(version="test", bands={"knee_flexion": narrow})
    curve = make_curve([10.0])
    table = AngleTable(time_s=np.zeros(1), curves=(curve,))

    def stated(off_deg: float) -> float:
        passes = (one_pass(-90.0 + off_deg, 1),)
        return float(state_bands(table, passes, Position.STANDING, model).curves[0].band95_deg[0])

    assert np.isfinite(stated(29.0))
    assert np.isnan(stated(31.0))


@pytest.mark.parametrize(("roll_deg", "given"), [(3.0, True), (float("nan"), True), (-9.0, False)])
def test_an_angle_against_gravity_has_no_band_from_a_camera_that_leans(
    roll_deg: float, given: bool
) -> None:
    model = BandModel(version="test", bands={"trunk_flexion": BAND, "knee_flexion": BAND})
    square = one_pass(-90.0, 1)
    leaning = replace(square, view=replace(square.view, roll_deg=roll_deg))
    curves = (make_curve([10.0], "trunk_flexion", Side.NONE), make_curve([10.0]))
    table = AngleTable(time_s=np.zeros(1), curves=curves)

    trunk, knee = state_bands(table, (leaning,), Position.STANDING, model).curves

    assert np.isfinite(trunk.band95_deg[0]) == given
    assert np.isfinite(knee.band95_deg[0]), "a knee turns with the picture"


def test_each_pass_has_the_width_of_its_own_view() -> None:
    passes = (one_pass(-90.0, 1), one_pass(-135.0, 1, first=1))
    assert state([10.0, 10.0, 10.0], 1.0, *passes)[:2] == pytest.approx([6.0, 10.0])
    assert np.isnan(state([10.0, 10.0, 10.0], 1.0, *passes)[2]), "a frame of no pass"


def test_what_was_not_measured_and_what_was_never_validated_has_none() -> None:
    assert np.isnan(state([float("nan")], 1.0, one_pass(-90.0, 1)))[0]
    neck = make_curve([5.0], angle="neck_lateral_flexion")
    table = AngleTable(time_s=np.zeros(1), curves=(neck,))
    (stated,) = state_bands(table, (one_pass(0.0, 1),), Position.STANDING, MODEL).curves
    assert np.isnan(stated.band95_deg).all()


@given(
    off_deg=st.floats(0.0, 89.0),
    more_deg=st.floats(0.0, 60.0),
    sd_deg=st.floats(0.0, 20.0),
    sure=st.floats(0.0, 1.0),
    less=st.floats(0.0, 1.0),
)
def test_no_worse_view_and_no_less_sure_frame_is_narrower(
    off_deg: float, more_deg: float, sd_deg: float, sure: float, less: float
) -> None:
    (narrow,) = BAND.widen(off_deg, sd_deg, np.array([sure]), Position.STANDING)
    (wide,) = BAND.widen(off_deg + more_deg, sd_deg + 1.0, np.array([sure * less]), Position.SUPINE)
    assert np.isfinite(wide)
    assert wide >= narrow >= BAND.square_deg


def test_the_band_at_a_time_is_that_of_its_frame() -> None:
    curve = replace(make_curve([1.0, 2.0, 3.0]), band95_deg=np.array([4.0, 5.0, 6.0]))
    times = np.array([0.0, 0.1, 0.2])
    assert band_around(curve, times, 0.1) == 5.0
    assert np.isnan(band_around(curve, times, 0.15))


def test_a_position_in_which_an_angle_was_never_tried_has_no_band_and_is_said() -> None:
    upright = replace(BAND, positions=frozenset({Position.STANDING}))
    model = BandModel(version="test", bands={"knee_flexion": upright})

    assert model.find("knee_flexion", Position.PRONE) is None
    assert model.find("knee_flexion", Position.UNKNOWN) is upright, "not said counts as upright"
    assert doubt_validation("knee_flexion", Position.STANDING, model) == ""
    prone = doubt_validation("knee_flexion", Position.SIDE_LYING, model)
    assert prone == "not validated in this position (side lying)"
    neck = doubt_validation("neck_lateral_flexion", Position.STANDING, model)
    assert neck == "not validated: this angle was never held against known answers"


def test_rows_without_figures_are_refused_and_the_products_own_are_whole() -> None:
    with pytest.raises(KeyError):
        BandModel.parse([{"version": "1", "angle": "knee_flexion", "square_deg": "1"}])
    bands = load_band_model().bands
    assert {"knee_flexion", "hip_flexion", "shoulder_abduction"} <= set(bands)
    assert "neck_lateral_flexion" not in bands, "no clip knows the neck's true angle"
    assert all(1.0 < band.square_deg < 20.0 for band in bands.values())


def analyse(pose_model: str) -> Analysis:
    times = uniform_times(12.0)
    bent = repetitions(times, (1.0, 4.0, 7.0), 90.0)
    recording = make_recording({"knee_flexion": bent, "hip_flexion": bent * 0.8}, times)
    info = ModelInfo(name=pose_model, sha256="0" * 64)
    provenance = replace(make_provenance(recording), model=info)
    return measure_recording(recording, AnalysisSettings(movement="squat"), provenance, STARTED_AT)


def test_numbers_carry_the_band_of_their_own_frames() -> None:
    fitted = find_joint_centre_model("pose_landmarker_full")
    assert fitted is not None
    analysis = analyse(fitted.pose_models[0])
    curve = analysis.angles["left_knee_flexion"]
    rows = {m.measure: m for m in analysis.measurements if (m.joint, m.side) == ("knee", "left")}

    highest, lowest = np.nanargmax(curve.value_deg), np.nanargmin(curve.value_deg)
    assert rows["rom_max"].band95 == curve.band95_deg[highest]
    assert rows["rom_min"].band95 == curve.band95_deg[lowest]
    assert rows["rom_range"].band95 == pytest.approx(
        np.hypot(rows["rom_max"].band95, rows["rom_min"].band95)
    )
    peaks = [each.peak_band95_deg for each in analysis.repetitions]
    assert len(peaks) == 3
    assert rows["best_three_mean"].band95 == pytest.approx(np.mean(peaks))
    assert np.isnan(rows["repetitions"].band95)


def test_plain_landmarks_have_no_band_because_it_was_fitted_on_joint_centres() -> None:
    analysis = analyse("of_my_own")
    assert dict(analysis.provenance.settings)["bands"] == "none"
    assert all(np.isnan(m.band95) for m in analysis.measurements)
    assert all(np.isnan(r.peak_band95_deg) for r in analysis.repetitions)
