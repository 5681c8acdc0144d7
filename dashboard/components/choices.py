"""Asks what was done in a recording, and under which conditions."""

from datetime import date, datetime, time
from typing import Any, Final, TypeVar

import streamlit as st

from dashboard import words
from motion.kinematics import JOINTS, Plane
from motion.library import list_movements
from motion.model import (
    Mirrored,
    Mode,
    Position,
    Setting,
    Side,
    TakeConditions,
    WeightBearing,
)
from motion.settings import AnalysisSettings

__all__ = ["WALKING", "ask_one_of", "choose_conditions", "choose_movement"]

T = TypeVar("T")

WALKING: Final = "walking"

_EXERCISE: Final = "Exercise"
_ANGLE: Final = "Single angle"
_WALK: Final = "Walking"
_ALL: Final = "All that is seen"
_KNOWN: Final[dict[str | None, str]] = {"": _ALL, WALKING: _WALK}
_SIDES: Final[dict[Side | None, str]] = {
    None: "As the view shows",
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.BOTH: "Both",
}
_VIEWS: Final[dict[Plane | None, str]] = {
    None: "Find out from the picture",
    Plane.SAGITTAL: "From the side",
    Plane.FRONTAL: "From the front or back",
}
_MIRRORED: Final = {Mirrored.UNKNOWN: "I don't know", Mirrored.NO: "No", Mirrored.YES: "Yes"}
_MODES: Final = {
    Mode.ACTIVE: "The patient (active)",
    Mode.ASSISTED: "The patient with help (assisted)",
    Mode.PASSIVE: "Somebody else (passive)",
}
_WEIGHT: Final = {
    WeightBearing.UNKNOWN: "Not stated",
    WeightBearing.FULL: "Full",
    WeightBearing.PARTIAL: "Partial",
    WeightBearing.NONE: "None",
}


def choose_movement(known: str | None) -> str | None:
    """Ask for the movement; empty measures everything, None where none is chosen yet.

    The first of the alphabet would be measured by who overlooks the question.

    Parameters
    ----------
    known
        The movement that the recording is known to show; chosen at first. None: not known.
    """
    kind = st.segmented_control(
        "What is to be measured?",
        [_EXERCISE, _ANGLE, _WALK, _ALL],
        default=_KNOWN.get(known, _EXERCISE),
        required=True,
        key=f"movement-kind-{known}",
    )
    if kind == _WALK:
        st.caption(
            "Seen from the side, past the camera or on a treadmill, there and back as often as "
            "you like. Both feet must be in the picture. Steps, times, lengths and the curves of "
            "hip, knee and ankle are measured."
        )
        return WALKING
    if kind == _ALL:
        st.caption(
            "Every angle that the view shows is measured; repetitions are counted on the one "
            "that moves most."
        )
        return ""
    angles = [joint.name for joint in JOINTS]
    exercises = [n for n, m in list_movements().items() if n not in angles and not m.gait]
    names = angles if kind == _ANGLE else exercises
    names.sort(key=words.movement_title)
    chosen = st.selectbox(
        "Angle" if kind == _ANGLE else "Exercise",
        names,
        index=names.index(known) if known in names else None,
        format_func=words.movement_title,
        placeholder="Choose one",
        key=f"movement-{kind}-{known}",
    )
    if chosen is None:
        return None
    note = list_movements()[chosen].note
    if note:
        st.caption(note)
    return str(chosen)


def choose_conditions(movement: str, *, of_markers: bool) -> AnalysisSettings:
    """Ask how the recording was made; each answer has a sensible one to start with.

    What must be known of a walk besides is asked for apart. Nobody plans a side to walk with, and
    what is not asked for is left as the recording shows it.

    Parameters
    ----------
    of_markers
        Whether it is a file of markers, which no mirror turns.
    """
    left, right = st.columns(2)
    with left:
        position = ask_one_of(
            "Position", {p: words.label(p) for p in Position}, _usual_position(movement), movement
        )
    with right:
        side = None if movement == WALKING else ask_one_of("Side that was planned", _SIDES)
    mirrored = Mirrored.UNKNOWN if of_markers else _ask_mirrored()
    with st.expander("More about the recording"):
        started_at, conditions = _ask_rest(position, mirrored)
        view = ask_one_of("View", _VIEWS)
    return AnalysisSettings(
        movement=movement,
        side=side,
        view=view,
        started_at=started_at,
        conditions=conditions,
    )


def _ask_mirrored() -> Mirrored:
    mirrored = st.radio(
        "Does the recording show a mirror image?",
        list(_MIRRORED),
        format_func=_MIRRORED.__getitem__,
        horizontal=True,
        key="mirrored",
    )
    st.caption(
        "To find out: facing the camera, a patient who raises the right hand raises it on the "
        "left of the picture. Is it on the right, or is writing reversed, as some phones' front "
        "cameras show it, the answer is Yes."
    )
    return mirrored


def _ask_rest(position: Position, mirrored: Mirrored) -> tuple[datetime | None, TakeConditions]:
    left, right = st.columns(2)
    with left:
        mode = ask_one_of("Who moved the limb?", _MODES)
        weight = ask_one_of("Weight on the measured leg", _WEIGHT)
        aid = st.text_input("Walking aid or other aid", value="unknown", max_chars=80)
    with right:
        setting = ask_one_of("Where was it recorded?", {s: words.label(s) for s in Setting})
        day: date | None = st.date_input(
            "Day of the recording",
            value=None,
            max_value="today",
            format="YYYY-MM-DD",
            help="Left empty, the file's own date is taken.",
        )
        footwear = st.text_input("Shoes, brace, orthosis", value="unknown", max_chars=80)
    # Noon, since the hour is not known, in this computer's zone.
    started_at = datetime.combine(day, time(12)).astimezone() if day else None
    return started_at, TakeConditions(
        position=position,
        mode=mode,
        setting=setting,
        weight_bearing=weight,
        aid=aid.strip() or "unknown",
        footwear_orthosis=footwear.strip() or "unknown",
        mirrored=mirrored,
    )


def _usual_position(movement: str) -> Position:
    usual = list_movements()[movement].position if movement else ""
    return Position(usual) if usual else Position.UNKNOWN


def ask_one_of(label: str, options: dict[T, str], first: Any = None, key: str = "") -> T:
    """Ask for one of several values by their titles."""
    # By their titles: a choice of None would be shown as no choice.
    by_title = {title: value for value, title in options.items()}
    titles = list(by_title)
    first_title = options.get(first, titles[0])
    chosen = st.selectbox(label, titles, index=titles.index(first_title), key=f"{label}-{key}")
    return by_title[chosen]
