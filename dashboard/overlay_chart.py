"""Two takes over each other as a figure: each repetition thin, their mean thick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go

from dashboard.overlay_curves import PERCENT, OverlaidTake

__all__ = ["NamedTake", "overlay_figure"]

_STYLES: Final = (("#7d8a8a", "dash"), ("#0f8f83", "solid"))
"""The earlier and the later; told apart in grey, too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NamedTake:
    """A take and what it is called in the key."""

    name: str
    overlaid: OverlaidTake


def overlay_figure(takes: Sequence[NamedTake], *, ink: str) -> go.Figure:
    """Draw the repetitions of up to two takes over percent of a repetition.

    Parameters
    ----------
    takes
        The earlier first.
    ink
        The colour of the page's text.
    """
    figure = go.Figure()
    for (colour, dash), take in zip(_STYLES, takes, strict=False):
        curves = take.overlaid.curves_deg
        gap = np.full((len(curves), 1), np.nan)
        figure.add_scatter(
            x=np.tile(np.append(PERCENT, np.nan), len(curves)),
            y=np.hstack([curves, gap]).ravel(),
            mode="lines",
            line={"color": colour, "width": 1, "dash": dash},
            opacity=0.45,
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=PERCENT,
            y=take.overlaid.mean_deg,
            mode="lines",
            name=f"{take.name}, mean of {len(curves)}",
            line={"color": colour, "width": 4, "dash": dash},
            hovertemplate=f"{take.name}: %{{y:.0f}}° at %{{x:.0f}} %<extra></extra>",
        )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=340,
        margin={"l": 60, "r": 12, "t": 12, "b": 50},
        legend={"orientation": "h", "y": -0.28, "font": small},
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": "Percent of a repetition (%)", "font": small},
        tickfont=small,
        range=[0, 100],
        zeroline=False,
    )
    figure.update_yaxes(
        title={"text": "Angle in degrees (°)", "font": small}, tickfont=small, ticksuffix="°"
    )
    return figure
