"""``motion gait`` as typed: files of a marker trial, options that cannot be meant."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from cli_runner import Done, assert_one_line
from gait.walkers import Walker, walk
from makers import uniform_times

from motion.clinic import list_takes, open_record
from motion.commands.gait import GaitChoices
from motion.markers.writing import format_trc
from motion.model import FloatArray

WALKER = Walker(strides=4)
TIMES_S = uniform_times(5.0, 60.0)


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A marker file of a walker."""
    return write_trial(tmp_path / "walk.trc", TIMES_S)


def test_a_marker_trial_gives_every_file(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = call("gait", trial, "--out", out, "--opensim")

    assert done.code == 0, done
    assert {each.name for each in out.iterdir()} == {
        "angles.csv", "angles.mot", "gait_cycles.csv", "gait_events.csv", "gait_parameters.csv",
        "landmarks.npz", "landmarks.trc", "measurements.csv", "repetitions.csv", "summary.json",
    }  # fmt: skip
    parameters = pd.read_csv(out / "gait_parameters.csv").set_index(["parameter", "side"])
    assert parameters.loc[("walking_speed", "both"), "mean"] == pytest.approx(
        WALKER.speed_m_s, rel=0.01
    )
    assert parameters.loc[("step_length", "left"), "mean"] == pytest.approx(0.6, abs=0.01)
    assert set(parameters.mdc_source) == {"none"}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["movement"] == "walking"
    assert summary["gait"]["scale"]["source"] == "metres"
    assert summary["gait"]["strides_counted"] > 4


def test_a_walk_is_stored_under_a_patient_once(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert call("gait", trial, "--patient", "P1", "--out", tmp_path / "out").code == 0

    with open_record() as record:
        (take,) = list_takes(record, "P1")
    assert (take.movement, take.kind) == ("walking", "markers")
    assert any(m.measure == "walking_speed" for m in take.measurements)


def write_trial(path: Path, times_s: FloatArray) -> Path:
    """Write the 33 landmarks of a walker as markers, y up and z to the right."""
    position_m = walk(WALKER, times_s).position_m[..., [2, 1, 0]] * [1.0, 1.0, -1.0]
    path.write_text(format_trc(times_s, position_m, 60.0, path.name), encoding="utf-8")
    return path


def test_a_marker_trial_too_short_for_a_walk_blames_no_camera(
    call: Callable[..., Done], tmp_path: Path
) -> None:
    done = call("gait", write_trial(tmp_path / "s.trc", TIMES_S[:36]), "--out", tmp_path / "out")

    assert done.code == 0, done
    assert "go one way for a second or longer" in done.err
    assert "film" not in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scale-m", 4], "--scale-m and --scale-px"),
        (["--scale-px", "1,2,3,4"], "--scale-m and --scale-px"),
        (["--scale-m", 4, "--scale-px", "1,2,3"], "expected x1,y1,x2,y2"),
        (["--scale-m", 4, "--scale-px", "1,2,1,2"], "two different points"),
        (["--scale-m", -1, "--scale-px", "1,2,3,4"], "a number above 0"),
        (["--height-cm", 1.7], "40 to 250"),
        (["--treadmill-speed-m-s", 0], "a number above 0"),
        (["--treadmill-speed-m-s", 1, "--overground"], "no belt"),
        (["--test", "sixminute"], "tug, walk10, walk4"),
        (["--go-s", -3], "from the beginning"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    call: Callable[..., Done], trial: Path, tmp_path: Path, options: list[object], said: str
) -> None:
    out = tmp_path / "out"
    assert_one_line(call("gait", trial, "--out", out, *options), said)
    assert not out.exists()


def test_height_of_the_record_is_the_scale() -> None:
    assert GaitChoices().to_settings(170.0).height_m == pytest.approx(1.70)
    assert GaitChoices(height_cm=180.0).to_settings(170.0).height_m == pytest.approx(1.80)
    marked = GaitChoices(scale_m=4.0, scale_px="0,0,100,0").to_settings(170.0)
    assert math.isnan(marked.height_m)
