"""A take's body and angles as what a browser draws: packed arrays, and nothing to fetch."""

import base64
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from dashboard import words
from dashboard.charts import uncertain_frames
from motion.kinematics import find_joint
from motion.kinematics.points import landmarks_under
from motion.model import (
    EDGES,
    LANDMARKS,
    Analysis,
    AngleCurve,
    BoolArray,
    PoseRecording,
    RealArray,
    Repetition,
    landmark_index,
)
from motion.report import LIGHTS, LOST, NOT_MEASURED, rate_frames
from motion.report.lights import drawable_landmarks, sure_landmarks

__all__ = [
    "angle_data", "body_data", "bones_of", "is_counted_on", "measured_landmarks", "own_text",
    "rows_shown",
]  # fmt: skip

_HERE: Final = Path(__file__).parent
_FRAMES: Final = 9000
"""More would make the page heavy: a longer take is shown with every second, third... frame."""

_MARGIN: Final = 0.12
_SMOOTH_FRAMES: Final = 8.0
"""The picture glides along with the body instead of rocking with each arm and foot."""
_FIRST_OF_BODY: Final = landmark_index("left_shoulder")
_SEEN, _FILLED, _UNSURE = 1, 2, 3


def own_text(*names: str) -> str:
    """Return files of this folder one after the other: a component takes one text of each kind."""
    return "\n".join((_HERE / name).read_text("utf-8") for name in names)


def rows_shown(recording: PoseRecording) -> slice:
    """Return which frames are sent."""
    return slice(None, None, -(-len(recording) // _FRAMES))


def body_data(analysis: Analysis) -> dict[str, Any]:
    """Return landmarks, their state, and where in the picture (``image_px``) they are."""
    recording = analysis.recording
    rows = rows_shown(recording)
    kinds = np.where(sure_landmarks(recording), _SEEN, _UNSURE)
    state = np.where(recording.filled, _FILLED, kinds) * drawable_landmarks(recording)
    corner, size = _crop(recording.image_px[state > 0])
    across_px, close_px = _follow(recording, state > 0)
    return {
        "corner": [float(corner[0]), float(corner[1])],
        "width": size[0],
        "height": size[1],
        "across": _pack(across_px[rows] - corner[0], np.float32),
        "close": min(close_px, size[0]),
        "landmarks": len(LANDMARKS),
        "time_s": _pack(recording.time_s[rows], np.float32),
        "points": _pack(np.nan_to_num(recording.image_px[rows] - corner), np.float32),
        "state": _pack(state[rows], np.uint8),
        "shown": [index >= _FIRST_OF_BODY or index == 0 for index in range(len(LANDMARKS))],
        "lights": [[light.word, light.css] for light in LIGHTS],
    }


def bones_of(curve: AngleCurve | None) -> list[tuple[int, int, bool]]:
    """Return the lines of the body between two landmarks, and which of them an angle is made of."""
    measured = measured_landmarks(curve)
    return [
        (landmark_index(a), landmark_index(b), {a, b} <= measured)
        for a, b in EDGES
        if min(landmark_index(a), landmark_index(b)) >= _FIRST_OF_BODY
    ]


def measured_landmarks(curve: AngleCurve | None) -> set[str]:
    """Return the names of the landmarks under an angle; none without one."""
    if curve is None:
        return set()
    points = find_joint(curve.angle).points
    return {name for point in points for name in landmarks_under(point, curve.side)}


def angle_data(analysis: Analysis, curve: AngleCurve | None) -> dict[str, Any]:
    """Return an angle frame by frame with its light; without one whether anybody was seen."""
    rows = rows_shown(analysis.recording)
    if curve is None:
        there = drawable_landmarks(analysis.recording).any(axis=1)
        light = np.where(there, LIGHTS.index(NOT_MEASURED), LIGHTS.index(LOST))
        return {
            "title": "",
            "anchor": -1,
            "angle_deg": _pack(np.full(len(light), np.nan)[rows], np.float32),
            "light": _pack(light[rows], np.uint8),
            "unsure": _pack(np.zeros(len(light))[rows], np.uint8),
        }
    own = f"{curve.side}_{curve.joint}"
    return {
        "title": words.angle_title(curve.joint, curve.motion, curve.side),
        "anchor": landmark_index(own) if own in LANDMARKS else -1,
        "angle_deg": _pack(curve.value_deg[rows], np.float32),
        "light": _pack(rate_frames(analysis, curve)[rows], np.uint8),
        "unsure": _pack(uncertain_frames(curve)[rows], np.uint8),
    }


def is_counted_on(repetition: Repetition, curve: AngleCurve | None) -> bool:
    """Return whether a repetition was counted on this very angle."""
    return curve is not None and (repetition.joint, repetition.motion, repetition.side) == (
        curve.joint,
        curve.motion,
        curve.side,
    )


def _crop(seen_px: RealArray) -> tuple[RealArray, tuple[float, float]]:
    """Return the corner and the size of the part of the picture in which the person was seen."""
    if len(seen_px) == 0:
        return np.zeros(2), (1.0, 1.0)
    low, high = np.min(seen_px, axis=0), np.max(seen_px, axis=0)
    room = _MARGIN * float(np.max(high - low)) + 1.0
    width, height = high - low + 2 * room
    return low - room, (float(width), float(height))


def _follow(recording: PoseRecording, seen: BoolArray) -> tuple[RealArray, float]:
    """Return where the middle of the body is across the picture, and how wide to look at it.

    ``(n,)`` in pixels; where nobody was seen along the line between the moments before and after.
    """
    across = np.where(seen, recording.image_px[..., 0], np.nan)
    there = seen.any(axis=1)
    if not there.any():
        return np.zeros(len(recording)), 1.0
    left, right = np.nanmin(across[there], axis=1), np.nanmax(across[there], axis=1)
    down = np.where(seen, recording.image_px[..., 1], np.nan)[there]
    tall_px = float(np.max(np.nanmax(down, axis=1) - np.nanmin(down, axis=1)))
    middle_px = np.interp(recording.time_s, recording.time_s[there], (left + right) / 2.0)
    smooth_px: RealArray = gaussian_filter1d(middle_px, _SMOOTH_FRAMES)
    return smooth_px, (1.0 + 2 * _MARGIN) * max(tall_px, float(np.max(right - left)))


def _pack(values: NDArray[Any], kind: type) -> str:
    little_endian = np.dtype(kind).newbyteorder("<")
    return base64.b64encode(np.ascontiguousarray(values, dtype=little_endian).tobytes()).decode()
