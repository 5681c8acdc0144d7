"""Several cameras from the command's choices to the files, with bodies that are known exactly."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cameras_makers import HEIGHT_PX, WIDTH_PX, film, make_camera, room_body
from cli_runner import assert_one_line, run_motion
from makers import Floats, bump
from video_makers import constant_times, numbered_picture, write_video

from motion.cameras.calibration import Camera
from motion.cameras.files import format_calibration
from motion.clinic import find_take, load_take, open_record, store_analysis
from motion.clinic.patients import ensure_patient
from motion.errors import InputError, NoPersonError
from motion.measuring import measure_again
from motion.model import Analysis, Mirrored, Side, ViewName
from motion.pipeline import write_annotated, write_results
from motion.pipeline_cameras import CameraChoices, analyse_cameras
from motion.pose.estimator import FramePose
from motion.pose.fake import FakeEstimator
from motion.report import read_landmarks
from motion.settings import AnalysisSettings

SCALE = 4
SIZE = (WIDTH_PX // SCALE, HEIGHT_PX // SCALE)
CAMERAS = [make_camera(a, name=n) for a, n in ((60.0, "cam_01"), (-30.0, "cam_02"))]
RATE_HZ, SECONDS = 30.0, 4.0
PEAK_DEG = 70.0


def pose_at(time_s: Floats) -> dict[str, Floats]:
    bend = PEAK_DEG * bump(time_s, 0.6, 1.2, 0.4)
    return {"left_knee_flexion": bend, "left_hip_flexion": bend / 2.0}


def bodies(camera: Camera, times: Floats, began_s: float = 0.0) -> list[FramePose]:
    body = room_body(pose_at(times + began_s), len(times))
    seen = film(camera, body, times)
    return [
        FramePose(
            image_px=((seen.image_px[row] - 0.5) / SCALE + 0.5).astype(np.float32),
            world_m=seen.world_m[row].astype(np.float32),
            visibility=np.full(33, 0.95, dtype=np.float32),
            presence=np.full(33, 0.95, dtype=np.float32),
        )
        for row in range(len(times))
    ]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two videos and their calibration."""
    folder = tmp_path_factory.mktemp("rig")
    times = constant_times(int(SECONDS * RATE_HZ), RATE_HZ)
    for camera in CAMERAS:
        pictures = [numbered_picture(number % 256, SIZE) for number in range(len(times))]
        write_video(folder / f"take_{camera.name}.mp4", pictures, times)
    (folder / "rig.toml").write_text(format_calibration(CAMERAS, 0.2), encoding="utf-8")
    return folder


def estimators(found: list[list[FramePose]]) -> Callable[[], FakeEstimator]:
    waiting: Iterator[list[FramePose]] = iter(found)
    return lambda: FakeEstimator(next(waiting))


def analyse(rig: Path, began_s: float = 0.0, **choices: Any) -> Analysis:
    times = np.arange(int(SECONDS * RATE_HZ)) / RATE_HZ
    settings = AnalysisSettings(movement="knee_flexion", side=Side.LEFT)
    cameras = {"offsets_s": (began_s,), **choices}
    return analyse_cameras(
        rig / "take_cam_01.mp4",
        CameraChoices(others=(rig / "take_cam_02.mp4",), calibration=rig / "rig.toml", **cameras),
        settings,
        make_estimator=estimators([bodies(CAMERAS[0], times), bodies(CAMERAS[1], times, began_s)]),
    )


@pytest.fixture(scope="module")
def analysis(rig: Path) -> Analysis:
    return analyse(rig)


def test_the_angle_is_the_bodys_own(analysis: Analysis) -> None:
    value = analysis.angles["left_knee_flexion"].value_deg
    truth = pose_at(analysis.angles.time_s)["left_knee_flexion"]

    assert np.isfinite(value).all()
    assert np.max(np.abs(value - truth)) < 1.5  # the low-pass filter rounds the corners
    assert [round(r.peak_deg) for r in analysis.repetitions] == [70]
    assert analysis.view.name is ViewName.SPATIAL
    assert analysis.warnings == ()


def test_the_offset_may_be_found(rig: Path) -> None:
    found = analyse(rig, 0.3, offsets_s=(0.3,))

    value = found.angles["left_knee_flexion"].value_deg
    truth = pose_at(found.angles.time_s)["left_knee_flexion"]
    assert np.nanmax(np.abs(value - truth)) < 1.5
    assert np.isnan(value[:8]).all(), "the other camera did not run yet"


