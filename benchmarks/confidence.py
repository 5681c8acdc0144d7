"""Whether the stated confidence means what it says: reliability, order, and what removing gains.

Prints for the people that the model was fitted on, for the one held out, and for the real
recordings: the share of frames within the band against what was stated, the error in each bin,
the expected calibration error, and the area under the error-retention curve (mean error of the
most confident frames, averaged over how many are kept) against the lowest visibility, chance and
an oracle.

    python benchmarks/confidence.py LANDMARKS FOLDER [FOLDER ...] [--real FOLDER] [--figure PNG]
"""

import argparse
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from confidence_figure import draw_figure
from confidence_frames import BAND_DEG, HELD_OUT, Clip, load_clips, tabulate, take_off_bias
from confidence_real import load_balance
from rich.console import Console
from rich.table import Table

from motion.kinematics.confidence_evidence import EVIDENCE
from motion.library import load_confidence_model
from motion.model import SEEN_CONFIDENCE

BINS_N: Final = 10
NEAR_S: Final = 0.1
FEWEST_N: Final = 20


def bin_of(stated: np.ndarray) -> np.ndarray:
    """Return which tenth each confidence lies in."""
    return np.minimum((stated * BINS_N).astype(int), BINS_N - 1)


def calibration_error(frames: pd.DataFrame) -> float:
    """Return the expected calibration error: mean distance between stated and found share."""
    means = frames.groupby(bin_of(frames["stated"].to_numpy()))[["stated", "right"]]
    apart = (means.mean()["stated"] - means.mean()["right"]).abs()
    return float(np.average(apart, weights=means.size()))


def retention_area(score: np.ndarray, off_deg: np.ndarray) -> float:
    """Return the area under the error-retention curve, degrees; less is better."""
    kept = off_deg[np.argsort(-score, kind="stable")]
    return float(np.mean(np.cumsum(kept) / np.arange(1, len(kept) + 1)))


def show_reliability(title: str, frames: pd.DataFrame, console: Console) -> None:
    """Print one row per tenth of stated confidence."""
    table = Table("stated", "frames", "mean stated", "within band", "median", "90th", title=title)
    for row, part in frames.groupby(bin_of(frames["stated"].to_numpy())):
        table.add_row(
            f"{row / BINS_N:.1f} to {(row + 1) / BINS_N:.1f}", f"{len(part)}",
            f"{part['stated'].mean():.2f}", f"{part['right'].mean():.2f}",
            f"{part['off_deg'].median():.1f}", f"{part['off_deg'].quantile(0.9):.1f}",
        )  # fmt: skip
    console.print(table)
    off_deg, stated = frames["off_deg"].to_numpy(), frames["stated"].to_numpy()
    areas = {
        "confidence": retention_area(stated, off_deg),
        "lowest visibility": retention_area(frames["lowest"].to_numpy(), off_deg),
        "chance": float(np.mean(off_deg)),
        "oracle": retention_area(-off_deg, off_deg),
    }
    red = stated < SEEN_CONFIDENCE
    console.print(
        f"{frames['clip'].nunique()} clips, {len(frames)} frames; calibration error "
        f"{calibration_error(frames):.3f}; red {np.mean(red):.2%}, of which "
        f"{1 - frames['right'][red].mean() if red.any() else float('nan'):.0%} are outside the band"
    )
    named = ", ".join(f"{name} {area:.2f}" for name, area in areas.items())
    console.print(f"area under the error-retention curve, degrees: {named}\n")


def show_kept(frames: pd.DataFrame, console: Console) -> None:
    """Print how many frames of each unspoiled square view stay measured."""
    square = frames[(frames["yaw_deg"] == 0) & ~frames["spoiled"]]
    kept = (square["stated"] >= SEEN_CONFIDENCE).groupby(square["clip"]).mean()
    console.print(
        f"unspoiled square views: {len(kept)} clips, {kept.mean():.2%} of the frames stay "
        f"measured; the worst clip {kept.idxmin()} {kept.min():.2%}"
    )


def find_extremes(frames: pd.DataFrame) -> pd.DataFrame:
    """Return the largest and smallest value of each curve, as the product reports them.

    ``lowest`` and ``mean`` are over the confidences within 0.1 s; red frames are left out.
    """
    found = []
    for (_, angle, _), curve in frames.groupby(["clip", "angle", "side"]):
        kept = curve[curve["stated"] >= SEEN_CONFIDENCE]
        if len(kept) < FEWEST_N:
            continue
        true_deg = curve["compared_deg"] - curve["error_deg"]
        for at, true_extreme in (
            (kept["compared_deg"].idxmax(), true_deg.max()),
            (kept["compared_deg"].idxmin(), true_deg.min()),
        ):
            near = kept["stated"][(kept["time_s"] - kept["time_s"][at]).abs() <= NEAR_S + 1e-6]
            off_deg = abs(kept["compared_deg"][at] - kept["bias_deg"][at] - true_extreme)
            found.append((angle, near.min(), near.mean(), off_deg))
    return pd.DataFrame(found, columns=["angle", "lowest", "mean", "off_deg"])


def show_extremes(frames: pd.DataFrame, console: Console) -> None:
    """Print how often the extremes of the curves are within the band, against both ways."""
    numbers = find_extremes(frames)
    table = Table("stated", title="largest and smallest value of a curve")
    for way in ("lowest", "mean"):
        for heading in ("numbers", "stated", "within band"):
            table.add_column(f"{way}: {heading}")
    for row in range(BINS_N // 2, BINS_N):
        cells = [f"{row / BINS_N:.1f} to {(row + 1) / BINS_N:.1f}"]
        for way in ("lowest", "mean"):
            part = numbers[bin_of(numbers[way].to_numpy()) == row]
            cells += [f"{len(part)}", f"{part[way].mean():.2f}"]
            cells.append(f"{(part['off_deg'] <= BAND_DEG).mean():.2f}")
        table.add_row(*cells)
    console.print(table)


def rate(clips: list[Clip]) -> pd.DataFrame:
    """Return the frames of all clips with their stated confidence."""
    frames = pd.concat([tabulate(clip) for clip in clips], ignore_index=True)
    return frames.assign(stated=load_confidence_model().rate(frames[list(EVIDENCE)].to_numpy()))


def main() -> None:
    """Print the tables and draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("landmarks", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--figure", type=Path)
    choices = parser.parse_args()
    console = Console(file=sys.stdout, width=110)
    clips = list(load_clips(choices.folders, choices.landmarks))
    if choices.real:
        clips += load_balance(choices.real, choices.landmarks)
    frames = take_off_bias(rate(clips))
    subject = frames["subject"]
    real = subject == "real"
    parts = {
        "fitted": frames[(subject != HELD_OUT) & ~real],
        "held out": frames[subject == HELD_OUT],
    }
    if real.any():
        parts["real"] = frames[real]
    for name, part in parts.items():
        show_reliability(name, part, console)
    show_extremes(frames[~real], console)
    show_kept(frames[~real], console)
    if choices.figure:
        draw_figure(parts, choices.figure)


if __name__ == "__main__":
    main()
