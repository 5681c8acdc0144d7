"""The flags of the Today page, group by group: each with an icon, its words and what it means."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard.components.flag_card import FLAG_TITLES, show_flag
from motion.clinic import Flag, FlagKind
from motion.clinic.flag_rules import SHOWN_FIRST

__all__ = ["show_flags"]

_ICONS: Final = {
    FlagKind.PAIN: ":material/personal_injury:",
    FlagKind.DECLINE: ":material/trending_down:",
    FlagKind.SESSIONS_MISSED: ":material/event_busy:",
    FlagKind.LOW_QUALITY: ":material/videocam_off:",
}
_MEANING: Final = {
    FlagKind.PAIN: (
        "On the last day that anything was said of pain in a session: an answer above the limit of"
        " the plan, Pain pressed, or an exercise stopped for it."
    ),
    FlagKind.DECLINE: (
        "The result of an exercise, a walk or a test lies below its first take by more than the"
        " camera errs (MDC: minimal detectable change), and a second comparable take says so too,"
        " or pain is at least 2 points more."
    ),
    FlagKind.SESSIONS_MISSED: (
        "Two prescribed sessions of an exercise in a row not done. Counted are exercises started"
        " from the patient's own list and the entries of the diary, and not what else was recorded"
        " in the clinic."
    ),
    FlagKind.LOW_QUALITY: (
        "In the last two takes nobody was found, the camera stood between side and front, nothing"
        " was measured, or most numbers are only fair."
    ),
}
_PAGE: Final = 10


def show_flags(flags: Sequence[Flag]) -> None:
    """Show flags by kind; long groups a part at a time."""
    for kind in SHOWN_FIRST:
        of_kind = [flag for flag in flags if flag.kind is kind]
        if of_kind:
            _show_group(kind, of_kind)


def _show_group(kind: FlagKind, flags: Sequence[Flag]) -> None:
    st.subheader(f"{_ICONS[kind]} {FLAG_TITLES[kind]} ({len(flags)})")
    st.caption(_MEANING[kind])
    key = f"flags-shown-{kind}"
    shown = st.session_state.setdefault(key, _PAGE)
    for flag in flags[:shown]:
        show_flag(flag)
    if len(flags) > shown and st.button(
        "Show more", key=f"more-{kind}", help=f"Show more under {FLAG_TITLES[kind]}"
    ):
        st.session_state[key] = shown + _PAGE
        st.rerun()
