"""Pain beside a trend: diamonds and other signs on an axis of its own, one sign for each source."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Final

import plotly.graph_objects as go

from dashboard.reference_lines import typed_text
from dashboard.trend_marks import noon
from motion.clinic import PainPoint
from motion.clinic.pain import PAIN_SCALE
from motion.library import find_outcome_measure

__all__ = ["add_pain", "list_pain_signs"]

_PAIN: Final = "#b4631d"
_MOST_N: Final = 16
"""More single scores than that lie upon each other on a phone."""

_WORST: Final = 10
_SIGNS: Final = (
    ("diamond-open", "◇"),
    ("diamond", "◆"),
    ("square-open", "□"),
    ("square", "■"),
    ("triangle-up-open", "△"),
    ("triangle-up", "▲"),
    ("triangle-down-open", "▽"),
    ("triangle-down", "▼"),
)
"""How a source is drawn and written: at rest and in movement are not one kind of pain."""


def add_pain(
    figure: go.Figure, pain: Sequence[PainPoint], zone: tzinfo | None, *, ink: str
) -> None:
    """Draw pain on an axis of its own at the right, each source with its sign.

    Of many scores the worst of each week; the axis says so.
    """
    if not pain:
        return
    signs = _signs_of(pain)
    drawn = _drawn(pain)
    figure.add_scatter(
        x=[noon(each.day, zone) for each in drawn],
        y=[each.score for each in drawn],
        yaxis="y2",
        mode="markers",
        name="Pain",
        marker={
            "symbol": [signs[each.source][0] for each in drawn],
            "size": 8,
            "color": _PAIN,
            "line": {"width": 1.8, "color": _PAIN},
        },
        cliponaxis=False,
        hovertemplate=[
            f"{each.day.day} {each.day:%b %Y}: pain {each.score} of {_WORST}"
            f"<br>{typed_text(each.source)}<extra></extra>"
            for each in drawn
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
            "title": {"text": f"{_title(pain)} (0 to 10)", "font": small},
        }
    )
    figure.update_layout(margin={"r": 52})


def list_pain_signs(pain: Sequence[PainPoint]) -> str:
    """Return what the signs of :func:`add_pain` stand for, as a sentence below the chart."""
    if not pain:
        return ""
    own = f"{find_outcome_measure(PAIN_SCALE).short}, "
    said = "; ".join(
        f"{sign} {source.removeprefix(own).lower()}"
        for source, (_, sign) in _signs_of(pain).items()
    )
    return f"{_title(pain)}, 0 none to 10 worst: {said}."


def _title(pain: Sequence[PainPoint]) -> str:
    return "Pain, worst of each week" if len(pain) > _MOST_N else "Pain"


def _signs_of(pain: Sequence[PainPoint]) -> dict[str, tuple[str, str]]:
    """Return how each source that is drawn is drawn, in the order of the alphabet."""
    sources = sorted({each.source for each in _drawn(pain)})
    return {source: _SIGNS[place % len(_SIGNS)] for place, source in enumerate(sources)}


def _drawn(pain: Sequence[PainPoint]) -> Sequence[PainPoint]:
    return _worst_of_weeks(pain) if len(pain) > _MOST_N else pain


def _worst_of_weeks(pain: Iterable[PainPoint]) -> tuple[PainPoint, ...]:
    """Return the worst pain of each calendar week, the first first; of equals the first.

    Of a score a day the marks of some months lie upon each other on a phone.
    """
    worst: dict[tuple[int, int], PainPoint] = {}
    for each in sorted(pain, key=lambda point: point.day):
        year, week, _ = each.day.isocalendar()
        known = worst.get((year, week))
        if known is None or each.score > known.score:
            worst[year, week] = each
    return tuple(worst.values())
