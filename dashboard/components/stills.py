"""Single pictures of a recording, to point at something in them."""

import base64
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.components.source import Source
from motion.capture import Still, find_somebody, read_still

__all__ = ["STEP_S", "ask_still", "image_data"]

STEP_S: Final = 0.1
_KEPT: Final = "person_stills"


@dataclass(slots=True)
class _Stills:
    """What was read of one recording; another one's takes its place."""

    key: str
    length_s: float
    first_s: float
    at: Still | None = None
    asked_s: float = -1.0


def ask_still(source: Source, key: str) -> Still:
    """Ask for a moment of a recording and return its picture; at first one with somebody in it.

    Parameters
    ----------
    key
        Tells the question from others about the same recording.

    Raises
    ------
    MotionError
        If the recording cannot be read.
    """
    stills = _stills_of(source)
    last_s = max(0.0, stills.length_s - STEP_S)
    asked_s = 0.0
    if last_s > STEP_S:
        asked_s = st.slider(
            "Moment of the picture",
            0.0,
            round(last_s, 1),
            round(min(stills.first_s, last_s), 1),
            STEP_S,
            format="%.1f s",
            key=f"{key}-moment-{source.key}",
        )
    return _still_at(source, stills, asked_s)


def image_data(still: Still) -> str:
    """Return a picture as a browser takes it, without fetching anything."""
    return f"data:image/jpeg;base64,{base64.b64encode(still.jpeg).decode()}"


def _stills_of(source: Source) -> _Stills:
    kept: _Stills | None = st.session_state.get(_KEPT)
    if kept is None or kept.key != source.key:
        with st.spinner("Looking into the recording"), source.open_video() as video:
            kept = _Stills(source.key, video.promised_s, find_somebody(video))
        st.session_state[_KEPT] = kept
    return kept


def _still_at(source: Source, stills: _Stills, asked_s: float) -> Still:
    if stills.at is None or stills.asked_s != asked_s:
        with source.open_video() as video:
            stills.at, stills.asked_s = read_still(video, asked_s), asked_s
    return stills.at
