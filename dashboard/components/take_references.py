"""What the numbers of a take may be held against, each with its source."""

import math
from collections.abc import Mapping

import streamlit as st

from dashboard import words
from dashboard.against import Against, gather
from dashboard.components.tables import Cell, SourcedCell, show_table
from dashboard.components.take_tables import group_by_angle
from dashboard.known_takes import takes_of
from dashboard.other_side_words import side_difference, side_verdict
from dashboard.target_words import distance, target_text
from motion.clinic import (
    Patient,
    StoredTake,
    TakeSummary,
    Target,
    find_patient,
    list_targets,
    open_record,
)
from motion.clinic.other_side import OtherSide
from motion.model import Measurement, Side
from motion.norms import Norm

__all__ = ["Beside", "gather_for_take", "show_references"]

Beside = Mapping[tuple[str, str, Side], tuple[Measurement, Against]]
"""The result of each measured angle with what may stand beside it."""


def gather_for_take(take: StoredTake) -> Beside:
    """Return what each measured angle of a take may be held against; nothing for a nobody."""
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
        takes = takes_of(record, take.patient_code) if patient is not None else ()
        targets = list_targets(record, take.patient_code)
    summary = next((each for each in takes if each.id == take.id), None)
    if patient is None or summary is None:
        return {}
    return _gather_all(patient, takes, summary, targets)


def _gather_all(
    patient: Patient,
    takes: tuple[TakeSummary, ...],
    take: TakeSummary,
    targets: tuple[Target, ...],
) -> dict[tuple[str, str, Side], tuple[Measurement, Against]]:
    found = {}
    for group in group_by_angle(take.measurements):
        result = result_of(group, take.movement)
        if result is not None:
            named = (result.joint, result.motion, result.side)
            found[named] = (result, gather(patient, takes, take, result, targets))
    return found


def result_of(group: list[Measurement], movement: str) -> Measurement | None:
    """Return the number that an angle is judged by: the smallest of an extension test."""
    straightens = words.is_extension_test(movement) and group[0].joint in words.EXTENDED_TO_ZERO
    wanted = "rom_min" if straightens else "rom_max"
    return next((m for m in group if m.measure == wanted and math.isfinite(m.value)), None)


def show_references(beside: Beside, movement: str) -> None:
    """Show what the numbers may be held against, as a table with its sources."""
    if not beside:
        return
    rows = [_row(m, against, movement) for m, against in beside.values()]
    columns = ("Angle", "Measured", "Published value", "Daily tasks need", "Other side", "Target")
    show_table(
        columns,
        rows,
        "Not a judgement: what is published, this patient's other side, and the target",
    )
    sources = _sources_of(beside)
    if sources:
        with st.expander("Sources"):
            st.markdown("\n".join(f"- {words.plain(line)}" for line in sources))
    st.caption(
        "A published value says where others were, measured by another method, most of them by "
        "hand; this camera errs in its own way. Sides are compared in degrees. "
        f"{words.DIFFERENCES}"
    )


def _row(m: Measurement, against: Against, movement: str) -> list[Cell]:
    references = against.references
    return [
        words.angle_title(m.joint, m.motion, m.side),
        words.reached(m, movement),
        _published(references.published, references.reason),
        _tasks(references.functional),
        _other(against.other, m) if against.moved else "–",
        _target(against, m, movement),
    ]


def _target(against: Against, m: Measurement, movement: str) -> Cell:
    if not math.isfinite(against.target_deg):
        return "–"
    return SourcedCell(
        target_text(m, against.target_deg, movement),
        against.target_source,
        distance(m, against.target_deg, movement),
    )


def _published(norms: tuple[Norm, ...], reason: str) -> Cell:
    if not norms:
        return ("–", f"{reason[:1].upper()}{reason[1:]}")
    norm = norms[0]
    text = words.degrees(norm.value_deg)
    if norm.has_range:
        text = f"{words.degrees(norm.low_deg)} to {words.degrees(norm.high_deg)}"
    return SourcedCell(text, _cite(norm), norm.label)


def _tasks(norms: tuple[Norm, ...]) -> Cell:
    if not norms:
        return "–"
    text = ", ".join(f"{norm.label.lower()} {words.degrees(norm.value_deg)}" for norm in norms)
    return SourcedCell(f"{text[:1].upper()}{text[1:]}", "; ".join(map(_cite, norms)))


def _other(other: OtherSide | None, m: Measurement) -> Cell:
    if other is None:
        return ("–", "No comparable take" if m.side in (Side.LEFT, Side.RIGHT) else "")
    when = f"this patient, {words.date_text(other.take.started_at)}"
    said = side_difference(other, m)
    if said != "the same on this side":
        said += f", {side_verdict(other, m)}"
    return SourcedCell(words.degrees(other.measurement.value), when, said)


def _cite(norm: Norm) -> str:
    how = f"; {norm.note}" if norm.note else ""
    return f"{norm.source} ({norm.method}{how})"


def _sources_of(beside: Beside) -> list[str]:
    shown = [norm for _, against in beside.values() for norm in against.references.shown]
    published = (f"{norm.label}: {_cite(norm)}" for norm in shown)
    targets = (
        f"Target of {words.angle_title(*named)}: {against.target_source}"
        for named, (_, against) in beside.items()
        if against.target_source
    )
    return list(dict.fromkeys((*published, *targets)))
