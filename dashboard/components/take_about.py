"""What surrounds a take's numbers: its files, where they come from."""

import streamlit as st

from dashboard.components.remeasure import show_remeasure
from dashboard.components.take_facts import show_downloads, show_facts_of, show_provenance
from dashboard.components.take_live import show_live_facts
from motion.clinic import StoredTake

__all__ = ["show_about"]


def show_about(take: StoredTake) -> None:
    """Show the conditions of a take, then its files and its provenance."""
    show_facts_of(take.analysis)
    show_live_facts(take)
    st.header("Files")
    show_downloads(take)
    with st.expander("Where these numbers come from"):
        show_provenance(take)
        show_remeasure(take)
