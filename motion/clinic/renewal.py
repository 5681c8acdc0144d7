"""Makes and withdraws suggestions as the rules of a plan say after what was done last."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from motion.clinic.done import done_of
from motion.clinic.plan_checks import find_direction
from motion.clinic.plan_rows import to_item, to_settings
from motion.clinic.plan_tables import PlanItemRow, PlanRow, SuggestionRow
from motion.clinic.plan_values import Decision, Suggestion, effective_prescription
from motion.clinic.progression import suggest_progression
from motion.clinic.tables import TakeRow
from motion.library import list_exercises

__all__ = ["renew_for_take", "renew_suggestions"]


def renew_suggestions(session: Session, plan: PlanRow) -> None:
    """Make what the rules of a plan say now, and withdraw what they no longer say.

    Nothing is suggested on a patient's own computer: only the clinic can accept it.
    """
    if plan.adopted_at is not None:
        return
    library = list_exercises()
    done = done_of(session, plan)
    for item in plan.items:
        exercise = library.get(item.exercise)
        value = to_item(item, None)
        suggestion = None
        if value.rule is not None and value.ended_on is None and exercise is not None:
            since = max(filter(None, (item.dosed_at, _last_declined(session, item))))
            prescription = effective_prescription(value, to_settings(plan))
            suggestion = suggest_progression(
                value.rule,
                prescription,
                [each for each in done if each.item_id == item.id and each.at >= since],
                find_direction(exercise, prescription),
                times_per_week=value.times_per_week,
                weekdays=value.weekdays,
            )
        _put(session, item, suggestion)


def renew_for_take(session: Session, take: TakeRow) -> None:
    """Do the same after a take was corrected, left out or taken in again."""
    plan = session.scalar(select(PlanRow).where(PlanRow.patient_id == take.patient_id))
    if plan is not None:
        session.flush()
        renew_suggestions(session, plan)


def _put(session: Session, item: PlanItemRow, suggestion: Suggestion | None) -> None:
    before = session.scalar(
        select(SuggestionRow).where(
            SuggestionRow.plan_item_id == item.id, SuggestionRow.decided_at.is_(None)
        )
    )
    if before is not None:
        if suggestion is not None and _amount(before) == _amount(suggestion):
            return
        before.decision, before.decided_at = Decision.WITHDRAWN, datetime.now(UTC)
        session.flush()  # only one may be open
    if suggestion is not None:
        session.add(
            SuggestionRow(
                plan_item_id=item.id,
                **{name: getattr(suggestion, name) for name in Suggestion.__slots__},
                decision=Decision.OPEN,
                decision_reason="",
            )
        )
    session.flush()


def _last_declined(session: Session, item: PlanItemRow) -> datetime | None:
    return session.scalar(
        select(func.max(SuggestionRow.decided_at)).where(
            SuggestionRow.plan_item_id == item.id, SuggestionRow.decision == Decision.DECLINED
        )
    )


def _amount(suggestion: Suggestion | SuggestionRow) -> tuple[object, ...]:
    return suggestion.what, suggestion.before, suggestion.after
