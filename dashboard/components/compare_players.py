"""Two takes side by side, played in step."""

from functools import cache
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.components.replay_body import own_text
from dashboard.components.review import PLAYER, take_data
from motion.clinic import StoredTake

__all__ = ["show_players"]


def show_players(first: StoredTake, second: StoredTake) -> None:
    """Show two takes with one play button, and their curves over each other."""
    takes = [
        {**take_data(take), "title": _title(name, take)}
        for name, take in (("First", first), ("Second", second))
    ]
    _component()(data={"takes": takes}, key=f"compare-{first.id}-{second.id}")


def _title(name: str, take: StoredTake) -> str:
    analysis = take.analysis
    return (
        f"{name}: {words.movement_title(analysis.movement)}, {words.date_text(analysis.started_at)}"
    )


@cache
def _component() -> Any:
    return st.components.v2.component(
        "motion_compare",
        html=own_text("compare.html"),
        css=own_text("review.css", "compare.css"),
        js=own_text(*PLAYER, "compare_side.js", "compare.js"),
    )
