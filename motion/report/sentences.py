"""One measure's progress in a sentence and in the cells of a table.

The verdict is the one of :mod:`motion.clinic.change`, word for word; nothing is judged here.
"""

import math
from datetime import date
from typing import Final

from motion.clinic.baselines import BASELINE, baseline_verdict
from motion.clinic.change import Outcome
from motion.clinic.units import difference_of_shown, difference_text, number_text
from motion.clinic.wording import (
    EXTENDED_TO_ZERO,
    MODES,
    degrees,
    extension,
    is_extension,
    is_extension_test,
    label,
    movement_title,
    quantity_title,
    reached,
    side_title,
    view_title,
)
from motion.model import GAIT, Measurement, Position, Setting, Side, ViewName
from motion.report.progress_values import Followed

__all__ = [
    "change_text",
    "circumstances",
    "day_text",
    "joined",
    "limit_text",
    "lowered",
    "mdc_text",
    "name_of",
    "other_text",
    "progress_sentence",
    "reached_text",
    "side_letter",
    "target_text",
    "typical_text",
    "value_text",
    "verdict_text",
]

_LETTERS: Final = {Side.LEFT: "L", Side.RIGHT: "R"}
_DASH: Final = "–"
_ONE_DECIMAL: Final = {"deg": "°", "count": ""}


def progress_sentence(followed: Followed) -> str:
    """Return what became of a measure, in one sentence.

    ``Active knee flexion R: 92° → 110° (+18°, MDC 9.7°): improved beyond measurement error;
    target 120°; left 138°.`` Trend, plateau and recovery curve are said as the Patient page says
    them. Where the line begins anew it says with what it cannot be compared, but for another
    exercise, which nobody would compare.
    """
    first, last = followed.baseline, followed.last
    said = f"{name_of(followed)}: {_values(followed)}"
    said += f": {lowered(verdict_text(followed))}" if first is not last else ""
    parts = [said, *_course(followed), target_text(followed), limit_text(followed)]
    parts.append(other_text(followed))
    _, begins_anew = baseline_verdict(first.verdict)
    if begins_anew and "movement" not in _differing(first.verdict):
        day = day_text(first.take.started_at.date())
        why = first.verdict.partition(": ")[2]
        parts.append(f"counted from {day}: not comparable with the takes before ({why})")
    return f"{'; '.join(part for part in parts if part)}."


def _differing(verdict: str) -> list[str]:
    """Return what ``Not comparable: position, mode differ`` names."""
    return verdict.partition(": ")[2].rpartition(" ")[0].split(", ")


def _course(followed: Followed) -> list[str]:
    """Return what the takes say together: the trend, whether it levelled off, how it may go on."""
    line, unit = followed.line, followed.number.unit
    said = []
    if line.trend is not None and line.trend.is_clear:
        said.append(lowered(line.trend.sentence(_in_words(unit))))
    if line.plateau is not None:
        said.append(lowered(line.plateau.clause))
    if followed.recovery is not None:
        said.append(lowered(followed.recovery.sentence(unit)))
    return said


def _values(followed: Followed) -> str:
    first, last = followed.baseline, followed.last
    if first is last:
        return f"{value_text(followed)} ({_only(followed)})"
    before = reached_text(first.measurement, first.take.movement)
    change = last.change
    if change is None or not math.isfinite(change.difference):
        return f"{before} → {value_text(followed)}"
    beside = [change_text(followed)]
    if math.isfinite(change.mdc95):
        beside.append(f"MDC {mdc_text(followed)}")
    return f"{before} → {value_text(followed)} ({', '.join(beside)})"


def _only(followed: Followed) -> str:
    verdict = verdict_text(followed)
    return "one take, nothing to compare yet" if verdict == BASELINE else lowered(verdict)


def verdict_text(followed: Followed) -> str:
    """Return the verdict as the record gives it, and whether a decline is confirmed."""
    last = followed.last
    if last.change is None:
        return baseline_verdict(last.verdict)[0]
    confirmed = followed.line.decline_confirmed and last.change.outcome is Outcome.DECLINED
    return f"{last.change.verdict}{', confirmed by a second take' if confirmed else ''}"


def name_of(followed: Followed) -> str:
    """Return a measure's name with its mode and side: ``Active knee flexion R``."""
    take, number = followed.last.take, followed.number
    title = quantity_title(number, take.movement)
    of_body = number.unit == "deg" and number.joint != GAIT
    if of_body:
        title = f"{MODES[take.conditions.mode]} {lowered(title)}"
    letter = side_letter(number.side)
    named = f"{title} {letter}" if letter else title
    if followed.by_hand:
        named += f", by {label(take.model.name).lower()}"
    return f"{named} ({circumstances(followed)})" if followed.several else named


