"""Any two dates of a patient over each other: repetitions, and what changed between them."""

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
from motion.clinic import Line, TakeSummary, load_take, open_record
from motion.clinic.units import difference_of_shown, difference_text
from motion.model import Side

__all__ = ["show_overlay"]


def show_overlay(takes: Sequence[TakeSummary], line: Line | None) -> None:
    """Ask for two takes and lay them over each other.

    Parameters
    ----------
    takes
        The patient's, the newest first.
    line
        The one that is looked at: its first and its last take are asked for first.
    """
    known = [t for t in takes if t.excluded_reason is None and t.person_found]
    if len(known) < 2:
        st.markdown("It takes two takes to lay over each other.")
        return
    first, last = _ends_of(known, line)
    first_column, second_column = st.columns(2)
    with first_column:
        earlier = _ask("Earlier take", known, first)
    with second_column:
        later = _ask("Later take", known, last)
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


def _ends_of(takes: Sequence[TakeSummary], line: Line | None) -> tuple[int, int]:
    """Return the places of the first and the last take of a line; else of the oldest and newest."""
    held = {point.take.id for point in line.points} if line is not None else set()
    places = [place for place, take in enumerate(takes) if take.id in held]
    return (places[-1], places[0]) if len(places) > 1 else (len(takes) - 1, 0)


def _ask(label: str, takes: Sequence[TakeSummary], first: int) -> TakeSummary:
    titles = [_title(take) for take in takes]
    place = st.selectbox(label, range(len(takes)), index=first, format_func=titles.__getitem__)
    return takes[place]


def _title(take: TakeSummary) -> str:
    """Return the side first: what stands at the end is cut off on a narrow screen."""
    side = f"{words.side_title(take.side)} · " if take.side in (Side.LEFT, Side.RIGHT) else ""
    return f"{side}{words.date_text(take.started_at)} · {circumstances(take)}"


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
    moved = difference_of_shown(b.value, a.value, b.unit)
    straightens = all(map(words.is_extension, (a, b), (earlier.movement, later.movement)))
    return [
        words.result_title(b, later.movement) if straightens else measure_title(quantity_of(b)),
        words.reached(a, earlier.movement),
        words.reached(b, later.movement),
        difference_text(moved, b.unit),
        change.verdict,
    ]
