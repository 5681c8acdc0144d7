"""Reference values drawn behind a curve: a grey band, thin lines, each with its source on hover."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from dashboard import gait_words, words
from dashboard.against import Against
from motion.clinic import Patient, TakeSummary
from motion.clinic.units import number_text
from motion.library import load_gait_norms
from motion.model import Measurement
from motion.norms import Norm, Subject, find_gait_norm

__all__ = [
    "ReferenceLine",
    "add_references",
    "lines_of",
    "lines_of_walk",
    "list_names",
    "span_of",
    "steps_between",
    "typed_text",
]

_GREY: Final = "#7d8a8a"
_BAND: Final = "rgba(125, 138, 138, 0.18)"
_LONG: Final = 24
_NAME_SHARE: Final = 0.11
"""Of what the lines span together: so much of its height a name takes."""

NAMED_LINE: Final = "\N{WORD JOINER}"
"""Begins a name on a line, unseen: a narrow screen hides what begins so (style.css).

Neither a trace's name nor its key reaches the page's marks of a chart.
"""

_POINTS_N: Final = 60
"""A line is drawn of many points, so that the pointer finds it anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """One value to hold a curve against; ``low`` and ``high`` are NaN where it has no range.

    ``value`` is NaN where only a range was published.
    """

    value: float
    label: str
    source: str
    dash: str
    low: float = math.nan
    high: float = math.nan
    unit: str = "deg"

    @property
    def span(self) -> str:
        """The value, or the range where it has one."""
        if math.isfinite(self.low):
            return gait_words.range_text(self.low, self.high, self.unit)
        return number_text(self.value, self.unit)


def lines_of(against: Against) -> tuple[ReferenceLine, ...]:
    """Return what is drawn of it: the first published value, the tasks, target and other side."""
    found = [_line_of(norm, "dot") for norm in against.references.published[:1]]
    found += [_line_of(norm, "dash") for norm in against.references.functional]
    if math.isfinite(against.target_deg):
        found.append(
            ReferenceLine(
                value=against.target_deg,
                label="Target",
                source=against.target_source,
                dash="solid",
            )
        )
    if against.other is not None:
        other = against.other
        found.append(
            ReferenceLine(
                value=other.measurement.value,
                label="Other side",
                source=f"this patient, {words.date_text(other.take.started_at)}",
                dash="dashdot",
            )
        )
    return tuple(found)


def _line_of(norm: Norm, dash: str) -> ReferenceLine:
    return ReferenceLine(
        value=norm.value_deg,
        label=norm.label,
        source=norm.source,
        dash=dash,
        low=norm.low_deg,
        high=norm.high_deg,
    )


def lines_of_walk(
    patient: Patient, take: TakeSummary, measurement: Measurement
) -> tuple[ReferenceLine, ...]:
    """Return what is drawn of a number of walking: the published value, where one fits."""
    subject = Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.started_at.date(),
    )
    made_with = dict(take.settings)
    norm = find_gait_norm(load_gait_norms(), measurement.measure, subject, made_with)
    if norm is None:
        return ()
    return (
        ReferenceLine(
            value=norm.value,
            label=norm.label,
            source=norm.source,
            dash="dot",
            low=norm.low,
            high=norm.high,
            unit=norm.unit,
        ),
    )


def span_of(lines: Iterable[ReferenceLine]) -> tuple[float, float]:
    """Return the lowest and highest value drawn; infinite, the wrong way round, where none is."""
    values = [v for line in lines for v in (line.value, line.low, line.high) if math.isfinite(v)]
    return min(values, default=math.inf), max(values, default=-math.inf)


def add_references(
    figure: go.Figure, lines: Sequence[ReferenceLine], x: tuple[Any, Any], steps: Sequence[Any]
) -> None:
    """Draw reference values across a figure, behind what is added later.

    Parameters
    ----------
    x
        Left and right end, of a band.
    steps
        Where along the axis a line has points.
    """
    places = _place_names(lines)
    for place, line in enumerate(lines):
        if math.isfinite(line.low):
            _add_band(figure, line, x)
        known = math.isfinite(line.value)
        others = [""] * (len(steps) - 1)
        figure.add_scatter(
            x=steps,
            y=[line.value if known else line.high] * len(steps),
            mode="lines+text",
            # Named on the line itself: a legend of grey dashes is hard to tell apart.
            text=[_named(line) if places[place] else "", *others],
            textposition=places[place] or "top right",
            name=line.label,
            showlegend=False,
            line={"color": _GREY, "width": 1.5 if known else 0, "dash": line.dash},
            hovertemplate=f"{line.label}: "
            f"{number_text(line.value, line.unit) if known else line.span}<br>"
            f"{typed_text(line.source)}<extra></extra>",
        )


def _place_names(lines: Sequence[ReferenceLine]) -> list[str]:
    """Return on which side of its line each name stands; empty where there is no room for it.

    Of lines that lie close together the highest is named above and the lowest below it: no name
    lies under another line. Those between are named only in the list below the chart.
    """
    heights = [line.value if math.isfinite(line.value) else line.high for line in lines]
    low, high = span_of(lines)
    near = _NAME_SHARE * (high - low)
    by_height = sorted(range(len(lines)), key=heights.__getitem__)
    close = [heights[b] - heights[a] < near for a, b in pairwise(by_height)]
    places = dict.fromkeys(by_height, "")
    for own, below, above in zip(by_height, [False, *close], [*close, False], strict=False):
        if not above:
            places[own] = "top right"
        elif not below:
            places[own] = "bottom right"
    return [places[n] for n in range(len(lines))]


def list_names(lines: Iterable[ReferenceLine]) -> str:
    """Return the names of the lines with what they are, as a sentence below a chart."""
    named = "; ".join(f"{line.label} {line.span}" for line in lines)
    return f"Lines across: {named}." if named else ""


def _named(line: ReferenceLine) -> str:
    """Return what stands on the line; a long name has its value below it, for a phone's width."""
    return f"{NAMED_LINE}{line.label}{'<br>' if len(line.label) > _LONG else ' '}{line.span}"


def typed_text(text: str) -> str:
    """Return a text that Plotly shows letter by letter, whatever somebody typed into it."""
    return escape(text, quote=False).replace("%{", "%&#123;")


def _add_band(figure: go.Figure, line: ReferenceLine, x: tuple[Any, Any]) -> None:
    left, right = x
    figure.add_scatter(
        x=[left, left, right, right],
        y=[line.low, line.high, line.high, line.low],
        mode="lines",
        fill="toself",
        fillcolor=_BAND,
        line={"width": 0},
        showlegend=False,
        hoveron="fills",
        hoverinfo="text",
        text=f"{line.label}: {line.span}, {line.source}",
    )


def steps_between(low: float, high: float) -> list[float]:
    """Return where along a number axis a line has points."""
    return [float(x) for x in np.linspace(low, high, _POINTS_N)]
