"""A patient's exercises on paper: picture, dose, how it is done, when to stop."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from motion.clinic.plan_values import Weekday
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.report.dose_lines import dose_lines
from motion.report.files import replace_file
from motion.report.pdf_pages import About, Built, Paper, build_pdf
from motion.report.pdf_picture import draw_exercise
from motion.report.pdf_text import FONT, MISSING, PALE, paragraph, shorten
from motion.texts import Texts

__all__ = ["Handout", "HandoutItem", "lay_out_handout", "write_handout_pdf"]

_TITLE: Final = 18.0
_HEAD: Final = 13.0
_BODY: Final = 11.0
_PICTURE_PT: Final = 118.0
_NAME_LETTERS: Final = 60
_NOTE_LETTERS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutItem:
    """One exercise of the plan.

    Parameters
    ----------
    times_per_week, weekdays
        How often, and on which days; empty for any.
    limited
        Whether the clinic set how far it may go at most.
    stops_earlier
        Whether its own limit of pain is below the plan's, which stands above all exercises.
    note
        The physiotherapist's words for the patient.
    """

    exercise: Exercise
    prescription: Prescription
    times_per_week: int
    weekdays: tuple[Weekday, ...]
    limited: bool
    stops_earlier: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """What a patient takes home.

    Parameters
    ----------
    texts
        Of the patient's language.
    items
        What may be done at home.
    not_at_home
        Titles of the exercises that may not, each with why, in the patient's words.
    safety
        Keys of the texts that stand before the exercises.
    pain_limit
        Above this pain, 0 to 10, the patient stops.
    made_up
        Whether no person is behind the name: each page says so.
    """

    name: str
    made_on: date
    texts: Texts
    items: tuple[HandoutItem, ...]
    not_at_home: tuple[tuple[str, str], ...]
    safety: tuple[str, ...]
    pain_limit: int
    note: str
    made_up: bool = False


def write_handout_pdf(handout: Handout, path: Path, paper: Paper = Paper.A4) -> None:
    """Write the handout as a PDF.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    content = lay_out_handout(handout, paper).content
    with replace_file(path) as partial:
        partial.write_bytes(content)


def lay_out_handout(handout: Handout, paper: Paper = Paper.A4) -> Built:
    """Return the handout as a PDF, no exercise parted by the end of a page."""
    say = handout.texts.say
    made_up = f" · {say('handout.made_up')}" if handout.made_up else ""
    about = About(
        title=say("handout.title"),
        across=say("safety.own_choice"),
        left=f"{shorten(handout.name, _NAME_LETTERS)}{made_up} · {_day(handout)}",
        page=lambda number, count: say("handout.page", number=str(number), count=str(count)),
        language=handout.texts.language,
        missing=f"{MISSING} {say('handout.missing')}",
    )
    return build_pdf(lambda: list(_tell(handout, paper.room_pt)), paper, about)


def _tell(handout: Handout, width: float) -> Iterator[Any]:
    say = handout.texts.say
    yield paragraph(say("handout.title"), _TITLE, bold=True)
    yield Spacer(0, 2)
    yield paragraph(shorten(handout.name, _NAME_LETTERS), _HEAD)
    if handout.made_up:
        yield paragraph(say("handout.made_up"), _BODY, bold=True)
    yield Spacer(0, 6)
    yield _care(handout, width)
    if handout.note:
        said = say("today.from_clinic", note=shorten(handout.note, _NOTE_LETTERS))
        yield Spacer(0, 6)
        yield paragraph(said, _BODY)
    for item in handout.items:
        yield Spacer(0, 12)
        yield KeepTogether([_exercise(item, handout.texts, width)])
    if handout.not_at_home:
        yield Spacer(0, 12)
        yield KeepTogether(
            [
                paragraph(say("today.not_here"), _HEAD, bold=True),
                *(
                    paragraph(f"{title}: {why}", _BODY, bullet="•")
                    for title, why in handout.not_at_home
                ),
            ]
        )


def _care(handout: Handout, width: float) -> Any:
    say = handout.texts.say
    lines = [
        *(say(key) for key in handout.safety),
        say("handout.pain", limit=str(handout.pain_limit)),
    ]
    told = [
        paragraph(say("safety.title"), _HEAD, bold=True),
        Spacer(0, 2),
        *(paragraph(line, _BODY, bullet="•") for line in lines),
    ]
    return Table(
        [[told]],
        colWidths=[width],
        style=TableStyle(
            [
                FONT,
                ("BOX", (0, 0), (-1, -1), 1.2, "#111111"),
                ("BACKGROUND", (0, 0), (-1, -1), PALE),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        ),
    )


def _exercise(item: HandoutItem, texts: Texts, width: float) -> Any:
    name = f"exercise.{item.exercise.name}"
    given = item.prescription
    told = [
        paragraph(texts.say(f"{name}.title"), _HEAD, bold=True),
        Spacer(0, 2),
        paragraph(" · ".join(dose_lines(given, texts, measured=False)), _BODY, bold=True),
        paragraph(_often(item, texts), _BODY),
        Spacer(0, 3),
        paragraph(texts.say(f"{name}.how"), _BODY),
        *([paragraph(texts.say("handout.limit"), _BODY, bold=True)] if item.limited else []),
        *([paragraph(_own_pain(item, texts), _BODY, bold=True)] if item.stops_earlier else []),
        paragraph(texts.say(f"{name}.care"), _BODY, bold=True),
    ]
    if item.note:
        said = texts.say("today.from_clinic", note=shorten(item.note, _NOTE_LETTERS))
        told.append(paragraph(said, _BODY))
    told += [Spacer(0, 4), paragraph(_boxes(item, texts), _BODY, grey=True)]
    picture = draw_exercise(item.exercise, _PICTURE_PT, given.side)
    return Table(
        [[picture, told]],
        colWidths=[_PICTURE_PT + 12, width - _PICTURE_PT - 12],
        style=TableStyle(
            [
                FONT,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#999999"),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        ),
    )


def _day(handout: Handout) -> str:
    day, say = handout.made_on, handout.texts.say
    return say("handout.day", day=str(day.day), month=say(f"month.{day.month}"), year=f"{day:%Y}")


def _own_pain(item: HandoutItem, texts: Texts) -> str:
    return texts.say("handout.pain_here", limit=str(item.prescription.pain_limit))


def _often(item: HandoutItem, texts: Texts) -> str:
    said = texts.say("handout.often", times=str(item.times_per_week))
    days = ", ".join(texts.say(f"weekday.{day}") for day in item.weekdays)
    return f"{said}: {days}" if days else said


def _boxes(item: HandoutItem, texts: Texts) -> str:
    """Return a box to tick for each time of a week: on its days, or numbered on any."""
    days = item.weekdays or tuple(Weekday)
    if item.weekdays or item.times_per_week % len(days) == 0:
        box = "□" * max(item.times_per_week // len(days), 1)
        named = [f"{box}\N{NO-BREAK SPACE}{texts.say(f'weekday.{day}')}" for day in days]
    else:
        named = [f"□\N{NO-BREAK SPACE}{n}" for n in range(1, item.times_per_week + 1)]
    return "\N{NO-BREAK SPACE} ".join(named)
