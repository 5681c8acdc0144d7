"""How far the signals of compensations err within a take, on clips with known answers.

    python benchmarks/coach_signals.py [FOLDER ...] [--landmarks FOLDER] [--out FILE.csv]
        [--clips FILE.csv]

Folders hold ``NAME.mp4``, ``NAME.csv`` (true angles and joint centres in pixels) and ``NAME.json``;
without one ../shared/validation/synthetic. Each clip's landmarks go picture by picture through
``LiveAngles``, as while a camera runs, and each signal is read as the coach reads it. The truth is
the same signal read from the true joint centres and angles. What counts is the change from the
start (the median of the first second), so the error of a clip is the root mean square of

    (change of what the camera gives) - (true change)

over all later pictures: noise, and what creeps in while the body moves. A signal's error is the
root mean square over its clips, of each the side that errs more, where the camera stood within 20
degrees of the signal's plane; walks are left out, and movements in which the signal means nothing.
``--out`` is data/compensations/errors.csv, ``--clips`` a table of every clip.
"""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from clips import SHARED

from motion.exercise.compensation_signals import SIGNALS, Signal, read_signal
from motion.kinematics.joints import JOINTS
from motion.kinematics.live_angles import LiveAngles
from motion.kinematics.planar import is_far
from motion.kinematics.view import off_plane
from motion.library import find_joint_centre_model
from motion.model import LANDMARKS, LivePose, Position, Side, View, ViewName, landmark_index
from motion.pose.assets import find_model, read_model_info
from motion.validation.clips import KnownClip, find_clips, load_clip
from motion.validation.landmarks import SeenVideo, find_landmarks
from motion.validation.ways import settings_for

START_S = 1.0
FARTHEST_OFF_DEG = 20.0
"""Set-up asks to turn from farther off."""

USED_IN = {
    "shoulder_hike_percent": ("shoulder_abd",),
    "shoulder_abduction": ("shoulder_abd", "trunk_lean", "hip_abd"),
    "heel_lift_percent": ("squat", "sit_to", "calf", "elbow", "shoulder", "knees_past"),
}
"""Movements that tell a signal's error, by a part of their name, where not all do: those with an
arm raised sideways, with no arm pointing at the camera, and with the foot on the floor."""

TRUE_NAMES = {"foot_index": "toe"}
"""What a point is called in the truth, where that has another name."""


def true_view(azimuth_deg: float) -> View:
    """Return the view of a camera that stood there."""
    from_front = min(abs(azimuth_deg), 180.0 - abs(azimuth_deg))
    return View(
        name=ViewName.SAGITTAL if from_front > 45.0 else ViewName.FRONTAL,
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=0.0,
        off_plane_deg=min(from_front, 90.0 - from_front),
        roll_deg=0.0,
        facing="",
    )


def list_poses(seen: SeenVideo) -> Iterator[LivePose]:
    """Yield a recording's pictures one after the other."""
    recording = seen.recording
    for row, time_s in enumerate(recording.time_s):
        yield LivePose(
            time_s=float(time_s),
            image_px=recording.image_px[row],
            world_m=recording.world_m[row],
            visibility=recording.visibility[row],
            presence=recording.presence[row],
        )


def list_true_poses(clip: KnownClip) -> Iterator[LivePose]:
    """Yield the true joint centres in the picture as if they had been seen."""
    for _, row in clip.truth.iterrows():
        image_px = np.full((len(LANDMARKS), 2), np.nan)
        for name in LANDMARKS:
            side, _, point = name.partition("_")
            column = f"{side}_{TRUE_NAMES.get(point, point)}"
            if f"{column}_u" in row:
                image_px[landmark_index(name)] = row[f"{column}_u"], row[f"{column}_v"]
        seen = np.isfinite(image_px[:, 0]).astype(float)
        yield LivePose(
            time_s=float(row["time_s"]),
            image_px=image_px,
            world_m=np.full((len(LANDMARKS), 3), np.nan),
            visibility=seen,
            presence=seen,
        )


def list_wanted(view: View) -> list[tuple[Signal, Side]]:
    """Return the signals that a view shows, each with the sides that it shows."""
    wanted = []
    for signal in SIGNALS.values():
        if off_plane(view, signal.plane) > FARTHEST_OFF_DEG:
            continue
        joint = next((j for j in JOINTS if j.name == signal.name), None)
        across = "other_hip" in signal.points or "other_shoulder" in signal.points
        sided = joint.sided if joint else signal.name == "shoulder_hike_percent" or not across
        for side in (Side.LEFT, Side.RIGHT) if sided else (Side.NONE,):
            model = joint or next(j for j in JOINTS if j.plane is signal.plane and j.sided)
            if not is_far(model, side, view):
                wanted.append((signal, side))
    return wanted


