"""Keeps an angle that was drawn on a take's picture: a value by hand, with who, when and where."""

from typing import Any, Final

import streamlit as st

from dashboard import words
from dashboard.chart_words import (
    HAND_CHOICES,
    HandChoice,
    hand_choice_title,
    hand_title,
    hand_value,
    sign_of,
)
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.drawn_angles import DrawnAngle, joint_angle_deg, read_drawn
from motion.clinic import (
    ByHand,
    Instrument,
    Record,
    StoredTake,
    add_manual,
    find_patient,
    open_record,
    result_measure,
)
from motion.clinic.hand_angles import find_hand_angle
from motion.clinic.manual_checks import is_withheld
from motion.model import Analysis, NearSide, Side

__all__ = ["ask_to_keep", "remember_drawn"]

_CHOICES: Final = tuple(choice for choice in HAND_CHOICES if find_hand_angle(choice.name).by_camera)
_SIDES: Final = (Side.LEFT, Side.RIGHT)
_KEPT: Final = "drawn-angle-kept"


def remember_drawn(take: StoredTake, sent: Any) -> None:
    """Remember the angle that the browser sent, until it is kept or let go."""
    drawn = read_drawn(sent)
    if drawn is not None:
        st.session_state[_key(take)] = drawn


def ask_to_keep(take: StoredTake) -> None:
    """Ask which joint's angle was drawn and who drew it, where one waits to be kept."""
    kept = st.session_state.pop(_KEPT, None)
    if kept:
        st.success(words.plain(kept), icon=":material/check:")
    drawn = st.session_state.get(_key(take))
    if drawn is None:
        return
    with st.container(border=True, key="keep-drawn"):
        st.markdown(f"**Keep the angle that was drawn**: {words.plain(drawn.text)}")
        choice, side = _ask_angle(take)
        value_deg = _ask_degrees(take, choice, drawn)
        who = ask_who("Drawn by", f"{_key(take)}-who")
        with st.container(horizontal=True):
            asked = st.button(
                "Keep it as measured by hand",
                type="primary",
                icon=":material/straighten:",
                key=f"{_key(take)}-keep",
            )
            st.button("Let it go", key=f"{_key(take)}-drop", on_click=_forget, args=(take,))
    if asked:
        said = ByHand(
            measure=choice.measure,
            joint=choice.joint,
            motion=choice.motion,
            side=side,
            value_deg=value_deg,
            instrument=Instrument.ANGLE_TOOL,
            mode=take.analysis.conditions.mode,
            measured_by=who.strip(),
            note=drawn.text,
        )
        _keep(take, said, who)


def _keep(take: StoredTake, said: ByHand, who: str) -> None:
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
    if patient is not None and is_withheld(said, patient.withheld_joints):
        joint = words.plain(words.label(f"{said.side}_{said.joint}").lower())
        st.warning(f"The {joint} is never measured in this patient (absent, in a cast or covered).")
        return

    def write(record: Record) -> None:
        add_manual(record, take.id, said, author=author_of(who))
        _forget(take)
        st.session_state[_KEPT] = f"Kept: {hand_title(said)} {hand_value(said)}, {said.note}."

    write_record(write)


def _ask_angle(take: StoredTake) -> tuple[HandChoice, Side]:
    first, side = _likely(take.analysis)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.selectbox(
            "Which angle it is",
            _CHOICES,
            index=_CHOICES.index(first),
            format_func=hand_choice_title,
            key=f"{_key(take)}-angle",
        )
        if not find_hand_angle(choice.name).sided:
            return choice, Side.NONE
        chosen = st.segmented_control(
            "Side",
            _SIDES,
            default=side,
            required=True,
            format_func=words.side_title,
            key=f"{_key(take)}-side",
        )
    return choice, Side(chosen)


def _ask_degrees(take: StoredTake, choice: HandChoice, drawn: DrawnAngle) -> float:
    title = hand_choice_title(choice)
    value_deg = st.number_input(
        f"{title}, degrees",
        value=float(round(joint_angle_deg(choice.name, drawn.between_deg))),
        step=1.0,
        format="%g",
        # A new drawing or another angle is another number.
        key=f"{_key(take)}-{choice.name}-{choice.measure}-{drawn.between_deg:.2f}",
    )
    st.caption(f"{sign_of(choice)} Two lines know no sign: correct the number where it lacks one.")
    return value_deg


def _likely(analysis: Analysis) -> tuple[HandChoice, Side]:
    """Return the angle that the take counts and its side; without one, the first of the list."""
    curves = {curve.name: curve for curve in analysis.angles.measured}
    counted = curves.get(analysis.counted_on or "")
    near = Side.RIGHT if analysis.conditions.near_side is NearSide.RIGHT else Side.LEFT
    if counted is None:
        return _CHOICES[0], near
    side = counted.side if counted.side in _SIDES else near
    wanted = HandChoice(counted.joint, counted.motion, result_measure(analysis.movement))
    return (wanted if wanted in _CHOICES else _CHOICES[0]), side


def _forget(take: StoredTake) -> None:
    st.session_state.pop(_key(take), None)


def _key(take: StoredTake) -> str:
    return f"drawn-angle-{take.id}"
