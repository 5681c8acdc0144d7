"""Walks to swap sides in, swaps to put into them, and recordings mirrored by others."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from makers import Floats, make_recording, repetitions, uniform_times
from numpy.typing import NDArray

from motion.model import LANDMARKS, BoolArray, PoseRecording
from motion.pose.side_evidence import GROUPS, find_leg_length, landmarks_of
from motion.pose.sides import swap_sides

HEAD, SHOULDERS, ARMS, HIPS, LEGS = range(len(GROUPS))

KINDS: Final = {
    "legs": (HIPS, LEGS),
    "legs below the hip": (LEGS,),
    "arms": (SHOULDERS, ARMS),
    "arms below the shoulder": (ARMS,),
    "whole body": (HEAD, SHOULDERS, ARMS, HIPS, LEGS),
}
"""Which landmarks change sides together."""

RELEVANT: Final = 0.1
"""A swap counts where it moves a landmark by more than this share of the leg's length."""

ANATOMY: Final = ("left_ear", "right_ear", "left_heel", "right_heel", "left_ankle", "right_ankle")
"""Without them nothing says where forward is."""

VALIDATION: Final = Path(__file__).resolve().parents[2] / "shared/validation"
KERAAL: Final = VALIDATION / "real/keraal"
KERAAL_SIZE_PX: Final = (1920, 1080)


# ---------------------------------------------------------------- motion


def walk(
    duration_s: float = 4.0,
    rate_hz: float = 30.0,
    azimuth_deg: float = 90.0,
    stride_s: float = 1.1,
    noise: float = 0.0,
) -> PoseRecording:
    """Film a body that walks on the spot: legs and arms pass each other twice in a stride.

    ``noise`` is the spread of each landmark, in metres.
    """
    time_s = uniform_times(duration_s, rate_hz)
    phase = 2.0 * np.pi * time_s / stride_s
    pose: dict[str, Floats] = {}
    for side, later in (("left", 0.0), ("right", np.pi)):
        swing = np.sin(phase + later)
        pose[f"{side}_hip_flexion"] = 5.0 + 25.0 * swing
        pose[f"{side}_knee_flexion"] = 25.0 + 20.0 * np.cos(phase + later)
        pose[f"{side}_shoulder_flexion"] = -20.0 * swing
        pose[f"{side}_elbow_flexion"] = 20.0 - 10.0 * swing
    recording = make_recording(pose, time_s, azimuth_deg=azimuth_deg)
    if noise == 0.0:
        return recording
    rng = np.random.default_rng(3)
    shake = rng.normal(scale=noise, size=recording.world_m.shape)
    return replace(
        recording,
        image_px=recording.image_px + 240.0 * shake[..., :2],
        world_m=recording.world_m + shake,
    )


def raise_arm() -> PoseRecording:
    """Film a body that raises its right arm sideways twice, from the front."""
    time_s = uniform_times(4.0)
    pose = {"right_shoulder_abduction": repetitions(time_s, [0.5, 2.0], 110.0, raise_s=0.6)}
    return make_recording(pose, time_s, azimuth_deg=10.0)


# ---------------------------------------------------------------- swaps


def swap_frames(
    recording: PoseRecording, kind: str, frames: Sequence[int] | slice | NDArray[np.bool_]
) -> tuple[PoseRecording, BoolArray]:
    """Return the recording with a kind of swap in some frames, and ``(n, 5)`` what was swapped."""
    swapped = np.zeros((len(recording), len(GROUPS)), dtype=bool)
    for group in KINDS[kind]:
        swapped[frames, group] = True
    return swap_sides(recording, swapped), swapped


def find_relevant(recording: PoseRecording) -> BoolArray:
    """Return ``(n, 5)`` where a swap would move a landmark of the group far enough to count."""
    leg_px, _ = find_leg_length(recording)
    columns = []
    for group in GROUPS:
        rows = landmarks_of(group)
        apart = recording.image_px[:, rows[::2]] - recording.image_px[:, rows[1::2]]
        columns.append(np.nan_to_num(np.linalg.norm(apart, axis=2)).max(axis=1))
    return np.asarray(np.stack(columns, axis=1) > RELEVANT * leg_px)


