"""Angles that are measured by hand beside a take: typed in, shown beside the camera's, mended."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.chart_words import hand_title, hand_value
from dashboard.components.notices import show_error
from dashboard.components.tables import Cell, show_table
from dashboard.components.take_list import main_measurement
from motion.clinic import (
    ByHand,
    Instrument,
    ManualMeasurement,
    Record,
    StoredTake,
    add_manual,
    change_manual,
    exclude_manual,
    find_hand_angle,
    find_patient,
    include_manual,
    is_withheld,
    list_manual,
    open_record,
    result_measure,
)
from motion.clinic.hand_angles import HAND_ANGLES
from motion.errors import MotionError
from motion.model import Analysis, Mode, Side

__all__ = ["ask_hand_change", "show_by_hand"]

_WHO: Final = "measured-by"
_ENDS: Final = ("rom_max", "rom_min")
_Angle = tuple[str, str, Side]
_ANGLES: Final[tuple[_Angle, ...]] = tuple(
    (angle.joint, angle.motion, side)
    for angle in HAND_ANGLES
    for side in ((Side.LEFT, Side.RIGHT) if angle.sided else (Side.NONE,))
)


def show_by_hand(take: StoredTake) -> None:
    """Show what was measured by hand beside a take, and a form for one more value."""
    with open_record() as record:
        found = list_manual(record, take.id)
        patient = find_patient(record, take.patient_code)
    withheld = patient.withheld_joints if patient else ()
    if found:
        show_table(
            ("Angle", "By hand", "Camera", "Difference", "How"),
            [_row(each, take.analysis, withheld) for each in found],
            "Measured by hand beside this take, in whole degrees",
        )
    if withheld:
        names = ", ".join(joint.replace("_", " ") for joint in withheld)
        st.caption(
            f"Never measured in this patient: {words.plain(names)} (absent, in a cast or covered). "
            "A value by hand of such a joint needs a note that says how it was measured."
        )
    _ask_value(take)
    if found:
        with st.expander("Correct a value, or leave it out"):
            ask_hand_change(found, key="by-hand-change")


def _ask_value(take: StoredTake) -> None:
    with st.form(f"by-hand-{take.id}", clear_on_submit=True):
        value_deg, angle, measure = _ask_angle(take.analysis)
        instrument, mode, who, note = _ask_how(take.analysis.conditions.mode)
        saved = st.form_submit_button("Save", type="primary", icon=":material/straighten:")
    st.caption(
        "With the sign of the camera's angle: 0° is straight, 10° short of straight is 10, "
        "5° of hyperextension is -5. The pairs are compared on the page Measurement error."
    )
    if not saved:
        return
    if value_deg is None:
        st.warning("Type the degrees first.", icon=":material/edit:")
        return
    st.session_state[_WHO] = who
    joint, motion, side = angle
    said = ByHand(
        measure=measure,
        joint=joint,
        motion=motion,
        side=side,
        value_deg=value_deg,
        instrument=instrument,
        mode=mode,
        measured_by=who.strip(),
        note=note.strip(),
    )
    _change(lambda record: add_manual(record, take.id, said))


def _ask_angle(analysis: Analysis) -> tuple[float | None, _Angle, str]:
    """Ask for the number first: all else is as the take is."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value_deg = st.number_input(
            "Degrees, as read", value=None, step=1.0, format="%g", key="by-hand-value"
        )
        angle = st.selectbox(
            "Angle",
            _ANGLES,
            index=_ANGLES.index(_first_angle(analysis)),
            format_func=_angle_title,
            key="by-hand-angle",
        )
        measure = st.selectbox(
            "End of range",
            _ENDS,
            index=_ENDS.index(result_measure(analysis.movement)),
            format_func=words.end_of_range,
            key="by-hand-end",
        )
    return value_deg, angle, measure


