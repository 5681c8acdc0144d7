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

import cv2
import numpy as np
import pandas as pd
from confidence_frames import HELD_OUT, Clip, load_clips, tabulate, take_off_bias
from confidence_real import load_balance
from rich.console import Console
from rich.table import Table

from motion.kinematics.confidence_evidence import EVIDENCE
from motion.library import load_confidence_model
from motion.model import SEEN_CONFIDENCE

BINS_N: Final = 10
SIZE_PX: Final = 360
MARGIN_PX: Final = 44
FEWEST_N: Final = 20
COLOURS_BGR: Final = {"fitted": (150, 110, 30), "held out": (20, 90, 220), "real": (60, 140, 60)}


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


def draw_reliability(parts: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw found share against stated confidence, and the error-retention curves."""
    image = np.full((SIZE_PX + 2 * MARGIN_PX, 2 * (SIZE_PX + 2 * MARGIN_PX), 3), 255, np.uint8)
    right_px = SIZE_PX + 2 * MARGIN_PX
    top_deg = max(float(part["off_deg"].mean()) for part in parts.values()) * 1.1
    write_axes(image, 0, "stated confidence", "share within 10 degrees", "1")
    write_axes(image, right_px, "share of frames kept", "mean error, degrees", f"{top_deg:.0f}")
    draw_line(image, 0, np.array([0.0, 1.0]), np.array([0.0, 1.0]), (170, 170, 170))
    for number, (name, frames) in enumerate(parts.items()):
        colour = COLOURS_BGR[name]
        bins = frames.groupby(bin_of(frames["stated"].to_numpy()))
        means = bins[["stated", "right"]].mean()[bins.size() >= FEWEST_N]
        draw_line(
            image, 0, means["stated"].to_numpy(), means["right"].to_numpy(), colour, dots=True
        )
        off_deg = frames["off_deg"].to_numpy()
        share = np.linspace(0.02, 1.0, 60)
        for column, width in (("stated", 2), ("lowest", 1)):
            kept = off_deg[np.argsort(-frames[column].to_numpy(), kind="stable")]
            mean = np.cumsum(kept) / np.arange(1, len(kept) + 1)
            rows = (share * (len(kept) - 1)).astype(int)
            draw_line(image, right_px, share, mean[rows] / top_deg, colour, width)
        where = (MARGIN_PX + 10, MARGIN_PX + 18 + 18 * number)
        write(image, name, where, colour)
    write(image, "thick: confidence, thin: lowest visibility", (right_px + 54, 62))
    cv2.imwrite(str(path), image)


def write_axes(image: np.ndarray, left_px: int, across: str, up: str, top: str) -> None:
    """Draw a frame with its two titles."""
    corner = (left_px + MARGIN_PX, MARGIN_PX)
    opposite = (left_px + MARGIN_PX + SIZE_PX, MARGIN_PX + SIZE_PX)
    cv2.rectangle(image, corner, opposite, (120, 120, 120), 1)
    write(image, across, (left_px + MARGIN_PX + SIZE_PX // 3, MARGIN_PX + SIZE_PX + 32))
    write(image, up, (left_px + 12, MARGIN_PX - 16))
    write(image, "0", (left_px + MARGIN_PX - 14, MARGIN_PX + SIZE_PX + 14))
    write(image, "1", (left_px + MARGIN_PX + SIZE_PX - 4, MARGIN_PX + SIZE_PX + 16))
    write(image, top, (left_px + MARGIN_PX - 18, MARGIN_PX + 8))


def draw_line(
    image: np.ndarray,
    left_px: int,
    across: np.ndarray,
    up: np.ndarray,
    colour: tuple[int, int, int],
    width: int = 1,
    dots: bool = False,
) -> None:
    """Draw a line through points given in 0..1 of both axes."""
    x = left_px + MARGIN_PX + across * SIZE_PX
    y = MARGIN_PX + SIZE_PX - up * SIZE_PX
    points = np.rint(np.column_stack([x, y])).astype(np.int32)
    cv2.polylines(image, [points], False, colour, width, cv2.LINE_AA)
    for point in points if dots else ():
        cv2.circle(image, (int(point[0]), int(point[1])), 4, colour, -1, cv2.LINE_AA)


def write(
    image: np.ndarray, text: str, at: tuple[int, int], colour: tuple[int, int, int] = (40, 40, 40)
) -> None:
    """Write a short text."""
    cv2.putText(image, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour, 1, cv2.LINE_AA)


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
    show_kept(frames[~real], console)
    if choices.figure:
        draw_reliability(parts, choices.figure)


if __name__ == "__main__":
    main()
