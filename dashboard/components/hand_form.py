"""The form of an angle by hand: what was used last stands there already."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Final

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
from motion.clinic import (
    ByHand,
    Instrument,
    ManualMeasurement,
    Patient,
    Record,
    TakeSummary,
    add_manual,
    add_manual_alone,
    camera_value,
    takes_beside,
)
from motion.model import Mode, Position, Setting, Side

__all__ = ["ask_value"]

_BUTTONS_N: Final = 6
_USUAL: Final = tuple(
    HandChoice(*each)
    for each in (
        ("knee", "flexion", "rom_max"),
        ("knee", "flexion", "rom_min"),
        ("shoulder", "flexion", "rom_max"),
        ("shoulder", "abduction", "rom_max"),
        ("shoulder", "external_rotation", "rom_max"),
        ("ankle", "dorsiflexion", "rom_max"),
    )
)
_OTHER: Final = "Another angle"
_SAVED: Final = "hand-saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How somebody measures: the same from value to value."""

    instrument: Instrument
    mode: Mode
    position: Position
    setting: Setting
    day: date
    who: str
    note: str


def ask_value(
    patient: Patient, values: Sequence[ManualMeasurement], takes: Sequence[TakeSummary]
) -> None:
    """Ask for one value.

    Parameters
    ----------
    values
        What was measured by hand before, the oldest first.
    takes
        The patient's, the newest first.
    """
    key = f"hand-{patient.id}"
    choice = _ask_choice(key, values, takes)
    side = _ask_side(key, choice, patient, values)
    form = st.container()  # above how it is measured, which it needs
    how = _ask_how(key, patient, values, takes)
    with form:
        beside = _ask_take(key, choice, side, how, takes)
        value_deg, asked = _ask_degrees(key, choice)
        saved = st.session_state.pop(_SAVED, None)
        if saved:
            st.success(words.plain(saved), icon=":material/check:")
    if not asked:
        return
    if value_deg is None:
        st.warning("Type the degrees first.", icon=":material/edit:")
        return
    if side is None:
        st.warning("Choose left or right first.", icon=":material/touch_app:")
        return
    said = ByHand(
        measure=choice.measure,
        joint=choice.joint,
        motion=choice.motion,
        side=side,
        value_deg=value_deg,
        instrument=how.instrument,
        mode=how.mode,
        measured_by=how.who.strip(),
        note=how.note.strip(),
    )
    write_record(lambda record: _store(record, patient, said, how, beside))


