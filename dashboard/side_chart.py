"""Left beside right as bars: data in, figure out."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

import plotly.graph_objects as go

from dashboard import words
from dashboard.gait_style import STYLES
from dashboard.side_pairs import SidePair
from motion.model import Side

__all__ = ["side_figure"]

_ROW_PX: Final = 96
_AROUND_PX: Final = 110
_BAR: Final = 0.22
"""Of a row: so high is a bar; its title stands above the two."""

_LINE_N: Final = 42
"""Letters of a title in a line, on a phone's width."""

_PATTERNS: Final = {Side.LEFT: "", Side.RIGHT: "/"}
"""Told apart in grey, too."""


def side_figure(pairs: Sequence[SidePair], titles: Sequence[str], *, ink: str) -> go.Figure:
    """Draw angles of both sides as bars, a pair a row, the first on top.

    Parameters
    ----------
    pairs
        Of numbers in degrees.
    titles
        What each is called.
    ink
        The colour of the page's text.
    """
    figure = go.Figure()
    rows = list(range(len(pairs)))
    for place, side in enumerate((Side.LEFT, Side.RIGHT)):
        of_side = [pair.left if side is Side.LEFT else pair.right for pair in pairs]
        said = [words.reached(m, take.movement) for take, m in of_side]
        figure.add_bar(
            x=[m.value for _, m in of_side],
            y=rows,
            offset=place * _BAR,
            width=_BAR,
            orientation="h",
            name=words.side_title(side),
            text=said,
            textposition="outside",
            cliponaxis=False,
            marker={
                # Hatched on nothing and with an edge: seen on a light and on a dark page.
                "color": STYLES[side].colour if side is Side.LEFT else "rgba(0, 0, 0, 0)",
                "line": {"width": 1.5, "color": STYLES[side].colour},
                "pattern": {
                    "shape": _PATTERNS[side],
                    "fgcolor": STYLES[side].colour,
                    "size": 7,
                    "solidity": 0.4,
                },
            },
            customdata=[
                f"{title}<br>{words.date_text(take.started_at)}"
                for title, (take, _) in zip(titles, of_side, strict=True)
            ],
            hovertemplate=f"{words.side_title(side)}: %{{text}}<br>%{{customdata}}<extra></extra>",
        )
    small = {"size": 13, "color": ink}
    for row, title in zip(rows, titles, strict=True):
        # Above its bars: beside them a phone would have no room for the bars.
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=row, yanchor="bottom", align="left",
            text="<br>".join(wrap(title, _LINE_N)), font=small, showarrow=False,
        )  # fmt: skip
    figure.update_layout(
        height=_AROUND_PX + _ROW_PX * len(pairs),
        barmode="overlay",
        margin={"l": 10, "r": 48, "t": 34, "b": 56},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": small},
        dragmode=False,
    )
    figure.update_traces(textfont=small)
    figure.update_xaxes(
        title={"text": "Angle in degrees (°)", "font": small},
        tickfont=small,
        ticksuffix="°",
        tickangle=0,
        nticks=6,
    )
    figure.update_yaxes(range=[len(pairs) - 0.45, -0.5], showticklabels=False, showgrid=False)
    return figure
