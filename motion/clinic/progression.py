"""Whether the physiotherapist's rule says more or less of an exercise: values in, a value out."""

import math
from collections.abc import Callable, Collection, Sequence
from datetime import date

from motion.clinic.counted_sessions import count_missed, tell_days
from motion.clinic.done_values import DoneSession
from motion.clinic.plan_values import Dimension, ProgressionRule, Suggestion, Weekday
from motion.exercise.prescription import Prescription

__all__ = ["suggest_progression"]

_TITLES = {
    Dimension.REPETITIONS: "repetitions",
    Dimension.HOLD_S: "hold",
    Dimension.TARGET_DEG: "target",
}
_UNITS = {Dimension.REPETITIONS: "", Dimension.HOLD_S: " s", Dimension.TARGET_DEG: "°"}


def suggest_progression(
    rule: ProgressionRule,
    prescription: Prescription,
    sessions: Sequence[DoneSession],
    direction: int = 1,
    *,
    times_per_week: int,
    weekdays: Collection[Weekday] = (),
) -> Suggestion | None:
    """Return what the rule says after these sessions, or None; less goes before more.

    More needs as many sessions in a row as the rule says, the last ones, each a take that was
    complete, in which Pain was not pressed, with an answer about pain that is neither above the
    rule's nor above the prescription's limit, all of them comparable, and for a farther target
    with the median peak on target. It never goes beyond the rule's bound nor ``max_allowed_deg``
    (clinical_rules.md 19). Nothing is suggested that is so already.

    Parameters
    ----------
    rule
        What the physiotherapist wrote.
    prescription
        The dose of now, with the limit of pain that holds.
    sessions
        Those since the dose last changed, in any order.
    direction
        +1 where the movement raises the angle, -1 where it lowers it: which way a target is
        farther; 0 where that is not known, and then no target is changed.
    times_per_week, weekdays
        How often it is prescribed. The rule counts sessions that were done, which are in a row
        also where prescribed ones were missed: the reason says how many, and the days.
    """
    in_order = sorted(sessions, key=lambda session: session.at)
    tried_on = {session.day for session in in_order}

    def tell(counted: Sequence[DoneSession]) -> str:
        days = [session.day for session in counted]
        missed = count_missed(min(days), max(days), tried_on, times_per_week, weekdays)
        return _tell(days, missed)

    return _suggest_less(rule, prescription, in_order, direction, tell) or _suggest_more(
        rule, prescription, in_order, direction, tell
    )


def _suggest_less(
    rule: ProgressionRule,
    prescription: Prescription,
    sessions: Sequence[DoneSession],
    direction: int,
    tell: Callable[[Sequence[DoneSession]], str],
) -> Suggestion | None:
    if rule.lower_what is None:
        return None
    # A camera that was pulled out says nothing of the patient, but the pain before it does.
    telling = [s for s in sessions if not s.interrupted or _hurts(s, rule.lower_pain)]
    last = telling[-rule.lower_after_sessions :]
    if len(last) < rule.lower_after_sessions:
        return None
    if not all(_hurts(s, rule.lower_pain) or s.percent < rule.lower_percent for s in last):
        return None
    before = _value_of(prescription, rule.lower_what)
    after = _lowered(rule, before, direction)
    pain = max((s.pain for s in last if s.pain is not None), default=None)
    why = f"{tell(last)}, with {_done(last)}{_pain(pain)}"
    return _suggestion(rule.lower_what, before, after, why, more=False)


def _suggest_more(
    rule: ProgressionRule,
    prescription: Prescription,
    sessions: Sequence[DoneSession],
    direction: int,
    tell: Callable[[Sequence[DoneSession]], str],
) -> Suggestion | None:
    last = sessions[-rule.after_sessions :]
    most_pain = min(rule.most_pain, prescription.pain_limit)
    if len(last) < rule.after_sessions or not all(
        _is_full(session, rule.full_percent, most_pain) for session in last
    ):
        return None
    if len({session.comparable for session in last}) != 1:
        return None
    if rule.raise_what is Dimension.TARGET_DEG and not all(
        _on_target(session, prescription, direction) for session in last
    ):
        return None
    before = _value_of(prescription, rule.raise_what)
    after = _raised(rule, prescription, before, direction)
    pain = max(session.pain for session in last if session.pain is not None)
    why = f"{tell(last)}, complete with {_done(last)}{_pain(pain)}"
    return _suggestion(rule.raise_what, before, after, why, more=True)


def _is_full(session: DoneSession, full_percent: int, most_pain: int) -> bool:
    return (
        session.take_id is not None
        and session.percent >= full_percent
        and not session.pain_pressed
        and session.pain is not None
        and session.pain <= most_pain
    )


def _hurts(session: DoneSession, pain: int) -> bool:
    return session.pain is not None and session.pain >= pain


def _on_target(session: DoneSession, prescription: Prescription, direction: int) -> bool:
    short_deg = (prescription.target_deg - session.peak_deg) * direction
    return bool(direction) and short_deg <= prescription.tolerance_deg  # never so of NaN


def _value_of(prescription: Prescription, what: Dimension) -> float:
    if what is Dimension.REPETITIONS:
        return float(prescription.dose.repetitions)
    return prescription.dose.hold_s if what is Dimension.HOLD_S else prescription.target_deg


def _raised(
    rule: ProgressionRule, prescription: Prescription, before: float, direction: int
) -> float:
    if rule.raise_what is not Dimension.TARGET_DEG:
        return max(before, min(before + rule.raise_by, rule.raise_up_to))
    bounds = [rule.raise_up_to, prescription.max_allowed_deg]
    # Counted away from rest, whichever way that is.
    most = min(bound * direction for bound in bounds if not math.isnan(bound))
    here = before * direction
    return max(here, min(here + rule.raise_by, most)) * direction if direction else before


def _lowered(rule: ProgressionRule, before: float, direction: int) -> float:
    way = direction if rule.lower_what is Dimension.TARGET_DEG else 1
    here, least = before * way, rule.lower_down_to * way
    return min(here, max(here - rule.lower_by, least)) * way if way else before


def _suggestion(
    what: Dimension, before: float, after: float, why: str, *, more: bool
) -> Suggestion | None:
    if math.isnan(before) or before == after:
        return None
    unit = _UNITS[what]
    change = f"{_TITLES[what]} from {before:g}{unit} to {after:g}{unit}"
    reason = f"{why}: {change}, as the plan's rule says"
    return Suggestion(what=what, more=more, before=before, after=after, reason=reason)


def _tell(days: Sequence[date], missed: int) -> str:
    if len(days) == 1:
        return f"The last session that was done, {tell_days(days)}"
    between = f" ({missed} prescribed between them missed)" if missed else ""
    return f"The last {len(days)} sessions that were done, {tell_days(days)}{between}"


def _done(sessions: Sequence[DoneSession]) -> str:
    shares = [f"{s.repetitions_done} of {s.repetitions_wanted}" for s in sessions]
    return f"{', '.join(shares)} repetitions"


def _pain(pain: int | None) -> str:
    return "" if pain is None else f" and pain of at most {pain}"
