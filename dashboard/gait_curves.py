"""Hip, knee and ankle over the gait cycle as Plotly figures: data in, figure out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go

from dashboard import words
from dashboard.gait_cycles import SideCurves
from dashboard.gait_style import GREY, STYLES
from motion.gait import PERCENT
from motion.model import FloatArray

__all__ = ["DrawnCurve", "ReferenceCurve", "cycle_figure", "drawn_side"]

_BAND: Final = "rgba(125, 138, 138, 0.25)"
_THIN: Final = 0.4
_FAR_DASH: Final = "1px,4px"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnCurve:
    """A mean curve with the strides that it is of; ``dash`` is a line style of Plotly.

    Strides of a leg away from the camera, ``far``, are drawn fainter and dotted.
    """

    name: str
    mean_deg: FloatArray
    near: tuple[FloatArray, ...]
    far: tuple[FloatArray, ...]
    foot_off_percent: float
    colour: str
    dash: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferenceCurve:
    """A published mean and its standard deviation, as drawn; ``label`` says what it is.

    ``shift_deg`` was added to the published mean before.
    """

    percent: FloatArray
    mean_deg: FloatArray
    sd_deg: FloatArray
    label: str
    shift_deg: float = 0.0


def drawn_side(curves: SideCurves) -> DrawnCurve:
    """Return a side's curve in its colour and line."""
    style = STYLES[curves.side]
    far = " (far leg: less certain)" if curves.far_only else ""
    return DrawnCurve(
        name=f"{words.side_title(curves.side)}{far}",
        mean_deg=curves.mean_deg,
        near=curves.near,
        far=curves.far,
        foot_off_percent=curves.foot_off_percent,
        colour=style.colour,
        dash=style.dash,
    )


def cycle_figure(
    curves: Sequence[DrawnCurve], reference: ReferenceCurve | None, *, motion: str, ink: str
) -> go.Figure:
    """Draw one angle over the gait cycle: each stride thin, each mean thick, foot off as a line.

    Parameters
    ----------
    reference
        Drawn as a grey band of mean ± 1 SD behind the curves.
    motion
        What is positive: ``flexion`` or ``dorsiflexion``.
    """
    figure = go.Figure()
    if reference is not None:
        _add_reference(figure, reference)
    for curve in curves:
        _add_strides(figure, curve, curve.near, curve.dash)
        _add_strides(figure, curve, curve.far, _FAR_DASH)
    for curve in curves:
        _add_mean(figure, curve)
    _add_foot_offs(figure, curves, _range(curves, reference))
    _lay_out(figure, _range(curves, reference), motion, ink)
    return figure


def _range(curves: Sequence[DrawnCurve], reference: ReferenceCurve | None) -> tuple[float, float]:
    lines = [line for c in curves for line in (c.mean_deg, *c.near, *c.far)]
    if reference is not None:
        lines += [reference.mean_deg - reference.sd_deg, reference.mean_deg + reference.sd_deg]
    values = np.concatenate([np.zeros(1), *lines])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = max(3.0, 0.06 * (high - low))
    return low - room, high + room


def _add_reference(figure: go.Figure, reference: ReferenceCurve) -> None:
    low, high = reference.mean_deg - reference.sd_deg, reference.mean_deg + reference.sd_deg
    figure.add_scatter(
        x=np.concatenate([reference.percent, reference.percent[::-1]]),
        y=np.concatenate([high, low[::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=_BAND,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        name=reference.label,
    )
    figure.add_scatter(
        x=reference.percent,
        y=reference.mean_deg,
        mode="lines",
        line={"color": GREY, "width": 1.5, "dash": "dot"},
        showlegend=False,
        name=reference.label,
        hovertemplate=f"%{{x:.0f}} %: %{{y:.0f}}°<br>{reference.label}<extra></extra>",
    )


def _add_strides(
    figure: go.Figure, curve: DrawnCurve, strides: Sequence[FloatArray], dash: str
) -> None:
    """Draw all strides as one trace, with gaps between them."""
    if not strides:
        return
    figure.add_scatter(
        x=np.concatenate([np.append(PERCENT, np.nan) for _ in strides]),
        y=np.concatenate([np.append(line, np.nan) for line in strides]),
        mode="lines",
        line={"color": curve.colour, "width": 1, "dash": dash},
        opacity=_THIN,
        showlegend=False,
        hoverinfo="skip",
        name=f"{curve.name}, each stride",
    )


def _add_mean(figure: go.Figure, curve: DrawnCurve) -> None:
    figure.add_scatter(
        x=PERCENT,
        y=curve.mean_deg,
        mode="lines",
        line={"color": curve.colour, "width": 3.5, "dash": curve.dash},
        showlegend=False,
        name=curve.name,
        hovertemplate=f"{curve.name}, %{{x:.0f}} %: %{{y:.0f}}°<extra></extra>",
    )


def _add_foot_offs(
    figure: go.Figure, curves: Sequence[DrawnCurve], limits: tuple[float, float]
) -> None:
    for curve in curves:
        if math.isfinite(curve.foot_off_percent):
            figure.add_scatter(
                x=[curve.foot_off_percent] * 20,
                y=np.linspace(*limits, 20),
                mode="lines",
                line={"color": curve.colour, "width": 1.5, "dash": curve.dash},
                showlegend=False,
                name=f"{curve.name}, foot off",
                hovertemplate=f"{curve.name}: foot off at %{{x:.0f}} %<extra></extra>",
            )


def _lay_out(figure: go.Figure, limits: tuple[float, float], motion: str, ink: str) -> None:
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=300,
        margin={"l": 58, "r": 20, "t": 8, "b": 46},
        showlegend=False,
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": "Gait cycle in percent (%)", "font": small},
        tickfont=small,
        tickvals=[0, 20, 40, 60, 80, 100],
        range=[0, 100],
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        title={"text": f"{motion.capitalize()} in degrees (°)", "font": small},
        tickfont=small,
        ticksuffix="°",
        range=list(limits),
        zeroline=True,
        zerolinewidth=1.5,
        zerolinecolor=GREY,
        fixedrange=True,
    )
