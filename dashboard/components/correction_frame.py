"""Landmarks of one frame, dragged to where they belong, on the picture or on empty ground."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.components.correction_picture import picture_at
from dashboard.components.notices import show_error
from dashboard.correction_draft import add_item, draft_of
from motion.clinic import StoredTake
from motion.errors import MotionError
from motion.kinematics.landmark_edits import LandmarkEdit, apply_landmark_edits
from motion.model import EDGES, LANDMARKS, Mirrored, PoseRecording, landmark_index
from motion.report.lights import drawable_landmarks, sure_landmarks

__all__ = ["ask_landmarks", "frame_data"]

_HERE: Final = Path(__file__).parent
_MARGIN: Final = 0.15
_NOT_SEEN, _SURE, _FILLED, _BY_HAND = 0, 1, 2, 4
_FIRST_OF_BODY: Final = landmark_index("left_shoulder")
_FIRST: Final = landmark_index("left_knee")


def ask_landmarks(take: StoredTake) -> None:
    """Ask for a moment, and where its landmarks are."""
    recording = take.analysis.recording
    if recording.triangulated is not None:
        st.info(
            "Several cameras saw this take; a landmark cannot be placed in one picture.",
            icon=":material/info:",
        )
        return
    edits = [each for each in draft_of(take) if isinstance(each, LandmarkEdit)]
    row = _ask_frame(take, recording)
    try:
        shown = apply_landmark_edits(recording, edits)
        picture = picture_at(take, float(recording.time_s[row]))
    except MotionError as error:
        show_error(error)
        return
    if picture is None:
        st.caption("No video of this take was kept: the landmarks stand on empty ground.")
    key = f"landmarks-{take.id}-{take.analysis_id}"

    def placed() -> None:
        given = st.session_state[key].get("placed")
        if given is not None:
            add_item(
                take,
                LandmarkEdit(
                    time_s=float(given["time_s"]),
                    landmark=LANDMARKS[int(given["landmark"])],
                    x_px=float(given["x_px"]),
                    y_px=float(given["y_px"]),
                ),
            )

    def gone() -> None:
        given = st.session_state[key].get("go")
        if given is not None:
            st.session_state[_frame_key(take)] = int(given)

    said = take.analysis.conditions.mirrored is Mirrored.YES
    _component()(
        key=key,
        data={
            **frame_data(shown, row),
            "image": picture.image if picture else "",
            "flipped": bool(picture and picture.of_source and said),
            "first": _first_landmark(take),
        },
        on_placed_change=placed,
        on_go_change=gone,
    )
    st.caption(
        "Between two frames in which the same landmark was placed, at most 0.2 s apart, it is "
        "interpolated; farther apart the camera's landmarks stay."
    )


def _frame_key(take: StoredTake) -> str:
    return f"landmark-frame-{take.id}"


def _ask_frame(take: StoredTake, recording: PoseRecording) -> int:
    key, last = _frame_key(take), len(recording) - 1
    if key not in st.session_state:
        st.session_state[key] = _first_frame(take, recording)
    if last < 1:
        return 0
    return int(
        st.slider(
            "Frame of the recording", 0, last, key=key,
            help="The picture's buttons go on frame by frame.",
        )
    )  # fmt: skip


def _first_frame(take: StoredTake, recording: PoseRecording) -> int:
    """Return the frame of the first repetition's peak, where most corrections are made."""
    repetitions = take.analysis.repetitions
    if not repetitions:
        return len(recording) // 2
    return int(np.argmin(np.abs(recording.time_s - repetitions[0].peak_s)))


def _first_landmark(take: StoredTake) -> int:
    """Return the landmark of the joint that the take is about."""
    side, _, rest = take.analysis.counted_on.partition("_")
    name = f"{side}_{rest.partition('_')[0]}"
    return landmark_index(name) if name in LANDMARKS else _FIRST


def frame_data(recording: PoseRecording, row: int) -> dict[str, Any]:
    """Return what the browser draws of one frame."""
    kinds = np.where(sure_landmarks(recording)[row], _SURE, _FILLED)
    state = np.where(recording.filled[row], _FILLED, kinds) * drawable_landmarks(recording)[row]
    state = np.where(recording.placed[row], _BY_HAND, state)
    state = np.where(np.isfinite(recording.image_px[row, :, 0]), state, _NOT_SEEN)
    shown = [index >= _FIRST_OF_BODY or index == 0 for index in range(len(LANDMARKS))]
    state = np.where(shown, state, _NOT_SEEN)
    place = np.nan_to_num(recording.image_px[row].astype(float))
    return {
        "width": recording.width_px,
        "height": recording.height_px,
        "view": _view(recording),
        "frame": row,
        "frames": len(recording),
        "time_s": float(recording.time_s[row]),
        "end_s": float(recording.time_s[-1]),
        "names": [words.label(name) for name in LANDMARKS],
        "points": [[*xy, int(s)] for xy, s in zip(place.tolist(), state, strict=True)],
        "shown": shown,
        "bones": [
            [landmark_index(a), landmark_index(b)]
            for a, b in EDGES
            if min(landmark_index(a), landmark_index(b)) >= _FIRST_OF_BODY
        ],
    }


def _view(recording: PoseRecording) -> list[float]:
    """Return the part of the picture, ``x, y, width, height``, in which the person is seen."""
    seen_px = recording.image_px[drawable_landmarks(recording)]
    if not len(seen_px):
        return [0.0, 0.0, float(recording.width_px), float(recording.height_px)]
    low, high = np.nanpercentile(seen_px, [1, 99], axis=0)
    room = _MARGIN * float(np.max(high - low)) + 1.0
    x, y = low - room
    width, height = high - low + 2 * room
    return [float(x), float(y), float(width), float(height)]


@cache
def _component() -> Any:
    html, css, js = (
        (_HERE / f"correction_frame.{end}").read_text("utf-8") for end in ("html", "css", "js")
    )
    return st.components.v2.component("motion_correction_frame", html=html, css=css, js=js)