def measure_clip(clip: KnownClip, seen: SeenVideo) -> Iterator[dict[str, object]]:
    """Yield a row for each signal and side of a clip."""
    view = true_view(clip.azimuth_deg)
    position = settings_for(clip).conditions.position
    recording = seen.recording
    angles = LiveAngles(
        (recording.width_px, recording.height_px),
        tuple(joint.name for joint in JOINTS),
        position,
        centres=find_joint_centre_model(seen.model.name),
    )
    wanted = [each for each in list_wanted(view) if applies(each[0], position)]
    given: list[list[float]] = []
    for pose in list_poses(seen):
        shown = angles.update(pose)
        given.append(
            [
                read_signal(s.name, shown.pose, shown.value_deg, side, shown.view)
                for s, side in wanted
            ]
        )
    names = [side_name(joint.name, side) for joint in JOINTS for side in Side]
    known = {name: clip.truth_of(name) for name in names}
    true: list[list[float]] = []
    for row, pose in enumerate(list_true_poses(clip)):
        value_deg = {name: float(curve[row]) for name, curve in known.items() if curve is not None}
        true.append([read_signal(s.name, pose, value_deg, side, view) for s, side in wanted])
    for column, (signal, side) in enumerate(wanted):
        yield {
            "signal": signal.name,
            "unit": signal.unit,
            "clip": clip.name,
            "motion": clip.motion,
            "subject": clip.subject,
            "held_out": clip.held_out,
            "side": side.value,
            **describe_error(
                signal,
                recording.time_s,
                np.array(given)[:, column],
                np.array(true)[:, column],
            ),
        }


def side_name(name: str, side: Side) -> str:
    """Return an angle's name with its side."""
    return f"{side}_{name}" if side in (Side.LEFT, Side.RIGHT) else name


def applies(signal: Signal, position: Position) -> bool:
    """Return whether a signal means anything in a position: none against gravity when lying."""
    upright = {joint.name for joint in JOINTS if joint.needs_upright}
    return not (position.lying and (signal.name in upright or signal.name not in ANGLES))


ANGLES = frozenset(joint.name for joint in JOINTS)


def describe_error(
    signal: Signal, time_s: np.ndarray, given: np.ndarray, true: np.ndarray
) -> dict[str, float]:
    """Return the error of the changes, their largest, and how far the truth itself changed."""
    both = np.isfinite(given) & np.isfinite(true)
    early = both & (time_s <= START_S)
    late = both & (time_s > START_S)
    if np.sum(early) < 3 or np.sum(late) < 10:
        return {"error": math.nan, "bias": math.nan, "largest": math.nan, "moved": math.nan}
    start_given, start_true = float(np.median(given[early])), float(np.median(true[early]))
    changes = [
        np.array([signal.change(float(each), start) for each in values[late]])
        for values, start in ((given, start_given), (true, start_true))
    ]
    error = changes[0] - changes[1]
    return {
        "error": float(np.sqrt(np.mean(error**2))),
        "bias": float(np.mean(error)),
        "largest": float(np.max(np.abs(error))),
        "moved": float(np.max(np.abs(changes[1]))),
        "given": float(np.mean(np.isfinite(given[time_s > START_S]))),
    }


def pool(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each signal: the root mean square over its clips."""
    pooled = []
    for name in SIGNALS:
        used = "|".join(USED_IN.get(name, ("",)))
        of = rows[(rows["signal"] == name) & rows["motion"].str.contains(used)]
        of = of[np.isfinite(of["error"])]
        if of.empty:
            continue
        by_clip = of.groupby("clip")["error"].max()
        held_out = of[of["held_out"]].groupby("clip")["error"].max()
        pooled.append(
            {
                "signal": name,
                "unit": SIGNALS[name].unit,
                "view": SIGNALS[name].view.value,
                "clips": len(by_clip),
                "motions": of["motion"].nunique(),
                "bodies": of["subject"].nunique(),
                "error": round(float(np.sqrt(np.mean(by_clip**2))), 2),
                "error_held_out": round(float(np.sqrt(np.mean(held_out**2))), 2),
                "worst_clip": round(float(by_clip.max()), 2),
                "largest_true_change": round(float(of["moved"].max()), 1),
                "source": "rendered people (provisional)",
            }
        )
    return pd.DataFrame(pooled)


def main() -> None:
    """Measure every clip and print the signals' errors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "synthetic"])
    parser.add_argument("--landmarks", type=Path, help="keeps NAME.npz between runs")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--clips", type=Path)
    asked = parser.parse_args()
    model = read_model_info(find_model())
    rows: list[dict[str, object]] = []
    for folder in asked.folders:
        for video in find_clips(folder):
            clip = load_clip(video)
            if math.isnan(clip.azimuth_deg) or "walk" in clip.motion or clip.leaves_picture:
                continue
            rows.extend(measure_clip(clip, find_landmarks(video, model, asked.landmarks)))
            print(f"{clip.name}", flush=True)
    table = pd.DataFrame(rows)
    pooled = pool(table)
    print(pooled.drop(columns="source").to_string(index=False))
    if asked.clips:
        table.round(3).to_csv(asked.clips, index=False)
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        pooled.to_csv(asked.out, index=False)


if __name__ == "__main__":
    main()
