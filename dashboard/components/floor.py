"""Asks for the two ends of a known distance on the floor, by clicks in the picture."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.components.source import Source
from dashboard.components.stills import ask_still, image_data

__all__ = ["FloorLine", "ask_floor_line"]

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorLine:
    """Ends of a distance, in shares of the picture as it was shown.

    ``flipped`` says whether that was the recording turned back from a mirror image.
    """

    ends: tuple[tuple[float, float], ...]
    flipped: bool

    def places(self, *, flipped: bool) -> list[list[float]]:
        """Return where the ends are in the picture as it is shown now."""
        clipped = [[min(max(share, 0.0), 1.0) for share in end] for end in self.ends]
        return [[x if flipped == self.flipped else 1.0 - x, y] for x, y in clipped]

    def in_pixels(
        self, size_px: tuple[int, int], *, flipped: bool
    ) -> tuple[float, float, float, float] | None:
        """Return ``(x1, y1, x2, y2)`` of the analysed picture; None where an end is missing."""
        if len(self.ends) != 2:
            return None
        (x1, y1), (x2, y2) = self.places(flipped=flipped)
        width_px, height_px = size_px
        return x1 * width_px, y1 * height_px, x2 * width_px, y2 * height_px


def ask_floor_line(source: Source, *, mirrored: bool) -> tuple[float, float, float, float] | None:
    """Ask for both ends; None as long as one is missing.

    Parameters
    ----------
    mirrored
        Whether the recording is a mirror image: it is shown turned back, as it is analysed.

    Raises
    ------
    MotionError
        If the recording cannot be read.
    """
    still = ask_still(source, "floor")
    key = f"floor-line-{source.key}"
    before = _read_line(st.session_state.get(key))
    given = _component()(
        key=key,
        data={
            "image": image_data(still),
            "flipped": mirrored,
            "points": before.places(flipped=mirrored) if before else [],
        },
        on_points_change=lambda: None,
    )
    line = _read_line(given)
    count = len(line.ends) if line else 0
    st.caption(
        (
            "Click on one end of the distance on the floor, in the line that is walked on.",
            "Now click on the other end.",
            "Both ends are set. Another click begins anew.",
        )[min(count, 2)]
    )
    size_px = still.width_px, still.height_px
    return line.in_pixels(size_px, flipped=mirrored) if line else None


def _read_line(state: Any) -> FloorLine | None:
    points = getattr(state, "points", None)
    if not points:
        return None
    ends = tuple((float(x), float(y)) for x, y in points["ends"])
    return FloorLine(ends=ends, flipped=bool(points["flipped"]))


@cache
def _component() -> Any:
    html, js = ((_HERE / f"floor.{end}").read_text("utf-8") for end in ("html", "js"))
    css = "".join((_HERE / f"{name}.css").read_text("utf-8") for name in ("person", "floor"))
    return st.components.v2.component("motion_floor", html=html, css=css, js=js)
