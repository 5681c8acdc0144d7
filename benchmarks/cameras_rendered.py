"""Rendered people with exact angles, measured by two cameras at every angle to each other.

    python benchmarks/cameras_rendered.py FOLDER [FOLDER ...] [--landmarks FOLDER] [--csv FILE]

Each FOLDER holds clips of one movement from several places (benchmarks/render_views.py renders
such, and so are squat and squat_yaw30 of the shared clips). Clips of one movement, body, skin and
light are one take: every pair of them, given its true cameras and the offset 0, is triangulated and
measured as `motion analyse VIDEO --camera VIDEO2 --calibration FILE.toml --offset-s 0 --up y` does,
and held against the truth at the first one's times. Nothing was fitted on any clip. The offset that
would have been found from the movement is compared with the true one, 0.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from clips import Clip, load_clips, rate_of
from rich.console import Console
from rich.table import Table

from motion.cameras.calibration import Camera
from motion.cameras.join import join_views
from motion.errors import InputError
from motion.kinematics import JOINTS, CleaningSettings, JointAngle, Plane
from motion.looking import look_into_room
from motion.model import Side
from motion.settings import AnalysisSettings
from motion.validation.comparing import SMALLEST_RANGE_DEG

STEPS_DEG = (15, 30, 45, 60, 75, 90, 105)
UP = np.array([0.0, 1.0, 0.0])
SETTINGS = AnalysisSettings(cleaning=CleaningSettings())


def read_camera(folder: Path, name: str) -> tuple[Camera, str]:
    """Return a clip's camera, and which take it belongs to."""
    about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    seen = about["camera"]
    # The clips' pixels have their edges at whole numbers, OpenCV's their centres.
    matrix = np.array(
        [[seen["fx"], 0, seen["cx"] - 0.5], [0, seen["fy"], seen["cy"] - 0.5], [0, 0, 1]]
    )
    camera = Camera(
        name=name,
        width_px=seen["width"],
        height_px=seen["height"],
        matrix=matrix,
        distortion=np.zeros(4),
        rotation=np.array(seen["R_world_to_cam"]),
        translation_m=np.array(seen["t"]),
    )
    return camera, f"{about['motion']} {about['subject']} {about['skin']} {about['light']}"


def find_offset(pair: list[Clip], cameras: list[Camera]) -> float:
    """Return the offset that the movement gives; NaN where it does not stand out."""
    recordings = [clip.recording for clip in pair]
    try:
        joined = join_views(recordings, cameras, [c.name for c in cameras], None, UP)
    except InputError:
        return float("nan")
    return joined.views[1].offset_s


def _off_plane(joint: JointAngle, azimuth_deg: float) -> float:
    """Return how far the view that a movement is meant for is off an angle's plane."""
    off_deg = abs(abs((azimuth_deg + 180.0) % 360.0 - 180.0) - 90.0)
    return off_deg if joint.plane is Plane.SAGITTAL else 90.0 - off_deg


def rows_of(pair: list[Clip], cameras: list[Camera]) -> Iterator[dict[str, Any]]:
    """Yield one row for each angle that moves."""
    recordings = [clip.recording for clip in pair]
    apart_deg = abs((pair[0].azimuth_deg - pair[1].azimuth_deg + 180.0) % 360.0 - 180.0)
    about = {"take": pair[0].motion, "subject": pair[0].subject, "apart_deg": apart_deg}
    try:
        joined = join_views(recordings, cameras, [c.name for c in cameras], [0.0], UP)
    except InputError as error:
        yield {**about, "angle": "refused", "why": str(error)}
        return
    recording = replace(recordings[0], triangulated=joined.body)
    table = look_into_room(recording, SETTINGS, rate_of(recording)).table
    found_s = find_offset(pair, cameras)
    for joint in JOINTS:
        if _off_plane(joint, pair[0].nominal_deg) > 1.0:  # it moves in the other plane
            continue
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            name = joint.name if side is Side.NONE else f"{side}_{joint.name}"
            true_deg = pair[0].truth_of(name)
            if true_deg is None or np.ptp(true_deg) < SMALLEST_RANGE_DEG:
                continue
            value_deg = table[name].value_deg
            if not np.any(np.isfinite(value_deg)):
                yield {**about, "angle": joint.name, "side": side.value, "given": 0.0}
                continue
            if joint.joint == "ankle":  # its zero differs by definition
                value_deg = value_deg - np.nanmedian(value_deg)
                true_deg = true_deg - np.median(true_deg)
            off = (value_deg - true_deg)[np.isfinite(value_deg)]
            yield {
                **about,
                "angle": joint.name,
                "side": side.value,
                "given": float(np.mean(np.isfinite(value_deg))),
                "mae": float(np.mean(np.abs(off))) if len(off) else np.nan,
                "bias": float(np.mean(off)) if len(off) else np.nan,
                "sd": float(np.std(off)) if len(off) else np.nan,
                "offset_s": found_s,
                "reprojection_px": float(np.nanmedian(joined.body.reprojection_px)),
            }


def show(rows: pd.DataFrame, console: Console) -> None:
    """Print the angles by how far the cameras stood apart."""
    measured = rows[rows["angle"] != "refused"]
    step = np.argmin(np.abs(measured["apart_deg"].to_numpy()[:, None] - STEPS_DEG), axis=1)
    measured = measured.assign(apart=np.array(STEPS_DEG)[step])
    table = Table("angle", "apart", "curves", "MAE", "bias", "SD", "given", title="two cameras")
    for (angle, apart), group in measured.groupby(["angle", "apart"]):
        mean = group[["mae", "bias", "sd", "given"]].mean()
        table.add_row(
            str(angle), str(apart), str(len(group)), f"{mean['mae']:.1f}", f"{mean['bias']:+.1f}",
            f"{mean['sd']:.1f}", f"{mean['given']:.0%}",
        )  # fmt: skip
    console.print(table)
    pairs = measured.drop_duplicates(["take", "subject", "apart_deg", "offset_s"])
    known = pairs["offset_s"].dropna().abs()
    console.print(
        f"offset from the movement: found in {len(known)} of {len(pairs)} pairs; "
        f"error median {1000 * known.median():.0f} ms, largest {1000 * known.max():.0f} ms"
    )
    console.print(f"pairs refused: {int(np.sum(rows['angle'] == 'refused'))}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--landmarks", type=Path, help="keeps landmarks between runs")
    parser.add_argument("--csv", type=Path, help="also write every figure")
    chosen = parser.parse_args()
    takes: dict[str, list[tuple[Clip, Camera]]] = {}
    for folder in chosen.folders:
        for clip in load_clips([folder], chosen.landmarks):
            camera, take = read_camera(folder, clip.name)
            takes.setdefault(take, []).append((clip, camera))
    rows = []
    for views in takes.values():
        for pair in combinations(views, 2):
            rows.extend(rows_of([clip for clip, _ in pair], [camera for _, camera in pair]))
    frame = pd.DataFrame(rows)
    if chosen.csv:
        frame.to_csv(chosen.csv, index=False)
    show(frame, Console(width=110))


if __name__ == "__main__":
    main()
