"""Whether an exercise was stopped for pain today: at home it is not begun again that day."""

from collections.abc import Iterable
from datetime import date

from motion.clinic import DoneSession, TodayItem
from motion.model import Setting

__all__ = ["hurt_today"]


def hurt_today(
    found: TodayItem, sessions: Iterable[DoneSession], day: date, setting: Setting
) -> bool:
    """Return whether an exercise was stopped for pain on a day, or pain above the limit answered.

    Then nothing goes on without the clinic's word (clinical_rules.md 19), which is there to be had
    where it is done in the clinic itself.

    Parameters
    ----------
    sessions
        All of the patient's.
    """
    if setting is Setting.CLINIC:
        return False
    mine = (each for each in sessions if each.item_id == found.item.id and each.day == day)
    limit = found.prescription.pain_limit
    return any(
        each.stopped_for_pain or (each.pain is not None and each.pain > limit) for each in mine
    )
