"""Review of a take: the video or the skeleton beside its angles, one moment for both."""

from functools import cache
from typing import Any, Final

import streamlit as st

from dashboard.components.replay_body import own_text
from dashboard.components.review_data import References, review_data
from dashboard.components.review_keep import ask_to_keep, remember_drawn
from dashboard.components.review_video import serve_video
from dashboard.components.take_references import gather_for_take
from dashboard.reference_lines import lines_of
from motion.clinic import StoredTake

__all__ = ["PLAYER", "show_review", "take_data"]

PLAYER: Final = ("replay_body.js", "review_axes.js", "review_curve.js", "review_picture.js")
"""The scripts of every player that shows a take beside its curves."""


def show_review(take: StoredTake, *, at_s: float | None = None) -> None:
    """Show a take to be looked at moment by moment, with what may be drawn on its picture.

    Parameters
    ----------
    at_s
        The moment at which it opens; None is its first frame.
    """
    data = {**take_data(take), "at_s": at_s}
    key = f"review-{take.id}"

    def drawn() -> None:
        remember_drawn(take, st.session_state[key].get("drawn"))

    _component()(data=data, key=key, on_drawn_change=drawn)
    ask_to_keep(take)


def take_data(take: StoredTake) -> dict[str, Any]:
    """Return what the browser draws of a stored take, with its video where one was kept."""
    return {
        **review_data(take.analysis, _references_of(take)),
        "take": str(take.analysis_id),
        "file": f"take-{take.analysis.started_at:%Y-%m-%d}",  # names nobody
        "video": serve_video(take),
    }


def _references_of(take: StoredTake) -> References:
    beside = gather_for_take(take)
    found = {}
    for curve in take.analysis.angles.measured:
        named = beside.get((curve.joint, curve.motion, curve.side))
        if named is not None:
            found[curve.name] = lines_of(named[1])
    return found


@cache
def _component() -> Any:
    return st.components.v2.component(
        "motion_review",
        html=own_text("review.html"),
        css=own_text("review.css"),
        js=own_text(*PLAYER, "review_tools.js", "review_lists.js", "review_save.js", "review.js"),
    )
