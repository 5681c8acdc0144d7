"""What the options of `motion analyse` change in its files."""

import csv
import itertools
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_runner import Done
from video_makers import constant_times, sample_pictures, write_video

from motion.clinic import PatientDetails, add_patient, open_record

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("model")]

Run = Callable[..., Done]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first squat going down, two seconds long."""
    path = tmp_path_factory.mktemp("clip") / "squat.mp4"
    return write_video(path, list(sample_pictures("squat.mp4", 10, 70)), constant_times(60))


@pytest.fixture(scope="module")
def moment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a second of it, where a take is measured for the record and not for its numbers."""
    path = tmp_path_factory.mktemp("moment") / "squat.mp4"
    return write_video(path, list(sample_pictures("squat.mp4", 40, 55)), constant_times(15))


def column(folder: Path, name: str) -> list[str]:
    with (folder / "angles.csv").open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def measurement(folder: Path, measure: str, joint: str, motion: str, side: str) -> dict[str, str]:
    with (folder / "measurements.csv").open(encoding="utf-8", newline="") as file:
        wanted = (measure, joint, motion, side)
        rows = list(csv.DictReader(file))
    (row,) = [r for r in rows if (r["measure"], r["joint"], r["motion"], r["side"]) == wanted]
    return row


def test_raw_leaves_the_landmarks_unfiltered(run: Run, clip: Path, tmp_path: Path) -> None:
    for name, options in (("smooth", []), ("raw", ["--raw"])):
        done = run("analyse", clip, "--out", tmp_path / name, "--no-video", *options)
        assert (done.code, done.out) == (0, "")
    smooth, raw = (
        [float(v) for v in column(tmp_path / name, "left_knee_flexion_deg")]
        for name in ("smooth", "raw")
    )
    summary = json.loads((tmp_path / "raw" / "summary.json").read_text())

    assert not (tmp_path / "raw" / "annotated.mp4").exists()
    assert summary["settings"]["filtered"] is False
    assert 0.05 < max(abs(a - b) for a, b in zip(smooth, raw, strict=True)) < 10
    assert jerk(raw) > 1.2 * jerk(smooth)


def jerk(values: list[float]) -> float:
    steps = [b - a for a, b in itertools.pairwise(values)]
    return sum(abs(b - a) for a, b in itertools.pairwise(steps))


def test_a_named_view_rules_out_the_other_plane(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run("analyse", clip, "--out", tmp_path, "--no-video", "--view", "frontal").code == 0
    knee = measurement(tmp_path, "rom_max", "knee", "flexion", "left")

    assert (knee["value"], knee["verdict"], knee["view"]) == ("", "not_measurable", "frontal")
    assert knee["note"] == "needs a side view; the camera looked from the front or back"
    assert set(column(tmp_path, "left_knee_flexion_deg")) == {""}


def test_position_and_conditions_reach_every_number(run: Run, clip: Path, tmp_path: Path) -> None:
    said = ["--position", "supine", "--mode", "passive", "--setting", "home", "--aid", "=frame"]
    assert run("analyse", clip, "--out", tmp_path, "--no-video", *said).code == 0
    trunk = measurement(tmp_path, "rom_max", "trunk", "flexion", "none")
    knee = measurement(tmp_path, "rom_max", "knee", "flexion", "left")

    assert trunk["note"] == "lean from the vertical is not given for a lying person"
    assert set(column(tmp_path, "trunk_flexion_deg")) == {""}
    assert (knee["position"], knee["mode"], knee["setting"]) == ("supine", "passive", "home")
    assert knee["aid"] == "'=frame"
    assert float(knee["value"]) > 40


def test_only_the_movement_and_side_that_were_asked_for(
    run: Run, clip: Path, tmp_path: Path
) -> None:
    asked = ["--movement", "knee_flexion", "--side", "left"]
    assert run("analyse", clip, "--out", tmp_path, "--no-video", *asked).code == 0
    with (tmp_path / "measurements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {(r["joint"], r["motion"], r["side"]) for r in rows} == {("knee", "flexion", "left")}
    assert {r["measure"] for r in rows} >= {"rom_max", "rom_min", "rom_range"}


def test_another_run_leaves_no_video_of_somebody_else(run: Run, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "annotated.mp4").write_bytes(b"somebody else")
    stored = ["--patient", "P1", "--keep-video"]
    assert run("analyse", clip, "--out", tmp_path, "--no-video", *stored).code == 0

    assert not (tmp_path / "annotated.mp4").exists()


def test_measuring_again_is_a_new_analysis_of_the_same_take(
    run: Run, moment: Path, tmp_path: Path
) -> None:
    said = []
    for options in ([], [], ["--position", "standing"], ["--raw"]):
        done = run(
            "analyse", moment, "--out", tmp_path, "--no-video", "--patient", "P1",
            "--movement", "knee_flexion", *options,
        )  # fmt: skip
        assert done.code == 0
        said.append(done.err)
    with closing(sqlite3.connect(tmp_path / "data" / "motion.db")) as database:
        (takes,) = database.execute("SELECT count(*) FROM take").fetchone()
        rows = database.execute("SELECT position, is_current FROM analysis").fetchall()

    assert takes == 1
    assert sorted(rows) == [("standing", 0), ("unknown", 0), ("unknown", 1)]
    assert ["not stored twice" in text for text in said] == [False, True, False, False]
    assert ["new current analysis" in text for text in said] == [False, False, True, True]


def test_a_joint_that_the_record_withholds_is_not_measured(
    run: Run, clip: Path, tmp_path: Path
) -> None:
    with open_record(folder=tmp_path / "data") as record:
        add_patient(record, PatientDetails(code="P1", withheld_joints=("left_knee",)))
    done = run("analyse", clip, "--out", tmp_path, "--no-video", "--patient", "P1")
    knee = measurement(tmp_path, "rom_max", "knee", "flexion", "left")
    hip = measurement(tmp_path, "rom_max", "hip", "flexion", "left")

    assert done.code == 0
    assert (knee["value"], knee["verdict"]) == ("", "not_measurable")
    assert "the patient's record says" in knee["note"]
    assert float(hip["value"]) > 20


def test_the_date_of_the_recording_can_be_named(run: Run, clip: Path, tmp_path: Path) -> None:
    named = ["--started-at", "2026-03-04T10:30:00"]
    assert run("analyse", clip, "--out", tmp_path, "--no-video", *named).code == 0
    summary = json.loads((tmp_path / "summary.json").read_text())

    assert summary["input"]["started_at"].startswith("2026-03-04T10:30:00")
    assert summary["settings"]["started_at_clock"] == "given"
