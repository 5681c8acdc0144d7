"""What was scored before: each measure's scores, what they amount to, and where that stands."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.chart_words import on_day
from dashboard.components.styling import text_colour
from dashboard.components.tables import Cell, show_table
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.outcome_chart import describe_scores, outcome_figure
from motion.clinic import (
    OutcomeDifference,
    OutcomeLine,
    OutcomePoint,
    OutcomeScore,
    Patient,
    exclude_outcome,
    follow_outcomes,
    score_text,
)
from motion.norms.outcome_measures import OutcomeChange, OutcomeMeasure

__all__ = ["show_history"]

_FEWEST_DRAWN = 2


def show_history(
    patient: Patient, scores: Sequence[OutcomeScore], measures: Sequence[OutcomeMeasure]
) -> None:
    """Show a patient's scores, with what each says against the first and the one before.

    Parameters
    ----------
    scores
        All of them, also those that were left out, the oldest first.
    """
    lines = follow_outcomes(scores, measures)
    if not lines:
        st.markdown("No scores are written down yet.")
    for line in sorted(lines, key=lambda line: line.points[-1].score.day, reverse=True):
        _show_line(patient, line)
    counted = [score for score in scores if score.excluded_reason is None]
    if counted:
        with st.expander("Leave a score out", icon=":material/visibility_off:"):
            _ask_exclusion(patient, counted, measures)
    left_out = [score for score in scores if score.excluded_reason is not None]
    if left_out:
        with st.expander("Scores that were left out", icon=":material/history:"):
            show_table(
                ("Score", "Day", "Reason"),
                [
                    [_named(score, measures), on_day(score.day), str(score.excluded_reason)]
                    for score in reversed(left_out)
                ],
                "They stay in the record and count nowhere",
            )


def _show_line(patient: Patient, line: OutcomeLine) -> None:
    st.subheader(words.plain(line.full_title))
    if line.activities:
        st.caption(words.plain(f"Activities: {'; '.join(line.activities)}."))
    if len(line.points) >= _FEWEST_DRAWN:
        key = f"outcome-chart-{patient.id}-{line.points[0].score.id}"
        st.plotly_chart(
            outcome_figure(line, ink=text_colour()),
            key=key,
            config=CHART_CONFIG,
            alt=describe_scores(line),
        )
    show_table(
        ("Day", "Score", "Against the first", "Against the one before", "Note"),
        [_row(point) for point in reversed(line.points)],
        f"{line.full_title}: the last first",
    )
    _show_sources(line)


def _row(point: OutcomePoint) -> list[Cell]:
    score = point.score
    items = "; ".join(f"{item.text} {score_text(item.score)}" for item in score.items)
    note = ", ".join(t for t in (score.note, f"by {score.author}" if score.author else "") if t)
    return [
        on_day(score.day),
        (score_text(score.score), items),
        ("–", point.verdict) if point.change is None else _said(point.change),
        "" if point.since_previous is None else _said(point.since_previous),
        ("", note),
    ]


def _said(change: OutcomeDifference) -> Cell:
    return (change.size_text, change.sentence)


def _show_sources(line: OutcomeLine) -> None:
    measure, context = line.measure, line.context
    changes = [each for each in measure.changes if each.context in ("", context)]
    error = measure.error_of(context)
    if not (changes or error):
        return
    with st.expander(f"Published figures for {line.full_title}", icon=":material/menu_book:"):
        rows: list[list[Cell]] = [
            [
                (_size(each), "" if each.verified else "unverified: decides nothing"),
                each.label,
                each.population,
                (each.source, each.note),
            ]
            for each in changes
        ]
        if error:
            rows.append(
                [
                    (f"{error.mdc95:g}", "error figure: the minimal detectable change (MDC95)"),
                    "below it no change can be detected",
                    error.population,
                    (error.source, error.note),
                ]
            )
        show_table(("Points", "Meaning", "Found in", "Source"), rows, measure.title)


def _size(change: OutcomeChange) -> str:
    points = f"{change.points:g}" if math.isfinite(change.points) else ""
    percent = f"{change.percent:g} %" if math.isfinite(change.percent) else ""
    return " or ".join(text for text in (points, percent) if text)


def _ask_exclusion(
    patient: Patient, scores: Sequence[OutcomeScore], measures: Sequence[OutcomeMeasure]
) -> None:
    place = st.selectbox(
        "Score",
        range(len(scores)),
        index=len(scores) - 1,
        format_func=lambda place: f"{_named(scores[place], measures)}, {on_day(scores[place].day)}",
        key=f"outcome-chosen-{patient.id}",
    )
    chosen = scores[place]
    with st.form(f"outcome-out-{chosen.id}-{chosen.version}", border=False):
        reason = st.text_input("Reason", max_chars=300)
        who = ask_who("Left out by", f"outcome-out-{patient.id}-who")
        asked = st.form_submit_button("Leave it out")
    if asked:
        write_record(lambda record: exclude_outcome(record, chosen, reason, author=author_of(who)))


def _named(score: OutcomeScore, measures: Sequence[OutcomeMeasure]) -> str:
    measure = next((each for each in measures if each.name == score.instrument), None)
    short = measure.short if measure else score.instrument
    about = measure.context_title(score.context) if measure else score.context
    return f"{short}{', ' + about.lower() if about else ''} {score_text(score.score)}"
