"""The progress report of a patient on one or two sheets of paper."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer, Table, TableStyle

from motion.clinic.chart_values import Annotation
from motion.clinic.pain import PainPoint
from motion.clinic.wording import INTENDED_USE, label
from motion.report.condition_words import common_conditions
from motion.report.files import replace_file
from motion.report.method_notes import method_notes
from motion.report.pdf_chart import draw_trend, shows_range
from motion.report.pdf_head import NAME_LETTERS, lay_out_identity
from motion.report.pdf_pages import About, Built, Paper, build_pdf, count_pages
from motion.report.pdf_rooms import Room, find_room
from motion.report.pdf_tables import lay_out_measures, lay_out_scores
from motion.report.pdf_text import FONT, paragraph, shorten
from motion.report.progress_values import Followed, ProgressReport
from motion.report.sentences import day_text, joined, progress_sentence

__all__ = ["lay_out_progress", "write_progress_pdf"]

_HEAD: Final = 9.0
_BODY: Final = 7.4
_FINE: Final = 6.2
_CHART_PT: Final = 118.0
_GAP_PT: Final = 10.0
_MOST_PAGES: Final = 2
_EVENT_LETTERS: Final = 90
_LETTERS: Final = "abcdefghijkl"


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
        left=f"{shorten(patient.code, NAME_LETTERS)}{made_up} · made on {day_text(report.made_on)}",
    )

    def fits(room: Room) -> bool:
        return count_pages(partial(_story, report, room, paper), paper, about) <= _MOST_PAGES

    room = find_room(_known(report), fits)
    return build_pdf(partial(_story, report, room, paper), paper, about)


def _known(report: ProgressReport) -> Room:
    return Room(
        angles=len(report.angles),
        walking=len(report.walking),
        charts=len(_drawn(report.followed)),
        scores=len(report.scores),
        events=len(report.annotations),
    )


def _story(report: ProgressReport, room: Room, paper: Paper) -> list[Any]:
    return list(_tell(report, room, paper.room_pt))


def _tell(report: ProgressReport, room: Room, width: float) -> Iterator[Any]:
    angles, walking = report.angles[: room.angles], report.walking[: room.walking]
    shown = (*angles, *walking)
    events = report.annotations[-room.events :]
    marked = [(each.day, letter) for each, letter in zip(events, _LETTERS, strict=False)]
    yield from lay_out_identity(report, width)
    yield from _summary(shown)
    common = common_conditions(each.last.take for each in shown if not each.by_hand)
    if common:
        yield Spacer(0, 3)
        yield paragraph(f"All takes below: {'; '.join(common)}.", _FINE, grey=True)
    if angles:
        yield from _section("Range of motion", lay_out_measures(angles, width, common))
    if walking:
        said = lay_out_measures(walking, width, common)
        yield from _section("Walking and functional tests", said)
    yield from _charts(shown, room.charts, marked, width)
    yield from _scores_and_pain(report, room, width)
    yield from _plan(report)
    yield from _events(events, len(report.annotations))
    yield from _method(report, shown, room)
    yield from _signature(width)


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
    followed = _drawn(shown)[:most]
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
        "target. Dotted: other side."
    )
    if any(shows_range(each) for each in followed):
        key += " Grey band: published range."
    if any(math.isfinite(each.limit_deg) for each in followed):
        key += " Long dashes: the plan's limit."
    if any(each.recovery is not None for each in followed):
        key += (
            " Thin dashes behind the last take: how it goes on if as until now, between thin lines "
            "8 of 10 further takes; no promise."
        )
    if marked:
        key += " Letters: events, listed below."
    yield from _section("Over time", grid, paragraph(key, _FINE, grey=True), room_pt=_CHART_PT)


def _drawn(shown: Sequence[Followed]) -> list[Followed]:
    """Return what has a curve: of one take there is none."""
    return [each for each in shown if each.baseline is not each.last]


def _scores_and_pain(report: ProgressReport, room: Room, width: float) -> Iterator[Any]:
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
        parts += [Spacer(0, 3), paragraph(_pain_sentence(report.pain), _BODY)]
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


def _method(report: ProgressReport, shown: Sequence[Followed], room: Room) -> Iterator[Any]:
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
