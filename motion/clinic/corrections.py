"""What a corrected analysis changed, in words that the edit rows keep."""

import math
from typing import Any

from motion.clinic.event_changes import event_changes
from motion.clinic.fields import columns_of
from motion.clinic.tables import AnalysisRow
from motion.model import Event

__all__ = ["corrections_of"]

_OWN = frozenset(
    ("id", "version", "take_id", "parent_id", "is_current", "author_id", "created_at", "timings")
)

Change = tuple[Any, Any]


def corrections_of(before: AnalysisRow, after: AnalysisRow) -> dict[str, Change]:
    """Return ``{field: (before, after)}`` of what differs, also of what was found."""
    columns = {
        name: (getattr(before, name), getattr(after, name))
        for name in AnalysisRow.__table__.columns.keys()  # noqa: SIM118  (a view of names)
        if name not in _OWN
    }
    old, new = _found(before), _found(after)
    found = {name: (old.get(name), new.get(name)) for name in (*old, *new)}
    changes = {name: change for name, change in (columns | found).items() if not _same(*change)}
    return changes | event_changes(_events(before), _events(after))


def _found(row: AnalysisRow) -> dict[str, str]:
    measured = {
        f"{m.measure} {m.joint}_{m.motion} {m.side}": f"{m.value:.6g} {m.unit}, {m.verdict}"
        for m in row.measurements
    }
    repeated = {
        f"repetition {r.repetition} {r.joint}_{r.motion} {r.side}": (
            f"{r.start_s:.6g} to {r.end_s:.6g} s, peak {r.peak_deg:.6g} deg, {r.verdict}"
        )
        for r in row.repetitions
    }
    return measured | repeated


def _events(row: AnalysisRow) -> list[Event]:
    return [Event(**columns_of(each, Event)) for each in row.events]


def _same(before: Any, after: Any) -> bool:
    nan = isinstance(before, float) and isinstance(after, float)
    return before == after or (nan and math.isnan(before) and math.isnan(after))
