"""From a recording to its files, against what the rendered people truly did."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
import pytest
from cli_runner import run_motion
from video_makers import (
    SAMPLES,
    Picture,
    black_out,
    constant_times,
    portrait,
    read_times,
    sample_pictures,
    set_rotation,
    turned,
    write_video,
)

from motion.errors import ModelError
from motion.kinematics import Plane
from motion.model import Analysis
from motion.pipeline import analyse_video
from motion.pose import find_model
from motion.settings import AnalysisSettings

pytestmark = pytest.mark.model

KNEE = AnalysisSettings(movement="knee_flexion", view=Plane.SAGITTAL)


@pytest.fixture(scope="module", autouse=True)
def installed_model() -> None:
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def truth(name: str, column: str) -> np.ndarray:
    return np.array([float(row[column]) for row in read_csv(SAMPLES / f"{name}.csv")])


@pytest.mark.parametrize(
    ("clip", "movement", "side", "angle", "view"),
    [
        ("squat", "squat", "left", "knee_flexion", "sagittal"),
        ("shoulder_abd_r", "shoulder_abduction", "right", "shoulder_abduction", "frontal"),
    ],
)
def test_against_the_truth(
    tmp_path: Path, clip: str, movement: str, side: str, angle: str, view: str
) -> None:
    source, data = SAMPLES / f"{clip}.mp4", tmp_path / "data"
    choices = ["--movement", movement, "--side", side, "--patient", "P1"]
    first = run_motion(data, "analyse", source, *choices, "--out", tmp_path / "a")
    assert (first.code, first.out, first.err) == (0, "", "")
    if clip == "squat":
        again = run_motion(data, "analyse", source, *choices, "--no-video", "--out", tmp_path / "b")
        assert again.code == 0
        assert again.err.count("\n") == 1
        assert "stored under P1 already; it was not stored twice" in again.err
        names = {path.name for path in (tmp_path / "b").iterdir()}
        tables = {"angles.csv", "measurements.csv", "repetitions.csv", "landmarks.npz"}
        assert names == tables | {"summary.json"}
        for name in tables:
            assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()

    repetitions = read_csv(tmp_path / "a" / "repetitions.csv")
    assert [row["verdict"] for row in repetitions] == ["full"] * 3
    true_deg = truth(clip, f"{side}_{angle}")
    rows = read_csv(tmp_path / "a" / "measurements.csv")
    joint, _, motion = angle.partition("_")
    found = {
        row["measure"]: float(row["value"])
        for row in rows
        if (row["joint"], row["motion"], row["side"]) == (joint, motion, side) and row["value"]
    }
    assert found["rom_max"] == pytest.approx(true_deg.max(), abs=12)
    assert found["rom_range"] == pytest.approx(np.ptp(true_deg), abs=12)

    angles = read_csv(tmp_path / "a" / "angles.csv")
    np.testing.assert_allclose(
        [float(row["time_s"]) for row in angles], read_times(source), atol=1e-6
    )
    measured = np.array([float(row[f"{side}_{angle}_deg"] or "nan") for row in angles])
    assert np.nanmean(np.abs(measured - true_deg)) < 12

    summary = json.loads((tmp_path / "a" / "summary.json").read_text())
    assert summary["view"]["name"] == view
    assert set(summary["timings"]) == {"decode_s", "pose_s", "measure_s", "write_s", "total_s"}
    assert summary["timings"]["total_s"] >= summary["timings"]["write_s"] > 0
    with av.open(str(tmp_path / "a" / "annotated.mp4")) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        times_s = [float(frame.time) for frame in container.decode(video=0)]
    np.testing.assert_allclose(times_s, read_times(source), atol=1e-4)

    out = tmp_path / "progress.csv"
    assert run_motion(data, "export", "--patient", "P1", "--out", out).code == 0
    assert len(read_csv(out)) > 0
    assert run_motion(data, "patients").out == "P1\n"


def test_other_side_than_planned_is_not_stored(tmp_path: Path) -> None:
    clip = write_video(tmp_path / "c.mp4", sample_pictures("squat.mp4", 0, 40), constant_times(40))
    choices = ["--movement", "knee_flexion", "--side", "right", "--patient", "P1"]
    done = run_motion(
        tmp_path / "data", "analyse", clip, *choices, "--no-video", "--out", tmp_path / "out"
    )
    assert done.code == 2
    assert (
        "not stored under P1: the right side was planned, but the left side was to the camera"
        in (done.err.splitlines()[-1])
    )
    assert (tmp_path / "out" / "summary.json").is_file()
    assert run_motion(tmp_path / "data", "patients").out == ""


def analyse(path: Path, pictures: Iterable[Picture], rate_hz: float = 30.0) -> Analysis:
    kept = list(pictures)
    write_video(path, kept, constant_times(len(kept), rate_hz), rate_hz=rate_hz)
    return analyse_video(path, KNEE)


@pytest.mark.parametrize(("covered_s", "filled"), [(0.1, True), (0.3, False), (1.0, False)])
def test_covered_lens(tmp_path: Path, covered_s: float, filled: bool) -> None:
    start, stop = 20, 20 + round(covered_s * 30)
    analysis = analyse(
        tmp_path / "c.mp4", black_out(sample_pictures("squat.mp4", 0, 70), start, stop)
    )
    curve = analysis.angles["left_knee_flexion"]
    covered = curve.value_deg[start:stop]
    if filled:
        assert np.all(np.isfinite(covered))
        assert np.all(curve.filled[start:stop])
        true_deg = truth("squat", "left_knee_flexion")[start:stop]
        assert np.max(np.abs(covered - true_deg)) < 15
    else:
        assert np.all(np.isnan(covered))
        assert curve.valid_fraction <= 1 - (stop - start) / 70
    assert np.all(np.isfinite(curve.value_deg[:start]))


def test_only_what_is_in_view_is_measured(tmp_path: Path) -> None:
    upper = (picture[:270] for picture in sample_pictures("shoulder_abd_r.mp4", 20, 50))
    pictures = [np.ascontiguousarray(picture) for picture in upper]
    write_video(tmp_path / "c.mp4", pictures, constant_times(30))
    analysis = analyse_video(tmp_path / "c.mp4", AnalysisSettings())
    assert analysis.person_found
    assert np.any(np.isfinite(analysis.angles["right_shoulder_abduction"].value_deg))
    for name in ("left_knee_flexion", "right_knee_flexion", "left_hip_abduction"):
        assert np.all(np.isnan(analysis.angles[name].value_deg))


def test_five_frames_a_second(tmp_path: Path) -> None:
    analysis = analyse(tmp_path / "c.mp4", sample_pictures("squat.mp4", 0, 225, 6), rate_hz=5.0)
    assert analysis.provenance.input.rate_hz == pytest.approx(5.0)
    assert analysis.angles["left_knee_flexion"].value_deg.max() == pytest.approx(95, abs=15)
    assert len(analysis.repetitions) == 3


def test_one_frame(tmp_path: Path) -> None:
    analysis = analyse(tmp_path / "c.mp4", sample_pictures("squat.mp4", 0, 1))
    assert len(analysis.recording) == 1
    assert analysis.provenance.input.rate_hz == 0.0
    assert np.isfinite(analysis.angles["left_knee_flexion"].value_deg[0])
    assert analysis.repetitions == ()


def test_portrait_with_rotation_flag(tmp_path: Path) -> None:
    upright = [portrait(picture) for picture in sample_pictures("squat.mp4", 40, 52)]
    plain = analyse(tmp_path / "plain.mp4", upright)
    path = write_video(tmp_path / "c.mp4", [turned(p, 90) for p in upright], constant_times(12))
    flagged = analyse_video(set_rotation(path, 90), KNEE)
    assert (flagged.recording.width_px, flagged.recording.height_px) == (360, 480)
    np.testing.assert_allclose(
        flagged.angles["left_knee_flexion"].value_deg,
        plain.angles["left_knee_flexion"].value_deg,
        atol=4,
    )
