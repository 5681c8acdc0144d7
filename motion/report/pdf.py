"""The progress report of a patient on one or two sheets of paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer, Table, TableStyle

from motion.clinic.chart_values import Annotation
from motion.clinic.pain import PainPoint
from motion.clinic.wording import INTENDED_USE, label, side_title
from motion.model import Side
from motion.report.files import replace_file
from motion.report.method_notes import method_notes
from motion.report.pdf_chart import draw_trend
from motion.report.pdf_pages import About, Built, Paper, build_pdf
from motion.report.pdf_tables import lay_out_measures, lay_out_scores
from motion.report.pdf_text import FONT, paragraph, shorten
from motion.report.progress_values import Followed, ProgressReport
from motion.report.sentences import day_text, joined, progress_sentence

__all__ = ["lay_out_progress", "write_progress_pdf"]

_TITLE: Final = 15.0
_HEAD: Final = 9.0
_BODY: Final = 7.4
_FINE: Final = 6.2
_CHART_PT: Final = 112.0
_GAP_PT: Final = 10.0
_MOST_PAGES: Final = 2
_NAME_LETTERS: Final = 60
_NOTE_LETTERS: Final = 160
_EVENT_LETTERS: Final = 90
_LETTERS: Final = "abcdefghijkl"


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of each is shown at most."""

    angles: int
    walking: int
    charts: int
    scores: int
    events: int


_ROOMS: Final = (
    _Room(12, 9, 6, 8, 12),
    _Room(10, 8, 6, 8, 8),
    _Room(8, 7, 6, 7, 8),
    _Room(7, 6, 4, 6, 6),
    _Room(6, 5, 4, 5, 6),
    _Room(5, 4, 4, 4, 5),
    _Room(4, 4, 2, 4, 4),
    _Room(3, 3, 2, 3, 3),
    _Room(2, 2, 2, 2, 2),
    _Room(1, 1, 1, 1, 1),
)
"""From the most to what fits on two pages whatever the words are."""


