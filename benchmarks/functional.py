"""How well functional tests are timed: rendered clips of known times against the product.

    python benchmarks/functional.py CLIPS

CLIPS is the folder of render_functional.py. The truth is read from the true joints: seated where
the hips are a tenth of their way above the chair, and off the floor where the lower of heel and toe
is more than 1 cm above it. GO is given as it was rendered.
"""

import argparse
import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from render_functional import CLIPS, GO_S

from motion.model import FUNCTIONAL, Side
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings

MOVEMENTS = {
    "five_stands": "five_sit_to_stand",
    "thirty_seconds": "thirty_second_sit_to_stand",
    "one_leg": "single_leg_stance",
}
CHAIR_TESTS = ("five_sit_to_stand", "thirty_second_sit_to_stand")
OFF_FLOOR_M = 0.01


def find_movement_of(clip: str) -> str:
    """Return which test a clip shows."""
    return next(test for name, test in MOVEMENTS.items() if clip.startswith(name))


def find_truth(test: str, joints: pd.DataFrame) -> float:
    """Return the true answer of a clip."""
    time_s = joints["time_s"].to_numpy()
    if test == "single_leg_stance":
        return _time_off_floor(time_s, joints)
    height = joints["mid_hip_Y"].to_numpy()
    low, high = height.min(), height.max()
    up = height > (low + high) / 2.0
    rises = np.flatnonzero(np.diff(up.astype(int)) == 1)
    if test == "thirty_second_sit_to_stand":
        return float(np.sum((time_s[rises] > GO_S) & (time_s[rises] <= GO_S + 30.0)))
    falls = np.flatnonzero(np.diff(up.astype(int)) == -1)
    last = falls[4]
    near = last + np.argmax(height[last:] < low + 0.1 * (high - low))
    return float(time_s[near] - GO_S)


def _time_off_floor(time_s: np.ndarray, joints: pd.DataFrame) -> float:
    lowest = np.minimum(
        *(joints[f"left_{p}_Y"] - joints[f"left_{p}_Y"].min() for p in ("heel", "toe"))
    )
    edges = np.flatnonzero(np.diff((lowest > OFF_FLOOR_M).astype(int), prepend=0, append=0))
    runs = edges.reshape(-1, 2)
    return float(max(time_s[stop - 1] - time_s[first] for first, stop in runs))


def main() -> None:
    """Print a line for each clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path)
    folder = parser.parse_args().clips
    print("| clip | true | measured | error | verdict, note |\n| --- | --- | --- | --- | --- |")
    for name, *_ in CLIPS:
        if not (folder / f"{name}.json").is_file():
            continue
        test = find_movement_of(name)
        settings = AnalysisSettings(
            movement=test,
            go_s=GO_S if test in CHAIR_TESTS else None,
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        analysis = analyse_video(folder / f"{name}.mp4", settings)
        truth = find_truth(test, pd.read_csv(folder / f"{name}.csv"))
        for number in (m for m in analysis.measurements if m.joint == FUNCTIONAL):
            side = "" if number.side is Side.BOTH else f", on the {number.side}"
            error = number.value - truth if math.isfinite(number.value) else math.nan
            print(
                f"| {name}{side} | {truth:.2f} | {number.value:.2f} | {error:+.2f} "
                f"| {number.verdict}; {number.note} |"
            )


if __name__ == "__main__":
    main()
