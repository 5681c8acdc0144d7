"""The forms of a score: buttons of a short scale, the patient's own activities, a total."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    OutcomeDetails,
    OutcomeItem,
    OutcomeScore,
    Patient,
    Record,
    add_outcome,
    score_text,
)
from motion.norms.outcome_measures import OutcomeMeasure

__all__ = ["ask_activities", "ask_buttons", "ask_total"]

_SAVED: Final = "outcome-saved"


def ask_buttons(patient: Patient, measure: OutcomeMeasure, scores: Sequence[OutcomeScore]) -> None:
    """Ask for one number of a short scale by a button each: two clicks and Save."""
    key = f"outcome-{patient.id}-{measure.name}"
    st.caption(words.plain(f"{measure.title} ({measure.short}): {measure.about}."))
    context = _ask_context(measure, key)
    steps = round((measure.high - measure.low) / measure.step)
    numbers = [round(measure.low + place * measure.step) for place in range(steps + 1)]
    with st.form(f"{key}-form", clear_on_submit=True, border=False):
        score = st.segmented_control(f"{measure.short}, the number", numbers, key=f"{key}-score")
        day, who, note = _ask_when(key)
        asked = _submit()
    _show_saved()
    if not asked:
        return
    if score is None:
        st.warning("Choose a number first.", icon=":material/touch_app:")
        return
    _store(
        patient,
        measure,
        OutcomeDetails(
            instrument=measure.name, day=day, context=context, score=float(score), note=note
        ),
        who,
    )


def ask_activities(
    patient: Patient, measure: OutcomeMeasure, scores: Sequence[OutcomeScore]
) -> None:
    """Ask for the patient's own activities, those of last time first, each with a number."""
    key = f"outcome-{patient.id}-{measure.name}"
    st.caption(words.plain(f"{measure.title} ({measure.short}): {measure.about}. {measure.note}."))
    last = next((s for s in reversed(scores) if s.instrument == measure.name), None)
    known = [item.text for item in last.items] if last else []
    context = _ask_context(measure, key)
    with st.form(f"{key}-form-{len(scores)}", border=False):
        rows = [
            _ask_activity(measure, key, place, known[place] if place < len(known) else "")
            for place in range(measure.most_items)
        ]
        day, who, note = _ask_when(key)
        asked = _submit()
    _show_saved()
    if not asked:
        return
    items = tuple(OutcomeItem(text=t, score=s) for t, s in rows if t.strip() or not math.isnan(s))
    _store(
        patient,
        measure,
        OutcomeDetails(instrument=measure.name, day=day, context=context, items=items, note=note),
        who,
    )


def ask_total(patient: Patient, measure: OutcomeMeasure, scores: Sequence[OutcomeScore]) -> None:
    """Ask for the day and the total of a questionnaire that was filled in elsewhere."""
    key = f"outcome-{patient.id}-{measure.name}"
    about = ". ".join(text for text in (measure.about, measure.note) if text)
    st.caption(words.plain(f"{measure.title} ({measure.short}): {about}."))
    context = _ask_context(measure, key)
    with st.form(f"{key}-form", clear_on_submit=True, border=False):
        score = st.number_input(
            f"{measure.short}, score from {measure.low:g} to {measure.high:g}",
            value=None,
            step=measure.step,
            format="%g",
            key=f"{key}-score",
        )
        day, who, note = _ask_when(key)
        asked = _submit()
    _show_saved()
    if not asked:
        return
    if score is None:
        st.warning("Type the score first.", icon=":material/edit:")
        return
    _store(
        patient,
        measure,
        OutcomeDetails(instrument=measure.name, day=day, context=context, score=score, note=note),
        who,
    )


def _ask_activity(measure: OutcomeMeasure, key: str, place: int, known: str) -> tuple[str, float]:
    may = "" if place < measure.fewest_items else " (may stay empty)"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            f"Activity {place + 1}{may}", value=known, max_chars=120, key=f"{key}-text-{place}"
        )
        score = st.number_input(
            f"Number of activity {place + 1}, {measure.low:g} to {measure.high:g}",
            value=None,
            min_value=measure.low,
            max_value=measure.high,
            step=measure.step,
            format="%g",
            key=f"{key}-number-{place}",
        )
    return text, math.nan if score is None else score


def _ask_context(measure: OutcomeMeasure, key: str) -> str:
    if not measure.contexts:
        return ""
    names = [context.name for context in measure.contexts]
    return str(
        st.segmented_control(
            f"{measure.short} is about",
            names,
            default=names[0],
            format_func=measure.context_title,
            required=True,
            key=f"{key}-context",
        )
    )


def _ask_when(key: str) -> tuple[date, str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            "Day", value="today", max_value="today", format="YYYY-MM-DD", key=f"{key}-day"
        )
        who = ask_who("Asked by", f"{key}-who")
        note = st.text_input("Note", max_chars=300, key=f"{key}-note")
    return day, who, note.strip()


def _submit() -> bool:
    return st.form_submit_button("Save the score", type="primary", icon=":material/save:")


def _show_saved() -> None:
    saved = st.session_state.pop(_SAVED, None)
    if saved:
        st.success(words.plain(saved), icon=":material/check:")


def _store(patient: Patient, measure: OutcomeMeasure, details: OutcomeDetails, who: str) -> None:
    def store(record: Record) -> None:
        stored = add_outcome(record, patient.code, details, author=author_of(who))
        about = measure.context_title(stored.context)
        named = f"{measure.short}, {about.lower()}" if about else measure.short
        st.session_state[_SAVED] = f"Saved: {named} {score_text(stored.score)}."

    write_record(store)
