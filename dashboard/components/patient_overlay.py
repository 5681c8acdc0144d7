"""Any two dates of a patient over each other: repetitions, and what changed between them."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components.styling import text_colour
from dashboard.components.tables import show_table
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.line_words import circumstances, measure_title
from dashboard.overlay_chart import NamedTake, overlay_figure
from dashboard.overlay_curves import overlay_of
from dashboard.pages import open_compare
from dashboard.patient_choice import quantity_of
from dashboard.take_changes import TakeChange, changes_of_angles
from motion.clinic import TakeSummary, load_take, open_record
from motion.clinic.units import difference_text

__all__ = ["show_overlay"]


def show_overlay(takes: Sequence[TakeSummary]) -> None:
    """Ask for two takes and lay them over each other.

    Parameters
    ----------
    takes
        The patient's, the newest first.
    """
    known = [t for t in takes if t.excluded_reason is None and t.person_found]
    if len(known) < 2:
        st.markdown("It takes two takes to lay over each other.")
        return
    first_column, second_column = st.columns(2)
    with first_column:
        earlier = _ask("Earlier take", known, _first_like(known))
    with second_column:
        later = _ask("Later take", known, 0)
    if earlier.id == later.id:
        st.info("Choose two different takes.")
        return
    earlier, later = sorted((earlier, later), key=lambda take: take.started_at)
    changes = changes_of_angles(earlier, later)
    _show_curves(earlier, later)
    if changes:
        show_table(
            ("Measure", "Earlier", "Later", "Change", "What the change amounts to"),
            [_row(change, earlier, later) for change in changes],
            "Angles that both takes have",
        )
    else:
        st.markdown("The two takes have no angle in common.")
    if st.button("Play them side by side", icon=":material/compare:"):
        open_compare(earlier.id, later.id)


def _first_like(takes: Sequence[TakeSummary]) -> int:
    """Return the place of the oldest take of the newest one's movement."""
    same = [n for n, take in enumerate(takes) if take.movement == takes[0].movement]
    return same[-1] if len(same) > 1 else len(takes) - 1


def _ask(label: str, takes: Sequence[TakeSummary], first: int) -> TakeSummary:
    titles = [f"{words.date_text(take.started_at)} · {circumstances(take)}" for take in takes]
    place = st.selectbox(label, range(len(takes)), index=first, format_func=titles.__getitem__)
    return takes[place]


def _show_curves(earlier: TakeSummary, later: TakeSummary) -> None:
    with open_record() as record:
        analyses = [load_take(record, take.id).analysis for take in (earlier, later)]
    counted = {analysis.counted_on for analysis in analyses}
    name = counted.pop()
    drawn = [
        NamedTake(name=words.date_text(analysis.started_at), overlaid=found)
        for analysis in analyses
        if not counted and name and (found := overlay_of(analysis, name)) is not None
    ]
    if len(drawn) < len(analyses):
        st.markdown("No repetitions of one angle were counted in both: only numbers are compared.")
        return
    title = words.curve_title(analyses[0], name)
    st.plotly_chart(
        overlay_figure(drawn, ink=text_colour()),
        config=CHART_CONFIG,
        alt=f"{title} of two takes over percent of a repetition",
    )
    st.caption(words.plain(f"{title}. Thin: each repetition; thick: their mean."))


def _row(change: TakeChange, earlier: TakeSummary, later: TakeSummary) -> list[str]:
    a, b = change.earlier, change.later
    moved = b.value - a.value
    return [
        measure_title(quantity_of(b)),
        words.reached(a, earlier.movement),
        words.reached(b, later.movement),
        difference_text(moved, b.unit) if math.isfinite(moved) else "–",
        change.verdict,
    ]
