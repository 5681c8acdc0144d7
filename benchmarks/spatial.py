"""Three ways from landmarks to an angle, against the known answers, by how far off the camera is.

    plain     the angle in the picture
    mended    the same with the picture's foreshortening taken out (what the product gives)
    metres    in the body's own planes, from the model's three-dimensional landmarks

    python benchmarks/spatial.py [FOLDER ...] [--landmarks FOLDER] [--balance FOLDER] [--csv FILE]

Each FOLDER holds NAME.mp4, NAME.csv (truth) and NAME.json (camera); without one the shared
rendered clips are used. An angle is compared in clips made for its plane, in which it moves by 12
degrees or more, on the side that is not the far one. The bodies that figures are fitted on and
the one held out are shown apart. All three use the true azimuth; ``given`` is what the product
gives end to end, with the azimuth it estimates, where it gives a number.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from balance import load_balance
from clips import SHARED, Clip, load_clips, rate_of
from rich.console import Console
from rich.table import Table

from motion.kinematics import (
    JOINTS,
    CleaningSettings,
    Plane,
    clean_recording,
    estimate_view,
    measure_angles,
)
from motion.kinematics.cleaning import clean_world
from motion.kinematics.foreshortening import Foreshortening, find_foreshortening
from motion.kinematics.planar import is_far, measure_angle
from motion.kinematics.spatial import measure_spatial_angles
from motion.kinematics.view import off_plane
from motion.model import FloatArray, PoseRecording, Position, Side, View, ViewName
from motion.validation.comparing import SMALLEST_RANGE_DEG

METHODS = ("plain", "mended", "metres", "given")
OFF_STEPS_DEG = (0, 5, 10, 15, 20, 25, 30, 35, 45, 60, 75, 90)
PLAIN = Foreshortening(axis=(0.0, -1.0), share=dict.fromkeys(Plane, 1.0))

Curves = dict[str, dict[str, FloatArray]]


def view_from(azimuth_deg: float) -> View:
    """Return the view of a camera whose place is known."""
    return View(
        name=ViewName.OBLIQUE,
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=0.0,
        off_plane_deg=float("nan"),
        roll_deg=float("nan"),
        facing="unknown",
    )


def measure_each_way(recording: PoseRecording, azimuth_deg: float) -> Curves:
    """Return ``curves[angle][method]`` for every angle of the joint table."""
    rate_hz, settings = rate_of(recording), CleaningSettings()
    filled, poses = clean_recording(recording, rate_hz, settings)
    metres = measure_spatial_angles(clean_world(filled, poses, rate_hz, settings), filled)
    given = measure_angles(poses, filled, estimate_view(recording), Position.STANDING)
    view = view_from(azimuth_deg)
    shortened = find_foreshortening(poses, view, Position.STANDING)
    curves: Curves = {}
    for joint in JOINTS:
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            plain = measure_angle(joint, side, poses, filled, view, PLAIN)
            mended = measure_angle(joint, side, poses, filled, view, shortened)
            curves[plain.name] = {
                "plain": plain.value_deg,
                "mended": mended.value_deg,
                "metres": metres[plain.name].value_deg,
                "given": given[plain.name].value_deg,
            }
    return curves


def compare(value_deg: FloatArray, true_deg: FloatArray) -> dict[str, float]:
    """Return the figures of one curve against its truth; NaN where nothing was measured."""
    seen = np.isfinite(value_deg) & np.isfinite(true_deg)
    if np.sum(seen) < 5:
        return {}
    value, true = value_deg[seen], true_deg[seen]
    error = value - true
    return {
        "mae": float(np.mean(np.abs(error))),
        "bias": float(np.mean(error)),
        "sd": float(np.std(error)),
        "rom": float(np.ptp(value) - np.ptp(true)),
        "r": float(np.corrcoef(value, true)[0, 1]),
        "valid": float(np.mean(np.isfinite(value_deg))),
    }


def rows_of(clip: Clip) -> Iterator[dict[str, Any]]:
    """Yield one row per angle and method of a clip."""
    view, nominal = view_from(clip.azimuth_deg), view_from(clip.nominal_deg)
    curves = measure_each_way(clip.recording, clip.azimuth_deg)
    for joint in JOINTS:
        if off_plane(nominal, joint.plane) > 1.0:
            continue
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            name = joint.name if side is Side.NONE else f"{side}_{joint.name}"
            true_deg = clip.truth_of(name)
            if true_deg is None or np.ptp(true_deg) < SMALLEST_RANGE_DEG:
                continue
            if is_far(joint, side, view):
                continue
            for method in METHODS:
                value_deg = curves[name][method]
                if joint.joint == "ankle":  # its zero differs by definition
                    value_deg = value_deg - np.nanmedian(value_deg)
                    true_deg = true_deg - np.median(true_deg)
                yield {
                    "clip": clip.name,
                    "motion": clip.motion,
                    "body": "held out" if clip.held_out else "fitted on",
                    "angle": joint.name,
                    "side": side.value,
                    "off_deg": off_plane(view, joint.plane),
                    "method": method,
                    **compare(value_deg, true_deg),
                }


def show(rows: pd.DataFrame, console: Console) -> None:
    """Print, for each angle, the methods side by side by how far off the camera was."""
    step = np.argmin(np.abs(rows["off_deg"].to_numpy()[:, None] - OFF_STEPS_DEG), axis=1)
    rows = rows.assign(off=np.array(OFF_STEPS_DEG)[step])
    for angle, of_angle in rows.groupby("angle"):
        headings = (
            "off",
            "body",
            "n",
            *(f"{m} {f}" for f in ("MAE", "bias", "SD") for m in METHODS),
        )
        table = Table(*headings, "ROM error", "r", title=f"{angle}, degrees")
        for (off, body), group in of_angle.groupby(["off", "body"]):
            by_method = group.groupby("method")[["mae", "bias", "sd", "rom", "r"]].mean()
            each = [
                f"{by_method[figure].get(method, np.nan):{'+' if figure == 'bias' else ''}.1f}"
                for figure in ("mae", "bias", "sd")
                for method in METHODS
            ]
            ranges = "/".join(f"{by_method['rom'].get(m, np.nan):+.0f}" for m in METHODS[:3])
            alike = "/".join(f"{by_method['r'].get(m, np.nan):.2f}" for m in METHODS[:3])
            clips_n = group["clip"].nunique()
            table.add_row(str(off), str(body), str(clips_n), *each, ranges, alike)
        console.print(table)


def show_balance(folder: Path, landmarks: Path | None, console: Console) -> None:
    """Print the same of the real recording from four cameras."""
    table = Table(
        "camera", "azimuth", "estimated", "angle", "off", *METHODS,
        title="balance on one leg: mean absolute difference from four cameras, degrees",
    )  # fmt: skip
    for camera in load_balance(folder, landmarks):
        curves = measure_each_way(camera.recording, camera.azimuth_deg)
        estimated = estimate_view(camera.recording)
        view = view_from(camera.azimuth_deg)
        for joint in JOINTS:
            for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
                name = joint.name if side is Side.NONE else f"{side}_{joint.name}"
                if name not in camera.reference or is_far(joint, side, view):
                    continue
                errors = [compare(curves[name][m], camera.reference[name]) for m in METHODS]
                table.add_row(
                    camera.name,
                    f"{camera.azimuth_deg:.0f}",
                    f"{estimated.azimuth_deg:.0f}",
                    name,
                    f"{off_plane(view, joint.plane):.0f}",
                    *(f"{each['mae']:.0f}" if each else "-" for each in errors),
                )
    console.print(table)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "synthetic"])
    parser.add_argument("--landmarks", type=Path, help="keeps landmarks between runs")
    parser.add_argument("--balance", type=Path, default=SHARED / "real" / "balance_4cam")
    parser.add_argument("--csv", type=Path, help="also write every figure")
    chosen = parser.parse_args()
    console = Console(width=170)
    clips = load_clips(chosen.folders, chosen.landmarks)
    rows = pd.DataFrame([row for clip in clips for row in rows_of(clip)])
    if chosen.csv:
        rows.to_csv(chosen.csv, index=False)
    show(rows, console)
    if chosen.balance.is_dir():
        show_balance(chosen.balance, chosen.landmarks, console)


if __name__ == "__main__":
    main()
