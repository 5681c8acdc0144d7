"""Synthetic bodies with exact answers, built from first principles and none of the code under test.

Body axes in metres: X to the person's left, Y up, Z forward. A segment hangs along
``direction(angle)``: 0 is straight down the trunk's axis, 90 forward. The camera stands at an
azimuth (0 in front, +90 at the person's left) and sees without perspective.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from motion.kinematics import CleaningSettings
from motion.model import (
    LANDMARKS,
    MIRROR,
    AngleCurve,
    InputFile,
    ModelInfo,
    PoseRecording,
    Poses,
    Provenance,
    Side,
    View,
    ViewName,
)

Floats = NDArray[np.float64]

STARTED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
UNFILTERED = CleaningSettings(filtered=False)
WIDTH_PX, HEIGHT_PX = 640, 480
CAMERA_IN_FRONT, CAMERA_LEFT, CAMERA_RIGHT, CAMERA_BEHIND = 0.0, 90.0, -90.0, 180.0

TRUNK_M, UPPER_ARM_M, FOREARM_M, THIGH_M, SHANK_M, FOOT_M = 0.5, 0.3, 0.26, 0.42, 0.4, 0.22
HALF_HIPS_M, HALF_SHOULDERS_M, HALF_EARS_M = 0.15, 0.19, 0.08

_SIDED = (
    "shoulder_flexion", "shoulder_abduction", "elbow_flexion", "hip_flexion", "hip_abduction",
    "knee_flexion", "ankle_dorsiflexion",
)  # fmt: skip
_UNSIDED = (
    "trunk_flexion", "trunk_lateral_flexion", "neck_lateral_flexion", "pelvis_lateral",
    "foot_slope",
)  # fmt: skip
POSE_NAMES = frozenset(
    {*_UNSIDED, *_SIDED, *(f"{side}_{name}" for side in ("left", "right") for name in _SIDED)}
)


# ---------------------------------------------------------------- time and curves


def uniform_times(duration_s: float, rate_hz: float = 30.0) -> Floats:
    return np.arange(round(duration_s * rate_hz) + 1) / rate_hz


def variable_times(duration_s: float, rate_hz: float = 30.0, seed: int = 5) -> Floats:
    """Frame times of a phone: each up to 40 % of a period off the beat."""
    times = uniform_times(duration_s, rate_hz)
    jitter = np.random.default_rng(seed).uniform(-0.4, 0.4, len(times)) / rate_hz
    jitter[0] = 0.0
    return times + jitter


def bump(time_s: Floats, start_s: float, raise_s: float, hold_s: float = 0.0) -> Floats:
    """Return one smooth way from 0 to 1, held, and back: half cosines."""
    up = np.clip((time_s - start_s) / raise_s, 0.0, 1.0)
    down = np.clip((time_s - start_s - raise_s - hold_s) / raise_s, 0.0, 1.0)
    return np.asarray((np.cos(np.pi * down) - np.cos(np.pi * up)) / 2.0)


def crossing_s(start_s: float, raise_s: float, fraction: float = 0.1) -> float:
    """When a bump's way up passes a fraction of its height."""
    return float(start_s + raise_s * np.arccos(1.0 - 2.0 * fraction) / np.pi)


def repetitions(
    time_s: Floats,
    starts_s: Sequence[float],
    heights_deg: ArrayLike,
    rest_deg: float = 0.0,
    raise_s: float = 1.0,
    hold_s: float = 0.0,
) -> Floats:
    """Return bumps of given heights (degrees from rest, negative downwards) above rest."""
    heights = np.broadcast_to(np.asarray(heights_deg, dtype=float), (len(starts_s),))
    total = np.full(len(time_s), float(rest_deg))
    for start_s, height_deg in zip(starts_s, heights, strict=True):
        total += height_deg * bump(time_s, start_s, raise_s, hold_s)
    return total


def make_curve(
    value_deg: ArrayLike,
    angle: str = "knee_flexion",
    side: Side = Side.RIGHT,
    confidence: float = 0.95,
) -> AngleCurve:
    value = np.asarray(value_deg, dtype=float)
    joint, motion = angle.split("_", maxsplit=1)
    return AngleCurve(
        joint=joint,
        motion=motion,
        side=side,
        value_deg=value,
        confidence=np.where(np.isfinite(value), confidence, np.nan),
        filled=np.zeros(len(value), dtype=bool),
    )


# ---------------------------------------------------------------- the body