# ---------------------------------------------------------------- recordings of others


_TRUTH_NAMES: Final = {
    "foot_index": "toe", "pinky": "wrist", "index": "wrist", "thumb": "wrist",
    "eye_inner": "eye", "eye_outer": "eye", "mouth": "eye",
}  # fmt: skip


def read_truth(path: Path) -> PoseRecording:
    """Return the true points of a rendered clip (NAME.csv, NAME.json) as landmarks."""
    table = pd.read_csv(path)
    camera = json.loads(path.with_suffix(".json").read_text())["camera"]
    turn = np.array(camera["R_world_to_cam"])
    image, world = [], []
    for name in LANDMARKS:
        point = _truth_name(name)
        image.append(table[[f"{point}_u", f"{point}_v"]].to_numpy())
        world.append(table[[f"{point}_X", f"{point}_Y", f"{point}_Z"]].to_numpy() @ turn.T)
    world_m = np.stack(world, axis=1)
    hips = [LANDMARKS.index(f"{side}_hip") for side in ("left", "right")]
    seen = np.full(world_m.shape[:2], 0.95)
    return PoseRecording(
        time_s=table["time_s"].to_numpy(),
        image_px=np.stack(image, axis=1),
        world_m=world_m - world_m[:, hips].mean(axis=1, keepdims=True),
        visibility=seen,
        presence=seen,
        width_px=camera["width"],
        height_px=camera["height"],
    )


def _truth_name(landmark: str) -> str:
    if landmark == "nose":
        return landmark
    side = "left" if "left" in landmark else "right"
    name = landmark.replace(f"{side}_", "").replace(f"_{side}", "")
    return f"{side}_{_TRUTH_NAMES.get(name, name)}"


def read_keraal(exercise: str) -> PoseRecording:
    """Return BlazePose's landmarks of a Keraal exercise, at half the rate of the Vicon's 100 Hz.

    The file holds shares of the picture; metres are made from its pixels and a trunk of 0.5 m.
    """
    content = json.loads((KERAAL / f"G3-BP-{exercise}-P1T1-Unknown-C-0.json").read_text())
    names = [name[0].upper() + name[1:] for name in LANDMARKS]
    width, height = KERAAL_SIZE_PX
    shares = np.array([[frame[name] for name in names] for frame in content["positions"].values()])
    pixels = shares * [width, height, width]
    mid = {
        joint: np.mean([pixels[:, LANDMARKS.index(f"{side}_{joint}")] for side in _SIDES], axis=0)
        for joint in ("shoulder", "hip")
    }
    trunk_px = np.median(np.linalg.norm((mid["shoulder"] - mid["hip"])[:, :2], axis=1))
    seen = np.full(shares.shape[:2], 0.95)
    return PoseRecording(
        time_s=np.arange(len(shares)) / 25.0,
        image_px=pixels[..., :2],
        world_m=(pixels - mid["hip"][:, None]) * 0.5 / trunk_px,
        visibility=seen,
        presence=seen,
        width_px=width,
        height_px=height,
    )


_SIDES: Final = ("left", "right")
_VICON_TARGETS: Final = {
    "left_wrist": 10, "right_wrist": 9, "head": 14, "hips": 13,
}  # fmt: skip


def read_keraal_vicon(exercise: str, frames: int) -> dict[str, Floats]:
    """Return ``(frames, 3)`` of hands, head and hips: x ahead, y to the person's left, z up; mm."""
    path = KERAAL / f"G3-Vicon-{exercise}-P1T1-Unknown-C-0.txt"
    rows = np.loadtxt(path).reshape(-1, 17, 7)[..., :3]
    at = np.linspace(0, len(rows) - 1, frames).round().astype(int)
    return {name: rows[at, target] for name, target in _VICON_TARGETS.items()}