def write_progress_pdf(report: ProgressReport, path: Path, paper: Paper = Paper.A4) -> None:
    """Write the report as a PDF of one or two pages.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    content = lay_out_progress(report, paper).content
    with replace_file(path) as unfinished:
        unfinished.write_bytes(content)


def lay_out_progress(report: ProgressReport, paper: Paper = Paper.A4) -> Built:
    """Return the report as a PDF; equal records of one day give equal bytes.

    What does not fit two pages is left out from the end of what is followed, and said to be.
    """
    patient = report.patient
    made_up = " · made-up patient" if patient.made_up else ""
    about = About(
        title=f"Progress report {patient.code}",
        across=f"{INTENDED_USE} Measurements are estimates. Not a medical device.",
        left=f"{shorten(patient.code, _NAME_LETTERS)}{made_up} · "
        f"made on {day_text(report.made_on)}",
    )
    for room in _ROOMS:
        built = build_pdf(partial(_story, report, room, paper), paper, about)
        if built.pages <= _MOST_PAGES:
            break
    return built


def _story(report: ProgressReport, room: _Room, paper: Paper) -> list[Any]:
    return list(_tell(report, room, paper.room_pt))


def _tell(report: ProgressReport, room: _Room, width: float) -> Iterator[Any]:
    angles, walking = report.angles[: room.angles], report.walking[: room.walking]
    shown = (*angles, *walking)
    events = report.annotations[-room.events :]
    marked = [(each.day, letter) for each, letter in zip(events, _LETTERS, strict=False)]
    yield from _identity(report, width)
    yield from _summary(shown)
    if angles:
        yield from _section("Range of motion", lay_out_measures(angles, width))
    if walking:
        yield from _section("Walking and functional tests", lay_out_measures(walking, width))
    yield from _charts(shown, room.charts, marked, width)
    yield from _scores_and_pain(report, room, width)
    yield from _plan(report)
    yield from _events(events, len(report.annotations))
    yield from _method(report, shown, room)
    yield from _signature(width)


def _identity(report: ProgressReport, width: float) -> Iterator[Any]:
    patient = report.patient
    yield Table(
        [
            [
                paragraph("Progress report", _TITLE, bold=True),
                paragraph(f"Made on {day_text(report.made_on)}", _BODY, grey=True),
            ]
        ],
        colWidths=[0.72 * width, 0.28 * width],
        style=TableStyle(
            [FONT, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        ),
    )
    yield Spacer(0, 3)
    if patient.made_up:
        made_up = "Made-up patient: this record is a demonstration, and no person is behind it."
        yield paragraph(made_up, _BODY, bold=True)
    name = shorten(patient.name, _NAME_LETTERS)
    side = patient.affected_side
    facts = [
        f"Patient {shorten(patient.code, _NAME_LETTERS)}",
        name,
        f"born {patient.birth_year}" if patient.birth_year else "",
        f"affected: {side_title(side).lower()}" if side not in (None, Side.NONE) else "",
        _operation(patient.operation_date, report.last_day),
    ]
    yield paragraph(" · ".join(fact for fact in facts if fact), _HEAD, bold=True)
    period = f"Period {day_text(report.first_day)} to {day_text(report.last_day)}"
    takes = len(report.takes)
    yield paragraph(f"{period} · {takes} {'take' if takes == 1 else 'takes'}", _BODY)
    if patient.diagnosis_note:
        yield paragraph(f"Referral: {shorten(patient.diagnosis_note, _NOTE_LETTERS)}", _BODY)


def _operation(operated: date | None, last_day: date) -> str:
    if operated is None:
        return ""
    weeks = (last_day - operated).days // 7
    since = f", {weeks} {'week' if weeks == 1 else 'weeks'} before the period's end"
    return f"operation {day_text(operated)}{since if weeks >= 0 else ''}"


def _summary(shown: Sequence[Followed]) -> Iterator[Any]:
    yield from _heading("Summary")
    if not shown:
        yield paragraph("Nothing was measured in this period.", _BODY)
    for each in shown:
        published = f" {each.published}" if each.published else ""
        yield paragraph(progress_sentence(each) + published, _BODY, bullet="•")


def _charts(
    shown: Sequence[Followed], most: int, marked: Sequence[tuple[date, str]], width: float
) -> Iterator[Any]:
    followed = [each for each in shown if each.baseline is not each.last][:most]
    if not followed:
        return
    of_each = (width - _GAP_PT) / 2
    cells: list[Any] = [draw_trend(each, of_each, _CHART_PT, marked) for each in followed]
    cells += [""] * (len(cells) % 2)
    grid = Table(
        [cells[place : place + 2] for place in range(0, len(cells), 2)],
        colWidths=[of_each + _GAP_PT, of_each],
        style=TableStyle(
            [
                FONT,
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        ),
    )
    key = (
        "Bars: the smallest change between two takes that can be told from error (MDC). Dashed: "
        "target. Dotted: other side. Grey band: published range."
    )
    if marked:
        key += " Letters: events, listed below."
    yield from _section("Over time", grid, paragraph(key, _FINE, grey=True), room_pt=_CHART_PT)


def _scores_and_pain(report: ProgressReport, room: _Room, width: float) -> Iterator[Any]:
    lines = report.scores[: room.scores]
    if not (lines or report.pain):
        return
    parts = [lay_out_scores(lines, width)] if lines else []
    more = len(report.scores) - len(lines)
    if more:
        parts.append(
            paragraph(f"{_more(more, 'score', 'scores')} in the progress table.", _FINE, grey=True)
        )
    if report.pain:
        parts.append(paragraph(_pain_sentence(report.pain), _BODY))
    yield from _section("Outcome measures and pain", *parts)


def _pain_sentence(answers: Sequence[PainPoint]) -> str:
    pain = _worst_of_days(answers)
    first, last = pain[0], pain[-1]
    worst = max(pain, key=lambda each: each.score)

    def said(each: PainPoint) -> str:
        return f"{each.score} on {day_text(each.day)} ({each.source})"

    if len(answers) == 1:
        return f"Pain (0 none to 10 worst): {said(first)}, asked once."
    if len(pain) == 1:
        return f"Pain (0 none to 10 worst): highest of {len(answers)} answers {said(first)}."
    return (
        f"Pain (0 none to 10 worst), the highest of each day: first {said(first)}, last "
        f"{said(last)}, highest {said(worst)}; {len(answers)} answers. Different sources asked "
        "different things and are not compared."
    )


def _worst_of_days(pain: Sequence[PainPoint]) -> list[PainPoint]:
    """Return the highest answer of each day, whoever asked, in order of time."""
    found: dict[date, PainPoint] = {}
    for each in pain:
        if each.day not in found or each.score > found[each.day].score:
            found[each.day] = each
    return [found[day] for day in sorted(found)]


def _plan(report: ProgressReport) -> Iterator[Any]:
    done = report.plan
    if done is None:
        return
    weeks = "1 whole week" if done.weeks == 1 else f"{done.weeks} whole weeks"
    said = (
        f"Over {weeks}: {done.sessions_done} of {done.sessions_wanted} prescribed sessions "
        f"done, {round(done.percent)} % counting no exercise above what was prescribed."
    )
    yield from _section("Exercise plan", paragraph(said, _BODY))


def _events(events: Sequence[Annotation], known: int) -> Iterator[Any]:
    if not events:
        return
    said = [
        f"{letter}: {day_text(each.day)}, {_event(each)}"
        for each, letter in zip(events, _LETTERS, strict=False)
    ]
    more = f" {_more(known - len(events), 'earlier event', 'earlier events')} in the record." * (
        known > len(events)
    )
    yield from _section("Events", paragraph(f"{'; '.join(said)}.{more}", _BODY))


def _event(event: Annotation) -> str:
    kind = label(event.kind).lower()
    return f"{kind}: {shorten(event.text, _EVENT_LETTERS)}" if event.text else kind


def _method(report: ProgressReport, shown: Sequence[Followed], room: _Room) -> Iterator[Any]:
    notes = method_notes(report, shown)
    left_out = [
        (len(report.angles) - room.angles, ("angle", "angles")),
        (
            len(report.walking) - room.walking,
            ("number of walking and tests", "numbers of walking and tests"),
        ),
    ]
    said = [_more(count, *things) for count, things in left_out if count > 0]
    if said:
        notes.insert(0, f"Not shown here for lack of room: {joined(said)}; all are in the table.")
    if notes:
        yield from _section("Method and limits", *(paragraph(note, _FINE) for note in notes))


def _more(count: int, one: str, several: str) -> str:
    return f"{count} more {one if count == 1 else several}"


def _signature(width: float) -> Iterator[Any]:
    line = ("LINEABOVE", (0, 0), (0, 0), 0.6, "#111111")
    other = ("LINEABOVE", (2, 0), (2, 0), 0.6, "#111111")
    yield KeepTogether(
        [
            Spacer(0, 24),
            Table(
                [
                    [
                        paragraph("Physiotherapist: name and signature", _FINE),
                        "",
                        paragraph("Date", _FINE),
                    ]
                ],
                colWidths=[0.55 * width, 0.05 * width, 0.4 * width],
                style=TableStyle([FONT, line, other, ("LEFTPADDING", (0, 0), (-1, -1), 0)]),
            ),
        ]
    )


def _heading(text: str) -> Iterator[Any]:
    yield Spacer(0, 6)
    yield paragraph(text, _HEAD, bold=True)
    yield Spacer(0, 2)


def _section(text: str, *parts: Any, room_pt: float = 40.0) -> Iterator[Any]:
    yield CondPageBreak(room_pt + 24)
    yield from _heading(text)
    yield from parts
