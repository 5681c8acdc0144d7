"""Bland-Altman plots as Plotly figures: data in, figure out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go

from dashboard import words
from motion.agreement import Agreement
from motion.clinic import MethodAgreement, RetestResult
from motion.model import FloatArray

__all__ = ["Differences", "agreement_figure", "differences_of_methods", "differences_of_retest"]

# Middle tones that stay legible on a light and on a dark page, as the angle curve's.
_LINE: Final = "#0f8f83"
_POINT: Final = "#c2691c"
_GREY: Final = "#7d8a8a"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Differences:
    """What a Bland-Altman plot shows: a point for each pair, and what the pairs say together.

    ``said`` is what a pointer on a point reads, ``titles`` the axes.
    """

    mean_deg: FloatArray
    difference_deg: FloatArray
    said: Sequence[str]
    agreement: Agreement
    titles: tuple[str, str]


def differences_of_retest(result: RetestResult) -> Differences:
    """Return the last session less the first of everybody in a retest."""
    first, last = result.values_deg[:, 0], result.values_deg[:, -1]
    return Differences(
        mean_deg=result.mean_deg,
        difference_deg=result.difference_deg,
        said=[
            f"{name}: {words.degrees(a)}, then {words.degrees(b)}"
            for name, a, b in zip(result.names, first, last, strict=True)
        ],
        agreement=result.retest.agreement,
        titles=("Mean of both sessions (°)", "Last session less first (°)"),
    )


def differences_of_methods(found: MethodAgreement) -> Differences:
    """Return the camera less the instrument for every pair."""
    return Differences(
        mean_deg=np.array([pair.mean_deg for pair in found.pairs]),
        difference_deg=np.array([pair.difference_deg for pair in found.pairs]),
        said=[
            f"{pair.patient_code}, {words.date_text(pair.started_at)}: camera "
            f"{words.degrees(pair.camera_deg)}, by hand {words.degrees(pair.by_hand_deg)}"
            for pair in found.pairs
        ],
        agreement=found.agreement,
        titles=("Mean of camera and hand (°)", "Camera less hand (°)"),
    )


def agreement_figure(found: Differences, *, ink: str) -> go.Figure:
    """Draw differences over means, with the bias, the 95 % limits and their intervals.

    Parameters
    ----------
    ink
        The colour of the page's text.
    """
    figure = go.Figure()
    agreement = found.agreement
    lines = (
        ("Upper limit", agreement.loa_high, agreement.loa_high_ci, "dash"),
        ("Mean difference", agreement.bias, agreement.bias_ci, "solid"),
        ("Lower limit", agreement.loa_low, agreement.loa_low_ci, "dash"),
    )
    for name, at, ends, dash in lines:
        if not np.isfinite(at):
            continue
        if np.isfinite(ends.low):
            figure.add_hrect(y0=ends.low, y1=ends.high, fillcolor=_LINE, opacity=0.14, line_width=0)
        figure.add_hline(
            y=at,
            line={"color": _LINE, "width": 2, "dash": dash},
            annotation={
                "text": f"{name} {words.signed_degrees(at)}",
                "font": {"size": 13, "color": ink},
            },
            annotation_position="top right",
        )
    figure.add_scatter(
        x=found.mean_deg,
        y=found.difference_deg,
        mode="markers",
        marker={"size": 11, "color": _POINT, "line": {"color": "#ffffff", "width": 1}},
        customdata=[[text] for text in found.said],
        hovertemplate="%{customdata[0]}<br>difference %{y:+.0f}°<extra></extra>",
        showlegend=False,
    )
    _lay_out(figure, found, ink)
    return figure


def _lay_out(figure: go.Figure, found: Differences, ink: str) -> None:
    small = {"size": 13, "color": ink}
    across, upward = found.titles
    figure.update_layout(
        height=410, margin={"l": 60, "r": 12, "t": 12, "b": 50}, dragmode=False, showlegend=False
    )
    figure.update_xaxes(
        title={"text": across, "font": small}, tickfont=small, ticksuffix="°", zeroline=False
    )
    figure.update_yaxes(
        title={"text": upward, "font": small},
        tickfont=small,
        ticksuffix="°",
        range=_range(found),
        zeroline=True,
        zerolinewidth=2,
        zerolinecolor=_GREY,
    )


def _range(found: Differences) -> tuple[float, float]:
    """Return the axis: always with the zero, and with room for the words on the lines."""
    agreement = found.agreement
    ends = (agreement.loa_low_ci.low, agreement.loa_high_ci.high)
    edges = [0.0, *found.difference_deg, *(end for end in ends if np.isfinite(end))]
    low, high = min(edges), max(edges)
    room = max(2.0, 0.1 * (high - low))
    return low - room, high + room
