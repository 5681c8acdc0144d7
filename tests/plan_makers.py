"""Plans and what was done of them, in a clinic's record and on a patient's own computer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from clinic_makers import make_analysis, make_provenance, make_recording

from motion.clinic import (
    DiaryDetails,
    ItemDetails,
    PatientDetails,
    PlanItem,
    Record,
    StoredTake,
    add_patient,
    find_patient,
    list_items,
    note_done,
    open_record,
    prescribe,
    store_live,
)
from motion.exchange import adopt_plan, read_plan_file, write_plan_file
from motion.exercise.prescription import Dose, Prescription
from motion.model import LiveEnd, LiveFacts, LiveSource, Setting, Side

__all__ = [
    "GUIDED",
    "MEASURED",
    "STANDING",
    "at_home",
    "did",
    "live_take",
    "make_plan",
    "only_item",
    "put_item",
]

GUIDED, MEASURED, STANDING = "quad_set", "seated_knee_extension", "squat"
_SIDES = {STANDING: Side.BOTH}
_LONG_AGO = date.today() - timedelta(days=60)


def put_item(record: Record, name: str, code: str = "P-1", **changes: Any) -> PlanItem:
    """Prescribe an exercise of the library since long ago."""
    given = Prescription(
        exercise=name, side=_SIDES.get(name, Side.LEFT), dose=Dose(sets=2, repetitions=10)
    )
    return prescribe(record, code, ItemDetails(prescription=given, started_on=_LONG_AGO, **changes))


def make_plan(record: Record, *names: str, code: str = "P-1", **details: Any) -> list[PlanItem]:
    """Add a patient with a plan."""
    if find_patient(record, code) is None:
        add_patient(record, PatientDetails(code=code, birth_year=1960, **details))
    return [put_item(record, name, code) for name in names]


def did(record: Record, item_id: UUID, *, days_ago: float = 0.0, **changes: Any) -> None:
    """Write into the diary that an exercise was done as prescribed."""
    said = DiaryDetails(
        done_at=datetime.now().astimezone() - timedelta(days=days_ago), sets=2, repetitions=10
    )
    note_done(record, item_id, replace(said, **changes))


def live_take(record: Record, item: PlanItem, code: str = "P-1", **changes: Any) -> StoredTake:
    """Store a live take of an item, made an hour ago, or as said."""
    started_at = changes.pop("started_at", datetime.now().astimezone() - timedelta(hours=1))
    frames = changes.pop("frames", 60)
    given = item.prescription
    facts = LiveFacts(
        exercise=given.exercise,
        side=given.side,
        source=LiveSource.CAMERA,
        rate_hz=30.0,
        dropped_frames=0,
        delay_p95_ms=50.0,
        end=LiveEnd.FINISHED,
        sets_wanted=given.dose.sets,
        repetitions_wanted=given.dose.sets * given.dose.repetitions,
    )
    made = make_analysis(
        recording=make_recording(frames),
        movement=given.exercise,
        side=given.side,
        provenance=make_provenance(f"{frames:064x}"),
    )
    analysis = replace(
        made,
        started_at=started_at,
        conditions=replace(made.conditions, setting=Setting.HOME),
    )
    return store_live(record, analysis, replace(facts, **changes), code, item_id=item.id)


@contextmanager
def at_home(home: Path, clinic: Path, plan_file: Path, code: str = "P-1") -> Iterator[Record]:
    """Write a clinic's plan file, take it in at home, and give the record there."""
    with open_record(folder=clinic) as record:
        write_plan_file(record, code, plan_file)
    with open_record(folder=home) as record:
        adopt_plan(record, read_plan_file(plan_file))
        yield record


def only_item(record: Record, name: str, code: str = "P-1") -> PlanItem:
    """Return the one item of an exercise."""
    (found,) = [each for each in list_items(record, code) if each.prescription.exercise == name]
    return found
