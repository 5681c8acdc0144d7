"""A patient's plan in a few lines, on the patient's page."""

from collections.abc import Sequence

import streamlit as st

from dashboard.plan_words import dose_text, item_title, often_text
from dashboard.words import plain
from motion.clinic import PlanItem, PlanSuggestion

__all__ = ["show_plan_in_brief"]


def show_plan_in_brief(items: Sequence[PlanItem], suggestions: Sequence[PlanSuggestion]) -> None:
    """Say what is prescribed, and how many suggestions wait, in a line each."""
    if not items:
        st.markdown("Nothing is prescribed.")
    for item in items:
        given = f"{dose_text(item.prescription.dose)}, {often_text(item)}"
        st.markdown(f"- **{plain(item_title(item))}**: {plain(given)}")
    if suggestions:
        count = len(suggestions)
        waiting = "1 suggestion waits" if count == 1 else f"{count} suggestions wait"
        st.info(f"{waiting} for your decision in the plan.", icon=":material/trending_up:")
