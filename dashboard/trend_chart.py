"""A measure over a patient's takes as a Plotly figure: each point with its error."""

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import plotly.graph_objects as go

from dashboard import words
from dashboard.reference_lines import ReferenceLine, add_references, span_of
from motion.clinic import Line, Point

__all__ = ["trend_figure"]

_LINE: Final = "#0f8f83"
_STEPS_N: Final = 60


def trend_figure(
    line: Line, movement: str, references: Sequence[ReferenceLine], *, ink: str
) -> go.Figure:
    """Draw one line of comparable takes.

    The bars are the minimal detectable change of each number against another: where two points
    lie within each other's bars nothing has changed that this camera could detect.

    Parameters
    ----------
    line
        Comparable takes, the oldest first.
    movement
        The exercise, for how a number is said.
    references
        What the measure may be held against, drawn behind it.
    ink
        The colour of the page's text.
    """
    points = [p for p in line.points if math.isfinite(p.measurement.value)]
    times = [p.take.started_at for p in points]
    room = max((times[-1] - times[0]) * 0.12, timedelta(days=1))
    left, right = times[0] - room, times[-1] + room
    figure = go.Figure()
    steps = [left + (right - left) * (n / (_STEPS_N - 1)) for n in range(_STEPS_N)]
    add_references(figure, references, (left, right), steps)
    figure.add_scatter(
        x=times,
        y=[p.measurement.value for p in points],
        mode="lines+markers+text",
        name="Measured",
        text=[words.reached(p.measurement, movement) for p in points],
        textposition="bottom right",
        line={"color": _LINE, "width": 2},
        marker={"size": 9, "color": _LINE},
        error_y={
            "type": "data",
            "array": [_bar(p) for p in points],
            "color": _LINE,
            "thickness": 1.2,
            "width": 5,
        },
        cliponaxis=False,
        hovertemplate=[
            f"{words.date_text(p.take.started_at)}: {words.reached(p.measurement, movement)}"
            f"<br>{p.verdict}<extra></extra>"
            for p in points
        ],
    )
    _lay_out(figure, points, references, ink)
    figure.update_xaxes(range=[left, right])
    return figure


def _bar(point: Point) -> float:
    return point.measurement.mdc95 if math.isfinite(point.measurement.mdc95) else 0.0


def _lay_out(
    figure: go.Figure, points: Sequence[Point], references: Sequence[ReferenceLine], ink: str
) -> None:
    lowest, highest = span_of(references)
    low = min(lowest, *(p.measurement.value - _bar(p) for p in points))
    high = max(highest, *(p.measurement.value + _bar(p) for p in points))
    room = max(3.0, 0.08 * (high - low))
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=380,
        margin={"l": 60, "r": 16, "t": 16, "b": 40},
        showlegend=False,
        dragmode=False,
    )
    figure.update_traces(textfont=small)
    figure.update_xaxes(tickfont=small)
    figure.update_yaxes(
        title={"text": "Angle in degrees (°)", "font": small},
        tickfont=small,
        ticksuffix="°",
        range=[low - room, high + 2 * room],
        zeroline=low <= 0 <= high,
    )