def test_the_files_hold_what_several_cameras_add(
    analysis: Analysis, rig: Path, tmp_path: Path
) -> None:
    write_results(analysis, tmp_path)
    write_annotated(
        analysis, rig / "take_cam_01.mp4", tmp_path / "annotated.mp4", AnalysisSettings()
    )

    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    with (tmp_path / "measurements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with np.load(tmp_path / "landmarks.npz") as held:
        position_m, error_px = held["position_m"], held["reprojection_px"]
    assert [c["camera"] for c in summary["cameras"]] == ["cam_01", "cam_02"]
    assert all(len(c["sha256"]) == 64 and c["left_out"] == "" for c in summary["cameras"])
    assert summary["settings"]["cameras"] == 2
    assert summary["settings"]["offsets_from"] == "given"
    assert {row["view"] for row in rows} == {"spatial"}
    truth = room_body(pose_at(analysis.recording.time_s), len(position_m))
    np.testing.assert_allclose(position_m, truth, atol=1e-3)
    assert error_px.shape == (len(position_m), 33)
    assert np.max(error_px) < 0.1
    assert (tmp_path / "annotated.mp4").stat().st_size > 0


def test_landmarks_are_read_again(analysis: Analysis, tmp_path: Path) -> None:
    write_results(analysis, tmp_path)
    again = read_landmarks(tmp_path / "landmarks.npz").triangulated

    assert again is not None
    assert analysis.recording.triangulated is not None
    np.testing.assert_array_equal(again.position_m, analysis.recording.triangulated.position_m)
    np.testing.assert_array_equal(again.up, [0.0, 0.0, 1.0])


def test_a_stored_take_is_measured_again_in_the_room(analysis: Analysis) -> None:
    with open_record() as record:
        ensure_patient(record, "P1")
        store_analysis(record, analysis, "P1")
        take_id = find_take(record, "P1", analysis.provenance.input.sha256, "knee_flexion")
        assert take_id is not None
        stored = load_take(record, take_id).analysis
    again = measure_again(stored, AnalysisSettings(movement="knee_flexion", side=Side.LEFT))

    for found in (stored, again):
        assert found.view.name is ViewName.SPATIAL
        np.testing.assert_array_equal(
            found.angles["left_knee_flexion"].value_deg,
            analysis.angles["left_knee_flexion"].value_deg,
        )
        settings = dict(found.provenance.settings)
        assert (settings["cameras"], settings["angle_method"]) == (2, "spatial")


def test_nobody_in_one_of_the_views(rig: Path) -> None:
    choices = CameraChoices(
        others=(rig / "take_cam_02.mp4",), calibration=rig / "rig.toml", offsets_s=(0.0,)
    )
    times = np.arange(int(SECONDS * RATE_HZ)) / RATE_HZ

    with pytest.raises(NoPersonError, match=r"take_cam_02\.mp4: no person was found"):
        analyse_cameras(
            rig / "take_cam_01.mp4",
            choices,
            AnalysisSettings(),
            make_estimator=estimators([bodies(CAMERAS[0], times), []]),
        )


def test_a_mirrored_picture_is_not_its_cameras(rig: Path) -> None:
    settings = AnalysisSettings()
    mirrored = replace(settings.conditions, mirrored=Mirrored.YES)

    with pytest.raises(InputError, match="--mirrored yes"):
        analyse_cameras(
            rig / "take_cam_01.mp4",
            CameraChoices(others=(rig / "take_cam_02.mp4",), calibration=rig / "rig.toml"),
            replace(settings, conditions=mirrored),
        )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--camera", "b.mp4"], "--camera: needs --calibration FILE.toml"),
        (["--calibration", "c.toml"], "are for several cameras; name them by --camera"),
        (["--offset-s", "1"], "are for several cameras; name them by --camera"),
        (
            ["--camera", "b.mp4", "--calibration", "c.toml", "--offset-s", "1", "--offset-s", "2"],
            "--offset-s: expected one for each --camera (1), or none, got 2",
        ),
        (
            ["--camera", "b.mp4", "--calibration", "c.toml", "--up", "w"],
            "--up: expected x, y, z, -x, -y or -z, got 'w'",
        ),
        (
            ["--camera", "b.mp4", "--calibration", "c.toml", "--view", "frontal"],
            "--view frontal: several cameras see every plane",
        ),
        (["--camera", "b.mp4", "--calibration", "c.toml"], "c.toml: cannot be read"),
    ],
)
def test_choices_that_do_not_go_together(tmp_path: Path, options: list[str], said: str) -> None:
    done = run_motion(tmp_path, "analyse", "a.mp4", "--out", tmp_path / "out", *options)

    assert_one_line(done, said)