def circumstances(followed: Followed) -> str:
    """Return how it was measured: ``Squat, standing, from the side``."""
    take = followed.last.take
    said = [movement_title(take.movement)] if take.movement else []
    if take.conditions.position is not Position.UNKNOWN:
        said.append(label(take.conditions.position).lower())
    if take.view is not ViewName.UNKNOWN:
        said.append(view_title(take.view).lower())
    said.append(f"at {'home' if take.conditions.setting is Setting.HOME else 'the clinic'}")
    return ", ".join(said)


def side_letter(side: Side) -> str:
    """Return ``L``, ``R`` or nothing."""
    return _LETTERS.get(side, "")


def value_text(followed: Followed) -> str:
    """Return the last value as it is said."""
    return reached_text(followed.number, followed.last.take.movement)


def reached_text(m: Measurement, movement: str) -> str:
    """Return a number as pages say it, with the degrees where it is ``0 within error``.

    A difference stands beside it: from lacking 12° to 0 within error is -10° where it is at 2°.
    """
    said = reached(m, movement)
    if not is_extension(m, movement) or said == extension(m.value, math.nan):
        return said
    return said if round(m.value) == 0 else f"{said}, at {degrees(m.value)}"


def change_text(followed: Followed) -> str:
    """Return the difference with its sign; a dash where there is none."""
    change = followed.last.change
    if change is None:
        return _DASH
    number, before = followed.number, followed.baseline.measurement
    return difference_text(
        difference_of_shown(number.value, before.value, number.unit), number.unit
    )


def mdc_text(followed: Followed) -> str:
    """Return the error figure that the change is held against; a dash where there is none.

    Of an angle and a count with one decimal, as published.
    """
    change, number = followed.last.change, followed.number
    mdc95 = number.mdc95 if change is None else change.mdc95
    if math.isfinite(mdc95) and number.unit in _ONE_DECIMAL:
        return f"{mdc95:.1f}{_ONE_DECIMAL[number.unit]}"
    return number_text(mdc95, number.unit)


def target_text(followed: Followed) -> str:
    """Return ``target 120°``; empty where there is none."""
    if not math.isfinite(followed.target):
        return ""
    number, movement = followed.number, followed.last.take.movement
    straightens = (
        number.measure == "rom_min"
        and number.joint in EXTENDED_TO_ZERO
        and is_extension_test(movement)
    )
    said = extension(followed.target, math.nan) if straightens else degrees(followed.target)
    return f"target {said}"


def limit_text(followed: Followed) -> str:
    """Return ``the plan's limit 100°``, and whether the last number lies beyond it."""
    if not math.isfinite(followed.limit_deg):
        return ""
    said = degrees(followed.limit_deg)
    return f"beyond the plan's limit of {said}" if followed.beyond_limit else f"plan's limit {said}"


def other_text(followed: Followed) -> str:
    """Return ``left 138°``; empty where nothing comparable was measured there.

    With its day, ``left 138° (2 Mar 2026)``, where it is not the number that stands in the other
    side's own row, or not of the same day.
    """
    other = followed.other
    if other is None:
        return ""
    side = side_title(other.measurement.side).lower()
    said = f"{side} {reached_text(other.measurement, other.take.movement)}"
    day = day_text(other.take.started_at.date())
    return f"{said} ({day})" if followed.other_of_then else said


def typical_text(followed: Followed) -> str:
    """Return what is published: ``132° to 149° (middle two thirds at ...)``; empty for nothing."""
    found, unit = followed.typical, followed.number.unit
    if found is None:
        return ""
    if math.isfinite(found.low):
        low = number_text(found.low, unit).partition("\N{NO-BREAK SPACE}")[0]
        return f"{lowered(found.label)}: {low} to {number_text(found.high, unit)}"
    return f"{lowered(found.label)}: {number_text(found.value, unit)}"


def day_text(day: date) -> str:
    """Return a day that no country reads the wrong way round."""
    return f"{day.day} {day:%b %Y}"


def joined(parts: list[str]) -> str:
    """Return a list in words: ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _in_words(unit: str) -> str:
    return "degrees" if unit == "deg" else unit


def lowered(text: str) -> str:
    """Return a text that goes on in a sentence."""
    return f"{text[:1].lower()}{text[1:]}"
