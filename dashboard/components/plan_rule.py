"""The rule of progression that a physiotherapist writes: when more or less is suggested."""

import math
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.plan_words import DIMENSIONS
from motion.clinic import Dimension, ProgressionRule
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import MOST_PAIN, Prescription

__all__ = ["ask_rule"]

_NOTHING: Final = "Nothing"


def ask_rule(
    rule: ProgressionRule | None, given: Prescription, exercise: Exercise, key: str
) -> ProgressionRule | None:
    """Show the fields of a rule, and return it; None where no rule is wanted."""
    known = rule or _usual(given)
    with st.expander("Rule for suggestions", icon=":material/trending_up:"):
        wanted = st.checkbox(
            "Suggest more or less by this rule",
            value=rule is not None,
            help="A suggestion changes nothing: you accept or decline it on this page.",
            key=f"{key}-rule",
        )
        found = _ask_less(_ask_more(known, exercise, key), exercise, key)
    return found if wanted else None


def _usual(given: Prescription) -> ProgressionRule:
    """Return a rule to start from: repetitions, up to half as many again."""
    known = ProgressionRule()
    most = given.dose.repetitions + max(2, given.dose.repetitions // 2)
    return replace(known, raise_up_to=float(most), most_pain=min(known.most_pain, given.pain_limit))


def _ask_more(known: ProgressionRule, exercise: Exercise, key: str) -> ProgressionRule:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sessions = _whole(
            "Raise after how many sessions", known.after_sessions, 1, 30, f"{key}-after"
        )
        percent = _whole(
            "with at least % of the repetitions", known.full_percent, 1, 100, f"{key}-full"
        )
        pain = _whole("and pain of at most", known.most_pain, 0, MOST_PAIN, f"{key}-most-pain")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices = _choices(exercise)
        what: Dimension = st.selectbox(
            "What is raised",
            choices,
            index=choices.index(known.raise_what) if known.raise_what in choices else 0,
            format_func=DIMENSIONS.__getitem__,
            key=f"{key}-raise-what",
        )
        by = _number("Raise by", known.raise_by, f"{key}-raise-by")
        up_to = _number("up to at most", known.raise_up_to, f"{key}-raise-to")
    return replace(
        known,
        after_sessions=sessions,
        full_percent=percent,
        most_pain=pain,
        raise_what=what,
        raise_by=by,
        raise_up_to=up_to,
    )


def _ask_less(known: ProgressionRule, exercise: Exercise, key: str) -> ProgressionRule:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices: list[Dimension | None] = [None, *_choices(exercise)]
        what = st.selectbox(
            "What is lowered",
            choices,
            index=choices.index(known.lower_what) if known.lower_what in choices else 0,
            format_func=lambda each: DIMENSIONS[each] if each else _NOTHING,
            key=f"{key}-lower-what",
        )
        by = _number("Lower by", known.lower_by, f"{key}-lower-by")
        down_to = _number("down to at least", known.lower_down_to, f"{key}-lower-to")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sessions = _whole(
            "Lower after how many sessions", known.lower_after_sessions, 1, 30, f"{key}-lower-after"
        )
        percent = _whole(
            "with less than % of the repetitions",
            known.lower_percent,
            0,
            100,
            f"{key}-lower-percent",
        )
        pain = _whole(
            "or pain of at least", known.lower_pain, 1, MOST_PAIN + 1, f"{key}-lower-pain"
        )
    return replace(
        known,
        lower_what=what,
        lower_by=by,
        lower_down_to=down_to,
        lower_after_sessions=sessions,
        lower_percent=percent,
        lower_pain=pain,
    )


def _choices(exercise: Exercise) -> list[Dimension]:
    """Return what of an exercise can be raised: there is no target of what is not measured."""
    return [what for what in DIMENSIONS if what is not Dimension.TARGET_DEG or exercise.measured]


def _whole(label: str, value: int, least: int, most: int, key: str) -> int:
    return int(
        st.number_input(label, min_value=least, max_value=most, value=value, step=1, key=key)
    )


def _number(label: str, value: float, key: str) -> float:
    given = st.number_input(
        label,
        value=None if math.isnan(value) else float(value),
        step=1.0,
        format="%g",
        key=key,
    )
    return math.nan if given is None else float(given)
