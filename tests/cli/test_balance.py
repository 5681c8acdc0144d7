"""`motion balance` from a plate's table: files, numbers, errors in one line."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cli_runner import assert_one_line, run_motion

from motion.report.balance import BALANCE_COLUMNS

PUBLISHED = Path(__file__).parents[3] / "shared" / "validation" / "real" / "balance_cop"


def write_trial(path: Path, seconds: float = 40.0, scale: float = 1.0) -> Path:
    time_s = np.arange(int(seconds * 100)) / 100.0
    x = 5 * scale * np.sin(2 * np.pi * 0.25 * time_s)
    y = 3 * scale * np.sin(2 * np.pi * 0.5 * time_s)
    table = {"Time[s]": time_s, "COPx[mm]": x, "COPy[mm]": y}
    pd.DataFrame(table).to_csv(path, index=False)
    return path


def numbers(folder: Path) -> dict[tuple[str, str], float]:
    table = pd.read_csv(folder / "balance.csv")
    assert list(table.columns) == list(BALANCE_COLUMNS)
    return {(row.measure, row.axis): row.value for row in table.itertuples()}


def test_a_trial_gives_its_three_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_motion(
        tmp_path, "balance", write_trial(tmp_path / "a.csv"), "--out", out, "--forward-axis", "x"
    )

    assert (done.code, done.err) == (0, "")
    found = numbers(out)
    assert found["rms", "ap"] == pytest.approx(5 / np.sqrt(2), rel=1e-3)
    assert found["mean_frequency", "ml"] == pytest.approx(0.5, rel=0.02)
    sway = pd.read_csv(out / "sway.csv")
    assert list(sway.columns) == ["time_s", "ap_mm", "ml_mm"]
    assert len(sway) == 4000
    assert (out / "sway.png").read_bytes().startswith(b"\x89PNG")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["kind"], summary["stored"]) == ("force", False)
    assert summary["settings"]["forward_axis"] == "x"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--forward-axis", "z"), "--forward-axis: expected x or y, got 'z'"),
        (("--rate-hz", "0"), "--rate-hz: expected a number above 0, got 0"),
        (("--cutoff-hz", "50"), "--cutoff-hz: 50 is not below half the rate"),
        (("--height-cm", "1.75"), "--height-cm: expected a body's height in centimetres, got 1.75"),
    ],
)
def test_options_that_cannot_be_meant(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    trial = write_trial(tmp_path / "a.csv")
    done = run_motion(tmp_path, "balance", trial, "--out", tmp_path / "out", *options)

    assert_one_line(done, said)


def test_a_short_trial_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    trial = write_trial(tmp_path / "a.csv", seconds=12.0)
    done = run_motion(tmp_path, "balance", trial, "--out", tmp_path / "out")

    assert_one_line(done, "12.0 s of standing; at least 20 s are needed")


@pytest.mark.parametrize(
    ("force_n", "said"),
    [
        ([700.0], "1 row below the heading; at least 20 s of standing are needed"),
        ([700.0] * 3, "3 rows below the heading"),
        ([3.0] * 50, "nobody stands on the plate (no vertical force over 20 N)"),
    ],
)
def test_too_few_rows_are_not_called_an_empty_plate(
    tmp_path: Path, force_n: list[float], said: str
) -> None:
    table = pd.DataFrame({"Time[s]": np.arange(len(force_n)) / 100.0, "Fz[N]": force_n})
    for name in ("Fx[N]", "Fy[N]", "Mx[Nm]", "My[Nm]", "Mz[Nm]"):
        table[name] = 0.5
    table.to_csv(tmp_path / "a.csv", index=False)
    done = run_motion(tmp_path, "balance", tmp_path / "a.csv", "--out", tmp_path / "out")

    assert_one_line(done, said)


def test_a_centre_of_pressure_full_of_gaps_is_not_called_an_empty_plate(tmp_path: Path) -> None:
    trial = write_trial(tmp_path / "a.csv")
    table = pd.read_csv(trial)
    table["COPx[mm]"] = np.nan
    table.to_csv(trial, index=False)
    done = run_motion(tmp_path, "balance", trial, "--out", tmp_path / "out")

    assert_one_line(done, "no 4 rows on end with a centre of pressure")


def test_a_trial_in_pieces_says_how_long_the_longest_is(tmp_path: Path) -> None:
    trial = write_trial(tmp_path / "a.csv")
    table = pd.read_csv(trial)
    table.loc[1500:1600, "COPx[mm]"] = np.nan
    table.loc[2600:2700, "COPx[mm]"] = np.nan
    table.to_csv(trial, index=False)
    done = run_motion(tmp_path, "balance", trial, "--out", tmp_path / "out")

    assert_one_line(done, "15.0 s of standing without a gap, of 40.0 s")


def test_somebody_who_walks_about_is_not_called_quiet(tmp_path: Path) -> None:
    trial = write_trial(tmp_path / "a.csv", scale=40.0)
    out = tmp_path / "out"
    done = run_motion(tmp_path, "balance", trial, "--out", out)

    assert done.code == 0
    assert "not quiet standing on two feet" in done.err
    assert set(pd.read_csv(out / "balance.csv").verdict) == {"uncertain"}


@pytest.mark.validation
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="../shared/validation is not there")
@pytest.mark.parametrize("trial", ["BDS00001", "BDS00002"])
def test_published_speed_area_and_frequency_come_out_again(tmp_path: Path, trial: str) -> None:
    """Santos & Duarte 2016, PeerJ 4:e2648; centimetres there, millimetres here."""
    known = pd.read_csv(PUBLISHED / "BDSinfoCOP.txt", sep="\t").set_index("Trial").loc[trial]
    out = tmp_path / "out"
    done = run_motion(tmp_path, "balance", PUBLISHED / f"{trial}.txt", "--out", out)
    found = numbers(out)

    assert done.code == 0, done.err
    assert found["ellipse_area", "both"] / 100 == pytest.approx(known.COParea, rel=1e-4)
    assert found["mean_speed", "both"] / 10 == pytest.approx(known.COPvelo, rel=3e-4)
    assert found["mean_frequency", "both"] == pytest.approx(known.COPmfreq, rel=1e-3)
