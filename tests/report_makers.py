"""Progress reports without a record, and the words on their pages."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from clinic_makers import STARTED_AT, make_measurement
from clinic_takes import make_take
from pypdf import PdfReader

from motion.clinic import ManualMeasurement, Patient, TakeSummary, follow
from motion.library import load_meaningful
from motion.model import Measurement, Position, Setting, Side
from motion.report.progress_values import Followed, ProgressReport

MADE_ON = date(2026, 6, 1)
RIGHT_KNEE = {"side": Side.RIGHT}


def make_patient(**changes: Any) -> Patient:
    """Return a patient of the record; any field may be given."""
    given: dict[str, Any] = {
        "code": "P-1",
        "id": uuid4(),
        "version": 1,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Patient(**(given | changes))


def follow_numbers(
    numbers: Iterable[Measurement], *, days: Sequence[float] = (), **changes: Any
) -> Followed:
    """Return one line of takes, a week apart or on the days named."""
    takes = [
        make_take(days[place] if days else 7.0 * place, number, side=number.side, **changes)
        for place, number in enumerate(numbers)
    ]
    return follow_takes(takes)


def follow_takes(takes: Iterable[TakeSummary]) -> Followed:
    """Return the last line of some takes of one measure."""
    return Followed(line=follow(takes, load_meaningful())[-1])


def right_knee(*values: float, **changes: Any) -> Followed:
    """Return the largest angle of a right knee over some weeks."""
    return follow_numbers(make_measurement(value, **(RIGHT_KNEE | changes)) for value in values)


def by_hand(value_deg: float, **changes: Any) -> ManualMeasurement:
    """Return what a goniometer gave of a left knee's flexion; any field may be given."""
    given: dict[str, Any] = {
        "measure": "rom_max",
        "joint": "knee",
        "motion": "flexion",
        "side": Side.LEFT,
        "value_deg": value_deg,
        "id": uuid4(),
        "take_id": None,
        "measured_at": STARTED_AT,
        "position": Position.SUPINE,
        "setting": Setting.CLINIC,
        "source": "",
        "version": 1,
        "created_at": STARTED_AT,
        "excluded_reason": None,
    }
    return ManualMeasurement(**(given | changes))


def make_report(*angles: Followed, **changes: Any) -> ProgressReport:
    """Return a report of some angles; any field may be given."""
    walking = changes.get("walking", ())
    takes = {
        point.take.id: point.take for each in (*angles, *walking) for point in each.line.points
    }
    days = [take.started_at.date() for take in takes.values()] or [MADE_ON]
    given: dict[str, Any] = {
        "patient": make_patient(),
        "first_day": min(days),
        "last_day": max(days),
        "made_on": MADE_ON,
        "angles": angles,
        "walking": (),
        "scores": (),
        "pain": (),
        "plan": None,
        "annotations": (),
        "takes": tuple(takes.values()),
        "excluded": (),
    }
    return ProgressReport(**(given | changes))


def with_take(followed: Followed, **changes: Any) -> Followed:
    """Return the same line, with the last take's fields changed."""
    *before, last = followed.line.points
    changed = replace(last, take=replace(last.take, **changes))
    return replace(followed, line=replace(followed.line, points=(*before, changed)))


def read_pages(content: bytes) -> list[str]:
    """Return the words of each page of a PDF, on one line."""
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def read_fonts(content: bytes) -> dict[str, bool]:
    """Return the fonts of a PDF, and whether each is in the file."""
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for each in page["/Resources"]["/Font"].values():
            font = each.get_object()
            described = font.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = described is not None and (
                "/FontFile2" in described.get_object()
            )
    return found