def _ask_how(usual: Mode) -> tuple[Instrument, Mode, str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        instrument = st.selectbox(
            "Instrument",
            [each.value for each in Instrument],
            format_func=words.label,
            key="by-hand-instrument",
        )
        mode = st.selectbox(
            "Movement was",
            [each.value for each in Mode],
            index=list(Mode).index(usual),
            format_func=words.label,
            key="by-hand-mode",
        )
        who = st.text_input(
            "Measured by", value=st.session_state.get(_WHO, ""), max_chars=60, key="by-hand-who"
        )
        note = st.text_input("Note", max_chars=200, key="by-hand-note")
    return Instrument(instrument), Mode(mode), who, note


def ask_hand_change(found: Sequence[ManualMeasurement], *, key: str) -> None:
    """Show the form that corrects one of some values by hand, leaves it out or takes it in again.

    Parameters
    ----------
    key
        What tells this form from another one on the page.
    """
    place = st.selectbox(
        "Value",
        range(len(found)),
        format_func=lambda place: _title(found[place]),
        key=f"{key}-chosen",
    )
    chosen = found[place]
    left_out = chosen.excluded_reason is not None
    with st.form(f"{key}-{chosen.id}-{chosen.version}", border=False):
        value_deg = st.number_input(
            "Right value, in degrees", value=chosen.value_deg, step=1.0, format="%g"
        )
        reason = st.text_input("Reason", max_chars=300)
        with st.container(horizontal=True):
            corrected = st.form_submit_button("Save the correction")
            turned = st.form_submit_button("Take it in again" if left_out else "Leave it out")
    if corrected:
        _change(lambda record: change_manual(record, replace(chosen, value_deg=value_deg), reason))
    elif turned:
        turn = include_manual if left_out else exclude_manual
        _change(lambda record: turn(record, chosen, reason))


def _change(write: Callable[[Record], object]) -> None:
    try:
        with open_record() as record:
            write(record)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()


def _first_angle(analysis: Analysis) -> _Angle:
    """Return the angle that the take is about."""
    main = main_measurement(analysis.movement, analysis.measurements, analysis.repetitions)
    named = (main.joint, main.motion, main.side) if main is not None else None
    return named if named in _ANGLES else _ANGLES[0]


def _row(by_hand: ManualMeasurement, analysis: Analysis, withheld: Collection[str]) -> list[Cell]:
    camera_deg = _camera_deg(by_hand, analysis)
    how = ", ".join(
        text
        for text in (
            words.label(by_hand.instrument),
            words.label(by_hand.mode).lower(),
            by_hand.measured_by,
            by_hand.note,
            "joint marked as never measured" if is_withheld(by_hand, withheld) else "",
        )
        if text
    )
    out = by_hand.excluded_reason
    return [
        _angle_title((by_hand.joint, by_hand.motion, by_hand.side)),
        (words.degrees(by_hand.value_deg), words.end_of_range(by_hand.measure).lower()),
        words.degrees(camera_deg),
        words.signed_degrees(camera_deg - by_hand.value_deg) if out is None else "Left out",
        how if out is None else (how, out),
    ]


def _angle_title(angle: _Angle) -> str:
    joint, motion, side = angle
    title = find_hand_angle(f"{joint}_{motion}").title
    return (
        f"{words.side_title(side)} {title[0].lower()}{title[1:]}" if side.value != "none" else title
    )


def _camera_deg(by_hand: ManualMeasurement, analysis: Analysis) -> float:
    """Return the camera's value that a value by hand is paired with; NaN where there is none."""
    if by_hand.mode is not analysis.conditions.mode:
        return math.nan
    named = (by_hand.measure, by_hand.joint, by_hand.motion, by_hand.side)
    values = (
        m.value for m in analysis.measurements if (m.measure, m.joint, m.motion, m.side) == named
    )
    return next(values, math.nan)


def _title(by_hand: ManualMeasurement) -> str:
    when = words.date_text(by_hand.measured_at)
    return f"{hand_title(by_hand)} {hand_value(by_hand)}, {by_hand.instrument}, {when}"
