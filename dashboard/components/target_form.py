"""Sets a patient's target in a few clicks; corrects and withdraws one."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.take_list import main_measurement
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.target_words import angle_named, source_of
from motion.clinic import (
    Patient,
    TakeSummary,
    Target,
    TargetDetails,
    change_target,
    result_measure,
    set_target,
    withdraw_target,
)
from motion.clinic.target_values import TARGET_MEASURES
from motion.kinematics import JOINTS
from motion.model import Side

__all__ = ["ask_change", "ask_target"]

_ONE_SIDE: Final = (Side.LEFT, Side.RIGHT)
_Angle = tuple[str, str, Side]
_ANGLES: Final[tuple[_Angle, ...]] = tuple(
    (joint.joint, joint.motion, side)
    for joint in JOINTS
    for side in ((*_ONE_SIDE, Side.BOTH) if joint.sided else (Side.NONE,))
)


def ask_target(patient: Patient, takes: Sequence[TakeSummary]) -> None:
    """Show the form of a new target: what was measured last is proposed, the degrees are typed.

    Parameters
    ----------
    takes
        All of the patient's, the newest first.
    """
    counted = [take for take in takes if take.excluded_reason is None]
    angles = _angles_of(counted)
    with st.form(f"target-{patient.id}", clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            target_deg = st.number_input(
                "Target in degrees", value=None, step=1, key="target-value"
            )
            joint, motion, side = st.selectbox(
                "Angle", angles, format_func=lambda angle: angle_named(*angle), key="target-angle"
            )
            measure = st.selectbox(
                "End of range",
                TARGET_MEASURES,
                index=TARGET_MEASURES.index(_usual_end(counted)),
                format_func=words.end_of_range,
                key="target-end",
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            note = st.text_input("Note", max_chars=200, key="target-note")
            who = ask_who("Set by", "target-who")
        asked = st.form_submit_button("Set target", type="primary", icon=":material/flag:")
    st.caption(
        "With the sign of the camera's angle: 0° is straight, 5° of hyperextension is -5. For "
        "extension choose the smallest angle. A target for the same angle takes the place of the "
        "one before. It is no limit: what must not be exceeded belongs in the precautions."
    )
    if not asked:
        return
    if target_deg is None:
        st.warning("Type the degrees first.", icon=":material/edit:")
        return
    details = TargetDetails(
        joint=joint,
        motion=motion,
        side=side,
        target_deg=float(target_deg),
        measure=measure,
        note=note.strip(),
    )
    write_record(lambda record: set_target(record, patient.code, details, author=author_of(who)))


def ask_change(current: Sequence[Target]) -> None:
    """Show the form that corrects or withdraws one of the targets that hold."""
    place = st.selectbox(
        "Target",
        range(len(current)),
        format_func=lambda place: _title(current[place]),
        key="target-chosen",
    )
    chosen = current[place]
    with st.form(f"target-change-{chosen.id}-{chosen.version}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            target_deg = st.number_input(
                "Corrected target, in degrees", value=round(chosen.target_deg), step=1
            )
            note = st.text_input("Corrected note", value=chosen.note, max_chars=200)
            who = ask_who("Changed by", "target-changed-by")
        with st.container(horizontal=True):
            corrected = st.form_submit_button("Save the correction")
            withdrawn = st.form_submit_button("Withdraw the target")
    if corrected:
        changed = replace(chosen, target_deg=float(target_deg), note=note.strip())
        write_record(lambda record: change_target(record, changed, author=author_of(who)))
    elif withdrawn:
        write_record(lambda record: withdraw_target(record, chosen, author=author_of(who)))


def _angles_of(takes: Sequence[TakeSummary]) -> list[_Angle]:
    """Return the angles to choose from: the last take's own, what was measured, all others."""
    measured = [
        (m.joint, m.motion, m.side)
        for take in takes
        for m in take.measurements
        if math.isfinite(m.value)
    ]
    both = [(joint, motion, Side.BOTH) for joint, motion, side in measured if side in _ONE_SIDE]
    known = set(_ANGLES)
    wanted = dict.fromkeys((*_main_of(takes), *measured, *both, *_ANGLES))
    return [angle for angle in wanted if angle in known]


def _main_of(takes: Sequence[TakeSummary]) -> list[_Angle]:
    mains = (main_measurement(t.movement, t.measurements, t.repetitions) for t in takes)
    return [(m.joint, m.motion, m.side) for m in mains if m is not None][:1]


def _usual_end(takes: Sequence[TakeSummary]) -> str:
    return result_measure(takes[0].movement) if takes else TARGET_MEASURES[0]


def _title(target: Target) -> str:
    named = angle_named(target.joint, target.motion, target.side)
    end = words.end_of_range(target.measure).lower()
    return f"{named}, {end}, {words.degrees(target.target_deg)}, {source_of(target)}"
