"""Options without a meaning for the file at hand are said, or refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from cli_runner import Done, assert_one_line
from gait.walkers import Walker, walk
from makers import uniform_times

from motion.markers.writing import format_trc


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    times_s = uniform_times(4.0, 60.0)
    position_m = walk(Walker(strides=4), times_s).position_m[..., [2, 1, 0]] * [1.0, 1.0, -1.0]
    path = tmp_path / "walk.trc"
    path.write_text(format_trc(times_s, position_m, 60.0, path.name), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--height-cm", 171], "--height-cm was not used: these landmarks are in metres"),
        (["--scale-m", 4, "--scale-px", "1,2,3,4"], "--scale-m and --scale-px were not used"),
        (["--person", "left"], "--person was not used: a marker file holds one person"),
        (["--model", "own.task"], "--model was not used: a marker file needs no pose model"),
        (["--go-s", 1.0], "--go-s was not used: no timed test was named"),
        (["--go-s", 1.0, "--test", "walk4"], "--go-s was not used: walk4 is timed from mark to"),
    ],
)
def test_what_was_typed_in_vain_is_said(
    call: Callable[..., Done], trial: Path, tmp_path: Path, options: list[object], said: str
) -> None:
    done = call("gait", trial, "--out", tmp_path / "out", *options)

    assert done.code == 0, done
    assert [said in line for line in done.err.splitlines()].count(True) == 1, done.err
    known = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["settings"]
    assert known["gait_height_m"] is None
    assert known["gait_floor_m"] is None
    assert known["person"] == "largest"


def test_what_is_used_is_not_said_to_be_in_vain(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    assert "not used" not in call("gait", trial, "--out", tmp_path / "out").err
    timed = call("gait", trial, "--out", tmp_path / "out", "--test", "tug", "--go-s", 1.0)
    assert "not used" not in timed.err


def test_options_of_a_walk_and_a_view_are_said_of_other_movements(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    options = ("--movement", "knee_flexion", "--height-cm", 171, "--view", "sagittal")
    done = call("analyse", trial, "--out", tmp_path / "out", *options)

    assert "--height-cm was not used: it gives metres to a walk" in done.err
    assert "--view was not used: a marker file shows every plane" in done.err


def test_a_marker_file_is_never_mirrored(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    done = call("gait", trial, "--out", tmp_path / "out", "--mirrored", "yes")
    table = pd.read_csv(tmp_path / "out" / "measurements.csv")

    assert done.code == 0, done
    assert "nothing was turned back" in done.err
    assert "it was turned back" not in done.err
    assert set(table.mirrored) == {"no"}


def test_no_camera_adds_to_a_marker_file(
    call: Callable[..., Done], trial: Path, tmp_path: Path
) -> None:
    options = ("--camera", trial, "--calibration", tmp_path / "cameras.toml")
    assert_one_line(
        call("analyse", trial, "--out", tmp_path / "out", *options), "walk.trc holds markers"
    )
