"""Draws the reliability curve and the error-retention curve of ``benchmarks/confidence.py``."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import pandas as pd

SIZE_PX: Final = 360
MARGIN_PX: Final = 44
BINS_N: Final = 10
FEWEST_N: Final = 20
MOST: Final = 1.2
COLOURS_BGR: Final = {"fitted": (150, 110, 30), "held out": (20, 90, 220), "real": (60, 140, 60)}


def draw_figure(parts: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw found share against stated confidence, and the error-retention curves."""
    image = np.full((SIZE_PX + 2 * MARGIN_PX, 2 * (SIZE_PX + 2 * MARGIN_PX), 3), 255, np.uint8)
    right_px = SIZE_PX + 2 * MARGIN_PX
    write_axes(image, 0, "stated confidence", "share within 10 degrees", "1")
    write_axes(image, right_px, "share of frames kept", "their mean error over that of all", "1.2")
    draw_line(image, 0, np.array([0.0, 1.0]), np.array([0.0, 1.0]), (170, 170, 170))
    one = np.array([1.0, 1.0]) / MOST
    draw_line(image, right_px, np.array([0.0, 1.0]), one, (170, 170, 170))
    for number, (name, frames) in enumerate(parts.items()):
        colour = COLOURS_BGR[name]
        stated = frames["stated"].to_numpy()
        bins = frames.groupby(np.minimum((stated * BINS_N).astype(int), BINS_N - 1))
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
            draw_line(
                image, right_px, share, np.minimum(mean[rows] / mean[-1] / MOST, 1.0), colour, width
            )
        where = (MARGIN_PX + 10, MARGIN_PX + 18 + 18 * number)
        write(image, name, where, colour)
    write(
        image,
        "thick: confidence, thin: lowest visibility",
        (right_px + 54, MARGIN_PX + SIZE_PX - 14),
    )
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
