"""The scores of one outcome measure over time as a small Plotly figure."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

import plotly.graph_objects as go

from dashboard.chart_words import on_day
from dashboard.reference_lines import typed_text
from motion.clinic import OutcomeLine, score_text

__all__ = ["describe_scores", "outcome_figure"]

_LINE: Final = "#0f8f83"
_ROOM: Final = 0.06


def outcome_figure(line: OutcomeLine, *, ink: str) -> go.Figure:
    """Draw a line's scores over its measure's whole range, so that no small change looks large."""
    measure = line.measure
    days = [point.score.day for point in line.points]
    figure = go.Figure()
    figure.add_scatter(
        x=days,
        y=[point.score.score for point in line.points],
        mode="lines+markers+text",
        name=typed_text(line.title),
        text=[score_text(point.score.score) for point in line.points],
        textposition="top center",
        line={"color": _LINE, "width": 2},
        marker={"size": 9, "color": _LINE},
        cliponaxis=False,
        hovertemplate=[
            f"{on_day(point.score.day)}: {score_text(point.score.score)}"
            f"<br>{typed_text(point.verdict)}<extra></extra>"
            for point in line.points
        ],
    )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=240, margin={"l": 56, "r": 16, "t": 16, "b": 32}, showlegend=False, dragmode=False
    )
    figure.update_traces(textfont=small)
    figure.update_xaxes(
        tickfont=small,
        title={"text": "Day", "font": small},
        tickvals=_labelled(days),
        tickformat="%-d %b %y",
        tickangle=0,
    )
    way = "higher" if measure.higher_is_better else "lower"
    title = f"Score ({way} is better)"
    figure.update_yaxes(tickfont=small, title={"text": title, "font": small})
    if math.isfinite(measure.low) and math.isfinite(measure.high):
        room = _ROOM * (measure.high - measure.low)
        figure.update_yaxes(range=[measure.low - room, measure.high + 2 * room])
    return figure


def _labelled(days: Sequence[date]) -> list[date]:
    """Return the first, the middle and the last day: as many labels as fit on a phone."""
    distinct = sorted(set(days))
    return [distinct[0], distinct[len(distinct) // 2], distinct[-1]]


def describe_scores(line: OutcomeLine) -> str:
    """Return in words what the figure shows."""
    scores = ", ".join(
        f"{score_text(point.score.score)} on {on_day(point.score.day)}" for point in line.points
    )
    return f"{line.full_title}: {scores}"