def pose_body(pose: Mapping[str, ArrayLike], frames: int = 1) -> Floats:
    """Return ``(frames, 33, 3)`` landmarks of a body posed with the given angles, mid-hip at 0.

    Names are those of the joint table with or without a side (without: both sides), and
    ``pelvis_lateral`` (right side down is positive) and ``foot_slope`` (of the heel-toe
    landmark line over the sole; toes up is positive).
    """
    unknown = set(pose) - POSE_NAMES
    if unknown:
        raise ValueError(f"no such angle: {sorted(unknown)}")

    def angle(name: str) -> Floats:
        value = pose.get(name, pose.get(name.split("_", maxsplit=1)[1], 0.0))
        if name in _UNSIDED:
            value = pose.get(name, 0.0)
        return np.broadcast_to(np.radians(np.asarray(value, dtype=float)), (frames,))

    lean, bend = angle("trunk_flexion"), angle("trunk_lateral_flexion")
    pelvis, neck = angle("pelvis_lateral"), angle("neck_lateral_flexion")
    points: dict[str, Floats] = {}
    chest, hips = _frame(lean, bend), _frame(lean, pelvis)
    mid_shoulder = TRUNK_M * chest[:, 1]
    head = _frame(lean, bend + neck)
    mid_ear = mid_shoulder + 0.2 * head[:, 1]
    points["nose"] = mid_ear + 0.1 * head[:, 2]
    for sign, side in ((1.0, "left"), (-1.0, "right")):
        points |= _face(side, sign, mid_ear, head)
        shoulder = mid_shoulder + sign * HALF_SHOULDERS_M * chest[:, 0]
        points[f"{side}_shoulder"] = shoulder
        arm, away = angle(f"{side}_shoulder_flexion"), angle(f"{side}_shoulder_abduction")
        fore = arm + angle(f"{side}_elbow_flexion")
        elbow = shoulder + UPPER_ARM_M * _direction(chest, arm, away, sign)
        wrist = elbow + FOREARM_M * _direction(chest, fore, away, sign)
        points |= {f"{side}_elbow": elbow, f"{side}_wrist": wrist}
        for finger in ("pinky", "index", "thumb"):
            points[f"{side}_{finger}"] = wrist + 0.08 * _direction(chest, fore, away, sign)
        hip = sign * HALF_HIPS_M * hips[:, 0]
        thigh, out = angle(f"{side}_hip_flexion"), angle(f"{side}_hip_abduction")
        shank = thigh - angle(f"{side}_knee_flexion")
        foot = shank + np.pi / 2 + angle(f"{side}_ankle_dorsiflexion") + angle("foot_slope")
        knee = hip + THIGH_M * _direction(hips, thigh, out, sign)
        ankle = knee + SHANK_M * _direction(hips, shank, out, sign)
        along = _direction(hips, foot, out, sign)
        heel = ankle + 0.05 * _direction(hips, shank, out, sign) - 0.05 * along
        points |= {f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle}
        points |= {f"{side}_heel": heel, f"{side}_foot_index": heel + FOOT_M * along}
    return np.stack([points[name] for name in LANDMARKS], axis=1)


def _face(side: str, sign: float, mid_ear: Floats, head: Floats) -> dict[str, Floats]:
    half = sign * head[:, 0]
    eye = mid_ear + 0.08 * head[:, 2] + 0.02 * head[:, 1]
    return {
        f"{side}_ear": mid_ear + HALF_EARS_M * half,
        f"{side}_eye_inner": eye + 0.02 * half,
        f"{side}_eye": eye + 0.03 * half,
        f"{side}_eye_outer": eye + 0.04 * half,
        f"mouth_{side}": mid_ear + 0.08 * head[:, 2] - 0.05 * head[:, 1] + 0.03 * half,
    }


def _frame(lean: Floats, bend: Floats) -> Floats:
    """Return ``(n, 3, 3)``: the axes left, up, forward after leaning forward and to the right."""
    zero = np.zeros_like(lean)
    left = np.stack([np.cos(bend), np.sin(bend), zero], axis=1)
    up = np.stack([-np.sin(bend), np.cos(bend) * np.cos(lean), np.sin(lean)], axis=1)
    forward = np.stack([zero, -np.sin(lean), np.cos(lean)], axis=1)
    return np.stack([left, up, forward], axis=1)


def _direction(axes: Floats, forward: Floats, outward: Floats, sign: float) -> Floats:
    """Return the unit vector that hangs ``forward`` of straight down and ``outward`` from it."""
    cos_out = np.cos(outward)
    return np.asarray(
        -(np.cos(forward) * cos_out)[:, None] * axes[:, 1]
        + (np.sin(forward) * cos_out)[:, None] * axes[:, 2]
        + sign * np.sin(outward)[:, None] * axes[:, 0]
    )


