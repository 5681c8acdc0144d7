"""Curves as Plotly figures: data in, figure out."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import words
from dashboard.reference_lines import ReferenceLine, add_references, span_of, steps_between
from motion.model import (
    GOOD_CONFIDENCE,
    AngleCurve,
    AngleTable,
    BoolArray,
    FloatArray,
    Repetition,
    RepetitionVerdict,
)
from motion.report import FAIR, GOOD, LIGHTS, LOST, NOT_MEASURED

__all__ = ["angle_figure", "uncertain_frames"]

"""Where "Good" ends and "Fair" begins (clinical.md 7)."""

# Middle tones that stay legible on a light and on a dark page, and apart for colour-blind eyes.
_LINE: Final = "#0f8f83"
_PEAK: Final = "#c2691c"
_GREY: Final = "#7d8a8a"

_STRIP: Final = {GOOD: (1.0, ""), FAIR: (0.65, "/"), NOT_MEASURED: (0.3, ""), LOST: (0.3, "x")}
"""Height and pattern of each light: it differs in more than its colour."""

_STRIP_SHARE: Final = 0.07
_CURVE_FROM: Final = 0.13


def uncertain_frames(curve: AngleCurve) -> BoolArray:
    """Return in which frames an angle was measured with less certainty, or interpolated."""
    uncertain: BoolArray = curve.filled | ~(curve.confidence >= GOOD_CONFIDENCE)
    return uncertain & np.isfinite(curve.value_deg)


def angle_figure(
    table: AngleTable,
    curve: AngleCurve,
    repetitions: Sequence[Repetition],
    rated: NDArray[np.uint8],
    *,
    ink: str,
    references: Sequence[ReferenceLine] = (),
) -> go.Figure:
    """Draw one angle over time.

    Repetitions are shaded and numbered, their peaks marked, gaps left open; what was measured
    with less certainty is thin and dashed. A strip of lights runs along the time axis.

    Parameters
    ----------
    repetitions
        Those that were counted on this very curve.
    rated
        The light of every frame (:func:`motion.report.rate_frames`).
    ink
        The colour of the page's text.
    references
        What the angle may be held against, drawn behind it.
    """
    low, high = _range(curve, references)
    figure = go.Figure()
    end_s = float(table.time_s[-1])
    add_references(figure, references, (0.0, end_s), steps_between(0.0, end_s))
    for repetition in repetitions:
        _add_band(figure, repetition, low, high)
    _add_curve(figure, table.time_s, curve)
    _add_peaks(figure, repetitions)
    _add_lights(figure, table.time_s, rated)
    _lay_out(figure, low, high, end_s, ink)
    return figure


def _range(curve: AngleCurve, references: Sequence[ReferenceLine]) -> tuple[float, float]:
    """Return the limits of the axis: always with the zero, and with room for the numbers."""
    lowest, highest = span_of(references)
    low = min(0.0, float(np.nanmin(curve.value_deg)), lowest)
    high = max(0.0, float(np.nanmax(curve.value_deg)), highest)
    room = max(5.0, 0.12 * (high - low))
    return low - room, high + 2 * room


def _with_neighbours(rows: BoolArray) -> BoolArray:
    """Return the rows and those beside them, so that the two lines meet."""
    wider = rows.copy()
    wider[1:] |= rows[:-1]
    wider[:-1] |= rows[1:]
    return wider


def _add_band(figure: go.Figure, repetition: Repetition, low: float, high: float) -> None:
    full = repetition.verdict is RepetitionVerdict.FULL
    verdict = words.repetition_verdict(repetition.verdict).lower()
    start_s, end_s = repetition.start_s, repetition.end_s
    figure.add_scatter(
        x=[start_s, start_s, end_s, end_s],
        y=[low, high, high, low],
        mode="lines",
        fill="toself",
        fillcolor="rgba(125, 138, 138, 0.16)" if full else "rgba(125, 138, 138, 0)",
        # Hatched, so that a partial repetition differs in more than its shade.
        fillpattern={} if full else {"shape": "/", "fgcolor": _GREY, "size": 14, "solidity": 0.06},
        line={"width": 0 if full else 1, "color": _GREY, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_annotation(
        x=(start_s + end_s) / 2,
        y=high,
        yanchor="top",
        text=str(repetition.repetition) if full else f"{repetition.repetition} {verdict}",
        showarrow=False,
    )


def _add_curve(figure: go.Figure, time_s: FloatArray, curve: AngleCurve) -> None:
    uncertain = uncertain_frames(curve)
    hover = "%{x:.1f} s: %{y:.0f}°<extra></extra>"
    figure.add_scatter(
        x=time_s,
        y=np.where(uncertain, np.nan, curve.value_deg),
        mode="lines",
        name="Measured",
        line={"color": _LINE, "width": 3},
        hovertemplate=hover,
    )
    if np.any(uncertain):
        figure.add_scatter(
            x=time_s,
            y=np.where(_with_neighbours(uncertain), curve.value_deg, np.nan),
            mode="lines",
            name="Less certain (thin, dashed)",
            line={"color": _LINE, "width": 1.5, "dash": "dash"},
            hovertemplate=hover,
        )


def _add_peaks(figure: go.Figure, repetitions: Sequence[Repetition]) -> None:
    seen = [r for r in repetitions if np.isfinite(r.peak_deg)]
    if not seen:
        return
    peaks: FloatArray = np.array([r.peak_deg for r in seen])
    figure.add_scatter(
        x=[r.peak_s for r in seen],
        y=peaks,
        mode="markers+text",
        name="Peak of a repetition",
        text=[words.degrees(peak) for peak in peaks],
        textposition=["top center" if r.direction > 0 else "bottom center" for r in seen],
        marker={"symbol": "diamond", "size": 10, "color": _PEAK},
        cliponaxis=False,
        hovertemplate="Peak at %{x:.1f} s: %{y:.0f}°<extra></extra>",
    )


def _add_lights(figure: go.Figure, time_s: FloatArray, rated: NDArray[np.uint8]) -> None:
    """Draw a strip under the curve: a bar for each run of frames with one light."""
    starts = np.flatnonzero(np.diff(rated, prepend=rated[:1] + 1))
    # A frame stands for the time half-way to its neighbours.
    edges = np.concatenate([time_s[:1], (time_s[1:] + time_s[:-1]) / 2.0, time_s[-1:]])
    first_s, end_s = edges[starts], edges[np.append(starts[1:], len(rated))]
    for light, (height, pattern) in _STRIP.items():
        own = rated[starts] == LIGHTS.index(light)
        if not np.any(own):
            continue
        figure.add_bar(
            x=(first_s[own] + end_s[own]) / 2.0,
            width=end_s[own] - first_s[own],
            y=np.full(int(own.sum()), height),
            yaxis="y2",
            name=light.word,
            showlegend=False,  # the page has the lights' own key
            marker={
                "color": light.css,
                "line": {"width": 0},
                "pattern": {
                    "shape": pattern,
                    "fillmode": "overlay",
                    "fgcolor": "#ffffff",
                    "size": 5,
                    "solidity": 0.3,
                },
            },
            customdata=np.column_stack([first_s[own], end_s[own]]),
            hovertemplate=f"{light.word}: %{{customdata[0]:.1f}} to %{{customdata[1]:.1f}} s"
            "<extra></extra>",
        )


def _lay_out(figure: go.Figure, low: float, high: float, end_s: float, ink: str) -> None:
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=410,
        barmode="overlay",
        margin={"l": 60, "r": 12, "t": 12, "b": 50},
        legend={"orientation": "h", "yanchor": "top", "y": -0.26, "x": 0, "font": small},
        dragmode=False,
    )
    figure.update_traces(textfont=small)
    figure.update_annotations(font=small)
    figure.update_xaxes(
        title={"text": "Time in seconds (s)", "font": small},
        tickfont=small,
        range=[0.0, end_s],
        zeroline=False,
        anchor="y2",
    )
    figure.update_layout(
        yaxis={
            "domain": [_CURVE_FROM, 1.0],
            "title": {"text": "Angle in degrees (°)", "font": small},
            "tickfont": small,
            "range": [low, high],
            "ticksuffix": "°",
            "zeroline": True,
            "zerolinewidth": 2,
            "zerolinecolor": _GREY,
        },
        yaxis2={"domain": [0.0, _STRIP_SHARE], "range": [0.0, 1.0], "visible": False},
    )
