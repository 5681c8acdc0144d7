"""How the numbers of a report came about, in sentences, and who answers for them."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from motion.clinic.change import is_provisional
from motion.clinic.hand_marks import hand_marks
from motion.clinic.values import TakeSummary
from motion.clinic.wording import NOT_BY_ONE_CAMERA, label, view_title
from motion.report.pdf_text import shorten
from motion.report.progress_values import Followed, ProgressReport
from motion.report.sentences import day_text, joined

__all__ = ["CORRECTED", "SIGNED", "method_notes"]

SIGNED: Final = "\N{CHECK MARK}"
CORRECTED: Final = "\N{LOWER RIGHT PENCIL}"

_LEVELLED: Final = (
    "Levelled off: no trend, and both what lies between the first and the last of these takes and "
    "four weeks of the steepest slope that they allow stay below the MDC."
)
_NAMED_N: Final = 4
_REASON_LETTERS: Final = 60
_NAME_LETTERS: Final = 40
_SOURCE_LETTERS: Final = 90


def method_notes(report: ProgressReport, shown: Sequence[Followed]) -> list[str]:
    """Return what must be known of the numbers that are shown, a sentence or two each.

    Parameters
    ----------
    shown
        What stands in the report of all that is followed.
    """
    notes = [
        _camera(report.takes),
        _by_hand(shown),
        _errors(shown),
        _published(shown),
        "Baseline: the first comparable take of the period. Takes that differ in position, mode, "
        "view, method or circumstances never stand on one line. A difference is that of the "
        "rounded numbers beside it; verdicts are of the numbers before rounding.",
        _LEVELLED if any(each.line.plateau is not None for each in shown) else "",
        _signed(report.takes),
        _corrected(report.takes),
        _excluded(report.excluded),
        NOT_BY_ONE_CAMERA if report.takes else "",
    ]
    return [note for note in notes if note]


def _camera(takes: Sequence[TakeSummary]) -> str:
    if not takes:
        return ""
    views = Counter(view_title(take.view).lower() for take in takes)
    models = sorted({take.model.name for take in takes})
    software = sorted({take.software for take in takes})
    rates = sorted(round(take.rate_hz) for take in takes)
    rate = f"{rates[0]}" if rates[0] == rates[-1] else f"{rates[0]} to {rates[-1]}"
    seen = ", ".join(f"{view} ({count})" for view, count in views.most_common())
    return (
        f"Camera: {_count(len(takes), 'take')}, {seen}; {rate} pictures a second; pose model "
        f"{shorten(', '.join(models), _NAME_LETTERS)}; software "
        f"{shorten(', '.join(software), _NAME_LETTERS)}."
    )


def _by_hand(shown: Iterable[Followed]) -> str:
    by_hand = [each for each in shown if each.by_hand]
    if not by_hand:
        return ""
    said = f"By hand: {joined(_instruments(by_hand))}"
    without = [each for each in by_hand if not math.isfinite(each.number.mdc95)]
    if not without:
        return f"{said}."
    return (
        f"{said}; no error figure is known of the {joined(_instruments(without))} where none "
        "stands in the table."
    )


def _instruments(followed: Iterable[Followed]) -> list[str]:
    return sorted({label(each.last.take.model.name).lower() for each in followed})


def _errors(shown: Iterable[Followed]) -> str:
    numbers = [each.number for each in shown if math.isfinite(each.number.mdc95)]
    if not numbers:
        return ""
    sources = sorted({m.mdc_source for m in numbers if not is_provisional(m.mdc_source)})
    said = [shorten(source, _SOURCE_LETTERS) for source in sources[:_NAMED_N]]
    if any(is_provisional(m.mdc_source) for m in numbers):
        said.insert(0, "provisional: our own proposal, until published figures or the clinic's own")
    if len(sources) > _NAMED_N:
        said.append(f"{len(sources) - _NAMED_N} more in the progress table")
    return (
        "MDC (minimal detectable change): what two takes of somebody unchanged differ by at most "
        f"in 95 of 100 cases. Its figures are {'; '.join(said)}."
    )


def _published(shown: Iterable[Followed]) -> str:
    found = sorted({each.typical.source for each in shown if each.typical and each.typical.source})
    said = [shorten(source, _SOURCE_LETTERS) for source in found]
    return f"Published figures: {'; '.join(said)}." if said else ""


def _signed(takes: Sequence[TakeSummary]) -> str:
    if not takes:
        return ""
    by = Counter(take.signed_off_by for take in takes if take.signed_off_by)
    if not by:
        return "Signed off: none of these takes."
    names = [f"{shorten(name, _NAME_LETTERS)} ({count})" for name, count in by.most_common()]
    more = [f"{len(names) - _NAMED_N} more"] if len(names) > _NAMED_N else []
    return (
        f"Signed off ({SIGNED} beside a value): {by.total()} of {_count(len(takes), 'take')}, "
        f"by {joined([*names[:_NAMED_N], *more])}."
    )


def _corrected(takes: Iterable[TakeSummary]) -> str:
    found = [
        f"{day_text(take.started_at.date())} ({', '.join(hand_marks(take))})"
        for take in takes
        if hand_marks(take)
    ]
    return f"Corrected by hand ({CORRECTED} beside a value): {_named(found)}." if found else ""


def _excluded(takes: Iterable[TakeSummary]) -> str:
    found = [
        f"{day_text(take.started_at.date())} ({shorten(take.excluded_reason, _REASON_LETTERS)})"
        for take in takes
        if take.excluded_reason is not None
    ]
    return f"Left out of everything here, with the reason: {_named(found)}." if found else ""


def _named(found: Sequence[str]) -> str:
    more = len(found) - _NAMED_N
    return "; ".join([*found[:_NAMED_N], *([f"and {more} more"] if more > 0 else [])])


def _count(number: int, thing: str) -> str:
    return f"{number} {thing if number == 1 else f'{thing}s'}"
