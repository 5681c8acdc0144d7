"""The button that asks for the browser's camera before a take begins."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

__all__ = ["REFUSALS", "ask_camera"]

_HERE: Final = Path(__file__).parent

REFUSALS: Final = {
    "refused": "setup.no_permission",
    "none": "setup.no_camera",
    "busy": "setup.camera_busy",
    "insecure": "live.insecure",
}
"""Why a browser gives no camera, and the key of what the patient is told."""


def ask_camera(label: str, key: str, on_answer: Callable[[str], None], *, focus: str = "") -> None:
    """Show the button that asks for the camera.

    Parameters
    ----------
    on_answer
        Given ``ready`` or one of :data:`REFUSALS`.
    focus
        Where it is given the button has the keyboard, anew with each other word.
    """

    def answered() -> None:
        state = st.session_state[key].get("camera")
        if state is not None:
            on_answer(str(state))

    _component()(data={"label": label, "focus": focus}, key=key, on_camera_change=answered)


@cache
def _component() -> Any:
    html, js = ((_HERE / f"camera_gate.{end}").read_text("utf-8") for end in ("html", "js"))
    css = (_HERE / "live_panel.css").read_text("utf-8")
    return st.components.v2.component("motion_camera_gate", html=html, css=css, js=js)
