"""Writes whole charts of made-up patients, each in one transaction and marked as made up.

The record's other verbs write what happens now; a made-up history has dates of its own. Nothing of
an existing patient is touched: a chart makes its patient.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of
from motion.clinic.fields import values_of
from motion.clinic.live_rows import live_row
from motion.clinic.made_up_values import MadeUpChart, MadeUpTake, MadeUpVisit
from motion.clinic.orphans import sweep_daily
from motion.clinic.outcome_checks import require_outcome
from motion.clinic.outcome_values import OutcomeDetails
from motion.clinic.outcomes import mean_of_items
from motion.clinic.patients import new_patient_row
from motion.clinic.plan_checks import require_diary, require_item, require_settings
from motion.clinic.plan_lookup import new_plan_row
from motion.clinic.plan_rows import item_values, rule_values
from motion.clinic.plan_values import ItemDetails
from motion.clinic.record import Record
from motion.clinic.renewal import renew_suggestions
from motion.clinic.rows import analysis_row, said_values, take_values
from motion.clinic.store import Arrays, put_arrays
from motion.clinic.tables import (
    AnnotationRow,
    DiaryRow,
    ManualRow,
    OutcomeItemRow,
    OutcomeRow,
    PatientRow,
    PlanItemRow,
    PlanRow,
    ProtocolRunRow,
    ProtocolStepRow,
    RuleRow,
    SessionRow,
    TakeRow,
    TargetRow,
)
from motion.clinic.values import TakeKind
from motion.library import find_exercise, find_outcome_measure
from motion.model import Analysis

__all__ = ["MadeUpWriter", "count_patients"]

_NAMESPACE: Final = UUID("6f8a9f1e-3c1b-4c52-9a0e-5a1d5f0f7d11")
"""Of the keys of made-up takes, so that the same clinic made twice has the same addresses."""


def count_patients(record: Record) -> tuple[int, int]:
    """Return how many real and how many made-up patients the record holds."""
    query = select(PatientRow.made_up, func.count()).group_by(PatientRow.made_up)
    with record.reading() as session:
        rows = [(row[0], row[1]) for row in session.execute(query)]
    found = dict(rows)
    return found.get(False, 0), found.get(True, 0)


class MadeUpWriter:
    """Writes charts into a record; the files of a shared recording are written once."""

    def __init__(self, record: Record, author: str) -> None:
        self._record = record
        self._author = author
        self._files: dict[int, Arrays] = {}

    def write(self, chart: MadeUpChart) -> tuple[UUID, ...]:
        """Write a patient with all that belongs to it; return the keys of the takes.

        Raises
        ------
        InputError
            If an item, an entry of the diary or a score cannot be.
        RecordConflictError
            If the patient's code exists already.
        OutputError
            If the disk is full.
        """
        files = [self._put(take) for take in chart.takes]
        with self._record.writing() as session:
            author_id = author_id_of(session, self._author)
            patient = new_patient_row(session, chart.patient, self._author)
            patient.made_up, patient.created_at = True, chart.begins_at
            session.flush()
            written = _Written(session, patient, author_id)
            items = written.plan(chart)
            takes = written.takes(chart, files, items)
            written.chart(chart, items, takes)
            session.flush()
            if items:
                renew_suggestions(session, items[0].plan)
            keys = tuple(take.id for take in takes)
        sweep_daily(self._record)
        return keys

    def _put(self, take: MadeUpTake) -> Arrays:
        # Of two takes with the same recording the arrays are one and the same object.
        key = id(take.analysis.angles)
        if key not in self._files:
            self._files[key] = put_arrays(self._record, take.analysis)
        return self._files[key]


class _Written:
    """The rows of one patient."""

    def __init__(self, session: Session, patient: PatientRow, author_id: UUID | None) -> None:
        self._session = session
        self._patient = patient
        self._author_id = author_id
        self._sessions: dict[tuple[Any, ...], SessionRow] = {}

    def plan(self, chart: MadeUpChart) -> list[PlanItemRow]:
        if chart.settings is None:
            return []
        require_settings(chart.settings)
        plan = new_plan_row(self._patient)
        for name, value in values_of(chart.settings).items():
            setattr(plan, name, value)
        self._add(plan, chart.begins_at)
        self._session.flush()
        return [self._item(plan, details, chart.begins_at) for details in chart.items]

    def _item(self, plan: PlanRow, details: ItemDetails, begins_at: datetime) -> PlanItemRow:
        given = details.prescription
        require_item(details, find_exercise(given.exercise), self._patient.withheld_joints)
        row = PlanItemRow(plan_id=plan.id, plan=plan, **item_values(details), dosed_at=begins_at)
        if details.rule is not None:
            row.rule = RuleRow(**rule_values(details.rule), author_id=self._author_id)
        self._add(row, begins_at)
        return row

    def takes(
        self, chart: MadeUpChart, files: list[Arrays], items: list[PlanItemRow]
    ) -> list[TakeRow]:
        # All sessions before all takes, so that either is written in one go.
        sessions = [self._session_of(take.analysis) for take in chart.takes]
        self._session.flush()
        rows = [
            self._take(take, arrays, of_day.id)
            for take, arrays, of_day in zip(chart.takes, files, sessions, strict=True)
        ]
        self._session.flush()
        for take, row in zip(chart.takes, rows, strict=True):
            if take.facts is not None:
                live = live_row(take.facts)
                live.take_id = row.id
                live.plan_item_id = None if take.item is None else items[take.item].id
                self._add(live, row.started_at)
        return rows

    def _take(self, take: MadeUpTake, arrays: Arrays, session_id: UUID) -> TakeRow:
        analysis = take.analysis
        reading = analysis_row(analysis)
        reading.landmarks_digest, reading.angles_digest = arrays
        reading.author_id, reading.created_at = self._author_id, analysis.started_at
        values = take_values(analysis)
        row = TakeRow(
            **said_values(analysis),
            **values,
            id=uuid5(_NAMESPACE, values["digest"]),
            kind=TakeKind.POSE,
            landmarks_digest=arrays.landmarks_digest,
            patient_id=self._patient.id,
            session_id=session_id,
            excluded_reason=take.excluded_reason,
            analyses=[reading],
        )
        self._add(row, analysis.started_at)
        return row

    def _session_of(self, analysis: Analysis) -> SessionRow:
        said, day = analysis.conditions, analysis.started_at.date()
        key = (day, said.setting, said.mode, said.position)
        if key not in self._sessions:
            names = ("day", "setting", "mode", "position")
            row = SessionRow(patient_id=self._patient.id, **dict(zip(names, key, strict=True)))
            self._sessions[key] = row
            self._add(row, analysis.started_at)
        return self._sessions[key]

    def chart(self, chart: MadeUpChart, items: list[PlanItemRow], takes: list[TakeRow]) -> None:
        for entry in chart.diary:
            require_diary(entry.details)
            self._add(
                DiaryRow(
                    plan_item_id=items[entry.item].id,
                    day=entry.details.done_at.date(),
                    **values_of(entry.details),
                ),
                entry.details.done_at,
            )
        for target in chart.targets:
            of_target = TargetRow(patient_id=self._patient.id, **values_of(target.details))
            self._add(of_target, target.set_at)
        for note in chart.annotations:
            self._add(
                AnnotationRow(patient_id=self._patient.id, **values_of(note)), chart.begins_at
            )
        scores = [self._outcome(each, chart.begins_at) for each in chart.outcomes]
        if chart.visits:
            self._session.flush()
        for visit in chart.visits:
            self._visit(visit, takes, scores)
        for hand in chart.by_hand:
            take = takes[hand.take]
            self._add(
                ManualRow(
                    patient_id=self._patient.id,
                    take_id=take.id,
                    measured_at=take.started_at,
                    zone=take.zone,
                    position=take.position,
                    setting=take.setting,
                    source="",
                    **values_of(hand.by_hand),
                ),
                take.started_at,
            )

    def _visit(self, visit: MadeUpVisit, takes: list[TakeRow], scores: list[OutcomeRow]) -> None:
        steps = [
            ProtocolStepRow(
                sequence=place,
                step=each.step,
                take_id=None if each.take is None else takes[each.take].id,
                outcome_id=None if each.outcome is None else scores[each.outcome].id,
                skipped_reason=each.skipped_reason,
                author_id=self._author_id,
                created_at=each.noted_at,
            )
            for place, each in enumerate(visit.steps)
        ]
        self._add(
            ProtocolRunRow(
                patient_id=self._patient.id,
                protocol=visit.protocol,
                setting=visit.setting,
                ended_at=visit.ended_at,
                steps=steps,
            ),
            visit.started_at,
        )

    def _outcome(self, details: OutcomeDetails, at: datetime) -> OutcomeRow:
        require_outcome(details, find_outcome_measure(details.instrument))
        said = values_of(details)
        items = said.pop("items")
        if items:
            said["score"] = mean_of_items(items)
        rows = [
            OutcomeItemRow(sequence=place, text=item.text, score=item.score)
            for place, item in enumerate(items)
        ]
        row = OutcomeRow(patient_id=self._patient.id, **said, items=rows)
        self._add(row, at)
        return row

    def _add(self, row: Any, at: datetime) -> None:
        row.author_id, row.created_at = self._author_id, at
        self._session.add(row)
