"""Fits the confidence model of ``data/confidence`` to frames with known answers.

    python benchmarks/confidence_fit.py OUT.csv LANDMARKS FOLDER [FOLDER ...]

``FOLDER`` holds rendered clips (NAME.mp4, NAME.csv, NAME.json), ``LANDMARKS`` their landmarks
and those of the spoiled ones (``benchmarks/spoiled.py``). The people of the held-out subject are
left out. Every clip, angle and side has the same weight, however long it is.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from confidence_frames import BAND_DEG, HELD_OUT, load_clips, tabulate, take_off_bias
from scipy.optimize import minimize
from scipy.special import expit

from motion.kinematics.confidence import ConfidenceModel
from motion.kinematics.confidence_evidence import EVIDENCE

RIDGE: Final = 1e-3
MOST_BY_CHANCE: Final = 0.2


def fit(frames: pd.DataFrame, version: str) -> ConfidenceModel:
    """Return the model of greatest likelihood whose weights are not negative."""
    evidence, right = frames[list(EVIDENCE)].to_numpy(), frames["right"].to_numpy()
    groups = frames.groupby(["clip", "angle", "side"])["right"]
    share = 1.0 / groups.transform("size").to_numpy()
    share /= share.sum()

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        weights, chance = given[1:-1], given[-1]
        odds = expit(given[0] - evidence @ weights)
        stated = np.clip(chance + (1 - chance) * odds, 1e-9, 1 - 1e-9)
        likelihood = right * np.log(stated) + (1 - right) * np.log(1 - stated)
        pull = share * (stated - right) / (stated * (1 - stated))
        slope = pull * (1 - chance) * odds * (1 - odds)
        downhill = np.concatenate(
            [
                [np.sum(slope)],
                2 * RIDGE / len(weights) * weights - slope @ evidence,
                [np.sum(pull * (1 - odds))],
            ]
        )
        return float(RIDGE * np.mean(weights**2) - np.sum(share * likelihood)), downhill

    start = np.concatenate([[6.0], np.ones(len(EVIDENCE)), [0.1]])
    bounds = [(None, None), *[(0.0, None)] * len(EVIDENCE), (0.0, MOST_BY_CHANCE)]
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", tol=1e-10).x
    return ConfidenceModel(
        version=version,
        band_deg=BAND_DEG,
        chance=round(float(found[-1]), 3),
        intercept=round(float(found[0]), 3),
        weights={name: round(float(w), 3) for name, w in zip(EVIDENCE, found[1:-1], strict=True)},
    )


def main() -> None:
    """Write the model's coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("landmarks", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    choices = parser.parse_args()
    clips = list(load_clips(choices.folders, choices.landmarks))
    frames = take_off_bias(pd.concat([tabulate(clip) for clip in clips], ignore_index=True))
    frames = frames[frames["subject"] != HELD_OUT]
    model = fit(frames, f"{datetime.now(UTC):%Y-%m-%d}")
    lines = ["name,value", f"version,{model.version}", f"band_deg,{model.band_deg:g}"]
    lines += [f"chance,{model.chance}", f"intercept,{model.intercept}"]
    lines += [f"{name},{weight}" for name, weight in model.weights.items()]
    choices.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{frames['clip'].nunique()} clips, {len(frames)} frames", *lines, sep="\n")


if __name__ == "__main__":
    main()
