"""Asks who is measured where several people are in view."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.source import Source
from dashboard.components.stills import STEP_S, ask_still, image_data
from motion.errors import MotionError

__all__ = ["Click", "choose_person"]

_HERE: Final = Path(__file__).parent
_CLICK: Final = "Click in the picture"
_RULES: Final = {
    "Largest": ("largest", "Whoever is largest in the picture."),
    "Centre": ("centre", "Whoever is nearest to the middle of the picture."),
    "Left": ("left", "Whoever is farthest to the left of the picture."),
    "Right": ("right", "Whoever is farthest to the right of the picture."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """Where somebody was pointed at, in shares of the picture as it was shown.

    ``flipped`` says whether that was the recording turned back from a mirror image.
    """

    x: float
    y: float
    time_s: float
    flipped: bool

    def place(self, *, flipped: bool) -> tuple[float, float]:
        """Return where it is in the picture as it is shown now."""
        x, y = (min(max(share, 0.0), 1.0) for share in (self.x, self.y))
        return (x if flipped == self.flipped else 1.0 - x), y

    def as_setting(self, size_px: tuple[int, int], *, flipped: bool) -> str:
        """Return ``X,Y@SECONDS`` in pixels of the picture that is analysed."""
        x, y = self.place(flipped=flipped)
        return f"{x * size_px[0]:.0f},{y * size_px[1]:.0f}@{self.time_s:.2f}"


def choose_person(source: Source | None, *, mirrored: bool) -> str | None:
    """Ask who is measured; None as long as a click is missing.

    Parameters
    ----------
    source
        The recording; None as long as there is none.
    mirrored
        Whether it is a mirror image: it is shown turned back, as it is analysed.
    """
    chosen = st.segmented_control(
        "If several people are in view", [*_RULES, _CLICK], default="Largest", required=True
    )
    if chosen in _RULES:
        rule, meaning = _RULES[chosen]
        st.caption(f"{meaning} The same person is followed all the time; others are left out.")
        return rule
    if source is None:
        st.caption("Choose the recording first; then its picture is shown here.")
        return None
    try:
        return _ask_click(source, mirrored=mirrored)
    except MotionError as error:
        show_error(error)
        return None


def _ask_click(source: Source, *, mirrored: bool) -> str | None:
    still = ask_still(source, "person")
    key = f"person-point-{source.key}"
    before = _read_click(st.session_state.get(key))
    here = before is not None and abs(before.time_s - still.time_s) < STEP_S / 2
    given = _component()(
        key=key,
        data={
            "image": image_data(still),
            "time_s": still.time_s,
            "flipped": mirrored,
            "point": list(before.place(flipped=mirrored)) if before and here else None,
        },
        on_point_change=lambda: None,
    )
    click = _read_click(given)
    if click is None:
        st.caption("Click on the middle of the trunk of the person who is to be measured.")
        return None
    size_px = still.width_px, still.height_px
    moment = words.seconds(click.time_s)
    st.caption(f"Measured is who was clicked on at {moment}. Another click chooses anew.")
    return click.as_setting(size_px, flipped=mirrored)


def _read_click(state: Any) -> Click | None:
    point = getattr(state, "point", None)
    if not point:
        return None
    return Click(
        x=float(point["x"]),
        y=float(point["y"]),
        time_s=float(point["time_s"]),
        flipped=bool(point["flipped"]),
    )


@cache
def _component() -> Any:
    html, css, js = ((_HERE / f"person.{end}").read_text("utf-8") for end in ("html", "css", "js"))
    return st.components.v2.component("motion_person", html=html, css=css, js=js)
