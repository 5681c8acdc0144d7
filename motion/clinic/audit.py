"""Everything that was done to a take, told in the order in which it was done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from motion.clinic.audit_repetitions import pair_repetitions
from motion.clinic.audit_words import tell_change, tell_number, tell_settings
from motion.clinic.correct_takes import list_analyses
from motion.clinic.correct_values import AnalysisVersion, HistoryEntry
from motion.clinic.edits import list_edits
from motion.clinic.hand_angles import find_hand_angle
from motion.clinic.manual import list_manual
from motion.clinic.record import Record
from motion.clinic.sign_offs import REVIEWED
from motion.clinic.values import Edit, ManualMeasurement
from motion.clinic.wording import degrees, label, side_title

__all__ = ["list_history", "tell_edits"]

_TOGETHER: Final = timedelta(seconds=2)
"""Rows of one change are written within one transaction."""

_UNTOLD: Final = frozenset(
    ("landmarks_digest", "angles_digest", "warnings", "neutral", "model_sha256")
)
"""Names of files and long texts; what they stand for is told by the other rows."""

_TITLES: Final = {
    "manual_measurement": "Value measured by hand",
    "live_take": "Answers after the exercise",
    "take": "Take",
    "analysis": "Result",
}


def list_history(record: Record, take_id: UUID) -> tuple[HistoryEntry, ...]:
    """Return what was done to a take, the oldest first.

    Raises
    ------
    RecordNotFoundError
        If there is no such take.
    """
    done = tell_edits(list_edits(record, take_id), list_analyses(record, take_id))
    by_hand = [_tell_by_hand(each) for each in list_manual(record, take_id)]
    return tuple(sorted((*done, *by_hand), key=lambda entry: entry.at))


def _tell_by_hand(value: ManualMeasurement) -> HistoryEntry:
    """Tell that a value was written down, as it stands now: what changed it is told by edits."""
    angle = find_hand_angle(f"{value.joint}_{value.motion}").title
    side = side_title(value.side)
    named = f"{side} {angle[0].lower()}{angle[1:]}" if side else angle
    end = "smallest" if value.measure == "rom_min" else "largest"
    said = f"{named}, {end}: {degrees(value.value_deg)}, {label(value.instrument).lower()}"
    return HistoryEntry(
        at=value.created_at,
        who=value.measured_by,
        sentence=f"Measured by hand and written down: {said}",
        changes=(value.note,) if value.note else (),
    )


def tell_edits(
    edits: Iterable[Edit], analyses: Sequence[AnalysisVersion]
) -> tuple[HistoryEntry, ...]:
    """Tell edits of a take in sentences, the oldest first: who, when, why, before and after.

    Edits that were written together are one entry. The take's first analysis begins it.

    Parameters
    ----------
    edits
        As :func:`motion.clinic.list_edits` returns them.
    analyses
        As :func:`motion.clinic.list_analyses` returns them.
    """
    first = [
        HistoryEntry(
            at=each.created_at,
            who=each.author or "",
            sentence=f"Stored with its first analysis ({each.software})",
        )
        for each in analyses[:1]
    ]
    numbers = {str(each.id): each.number for each in analyses}
    told = [_tell(group, numbers) for group in _end_sign_offs(_group(edits))]
    return tuple(sorted((*first, *told), key=lambda entry: entry.at))


def _group(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda each: each.at):
        if group and not _belongs(edit, group[-1]):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _end_sign_offs(groups: Iterable[list[Edit]]) -> Iterator[list[Edit]]:
    """Add to a change that made another analysis that the sign-off of the one before ended.

    It belongs to the numbers that were looked at: no row of the record says so, as nobody
    withdrew it.
    """
    name = None
    for group in groups:
        for edit in group:
            name = edit.after if edit.field == "signed_off" else name
        if name is not None and (made := next((e for e in group if e.field == "analysis"), None)):
            group.append(
                replace(made, table="sign_off", field="signed_off", before=name, after=None)
            )
            name = None
        yield group


def _belongs(edit: Edit, last: Edit) -> bool:
    same = (edit.author, edit.reason) == (last.author, last.reason)
    again = edit.field == "analysis" or (edit.table, edit.row_id, edit.field) == (
        last.table,
        last.row_id,
        last.field,
    )
    return same and not again and edit.at - last.at <= _TOGETHER


def _tell(group: Sequence[Edit], numbers: dict[str, int]) -> HistoryEntry:
    head = group[0]
    told = [each for each in group if each.field not in _UNTOLD and each.field != "analysis"]
    sentence = _sentence(head, numbers)
    if sentence is not None and head.field != "analysis":
        told = told[1:]
    return HistoryEntry(
        at=head.at,
        who=head.author or "",
        sentence=sentence or f"{_title(head.table)} changed",
        reason="" if _is_bare_sign_off(head) else head.reason,
        changes=_tell_all(told),
    )


def _is_bare_sign_off(edit: Edit) -> bool:
    return edit.field == "signed_off" and edit.after is not None and edit.reason == REVIEWED


def _sentence(edit: Edit, numbers: dict[str, int]) -> str | None:
    """Return what was done, where one field says it all."""
    taken_out = edit.after is not None
    match edit.table, edit.field:
        case "take", "analysis":
            before, after = (numbers.get(str(key), "?") for key in (edit.before, edit.after))
            return f"Analysis {after} made from analysis {before}"
        case "take", field if field.startswith("left out: "):
            name = tell_number(field.removeprefix("left out: "))
            return f"Left out: {name}" if taken_out else f"Taken in again: {name}"
        case table, "excluded_reason":
            return f"{_title(table)} {'left out' if taken_out else 'taken in again'}"
        case "sign_off", "signed_off":
            if taken_out:
                return f"Signed off by {edit.after}"
            return f"Sign-off of {edit.before} withdrawn"
    return None


def _tell_all(edits: Sequence[Edit]) -> tuple[str, ...]:
    """Return the changes in lines; those too small to be seen in whole degrees are counted."""
    lines: list[str] = []
    unseen_n = 0
    for edit in pair_repetitions(edits):
        if edit.field == "settings":
            lines.extend(tell_settings(edit))
        elif line := tell_change(edit):
            lines.append(line)
        else:
            unseen_n += 1
    if unseen_n:
        others = "1 other value" if unseen_n == 1 else f"{unseen_n} other values"
        lines.append(f"{others} changed by less than what is shown")
    return tuple(lines)


def _title(table: str) -> str:
    return _TITLES.get(table) or label(table)
