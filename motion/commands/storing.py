"""What `motion analyse` puts into the patient record, and what it asks it first."""

from collections.abc import Callable
from pathlib import Path

from motion.clinic import (
    Patient,
    Record,
    StoredTake,
    TakeKind,
    add_analysis,
    ensure_patient,
    find_patient,
    find_take,
    load_take,
    open_record,
    store_analysis,
)
from motion.errors import InputError
from motion.model import Analysis, Origin
from motion.norms import Subject
from motion.remarks import find_side_conflict

__all__ = ["describe_subject", "find_known_patient", "store"]

_ABOUT_THE_FILE = ("started_at_clock",)


def find_known_patient(code: str) -> Patient | None:
    """Return what the record says of a patient; None of a new one."""
    with open_record() as record:
        return find_patient(record, code)


def describe_subject(patient: Patient | None, analysis: Analysis) -> Subject | None:
    """Return who was measured, for published values; None where the record does not say."""
    if patient is None:
        return None
    return Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=analysis.started_at.date(),
    )


def store(
    analysis: Analysis,
    code: str,
    source: Path | None,
    annotated: Path | None,
    on_warning: Callable[[str], None],
    kind: TakeKind = TakeKind.POSE,
) -> None:
    """Store a take, or the new analysis of one that is stored.

    Raises
    ------
    InputError
        If another side moved than was planned: saving stops and asks (clinical_rules.md 10).
    """
    conflict = find_side_conflict(analysis)
    if conflict:
        msg = f"not stored under {code}: {conflict}; record again or name the other side"
        raise InputError(msg)
    digest = analysis.provenance.input.sha256
    with open_record() as record:
        ensure_patient(record, code)
        stored = find_take(record, code, digest, analysis.movement)
        if stored is None:
            store_analysis(record, analysis, code, source=source, annotated=annotated, kind=kind)
            return
        on_warning(_measure_again(record, load_take(record, stored), analysis))


def _measure_again(record: Record, take: StoredTake, analysis: Analysis) -> str:
    """Make the analysis the take's current one, if it says anything new; return what was done."""
    where = f"This recording is stored under {take.patient_code} already"
    if _said(take.analysis) == _said(analysis):
        return f"{where}; it was not stored twice."
    add_analysis(record, take.id, analysis, "measured again with other settings")
    corrected = any(event.origin is Origin.BY_HAND for event in take.analysis.events)
    undone = "; steps were found anew, those corrected by hand are in the one before"
    return (
        f"{where}; this is its new current analysis, the one before is kept"
        f"{undone if corrected else ''}."
    )


def _said(analysis: Analysis) -> tuple[object, ...]:
    made_by = analysis.provenance
    settings = {k: v for k, v in made_by.settings if k not in _ABOUT_THE_FILE}
    return analysis.side, analysis.conditions, settings, made_by.model.sha256, made_by.software
