"""The tables of a progress report."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Table, TableStyle

from motion.clinic.hand_marks import hand_marks
from motion.clinic.outcome_change import score_text
from motion.clinic.outcome_lines import OutcomeLine
from motion.clinic.values import TakeSummary
from motion.clinic.wording import MODES, label, quantity_title, side_title
from motion.model import GAIT, Side
from motion.norms.outcome_measures import OutcomeMeasure
from motion.report.condition_words import condition_parts
from motion.report.method_notes import CORRECTED, SIGNED
from motion.report.pdf_text import FONT, PALE, paragraph, shorten
from motion.report.progress_values import Followed
from motion.report.sentences import (
    change_text,
    circumstances,
    day_text,
    limit_text,
    mdc_text,
    other_text,
    reached_text,
    target_text,
    typical_text,
    verdict_text,
)

__all__ = ["lay_out_measures", "lay_out_scores"]

_CELL: Final = 6.8
_RULE: Final = HexColor("#999999")
_HEADS: Final = (
    "Measure", "Side", "Baseline", "Last", "Change", "MDC", "Verdict",
    "Target, other side, published",
)  # fmt: skip
_SHARES: Final = (0.205, 0.05, 0.095, 0.105, 0.075, 0.07, 0.20, 0.20)
_SCORE_HEADS: Final = ("Score", "First", "Last", "Change")
_SCORE_SHARES: Final = (0.24, 0.14, 0.14, 0.48)
_SIDES: Final = {Side.BOTH: "Both"}
_TITLE_LETTERS: Final = 70
_CIRCUMSTANCE_LETTERS: Final = 90
_CONDITION_LETTERS: Final = 150


def lay_out_measures(
    followed: Sequence[Followed], width: float, common: Collection[str] = ()
) -> Any:
    """Return the table of what is followed, one row each.

    Parameters
    ----------
    common
        Conditions that are said of all takes elsewhere, and not once more in each row.
    """
    return _table(_HEADS, [_row(each, common) for each in followed], _SHARES, width)


def _row(followed: Followed, common: Collection[str]) -> list[Any]:
    first, last = followed.baseline, followed.last
    alone = first is last
    number, take = followed.number, last.take
    title = quantity_title(number, take.movement)
    how = circumstances(followed)
    if number.unit == "deg" and number.joint != GAIT:
        how = f"{how}; {MODES[take.conditions.mode].lower()}"
    if followed.by_hand:
        how = f"{label(take.model.name)}; {how}"
    beyond = "; ".join(p for p in condition_parts(take.conditions) if p not in common)
    beside = [
        target_text(followed),
        limit_text(followed),
        other_text(followed),
        typical_text(followed),
        followed.published,
    ]
    return [
        [
            _cell(shorten(title, _TITLE_LETTERS), _CELL, bold=True),
            _cell(shorten(how, _CIRCUMSTANCE_LETTERS), _CELL - 0.8, grey=True),
            *([_cell(shorten(beyond, _CONDITION_LETTERS), _CELL - 0.8, grey=True)] * bool(beyond)),
        ],
        _cell(_SIDES.get(number.side, side_title(number.side)), _CELL),
        _dated(reached_text(first.measurement, first.take.movement), first.take),
        _cell("–", _CELL) if alone else _dated(reached_text(number, take.movement), take),
        _cell("–" if alone else change_text(followed), _CELL),
        _cell(mdc_text(followed), _CELL),
        _cell(verdict_text(followed), _CELL),
        [_cell(text, _CELL - 0.4) for text in beside if text],
    ]


def _dated(value: str, take: TakeSummary) -> list[Any]:
    said = f"{value} {_marks(take)}".rstrip()
    day = day_text(take.started_at.date())
    return [_cell(said, _CELL, bold=True), _cell(day, _CELL - 0.8, grey=True)]


def _marks(take: TakeSummary) -> str:
    signed = SIGNED if take.signed_off_by else ""
    return f"{signed}{CORRECTED if hand_marks(take) else ''}"


def lay_out_scores(lines: Iterable[OutcomeLine], width: float) -> Any:
    """Return the table of outcome measures, one row per line of comparable scores."""
    return _table(_SCORE_HEADS, [_score_row(line) for line in lines], _SCORE_SHARES, width)


def _score_row(line: OutcomeLine) -> list[Any]:
    first, last = line.points[0], line.points[-1]
    return [
        [
            _cell(shorten(line.full_title, _TITLE_LETTERS), _CELL, bold=True),
            _cell(_span(line.measure), _CELL - 0.8, grey=True),
        ],
        _score(first.score.score, day_text(first.score.day)),
        _cell("–", _CELL) if first is last else _score(last.score.score, day_text(last.score.day)),
        _cell(last.verdict, _CELL),
    ]


def _span(measure: OutcomeMeasure) -> str:
    if not math.isfinite(measure.low):
        return measure.about
    way = "higher" if measure.higher_is_better else "lower"
    return f"{measure.low:g} to {measure.high:g}, {way} is better"


def _score(score: float, day: str) -> list[Any]:
    return [
        _cell(score_text(score), _CELL, bold=True),
        _cell(day, _CELL - 0.8, grey=True),
    ]


def _cell(text: str, size_pt: float, **how: Any) -> Any:
    """Return a cell's words; in a narrow column a number may be parted from its unit."""
    return paragraph(text.replace("\N{NO-BREAK SPACE}", " "), size_pt, **how)


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], shares: Sequence[float], width: float
) -> Any:
    head = [_cell(text, _CELL, bold=True) for text in heads]
    found = Table(
        [head, *rows], colWidths=[share * width for share in shares], repeatRows=1, splitByRow=1
    )
    found.setStyle(
        TableStyle(
            [
                FONT,
                ("BACKGROUND", (0, 0), (-1, 0), PALE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
                ("TOPPADDING", (0, 0), (-1, -1), 1.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
            ]
        )
    )
    return found
