"""Replays a take as a moving skeleton, so that no picture of the patient needs to be kept."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard import gait_words
from dashboard.components.replay_body import (
    angle_data,
    body_data,
    bones_of,
    is_counted_on,
    own_text,
)
from dashboard.gait_style import STYLES
from motion.model import INITIAL_CONTACT, Analysis, AngleCurve, Event, RepetitionVerdict

__all__ = ["replay_data", "show_moment", "show_replay"]


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
    return {
        **body_data(analysis),
        **angle_data(analysis, curve),
        "bones": bones_of(curve),
        "ends_s": [
            r.end_s
            for r in analysis.repetitions
            if r.verdict is RepetitionVerdict.FULL and is_counted_on(r, curve)
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
    return st.components.v2.component(
        "motion_replay",
        html=own_text("replay.html"),
        css=own_text("replay.css"),
        js=own_text("replay_body.js", "replay.js"),
    )
