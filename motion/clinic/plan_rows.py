"""Plans as rows and back, field by field."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from motion.clinic.fields import columns_of, values_of
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow, SuggestionRow
from motion.clinic.plan_values import (
    DiaryDetails,
    DiaryEntry,
    ItemDetails,
    PlanItem,
    PlanSettings,
    PlanSettingsDetails,
    PlanSuggestion,
    ProgressionRule,
    Suggestion,
    Weekday,
)
from motion.exercise.prescription import Dose, Prescription

__all__ = [
    "DOSE_COLUMNS",
    "changes_of",
    "item_values",
    "rule_values",
    "to_diary",
    "to_item",
    "to_settings",
    "to_suggestion",
]

_DOSE = tuple(field.name for field in fields(Dose))
_ANGLES = ("target_deg", "tolerance_deg", "max_allowed_deg", "pain_limit")

DOSE_COLUMNS = frozenset((*_DOSE, *_ANGLES))
"""What a change of begins the counting of sessions anew."""


def item_values(details: ItemDetails) -> dict[str, Any]:
    """Return the columns of an item that somebody chooses, without its rule."""
    given = details.prescription
    return {
        "exercise": given.exercise,
        "side": given.side,
        **values_of(given.dose),
        **{name: getattr(given, name) for name in _ANGLES},
        "times_per_week": details.times_per_week,
        "weekdays": tuple(day.value for day in details.weekdays),
        "started_on": details.started_on,
        "note": details.note,
    }


def rule_values(rule: ProgressionRule) -> dict[str, Any]:
    """Return the columns of a rule that is kept."""
    return {**values_of(rule), "kept": True}


def changes_of(row: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return ``{column: (before, after)}`` of what differs; a number that is not set is None."""
    both = {name: (_known(getattr(row, name)), _known(value)) for name, value in values.items()}
    return {name: change for name, change in both.items() if change[0] != change[1]}


def to_settings(row: PlanRow | None) -> PlanSettings:
    """Return the settings of a plan; the defaults where there is none yet."""
    if row is None:
        return PlanSettings()
    return PlanSettings(
        **columns_of(row, PlanSettingsDetails),
        version=row.version,
        from_clinic=row.adopted_at is not None,
    )


def to_item(row: PlanItemRow, prescribed_by: str | None) -> PlanItem:
    """Return an item with its rule."""
    kept = row.rule is not None and row.rule.kept
    return PlanItem(
        prescription=Prescription(
            exercise=row.exercise,
            side=row.side,
            dose=Dose(**columns_of(row, Dose)),
            **{name: getattr(row, name) for name in _ANGLES},
        ),
        started_on=row.started_on,
        times_per_week=row.times_per_week,
        weekdays=tuple(Weekday(day) for day in row.weekdays),
        note=row.note,
        rule=ProgressionRule(**columns_of(row.rule, ProgressionRule)) if kept else None,
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        dosed_at=row.dosed_at,
        prescribed_by=prescribed_by,
        ended_on=row.ended_on,
    )


def to_suggestion(row: SuggestionRow, decided_by: str | None) -> PlanSuggestion:
    """Return a suggestion."""
    return PlanSuggestion(
        **columns_of(row, Suggestion),
        id=row.id,
        item_id=row.plan_item_id,
        version=row.version,
        made_at=row.created_at,
        decision=row.decision,
        decided_at=row.decided_at,
        decided_by=decided_by,
        decision_reason=row.decision_reason,
    )


def to_diary(row: DiaryRow) -> DiaryEntry:
    """Return an entry of the diary."""
    said = columns_of(row, DiaryDetails)
    return DiaryEntry(**said, id=row.id, item_id=row.plan_item_id, day=row.day, version=row.version)


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