# ---------------------------------------------------------------- the camera


def make_recording(
    pose: Mapping[str, ArrayLike],
    time_s: ArrayLike = (0.0,),
    *,
    azimuth_deg: float = CAMERA_LEFT,
    scale_px: float = 240.0,
    centre_px: tuple[float, float] = (320.0, 250.0),
    clockwise_deg: float = 0.0,
    visibility: float = 0.95,
) -> PoseRecording:
    """Film a posed body; ``clockwise_deg`` turns the picture about the mid-hip."""
    times = np.asarray(time_s, dtype=float)
    body = pose_body(pose, len(times))
    azimuth = np.radians(azimuth_deg)
    right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
    to_camera = np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
    seen = np.stack([body @ right, -body[..., 1], -(body @ to_camera)], axis=-1)
    turn = np.radians(clockwise_deg)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    seen[..., :2] = seen[..., :2] @ spin.T
    found = np.full((len(times), len(LANDMARKS)), visibility)
    return PoseRecording(
        time_s=times,
        image_px=np.asarray(centre_px) + scale_px * seen[..., :2],
        world_m=seen,
        visibility=found,
        presence=found,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )


def mirror(recording: PoseRecording) -> PoseRecording:
    """Return what the model would say of the picture flipped left to right."""
    flip = list(MIRROR)
    return replace(
        recording,
        image_px=recording.image_px[:, flip] * [-1, 1] + [recording.width_px, 0],
        world_m=recording.world_m[:, flip] * [-1, 1, 1],
        visibility=recording.visibility[:, flip],
        presence=recording.presence[:, flip],
    )


def hide(
    recording: PoseRecording, rows: slice | Sequence[int], landmarks: Sequence[str] = LANDMARKS
) -> PoseRecording:
    """Return the recording with landmarks not found in some frames; all of them: nobody."""
    columns = [LANDMARKS.index(name) for name in landmarks]
    index = np.ix_(np.arange(len(recording))[rows], columns)
    changed = {}
    for name in ("image_px", "world_m", "visibility", "presence"):
        array = np.array(getattr(recording, name))
        array[index] = np.nan
        changed[name] = array
    return replace(recording, **changed)


def drop_frames(recording: PoseRecording, rows: Sequence[int]) -> PoseRecording:
    """Return the recording as if some frames had never come."""
    kept = np.setdiff1d(np.arange(len(recording)), rows)
    names = ("time_s", "image_px", "world_m", "visibility", "presence", "filled")
    return replace(recording, **{name: getattr(recording, name)[kept] for name in names})


def raw_poses(recording: PoseRecording) -> Poses:
    """Return the picture positions as they are, uncleaned."""
    return recording.poses()


def make_view(name: ViewName = ViewName.SAGITTAL, azimuth_deg: float = CAMERA_LEFT) -> View:
    sagittal = name is ViewName.SAGITTAL
    towards = {True: ("left", "right"), False: ("front", "back")}[sagittal]
    first = azimuth_deg > 0 if sagittal else abs(azimuth_deg) < 90
    return View(
        name=name,
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=1.0,
        off_plane_deg=0.0,
        roll_deg=float("nan"),
        facing=towards[0] if first else towards[1],
    )


def view_from(azimuth_deg: float) -> View:
    """Return the view of a camera whose place is known, as conventions.md names it."""
    off_sagittal_deg = abs(abs(azimuth_deg) - 90.0)
    name = ViewName.SAGITTAL if off_sagittal_deg < 45 else ViewName.FRONTAL
    off_deg = min(off_sagittal_deg, 90.0 - off_sagittal_deg)
    view = make_view(name, azimuth_deg)
    return replace(view, off_plane_deg=off_deg, name=ViewName.OBLIQUE if off_deg >= 20.0 else name)


def make_provenance(
    recording: PoseRecording, rate_hz: float | None = None, dropped: int = 0
) -> Provenance:
    duration_s = float(recording.time_s[-1] - recording.time_s[0])
    frames = len(recording)
    measured_hz = (frames - 1) / duration_s if duration_s > 0 else 0.0
    return Provenance(
        input=InputFile(
            name="synthetic.mp4",
            extension="mp4",
            sha256="0" * 64,
            frames=frames,
            duration_s=duration_s,
            rate_hz=measured_hz if rate_hz is None else rate_hz,
            dropped=dropped,
            duplicated=0,
            width_px=recording.width_px,
            height_px=recording.height_px,
        ),
        model=ModelInfo(name="synthetic", sha256="1" * 64),
        software="tests",
        settings=(),
    )
