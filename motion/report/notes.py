"""What was measured as plain text, to be pasted into whatever record system a clinic has."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from motion.clinic.answer_columns import Answers
from motion.clinic.change import Change
from motion.clinic.hand_marks import hand_marks
from motion.clinic.hand_takes import is_by_hand
from motion.clinic.units import difference_of_shown, difference_text, table_decimals
from motion.clinic.values import TakeSummary
from motion.clinic.wording import (
    INTENDED_USE,
    MODES,
    label,
    movement_title,
    quantity_title,
    view_title,
)
from motion.model import GAIT, Measurement, Position, ViewName
from motion.report.condition_words import conditions_text
from motion.report.progress_values import Followed, judged_points
from motion.report.sentences import (
    change_text,
    day_text,
    limit_text,
    lowered,
    mdc_text,
    other_text,
    reached_text,
    side_letter,
    target_text,
    value_text,
    verdict_text,
)

__all__ = ["note_for_record"]

_PLAIN: Final = {
    "→": "->",
    "–": "-",
    "\N{NO-BREAK SPACE}": " ",
    "…": "...",
    "“": '"',
    "”": '"',
    "’": "'",
}
"""Letters that old record systems lack; the degree sign they have."""


def note_for_record(
    patient_code: str,
    followed: Sequence[Followed],
    answers: Mapping[str, Answers],
    *,
    made_up: bool = False,
) -> str:
    """Return an entry for a patient's file, one block per take, the oldest first.

    Each number has its side, position, active or passive, what it lacks, the other side, its
    change with the error and the verdict; each take the aid, the pain, the method, the date and
    who signed it off.

    Parameters
    ----------
    followed
        The numbers, each told as of its line's last take.
    answers
        What the patient said, by the take's key.
    made_up
        Whether no person is behind the code: it is said first.
    """
    named = f"Patient {patient_code}{' (made up)' if made_up else ''}"
    if not followed:
        return f"{named}: nothing was measured."
    by_take = sorted(followed, key=lambda each: (each.last.take.started_at, each.by_hand))
    blocks = [
        _block(list(group), answers)
        for _, group in groupby(by_take, key=lambda each: (each.last.take.id, each.by_hand))
    ]
    text = "\n\n".join([named, *blocks, INTENDED_USE])
    for letter, plain in _PLAIN.items():
        text = text.replace(letter, plain)
    return text


def _block(followed: Sequence[Followed], answers: Mapping[str, Answers]) -> str:
    take = followed[0].last.take
    lines = [_heading(take)]
    lines += [f"- {_number(each)}" for each in followed]
    if not is_by_hand(take):
        lines += [*_said(answers.get(str(take.id))), _method(take)]
    return "\n".join(lines)


def _heading(take: TakeSummary) -> str:
    said = take.conditions
    parts = [
        movement_title(take.movement) if take.movement else "",
        "" if said.position is Position.UNKNOWN else label(said.position).lower(),
        f"at the {said.setting}" if said.setting == "clinic" else "at home",
        conditions_text(said).replace("; ", ", "),
    ]
    return f"{day_text(take.started_at.date())}, {', '.join(part for part in parts if part)}:"


def _number(followed: Followed) -> str:
    number, last = followed.number, followed.last
    named = quantity_title(number, last.take.movement)
    if letter := side_letter(number.side):
        named += f" {letter}"
    if number.unit == "deg" and number.joint != GAIT:
        named += f", {MODES[last.take.conditions.mode].lower()}"
    if followed.by_hand:
        named += f", by {label(last.take.model.name).lower()}"
    parts = [f"{named}: {value_text(followed)}", _change(followed), _since_previous(followed)]
    parts += [other_text(followed), target_text(followed), limit_text(followed)]
    return f"{'; '.join(part for part in parts if part)}."


def _change(followed: Followed) -> str:
    first, last = followed.baseline, followed.last
    if first is last:
        return f"error: MDC {mdc_text(followed)}" if mdc_text(followed) != "–" else ""
    before = reached_text(first.measurement, first.take.movement)
    beside = [f"MDC {mdc_text(followed)}"]
    if last.change is not None:
        beside += _before_rounding(last.change, first.measurement, followed.number)
    return (
        f"since {day_text(first.take.started_at.date())} {before}: {change_text(followed)} "
        f"({'; '.join(beside)}), {lowered(verdict_text(followed))}"
    )


def _before_rounding(change: Change, earlier: Measurement, later: Measurement) -> list[str]:
    """Return the difference as it was judged, where the one that is shown contradicts the verdict.

    110 less 120 degrees seems to be beyond an error of 9.7; 110.3 less 119.8 is not.
    """
    shown = difference_of_shown(later.value, earlier.value, later.unit)
    if (abs(shown) > change.mdc95) == (abs(change.difference) > change.mdc95):
        return []
    return [f"{change.difference:+.{table_decimals(later.unit)}f} before rounding"]


def _since_previous(followed: Followed) -> str:
    change = followed.last.since_previous
    if change is None or change == followed.last.change:
        return ""
    number, before = followed.number, judged_points(followed.line)[-2].measurement
    apart = difference_of_shown(number.value, before.value, number.unit)
    said = [difference_text(apart, number.unit), *_before_rounding(change, before, number)]
    return f"since the take before: {', '.join(said)}, {lowered(change.verdict)}"


def _said(answers: Answers | None) -> Iterable[str]:
    if answers is None:
        return
    pain = {
        "before": answers.pain_before,
        "during": answers.pain_during,
        "after": answers.pain_after,
    }
    given = [f"{when} {score}" for when, score in pain.items() if score is not None]
    if given:
        yield f"Pain (0 to 10): {', '.join(given)}."
    if answers.exertion is not None:
        yield f"Exertion (0 to 10): {answers.exertion}."


def _method(take: TakeSummary) -> str:
    view = "" if take.view is ViewName.UNKNOWN else f" {view_title(take.view).lower()}"
    said = f"Method: camera{view}, pose model {take.model.name}, software {take.software}."
    if marks := hand_marks(take):
        said += f" Corrected by hand: {', '.join(marks)}."
    by = take.signed_off_by
    return f"{said} {f'Signed off by {by}.' if by else 'Not signed off.'}"
