"""`motion validate` as a user runs it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from cli_runner import Done, assert_one_line

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"


@pytest.mark.usefixtures("model")
@pytest.mark.model
def test_the_samples_are_measured(run: Callable[..., Done], tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = run("validate", SAMPLES, "--out", out, "--write-docs", tmp_path / "page.md")

    assert (done.code, done.err) == (0, ""), done
    rows = pd.read_csv(out / "validation.csv")
    assert set(rows["clip"]) == {"squat", "shoulder_abd_r", "walk_over"}
    knee = rows[
        (rows["clip"] == "squat") & (rows["angle"] == "knee_flexion") & (rows["side"] == "left")
    ].set_index("way")
    # Published for a real camera: bias -5.1 degrees, mean absolute error 7.1 (docs/validation.md).
    assert knee.loc["plain landmarks", "mae_deg"] == pytest.approx(7.2, abs=1.0)
    assert knee.loc["product", "mae_deg"] < 7.2
    assert knee.loc["product", "detection_rate"] > 0.95
    counted = rows[rows["repetition_count_error"].notna()]
    assert set(counted["clip"]) == {"squat", "shoulder_abd_r"}
    assert (counted["repetition_count_error"] == 0).all()
    assert "knee_flexion" in done.out
    assert "3 recordings" in done.out
    assert "# Validation" in (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("model")
@pytest.mark.model
def test_an_empty_folder(call: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    done = call("validate", tmp_path / "empty", "--out", tmp_path / "out")

    assert_one_line(done, "nothing could be measured")


def test_no_folder(call: Callable[..., Done], tmp_path: Path) -> None:
    assert_one_line(call("validate", tmp_path / "no", "--out", tmp_path / "out"), "not a folder")
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written(call: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert_one_line(call("validate", SAMPLES, "--out", tmp_path / "file"), "cannot be written")
