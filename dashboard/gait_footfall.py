"""The foot-fall diagram: when each foot was on the floor, walk by walk, as a Plotly figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import gait_words, words
from dashboard.gait_stances import Stance, double_supports, find_stances
from dashboard.gait_style import SIDES, STYLES, symbol_of
from motion.model import Event, Side, Walk

__all__ = ["LINE_S", "Stretch", "footfall_figure", "stretches_of"]

LINE_S: Final = 8.0
"""What fits one line of the diagram on a phone; a longer walk goes on in the next line."""

_ROWS: Final = {Side.LEFT: 1.0, Side.RIGHT: 0.0}
_HALF: Final = 0.3
_LINE_PX: Final = 142
_GAP_PX: Final = 52
_FRAME_PX: Final = {"t": 34, "b": 76}
_BOTH: Final = "rgba(125, 138, 138, 0.38)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One line of the diagram: a walk, or a part of a long one."""

    walk: Walk
    start_s: float
    end_s: float


def stretches_of(walks: Sequence[Walk]) -> tuple[Stretch, ...]:
    """Return the lines that walks fill, each at most :data:`LINE_S` long."""
    found = []
    for walk in walks:
        parts = max(1, math.ceil((walk.end_s - walk.start_s) / LINE_S - 1e-9))
        for part in range(parts):
            start_s = walk.start_s + part * LINE_S
            end_s = min(walk.end_s, start_s + LINE_S)
            found.append(Stretch(walk=walk, start_s=start_s, end_s=end_s))
    return tuple(found)


def footfall_figure(
    stretches: Sequence[Stretch], events: Sequence[Event], *, ink: str
) -> go.Figure:
    """Draw a line for each stretch, all to one scale of time.

    Bars: the foot on the floor; hatched where it is left out of the means, with the reason on
    hover. Grey behind both bars: both feet on the floor. Marks: contacts and foot offs.
    """
    figure = make_subplots(
        rows=len(stretches),
        cols=1,
        vertical_spacing=_GAP_PX / (_LINE_PX * len(stretches) - _GAP_PX),
        subplot_titles=[_title(each) for each in stretches],
    )
    wide_s = max(each.end_s - each.start_s for each in stretches)
    for row, stretch in enumerate(stretches, start=1):
        _draw_line(figure, row, stretch, events)
        figure.update_xaxes(range=[stretch.start_s - 0.1, stretch.start_s + wide_s + 0.1], row=row)
    _lay_out(figure, len(stretches), ink)
    return figure


def _title(stretch: Stretch) -> str:
    name = gait_words.walk_text(stretch.walk)
    return name if stretch.start_s == stretch.walk.start_s else f"{name}, goes on"


def _draw_line(figure: go.Figure, row: int, stretch: Stretch, events: Sequence[Event]) -> None:
    stances = {side: find_stances(events, stretch.walk, side) for side in SIDES}
    both = double_supports(stances[Side.LEFT], stances[Side.RIGHT])
    _add_both(figure, row, [cut for span in both if (cut := _cut(*span, stretch))])
    for side in SIDES:
        for stance in stances[side]:
            cut = _cut(stance.start_s, stance.end_s, stretch)
            if cut:
                _add_bar(figure, row, stance, cut)
        seen = [
            e
            for e in events
            if e.walk == stretch.walk.number
            and e.side is side
            and stretch.start_s <= e.time_s <= stretch.end_s
        ]
        _add_events(figure, row, side, seen)


def _cut(start_s: float, end_s: float, stretch: Stretch) -> tuple[float, float] | None:
    start_s, end_s = max(start_s, stretch.start_s), min(end_s, stretch.end_s)
    return (start_s, end_s) if end_s > start_s else None


def _add_both(figure: go.Figure, row: int, spans: Sequence[tuple[float, float]]) -> None:
    """Shade when both feet were on the floor, behind the bars and between them."""
    if not spans:
        return
    figure.add_bar(
        x=[end - start for start, end in spans],
        base=[start for start, _ in spans],
        y=[0.5] * len(spans),
        width=2.0,
        orientation="h",
        name="Both feet on the floor (double support)",
        legendgroup="both",
        showlegend=row == 1,
        marker={"color": _BOTH, "line": {"width": 0}},
        hovertemplate=[
            f"Both feet on the floor for {end - start:.2f} s<extra></extra>" for start, end in spans
        ],
        row=row,
        col=1,
    )


def _add_bar(figure: go.Figure, row: int, stance: Stance, cut: tuple[float, float]) -> None:
    style = STYLES[stance.side]
    out = bool(stance.left_out)
    said = f"{words.side_title(stance.side)} foot on the floor, {cut[0]:.2f} to {cut[1]:.2f} s"
    said += f"<br>left out: {stance.left_out}" if out else ""
    figure.add_bar(
        x=[cut[1] - cut[0]],
        base=[cut[0]],
        y=[_ROWS[stance.side]],
        width=2 * _HALF,
        orientation="h",
        showlegend=False,
        opacity=0.6 if out else 1.0,
        marker={
            "color": "rgba(0, 0, 0, 0)" if out else style.colour,
            "line": {"width": 1.5, "color": style.colour},
            # Hatched, so that it differs in more than its shade.
            "pattern": {"shape": "/" if out else "", "fgcolor": style.colour, "size": 7},
        },
        hovertemplate=f"{said}<extra></extra>",
        row=row,
        col=1,
    )


def _add_events(figure: go.Figure, row: int, side: Side, events: Sequence[Event]) -> None:
    if not events:
        return
    colour = STYLES[side].colour
    figure.add_scatter(
        x=[e.time_s for e in events],
        y=[_ROWS[side] + _HALF + 0.12] * len(events),
        mode="markers",
        showlegend=False,
        marker={
            "symbol": [symbol_of(e.event) for e in events],
            "size": 10,
            "color": colour,
            "opacity": [0.45 if e.left_out else 1.0 for e in events],
            "line": {"width": 1.6, "color": colour},
        },
        cliponaxis=False,
        hovertemplate=[f"{gait_words.event_text(e)}<extra></extra>" for e in events],
        row=row,
        col=1,
    )


def _lay_out(figure: go.Figure, rows: int, ink: str) -> None:
    small = {"size": 13, "color": ink}
    inner = _LINE_PX * rows - _GAP_PX
    figure.update_layout(
        height=inner + sum(_FRAME_PX.values()),
        barmode="overlay",
        margin={"l": 72, "r": 16, **_FRAME_PX},
        legend={"orientation": "h", "y": -46 / inner, "yanchor": "top", "x": 0,
                "font": small},
        dragmode=False,
    )  # fmt: skip
    # Left-aligned over its line: centred titles read as headings of the line above on a phone.
    figure.update_annotations(font=small, x=0.0, xanchor="left")
    figure.update_yaxes(
        tickvals=list(_ROWS.values()),
        ticktext=[words.side_title(side) for side in _ROWS],
        tickfont=small,
        title={"text": "Foot", "font": small},
        range=[-0.5, 1.65],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_xaxes(tickfont=small, zeroline=False, ticksuffix=" s", fixedrange=True)
    figure.update_xaxes(
        title={"text": "Time in the recording, in seconds (s)", "font": small}, row=rows
    )
    figure.update_traces(selector={"type": "scatter"}, textfont=small)
