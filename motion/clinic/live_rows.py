"""What a live take says of itself, as rows and back."""

import math
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from motion.clinic.fields import columns_of, prefixed, rows_of, unprefixed, values_of
from motion.clinic.live_tables import CoachedRepetitionRow, CompensationRow, LiveTakeRow
from motion.model import CoachedRepetition, Compensated, LiveFacts, NeutralPose

__all__ = ["StoredFacts", "live_row", "to_facts"]

_NESTED = ("repetitions", "compensations", "neutral")
_PLAIN = tuple(field.name for field in fields(LiveFacts) if field.name not in _NESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFacts(LiveFacts):
    """What the record holds of a live take besides its analysis.

    ``item_id`` is the item of the plan that it was done for, None where it was for none;
    ``version`` counts the changes of the answers.
    """

    take_id: UUID
    item_id: UUID | None
    version: int


def live_row(facts: LiveFacts) -> LiveTakeRow:
    """Return the rows of what a live take says, without its take, its item and its author."""
    given = values_of(facts)
    plain: dict[str, Any] = {name: given[name] for name in _PLAIN}
    return LiveTakeRow(
        **plain,
        **({} if facts.neutral is None else prefixed("neutral", facts.neutral)),
        repetitions=rows_of(CoachedRepetitionRow, facts.repetitions),
        compensations=rows_of(CompensationRow, facts.compensations),
    )


def to_facts(row: LiveTakeRow) -> StoredFacts:
    """Return what a live take said."""
    neutral = unprefixed("neutral", row, NeutralPose)
    held = not math.isnan(neutral["start_s"])
    return StoredFacts(
        **{name: getattr(row, name) for name in _PLAIN},
        neutral=NeutralPose(**neutral) if held else None,
        repetitions=tuple(
            CoachedRepetition(**columns_of(each, CoachedRepetition)) for each in row.repetitions
        ),
        compensations=tuple(
            Compensated(**columns_of(each, Compensated)) for each in row.compensations
        ),
        take_id=row.take_id,
        item_id=row.plan_item_id,
        version=row.version,
    )
