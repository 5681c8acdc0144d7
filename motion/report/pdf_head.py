"""Whose progress a report is about, and over which period."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from reportlab.platypus import Spacer, Table, TableStyle

from motion.clinic.wording import side_title
from motion.model import Side
from motion.report.pdf_text import FONT, paragraph, shorten, text_width
from motion.report.progress_values import ProgressReport
from motion.report.sentences import day_text

__all__ = ["NAME_LETTERS", "lay_out_identity"]

NAME_LETTERS: Final = 60
"""Of a code or a name at most."""

_TITLE: Final = 15.0
_HEAD: Final = 9.0
_BODY: Final = 7.4
_NOTE_LETTERS: Final = 160


def lay_out_identity(report: ProgressReport, width: float) -> Iterator[Any]:
    """Return the title and who, when and how many takes the report is about."""
    patient = report.patient
    made_on = f"Made on {day_text(report.made_on)}"
    date_width = text_width(made_on, _BODY) + 1
    yield Table(
        [
            [
                paragraph("Progress report", _TITLE, bold=True),
                paragraph(made_on, _BODY, grey=True),
            ]
        ],
        colWidths=[width - date_width, date_width],
        style=TableStyle(
            [
                FONT,
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        ),
    )
    yield Spacer(0, 3)
    if patient.made_up:
        made_up = "Made-up patient: this record is a demonstration, and no person is behind it."
        yield paragraph(made_up, _BODY, bold=True)
    name = shorten(patient.name, NAME_LETTERS)
    side = patient.affected_side
    facts = [
        f"Patient {shorten(patient.code, NAME_LETTERS)}",
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
