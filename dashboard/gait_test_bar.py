"""A timed test's phases as one bar: data in, Plotly figure out."""

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from dashboard import gait_words, words
from motion.model import TimedPhase

__all__ = ["phases_figure"]

_COLOURS: Final = ("#1b7fa8", "#c8551b", "#7d8a8a", "#5a8f3c", "#8a62b0")
_PATTERNS: Final = ("", "/", "x", "-", ".")


def phases_figure(phases: Sequence[TimedPhase], *, ink: str) -> go.Figure:
    """Draw the phases one after the other, each with its own colour, pattern, name and time."""
    figure = go.Figure()
    start_s = phases[0].start_s
    for number, phase in enumerate(phases):
        title = gait_words.phase_title(phase)
        length_s = phase.end_s - phase.start_s
        figure.add_bar(
            x=[length_s],
            base=[phase.start_s - start_s],
            y=[""],
            orientation="h",
            name=f"{title} {words.seconds(length_s)}",
            marker={
                "color": _COLOURS[number % len(_COLOURS)],
                "line": {"width": 1, "color": ink},
                "pattern": {
                    "shape": _PATTERNS[number % len(_PATTERNS)],
                    "fillmode": "overlay",
                    "fgcolor": "#ffffff",
                    "size": 8,
                    "solidity": 0.25,
                },
            },
            hovertemplate=f"{title}: {words.seconds(length_s)}<extra></extra>",
        )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=205,
        barmode="overlay",
        margin={"l": 10, "r": 10, "t": 6, "b": 40},
        legend={"orientation": "h", "y": -0.72, "yanchor": "top", "x": 0, "font": small,
                "traceorder": "normal"},
        dragmode=False,
        showlegend=True,
    )  # fmt: skip
    figure.update_xaxes(
        title={"text": "Seconds (s) from the first movement", "font": small},
        tickfont=small,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(showticklabels=False, showgrid=False, fixedrange=True)
    return figure
