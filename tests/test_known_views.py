"""The camera's azimuth against cameras that are known: the truth itself, and the estimate."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from makers import pose_body
from scipy.spatial.transform import Rotation

from motion.errors import ModelError
from motion.pose import find_model

ROOT = Path(__file__).resolve().parents[1]
VALIDATION = ROOT.parent / "shared" / "validation"
RENDERED = ("squat_yaw15", "elbow_flex_l_yaw15", "shoulder_abd_r_yaw30", "squat_low")


@pytest.fixture(scope="module")
def benchmark() -> Iterator[Any]:
    """Return the benchmark that makes the tables of docs/measured.md."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import views

    yield views
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture
def installed_model() -> None:
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")


def place_camera(azimuth_deg: float, height_m: float, roll_deg: float) -> dict[str, list[float]]:
    """Return a calibration, z up, of a camera 3 m from a person who faces along x."""
    azimuth = np.radians(azimuth_deg)
    # Forward is the calibration's x, left its y.
    place = 3.0 * np.array([np.cos(azimuth), np.sin(azimuth), 0.0]) + [0.0, 0.0, height_m]
    away = -place / np.linalg.norm(place)
    right = np.cross(away, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(away, right), away])
    axes = Rotation.from_euler("z", roll_deg, degrees=True).as_matrix() @ axes
    return {
        "rotation": Rotation.from_matrix(axes).as_rotvec().tolist(),
        "translation": (-axes @ place).tolist(),
    }


@pytest.mark.parametrize("azimuth_deg", [-150.0, -49.0, 0.0, 35.0, 90.0, 175.0])
@pytest.mark.parametrize(("height_m", "roll_deg"), [(0.0, 0.0), (1.2, -26.0), (-0.4, 13.0)])
def test_the_truth_of_a_calibrated_camera(
    benchmark: Any, azimuth_deg: float, height_m: float, roll_deg: float
) -> None:
    # pose_body: x to the left, y up, z forward; the markers' file: the calibration's y, z, x.
    body = pose_body({"trunk_flexion": 10.0}, 5)
    camera = place_camera(azimuth_deg, height_m, roll_deg)

    assert benchmark.find_hip_azimuth(camera, body) == pytest.approx(azimuth_deg, abs=1e-6)


@pytest.mark.parametrize(
    ("true_deg", "off_deg", "wrong"),
    [(90.0, 3.0, False), (94.0, 14.0, True), (112.0, 12.0, True), (110.0, 15.0, False)],
)
def test_a_missing_and_a_false_warning_are_noticed(
    benchmark: Any, true_deg: float, off_deg: float, wrong: bool
) -> None:
    from makers import make_recording, view_from

    known = benchmark.Known("clip", "body", true_deg, make_recording({}))

    assert benchmark.Result(known, view_from(90.0 + off_deg)).wrongly_warned is wrong


def test_the_clips_to_render_have_names_of_their_own(benchmark: Any) -> None:
    import render_views

    names = [job["name"] for job in render_views.list_clips()]

    assert len(set(names)) == len(names)
    assert {"squat__m_heavy__medium__y-30", "hip_abd_r__m_avg__light__y+45"} <= set(names)


@pytest.mark.validation
@pytest.mark.model
@pytest.mark.usefixtures("installed_model")
@pytest.mark.skipif(not VALIDATION.is_dir(), reason=f"{VALIDATION} is not there")
@pytest.mark.parametrize("name", RENDERED)
def test_rendered_cameras_are_found_within_seven_degrees(benchmark: Any, name: str) -> None:
    import json

    from motion.kinematics import estimate_view

    clip = VALIDATION / "synthetic" / f"{name}.mp4"
    true_deg = json.loads(clip.with_suffix(".json").read_text(encoding="utf-8"))["azimuth_deg"]
    known = benchmark.Known(name, "", true_deg, benchmark.find_landmarks(clip, None))
    result = benchmark.Result(known, estimate_view(known.recording))

    assert abs(result.error_deg) < 7.0
    assert not result.wrongly_warned
    assert abs(result.view.roll_deg) < 7.0