def _ask_degrees(key: str, choice: HandChoice) -> tuple[float | None, bool]:
    with st.form(f"{key}-value", clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            value_deg = st.number_input(
                f"{hand_choice_title(choice)}: degrees as read",
                value=None,
                step=1.0,
                format="%g",
                key=f"{key}-degrees",
            )
            asked = st.form_submit_button(
                "Save (or press Enter)", type="primary", icon=":material/straighten:"
            )
        st.caption(sign_of(choice))
    return value_deg, asked


def _store(
    record: Record, patient: Patient, said: ByHand, how: _How, beside: TakeSummary | None
) -> None:
    author = author_of(how.who)
    if beside is not None:
        add_manual(record, beside.id, said, author=author)
    else:
        now = datetime.now().astimezone()
        measured_at = now if how.day == now.date() else _middle_of(how.day)
        add_manual_alone(
            record,
            patient.code,
            said,
            measured_at=measured_at,
            position=how.position,
            setting=how.setting,
            author=author,
        )
    st.session_state[_SAVED] = f"Saved: {hand_title(said)} {hand_value(said)}."


def _middle_of(day: date) -> datetime:
    return datetime.combine(day, time(12)).astimezone()


def _ask_choice(
    key: str, values: Sequence[ManualMeasurement], takes: Sequence[TakeSummary]
) -> HandChoice:
    """Ask for the angle: the likely ones as buttons, all of them in a list."""
    used = (HandChoice(v.joint, v.motion, v.measure) for v in reversed(values))
    measured = (
        HandChoice(m.joint, m.motion, m.measure)
        for take in takes
        for m in take.measurements
        if math.isfinite(m.value)
    )
    known = set(HAND_CHOICES)
    likely = [c for c in dict.fromkeys(chain(used, measured, _USUAL)) if c in known][:_BUTTONS_N]
    titles = {hand_choice_title(each): each for each in likely}
    name = st.segmented_control(
        "Angle", [*titles, _OTHER], default=next(iter(titles)), required=True, key=f"{key}-angle"
    )
    if name in titles:
        return titles[name]
    return st.selectbox(
        "Angle from the list", HAND_CHOICES, format_func=hand_choice_title, key=f"{key}-listed"
    )


def _ask_side(
    key: str, choice: HandChoice, patient: Patient, values: Sequence[ManualMeasurement]
) -> Side | None:
    if choice.sides == (Side.NONE,):
        return Side.NONE
    last = next((v.side for v in reversed(values) if v.side is not Side.NONE), None)
    first = last or patient.affected_side
    name = st.segmented_control(
        "Side",
        [side.value for side in choice.sides],
        default=first.value if first is not None and first in choice.sides else None,
        format_func=words.label,
        key=f"{key}-side",
    )
    return Side(name) if name else None


def _ask_how(
    key: str,
    patient: Patient,
    values: Sequence[ManualMeasurement],
    takes: Sequence[TakeSummary],
) -> _How:
    """Ask how it is measured, folded away: as it was last time, unless somebody opens it."""
    typed = [
        each for each in values if not each.source and each.instrument is not Instrument.ANGLE_TOOL
    ]
    last = typed[-1] if typed else None
    position = last.position if last else _position_today(takes)
    with st.expander("How it is measured", icon=":material/tune:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            instrument = _ask_word(Instrument, "Instrument", last.instrument if last else None, key)
            mode = _ask_word(Mode, "Movement", last.mode if last else None, key)
            placed = _ask_word(Position, "Position", position, key)
            setting = _ask_word(Setting, "Place", last.setting if last else None, key)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                "Day", value="today", max_value="today", format="YYYY-MM-DD", key=f"{key}-day"
            )
            who = ask_who("Measured by", f"{key}-who")
            note = st.text_input("Note", max_chars=200, key=f"{key}-note")
    how = _How(
        instrument=Instrument(instrument),
        mode=Mode(mode),
        position=Position(placed),
        setting=Setting(setting),
        day=day,
        who=who,
        note=note,
    )
    said = (
        words.label(how.instrument),
        words.label(how.mode).lower(),
        "position not said" if how.position is Position.UNKNOWN else words.label(how.position),
        words.label(how.setting),
    )
    withheld = ", ".join(words.label(joint) for joint in patient.withheld_joints)
    st.caption(", ".join(said).lower().capitalize() + ".")
    if withheld:
        st.caption(
            f"Never measured in this patient: {words.plain(withheld)}. A value of such a joint "
            "needs a note that says how it was measured."
        )
    return how


def _position_today(takes: Sequence[TakeSummary]) -> Position:
    """Return how the patient was placed in today's last take; unknown where there is none."""
    today = datetime.now().astimezone().date()
    placed = (t.conditions.position for t in takes if t.started_at.astimezone().date() == today)
    return next(placed, Position.UNKNOWN)


def _ask_word(
    kind: type[Instrument | Mode | Position | Setting], title: str, usual: str | None, key: str
) -> str:
    names = [each.value for each in kind]
    return str(
        st.selectbox(
            title,
            names,
            index=names.index(usual) if usual in names else 0,
            format_func=words.label,
            key=f"{key}-{title.lower()}",
        )
    )


def _ask_take(
    key: str,
    choice: HandChoice,
    side: Side | None,
    how: _How,
    takes: Sequence[TakeSummary],
) -> TakeSummary | None:
    """Show the camera's value of that day, and ask whether this is measured beside it."""
    if side is None:
        return None
    said = ByHand(
        measure=choice.measure,
        joint=choice.joint,
        motion=choice.motion,
        side=side,
        value_deg=0.0,
        mode=how.mode,
    )
    found = takes_beside(takes, said, how.day, how.position)
    if not found:
        return None
    take = found[0]
    value = words.degrees(camera_value(take, said))
    when = "today" if how.day == datetime.now().astimezone().date() else "that day"
    paired = st.toggle(
        f"Pair with the camera's value {when}: {value}, {take.started_at:%H:%M}",
        value=True,
        help="The pair counts on the page Measurement error.",
        key=f"{key}-pair-{take.id}",
    )
    return take if paired else None
