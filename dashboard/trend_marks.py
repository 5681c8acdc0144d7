"""What is drawn into a trend beside the measured numbers: events, pain, the curve of recovery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

import plotly.graph_objects as go

from dashboard.reference_lines import typed_text
from motion.clinic import PainPoint
from motion.clinic.recovery import Recovery

__all__ = ["DayMark", "add_day_marks", "add_pain", "add_recovery", "noon"]

_GREY: Final = "#7d8a8a"
_PAIN: Final = "#b4631d"
_CURVE: Final = "#0f8f83"
_CURVE_BAND: Final = "rgba(15, 143, 131, 0.16)"
_LONGEST: Final = 26
_WORST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """Something that happened on a day; ``text`` is what stands beside its line."""

    day: date
    text: str


def noon(day: date, zone: tzinfo | None) -> datetime:
    """Return the middle of a day, where a mark of that day stands."""
    return datetime.combine(day, time(12), tzinfo=zone)


def add_day_marks(
    figure: go.Figure, marks: Sequence[DayMark], zone: tzinfo | None, *, ink: str
) -> None:
    """Draw a named vertical line for each day; a long name is whole where the pointer rests."""
    for mark in marks:
        at = noon(mark.day, zone)
        figure.add_shape(
            type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below",
            line={"color": _GREY, "width": 1.5, "dash": "dot"},
        )  # fmt: skip
        text = mark.text
        short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        figure.add_annotation(
            x=at, y=0.01, yref="paper", text=typed_text(short), textangle=-90, showarrow=False,
            xanchor="right", yanchor="bottom", font={"size": 12, "color": ink},
            hovertext=typed_text(f"{mark.day.day} {mark.day:%b %Y}: {text}"),
        )  # fmt: skip


def add_pain(
    figure: go.Figure, pain: Sequence[PainPoint], zone: tzinfo | None, *, ink: str
) -> None:
    """Draw pain as small diamonds on an axis of its own at the right."""
    if not pain:
        return
    figure.add_scatter(
        x=[noon(each.day, zone) for each in pain],
        y=[each.score for each in pain],
        yaxis="y2",
        mode="markers",
        name="Pain",
        marker={"symbol": "diamond-open", "size": 8, "color": _PAIN, "line": {"width": 1.8}},
        cliponaxis=False,
        hovertemplate=[
            f"{each.day.day} {each.day:%b %Y}: pain {each.score} of {_WORST}"
            f"<br>{typed_text(each.source)}<extra></extra>"
            for each in pain
        ],
    )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": [-0.4, _WORST + 0.4],
            "dtick": 2,
            "showgrid": False,
            "zeroline": False,
            "tickfont": small,
            "title": {"text": "Pain, 0 none to 10 worst (diamonds)", "font": small},
        }
    )
    figure.update_layout(margin={"r": 52})


def add_recovery(figure: go.Figure, recovery: Recovery, start: datetime) -> None:
    """Draw the curve of recovery, dashed, within its band, up to its horizon and no further.

    Parameters
    ----------
    start
        When the line's first take was made: the curve counts its weeks from there.
    """
    times = [start + timedelta(weeks=float(week)) for week in recovery.time_weeks]
    figure.add_scatter(
        x=[*times, *reversed(times)],
        y=[*recovery.low.tolist(), *reversed(recovery.high.tolist())],
        mode="lines",
        name="Band of the curve",
        fill="toself",
        fillcolor=_CURVE_BAND,
        line={"width": 0},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=times,
        y=recovery.value.tolist(),
        mode="lines",
        name="Curve of recovery",
        line={"color": _CURVE, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
