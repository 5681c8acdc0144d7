"""How well a camera sees sway: trunk sway against the known one of rendered people.

    python benchmarks/sway.py STANDING [--landmarks FOLDER]

STANDING holds the clips of render_standing.py. The clips of the validation folder in which
somebody stands in front of the camera and moves an arm or the trunk follow: they are too short
for the command, and what they show is no quiet standing.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from clips import SHARED, find_landmarks, rate_of
from scipy.signal import detrend

from motion.balance import (
    Sway,
    SwayNumbers,
    estimate_body_height,
    judge_trunk_sway,
    measure_sway,
    measure_trunk_sway,
)
from motion.balance.trunk import CUTOFF_HZ
from motion.model import UniformSeries
from motion.signals import cutoff_for_rate, filter_lowpass

MOVING = ("shoulder_abd_r", "shoulder_abd_lean", "trunk_lean", "hip_abd_r")
NAMES = ("rms", "span", "mean_speed", "mean_frequency_hz", "median_frequency_hz")


def measure_truth(truth: pd.DataFrame, rate_hz: float) -> SwayNumbers:
    """Return the numbers of the true trunk, in metres."""
    x_m = (truth["mid_hip_X"] + truth["mid_shoulder_X"]).to_numpy()[:, None] / 2.0
    series = UniformSeries(start_s=0.0, rate_hz=rate_hz, values=x_m)
    smooth = filter_lowpass(series, cutoff_for_rate(rate_hz, CUTOFF_HZ))
    sway = Sway(series=smooth.with_values(detrend(smooth.values, axis=0)), axes=("ml",), unit="m")
    return measure_sway(sway)


def compare(video: Path, landmarks: Path | None) -> dict[str, object]:
    """Return a row: what was measured, in millimetres, beside what is true."""
    about = json.loads(video.with_suffix(".json").read_text(encoding="utf-8"))
    recording = find_landmarks(video, landmarks)
    poses = recording.poses()
    height = estimate_body_height(poses)
    trunk = measure_trunk_sway(poses, rate_of(recording), height.height_px)
    if trunk is None:
        return {"clip": video.stem, "verdict": "no trunk seen"}
    height_m = about["subject_height_m"]
    distance_m = float(np.linalg.norm(about["camera"]["position_m"][::2]))
    true_px = about["camera"]["fx"] * height_m / distance_m
    truth = measure_truth(pd.read_csv(video.with_suffix(".csv")), about["fps"])
    ours = measure_sway(trunk.sway)
    row: dict[str, object] = {
        "clip": video.stem,
        "height_err_%": 100 * (height.height_px / true_px - 1),
    }
    for name in NAMES:
        length = not name.endswith("_hz")
        row[name] = getattr(ours, name) * (1000.0 * height_m if length else 1.0)
        row[f"{name}_true"] = getattr(truth, name) * (1000.0 if length else 1.0)
    row["rms_of_height_%"] = 100.0 * ours.rms
    row["feet_%"] = 100.0 * trunk.unrest
    row["verdict"] = str(judge_trunk_sway(trunk, 0.0).verdict)
    return row


def main() -> None:
    """Print a table of the standing clips, then of the moving ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("standing", type=Path)
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the landmarks")
    given = parser.parse_args()
    standing = sorted(given.standing.glob("*.mp4"))
    moving = [SHARED / "synthetic" / f"{name}.mp4" for name in MOVING]
    rows = [compare(video, given.landmarks) for video in [*standing, *moving]]
    with pd.option_context("display.width", 250, "display.max_columns", None):
        print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
