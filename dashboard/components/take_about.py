"""What surrounds a take's numbers: its files, where they come from, leaving it out."""

import streamlit as st

from dashboard.components.exclusion import show_exclusion
from dashboard.components.remeasure import show_remeasure
from dashboard.components.take_facts import show_downloads, show_facts_of, show_provenance
from dashboard.components.take_live import show_live_facts
from motion.clinic import StoredTake

__all__ = ["show_about"]


def show_about(take: StoredTake) -> None:
    """Show the conditions of a take, then its files, its provenance and what to do with it."""
    show_facts_of(take.analysis)
    show_live_facts(take)
    st.header("Files")
    show_downloads(take)
    with st.expander("Where these numbers come from"):
        show_provenance(take)
        show_remeasure(take)
    left_out = take.excluded_reason is not None
    with st.expander("Take it in again" if left_out else "Leave this take out"):
        show_exclusion(take)
