"""The repetitions of several takes as bars: data in, figure out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from dashboard import words
from motion.clinic import Line, TakeSummary
from motion.model import Repetition, RepetitionVerdict

__all__ = ["TakeRepetitions", "repetition_figure", "repetitions_of"]

_FULL: Final = "#0f8f83"
_OTHER: Final = "#7d8a8a"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRepetitions:
    """The repetitions of one take on one angle, in order of time."""

    take: TakeSummary
    repetitions: tuple[Repetition, ...]

    @staticmethod
    def is_full(repetition: Repetition) -> bool:
        """Whether a repetition went as far as was asked."""
        return repetition.verdict is RepetitionVerdict.FULL


def repetitions_of(line: Line) -> tuple[TakeRepetitions, ...]:
    """Return the repetitions on a line's angle, take by take, the oldest first."""
    m = line.measurement
    named = (m.joint, m.motion, m.side)
    found = (
        TakeRepetitions(
            take=point.take,
            repetitions=tuple(
                sorted(
                    (r for r in point.take.repetitions if (r.joint, r.motion, r.side) == named),
                    key=lambda r: r.start_s,
                )
            ),
        )
        for point in line.points
    )
    return tuple(each for each in found if each.repetitions)


def repetition_figure(takes: Sequence[TakeRepetitions], *, ink: str) -> go.Figure:
    """Draw the peak of each repetition as a bar, take beside take.

    Parameters
    ----------
    takes
        The oldest first.
    ink
        The colour of the page's text.
    """
    figure = go.Figure()
    dates = [words.date_text(each.take.started_at).replace(", ", "<br>") for each in takes]
    for full in (True, False):
        chosen = [
            (date, repetition)
            for date, each in zip(dates, takes, strict=True)
            for repetition in each.repetitions
            if each.is_full(repetition) is full
        ]
        if not chosen:
            continue
        figure.add_bar(
            x=[
                [date for date, _ in chosen],
                [str(repetition.repetition) for _, repetition in chosen],
            ],
            y=[repetition.peak_deg for _, repetition in chosen],
            name="Full" if full else "Other",
            marker={
                "color": _FULL if full else _OTHER,
                # Without the colour behind them the lines would be white on nothing.
                "pattern": {
                    "shape": "" if full else "/",
                    "bgcolor": _FULL if full else _OTHER,
                    "fgcolor": "#ffffff",
                    "solidity": 0.25,
                },
            },
            customdata=[words.repetition_verdict(r.verdict) for _, r in chosen],
            hovertemplate="%{y:.0f}°, %{customdata}<extra></extra>",
        )
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=300,
        barmode="overlay",
        margin={"l": 60, "r": 12, "t": 12, "b": 60},
        showlegend=False,
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": "Repetition, take by take", "font": small},
        tickfont=small,
        categoryorder="array",
    )
    figure.update_yaxes(
        title={"text": "Peak in degrees (°)", "font": small}, tickfont=small, ticksuffix="°"
    )
    return figure
