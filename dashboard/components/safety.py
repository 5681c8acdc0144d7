"""The words that stand before every exercise at home (clinical_rules.md 20 and 24)."""

import streamlit as st

from motion.texts import Texts

__all__ = ["show_safety"]

_ALWAYS = ("emergency", "clinic_today", "stop_signs", "own_choice")
_CHILD = ("child", "child_numbers")


def show_safety(texts: Texts, *, minor: bool) -> None:
    """Show what to know before an exercise that nobody watches.

    Parameters
    ----------
    minor
        Whether the patient is, or may be, under 18.
    """
    with st.container(border=True, key="safety"):
        st.markdown(f"**{texts.say('safety.title')}: {texts.say('safety.nobody_watching')}**")
        keys = (*_ALWAYS, *_CHILD) if minor else _ALWAYS
        st.markdown("\n".join(f"- {texts.say(f'safety.{key}')}" for key in keys))
