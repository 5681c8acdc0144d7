"""The real recording of four calibrated cameras, measured by two, three and four of them together.

    python benchmarks/balance_cameras.py [--folder FOLDER] [--keep FOLDER] [--offsets found|given]
                                         [--all] [--csv FILE]

Runs `motion analyse VIDEO --camera VIDEO2 ... --calibration FILE.toml` on the videos and compares
its angles.csv and landmarks.npz: knee flexion with the mean of two OpenSim solutions and with each
alone, landmarks with markers_3d.trc. All three references come from the four cameras' own pose
estimates, not from markers on the skin; the two solutions differ by 5 to 8 degrees. `--all`
measures each pair and each three cameras too. `--keep` keeps each run's files.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from balance import read_markers
from clips import SHARED
from rich.console import Console
from rich.table import Table

from motion.model import FloatArray, landmark_index

CAMERAS = (1, 2, 3, 4)
SIDES = ("left", "right")
COMPARED = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
SOLUTIONS = ("opensim_ik_body25b.mot", "opensim_ik_lstm.mot")


def read_motion(path: Path) -> pd.DataFrame:
    """Return an OpenSim motion file's table, in degrees."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(row for row, line in enumerate(lines) if line.startswith("endheader")) + 1
    names = lines[start].split()
    rows = [line.split() for line in lines[start + 1 :] if line.strip()]
    return pd.DataFrame(np.array(rows, dtype=float), columns=names)


def measure(folder: Path, cameras: Sequence[int], out: Path, *, given: bool) -> None:
    """Run the command itself on the videos of some cameras."""
    first, *others = (folder / f"single_cam{number:02d}.mp4" for number in cameras)
    command = [sys.executable, "-c", "from motion.cli import main; main()", "analyse", str(first)]
    for video in others:
        command += ["--camera", str(video), *(["--offset-s", "0"] if given else [])]
    command += ["--calibration", str(folder / "calibration.toml"), "--no-video", "--out", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def difference(found: FloatArray, reference: FloatArray) -> dict[str, float]:
    """Return root mean square, mean and scatter of a difference, where it was measured."""
    off = (found - reference)[np.isfinite(found)]
    return {
        "rmse": float(np.sqrt(np.mean(off**2))),
        "bias": float(np.mean(off)),
        "sd": float(np.std(off)),
    }


def compare(folder: Path, out: Path) -> dict[str, Any]:
    """Return how far a run's knees and landmarks are from the references."""
    angles = pd.read_csv(out / "angles.csv")
    solutions = [read_motion(folder / name) for name in SOLUTIONS]
    row: dict[str, Any] = {}
    for side in SIDES:
        found = angles[f"{side}_knee_flexion_deg"].to_numpy()
        each = [table[f"knee_angle_{side[0]}"].to_numpy() for table in solutions]
        mean = difference(found, np.mean(each, axis=0))
        row |= {f"{side}_{name}": value for name, value in mean.items()}
        for name, reference in zip(("body25b", "lstm"), each, strict=True):
            row[f"{side}_{name}"] = difference(found, reference)["rmse"]
        row[f"{side}_given"] = float(np.mean(np.isfinite(found)))
    with np.load(out / "landmarks.npz") as held:
        place_m, error_px = held["position_m"], held["reprojection_px"]
    rows = [landmark_index(f"{side}_{name}") for side in SIDES for name in COMPARED]
    markers = read_markers(folder / "markers_3d.trc")[:, :, [2, 0, 1]]  # to z up
    apart_mm = 1000.0 * np.linalg.norm(place_m - markers, axis=2)[:, rows]
    row["landmarks_mm"] = float(np.nanmedian(apart_mm))
    row["reprojection_px"] = float(np.nanmedian(error_px[:, rows]))
    return row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=SHARED / "real" / "balance_4cam")
    parser.add_argument("--keep", type=Path, help="keeps each run's files")
    parser.add_argument("--offsets", choices=("given", "found"), default="given")
    parser.add_argument("--all", action="store_true", help="each pair and each three too")
    parser.add_argument("--csv", type=Path, help="also write every figure")
    chosen = parser.parse_args()
    table = Table(
        "cameras", "left RMSE", "bias", "SD", "each alone", "right RMSE", "bias", "SD",
        "each alone", "given", "landmarks mm", "reprojection px",
        title="knee flexion against the mean of two OpenSim solutions, degrees",
    )  # fmt: skip
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in (4, 3, 2) if chosen.all else (4,):
            for cameras in combinations(CAMERAS, count):
                name = "".join(str(number) for number in cameras)
                out = (chosen.keep or Path(scratch)) / f"cameras_{name}"
                measure(chosen.folder, cameras, out, given=chosen.offsets == "given")
                row = {"cameras": name, **compare(chosen.folder, out)}
                rows.append(row)
                cells = [name]
                for side in SIDES:
                    cells += [f"{row[f'{side}_rmse']:.1f}", f"{row[f'{side}_bias']:+.1f}"]
                    cells.append(f"{row[f'{side}_sd']:.1f}")
                    cells.append(f"{row[f'{side}_body25b']:.1f}, {row[f'{side}_lstm']:.1f}")
                given = min(row["left_given"], row["right_given"])
                cells += [f"{given:.0%}", f"{row['landmarks_mm']:.0f}"]
                table.add_row(*cells, f"{row['reprojection_px']:.1f}")
    Console(width=150).print(table)
    if chosen.csv:
        pd.DataFrame(rows).to_csv(chosen.csv, index=False)


if __name__ == "__main__":
    main()
