"""A marker file through the joiner to its angles, and out to OpenSim."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from makers import make_recording, uniform_times
from marker_makers import dress_plug_in_gait, walking_body, walking_pose, write_c3d, write_trc

from motion.capture import hash_file
from motion.errors import InputError, OutputError
from motion.markers import read_markers, read_mot
from motion.measuring import measure_again, measure_recording
from motion.model import Analysis, Gait, InputFile, ModelInfo, Provenance, Scale, ViewName
from motion.pipeline_markers import analyse_markers, write_opensim
from motion.settings import AnalysisSettings, recall_settings

STARTED_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TIME_S, BODY = walking_body()
MARKERS = dress_plug_in_gait(BODY)
WIDTHS = {f"{side}{name}Width": width for side in "LR"
          for name, width in (("Knee", 100.0), ("Ankle", 70.0))}  # fmt: skip


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    path = tmp_path_factory.mktemp("c3d") / "walk.c3d"
    write_c3d(path, MARKERS, first_frame=100, processing=WIDTHS)
    return analyse_markers(path, AnalysisSettings(), name="patient.c3d")


def test_angles_of_both_legs_are_measured(analysis: Analysis) -> None:
    wanted = walking_pose(TIME_S)
    curves = {curve.name: curve.value_deg for curve in analysis.angles.curves}

    assert analysis.view.name is ViewName.SPATIAL
    for name in ("left_knee_flexion", "right_knee_flexion", "left_hip_flexion"):
        np.testing.assert_allclose(curves[name][20:-20], wanted[name][20:-20], atol=0.1)


def test_the_result_says_where_it_comes_from(analysis: Analysis, tmp_path: Path) -> None:
    made, settings = analysis.provenance, dict(analysis.provenance.settings)

    assert made.model.name == "markers plug_in_gait"
    assert len(made.model.sha256) == 64
    assert made.input.name == "patient.c3d"
    assert (made.input.extension, made.input.frames) == ("c3d", len(TIME_S))
    assert (made.input.rate_hz, made.input.duration_s) == (100.0, pytest.approx(2.0))
    assert made.input.sha256 == hash_file(
        write_c3d(tmp_path / "walk.c3d", MARKERS, first_frame=100, processing=WIDTHS)
    )
    assert analysis.person.measured_frames == len(TIME_S)
    assert settings["markers_origin_s"] == 1.0
    assert settings["started_at_clock"] == "file"
    assert set(analysis.timings) == {"decode_s", "pose_s", "measure_s", "total_s"}


def test_measuring_the_stored_landmarks_again_changes_nothing(analysis: Analysis) -> None:
    again = measure_again(analysis, recall_settings(analysis))

    for before, after in zip(analysis.angles.curves, again.angles.curves, strict=True):
        np.testing.assert_array_equal(after.value_deg, before.value_deg)
    assert dict(again.provenance.settings) == dict(analysis.provenance.settings)


def test_no_sides_are_repaired_and_no_width_is_warned_of(analysis: Analysis) -> None:
    assert analysis.sides.swapped_leg_frames == analysis.sides.ambiguous_frames == 0
    assert not any("wide" in each or "above the heels" in each for each in analysis.warnings)


def test_usual_widths_and_missing_frames_are_said(tmp_path: Path) -> None:
    found = analyse_markers(
        write_trc(tmp_path / "walk.trc", MARKERS, promised=300), AnalysisSettings()
    )

    assert found.warnings[:2] == (
        "The file ends early: 201 of its 300 frames were read.",
        "The file does not say how wide knees and ankles are: 100 and 70 mm were taken "
        "(docs/markers.md).",
    )


def test_a_vertical_that_does_not_fit_the_body_is_said(tmp_path: Path) -> None:
    path = write_c3d(tmp_path / "walk.c3d", MARKERS, y_screen="+Y", processing=WIDTHS)

    assert (
        analyse_markers(path, AnalysisSettings())
        .warnings[0]
        .startswith("The hips are not above the heels, as the file says which way is up")
    )


def test_markers_of_no_set_are_refused(tmp_path: Path) -> None:
    some = {name: MARKERS[name] for name in ("LASI", "RASI", "LHEE", "RHEE")}

    with pytest.raises(InputError, match="nearest is Plug-in-Gait, of which ltoe, rtoe are"):
        analyse_markers(write_trc(tmp_path / "walk.trc", some), AnalysisSettings())


def test_what_is_written_for_opensim_measures_the_same(analysis: Analysis, tmp_path: Path) -> None:
    assert write_opensim(analysis, tmp_path / "out") == ()
    again = analyse_markers(tmp_path / "out" / "landmarks.trc", AnalysisSettings())
    table = read_mot(tmp_path / "out" / "angles.mot")

    assert again.provenance.model.name == "markers landmarks"
    for before, after in zip(analysis.angles.curves, again.angles.curves, strict=True):
        np.testing.assert_allclose(after.value_deg, before.value_deg, atol=0.01)
    knee = next(c for c in analysis.angles.curves if c.name == "left_knee_flexion")
    np.testing.assert_allclose(table["knee_angle_l"], -knee.value_deg, atol=1e-6)
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "angles.mot", "landmarks.trc",
    ]  # fmt: skip


def one_camera() -> Analysis:
    time_s = uniform_times(2.0)
    recording = make_recording({"left_knee_flexion": 20.0 * np.sin(time_s)}, time_s)
    file = InputFile(
        name="a.mp4", extension="mp4", sha256="0" * 64, frames=len(time_s), duration_s=2.0,
        rate_hz=30.0, dropped=0, duplicated=0, width_px=640, height_px=480,
    )  # fmt: skip
    made = Provenance(input=file, model=ModelInfo(name="fake", sha256=""), software="", settings=())
    return measure_recording(recording, AnalysisSettings(), made, STARTED_AT)


def test_one_camera_without_a_scale_gives_angles_and_a_reason(tmp_path: Path) -> None:
    (reason,) = write_opensim(one_camera(), tmp_path)

    assert reason.startswith("landmarks.trc was not written: of one camera's picture nobody said")
    assert "knee_angle_l" in read_mot(tmp_path / "angles.mot").columns
    assert not (tmp_path / "landmarks.trc").exists()


def test_one_camera_with_a_scale_gives_landmarks_in_a_plane(tmp_path: Path) -> None:
    scaled = replace(one_camera(), gait=Gait(scale=Scale(m_per_unit=0.004)))

    assert write_opensim(scaled, tmp_path) == ()
    found = read_markers(tmp_path / "landmarks.trc")
    hip, knee = (found.position_m[:, found.names.index(f"left_{n}")] for n in ("hip", "knee"))
    assert (found.position_m[..., 2] == 0.0).all()
    assert (hip[:, 1] > knee[:, 1]).all()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="cannot be written"):
        write_opensim(one_camera(), tmp_path / "file")
