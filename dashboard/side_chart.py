"""Left beside right as bars: data in, figure out."""

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from dashboard import words
from dashboard.gait_style import STYLES
from dashboard.side_pairs import SidePair
from motion.model import Side

__all__ = ["side_figure"]

_ROW_PX: Final = 64
_AROUND_PX: Final = 110
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
    for side in (Side.RIGHT, Side.LEFT):  # drawn from below
        of_side = [pair.left if side is Side.LEFT else pair.right for pair in pairs]
        said = [words.reached(m, take.movement) for take, m in of_side]
        figure.add_bar(
            x=[m.value for _, m in of_side],
            y=list(titles),
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
            customdata=[words.date_text(take.started_at) for take, _ in of_side],
            hovertemplate=f"{words.side_title(side)}: %{{text}}<br>%{{customdata}}<extra></extra>",
        )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=_AROUND_PX + _ROW_PX * len(pairs),
        barmode="group",
        bargap=0.35,
        margin={"l": 10, "r": 48, "t": 8, "b": 40},
        legend={"orientation": "h", "y": -0.25, "traceorder": "reversed", "font": small},
        dragmode=False,
    )
    figure.update_traces(textfont=small)
    figure.update_xaxes(
        title={"text": "Angle in degrees (°)", "font": small}, tickfont=small, ticksuffix="°"
    )
    figure.update_yaxes(
        autorange="reversed",
        tickfont=small,
        title={"text": "Movement", "font": small},
        automargin=True,
    )
    return figure
