"""Replays a take as a moving skeleton, so that no picture of the patient needs to be kept."""

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from dashboard import gait_words, words
from dashboard.charts import uncertain_frames
from dashboard.gait_style import STYLES
from motion.kinematics import find_joint
from motion.kinematics.points import landmarks_under
from motion.model import (
    EDGES,
    INITIAL_CONTACT,
    LANDMARKS,
    Analysis,
    AngleCurve,
    BoolArray,
    Event,
    PoseRecording,
    RealArray,
    Repetition,
    RepetitionVerdict,
    landmark_index,
)
from motion.report import LIGHTS, LOST, NOT_MEASURED, rate_frames
from motion.report.lights import drawable_landmarks, sure_landmarks

__all__ = ["replay_data", "show_moment", "show_replay"]

_HERE: Final = Path(__file__).parent
_FRAMES: Final = 9000
"""More would make the page heavy: a longer take is shown with every second, third... frame."""

_MARGIN: Final = 0.12
_SMOOTH_FRAMES: Final = 8.0
"""The picture glides along with the body instead of rocking with each arm and foot."""
_FIRST_OF_BODY: Final = landmark_index("left_shoulder")
_SEEN, _FILLED, _UNSURE = 1, 2, 3


def show_replay(analysis: Analysis, curve: AngleCurve | None) -> None:
    """Show the skeleton of a take with one of its angles."""
    _component()(data=replay_data(analysis, curve), key="replay")


def show_moment(
    analysis: Analysis, time_s: float, *, key: str, on_pick: Callable[[float], None] | None = None
) -> None:
    """Show the skeleton at one moment, from which the replay can go on.

    Parameters
    ----------
    on_pick
        Given the moment that somebody chooses in the replay; None offers no choice.
    """

    def picked() -> None:
        moment_s = st.session_state[key].get("moment")
        if on_pick is not None and moment_s is not None:
            on_pick(float(moment_s))

    data = {**replay_data(analysis, None), "at_s": time_s, "pick": on_pick is not None}
    _component()(data=data, key=key, on_moment_change=picked)


def replay_data(analysis: Analysis, curve: AngleCurve | None) -> dict[str, Any]:
    """Return what the browser draws: landmarks, their state, the angle, repetitions, events."""
    recording = analysis.recording
    rows = slice(None, None, -(-len(recording) // _FRAMES))
    kinds = np.where(sure_landmarks(recording), _SEEN, _UNSURE)
    state = np.where(recording.filled, _FILLED, kinds) * drawable_landmarks(recording)
    measured = _measured_landmarks(curve)
    corner, size = _crop(recording.image_px[state > 0])
    across_px, close_px = _follow(recording, state > 0)
    return {
        "width": size[0],
        "height": size[1],
        "across": _pack(across_px[rows] - corner[0], np.float32),
        "close": min(close_px, size[0]),
        "landmarks": len(LANDMARKS),
        "time_s": _pack(recording.time_s[rows], np.float32),
        "points": _pack(np.nan_to_num(recording.image_px[rows] - corner), np.float32),
        "state": _pack(state[rows], np.uint8),
        "shown": [index >= _FIRST_OF_BODY or index == 0 for index in range(len(LANDMARKS))],
        "bones": [
            [landmark_index(a), landmark_index(b), {a, b} <= measured]
            for a, b in EDGES
            if min(landmark_index(a), landmark_index(b)) >= _FIRST_OF_BODY
        ],
        "lights": [[light.word, light.css] for light in LIGHTS],
        **_angle_data(analysis, curve, rows),
        "ends_s": [
            r.end_s
            for r in analysis.repetitions
            if r.verdict is RepetitionVerdict.FULL and _is_counted(r, curve)
        ],
        "events": [_event_data(event) for event in analysis.events if analysis.gait],
        "side_colours": {side.value: style.colour for side, style in STYLES.items()},
    }


def _event_data(event: Event) -> dict[str, Any]:
    return {
        "time_s": event.time_s,
        "side": event.side.value,
        "comes_down": event.event == INITIAL_CONTACT,
        "left_out": bool(event.left_out),
        "text": gait_words.event_text(event),
    }


@cache
def _component() -> Any:
    html, css, js = ((_HERE / f"replay.{end}").read_text("utf-8") for end in ("html", "css", "js"))
    return st.components.v2.component("motion_replay", html=html, css=css, js=js)


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


def _measured_landmarks(curve: AngleCurve | None) -> set[str]:
    if curve is None:
        return set()
    points = find_joint(curve.angle).points
    return {name for point in points for name in landmarks_under(point, curve.side)}


def _angle_data(analysis: Analysis, curve: AngleCurve | None, rows: slice) -> dict[str, Any]:
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


def _is_counted(repetition: Repetition, curve: AngleCurve | None) -> bool:
    return curve is not None and (repetition.joint, repetition.motion, repetition.side) == (
        curve.joint,
        curve.motion,
        curve.side,
    )


def _pack(values: NDArray[Any], kind: type) -> str:
    little_endian = np.dtype(kind).newbyteorder("<")
    return base64.b64encode(np.ascontiguousarray(values, dtype=little_endian).tobytes()).decode()
