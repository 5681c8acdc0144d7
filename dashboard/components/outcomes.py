"""Scores of outcome measures: entered in a few clicks, followed with their published changes."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.outcome_forms import ask_activities, ask_buttons, ask_total
from dashboard.components.outcome_history import show_history
from motion.clinic import OutcomeScore, Patient, list_outcomes, open_record
from motion.library import list_unusable_outcome_measures, load_outcome_measures
from motion.norms.outcome_measures import OutcomeEntry, OutcomeMeasure

__all__ = ["show_outcomes"]

_OTHERS: Final = "Another questionnaire"
_Ask = Callable[[Patient, OutcomeMeasure, Sequence[OutcomeScore]], None]
_ASKS: Final[dict[OutcomeEntry, _Ask]] = {
    OutcomeEntry.BUTTONS: ask_buttons,
    OutcomeEntry.ACTIVITIES: ask_activities,
    OutcomeEntry.TOTAL: ask_total,
}


def show_outcomes(patient: Patient) -> None:
    """Show a form for a score, and what was scored before with what it amounts to."""
    with open_record() as record:
        scores = list_outcomes(record, patient.code, with_excluded=True)
    measures = load_outcome_measures()
    counted = [score for score in scores if score.excluded_reason is None]
    measure = _ask_measure(patient, measures, counted)
    _ASKS[measure.entry](patient, measure, counted)
    show_history(patient, scores, measures)
    for name, why in list_unusable_outcome_measures().items():
        st.warning(words.plain(f"{name}: {why}"), icon=":material/rule_settings:")


def _ask_measure(
    patient: Patient, measures: Sequence[OutcomeMeasure], scores: Sequence[OutcomeScore]
) -> OutcomeMeasure:
    """Ask for the measure: what is asked here as buttons, the patient's own, all in a list."""
    used = {score.instrument for score in reversed(scores)}
    first = [m for m in measures if m.entry is not OutcomeEntry.TOTAL or m.name in used]
    order = list(OutcomeEntry)
    named = {m.short: m for m in sorted(first, key=lambda m: order.index(m.entry))}
    name = st.segmented_control(
        "Outcome measure",
        [*named, _OTHERS],
        default=next(iter(named)),
        required=True,
        key=f"outcome-{patient.id}-measure",
    )
    st.caption(words.plain("; ".join(f"{m.short}: {m.title}" for m in named.values())))
    if name in named:
        return named[name]
    others = [measure for measure in measures if measure.entry is OutcomeEntry.TOTAL]
    return st.selectbox(
        "Questionnaire",
        others,
        format_func=lambda measure: f"{measure.short}: {measure.title}",
        key=f"outcome-{patient.id}-other",
    )
