"""What of a patient's plan stands on the paper that they take home."""

import math
from datetime import date

from motion.clinic import Record, Withheld, find_patient, todays_list
from motion.clinic.today import TodayItem
from motion.errors import InputError, RecordNotFoundError
from motion.norms import ADULT_FROM_Y, Subject
from motion.report.handout import Handout, HandoutItem
from motion.texts import Texts, find_language, list_languages, load_texts

__all__ = ["gather_handout"]

_ALWAYS = (
    "safety.nobody_watching", "safety.emergency", "safety.clinic_today", "handout.stop_signs",
)  # fmt: skip


def gather_handout(
    record: Record, patient_code: str, *, made_on: date, language: str = ""
) -> Handout:
    """Return the exercises that hold on a day, as the patient may do them at home.

    Parameters
    ----------
    language
        Of the words; without it the patient's own, or English where there are no texts of it.

    Raises
    ------
    InputError
        If nothing is prescribed on that day, or there are no texts of the language asked for.
    RecordNotFoundError
        If there is no such patient.
    """
    patient = find_patient(record, patient_code)
    if patient is None:
        msg = f"no patient {patient_code!r} in the record: choose one of `motion patients`"
        raise RecordNotFoundError(msg)
    if language and find_language(language) is None:
        msg = f"language {language!r}: no texts of it; choose {' or '.join(list_languages())}"
        raise InputError(msg)
    texts = load_texts(language or patient.language)
    today = todays_list(record, patient_code, made_on)
    if not today.items:
        msg = f"nothing is prescribed to {patient_code} on {made_on}: prescribe an exercise first"
        raise InputError(msg)
    allowed = [each for each in today.items if each.withheld is None]
    subject = Subject(birth_year=patient.birth_year, sex=patient.sex_for_norms.value, day=made_on)
    standing = any(each.exercise is not None and each.exercise.standing for each in allowed)
    minor = bool(subject.ages_y) and min(subject.ages_y) < ADULT_FROM_Y
    extra = [("safety.standing", standing), ("safety.child", minor)]
    return Handout(
        name=patient.name or patient.code,
        made_on=made_on,
        texts=texts,
        items=tuple(item for each in allowed for item in _item(each, today.settings.pain_limit)),
        not_at_home=tuple(
            _not_at_home(each, each.withheld, texts)
            for each in today.items
            if each.withheld is not None
        ),
        safety=(*_ALWAYS, *(key for key, holds in extra if holds)),
        pain_limit=today.settings.pain_limit,
        note=today.settings.note,
        made_up=patient.made_up,
    )


def _item(found: TodayItem, pain_limit: int) -> list[HandoutItem]:
    if found.exercise is None:
        return []
    return [
        HandoutItem(
            exercise=found.exercise,
            prescription=found.prescription,
            times_per_week=found.item.times_per_week,
            weekdays=found.item.weekdays,
            stops_earlier=found.prescription.pain_limit < pain_limit,
            limited=math.isfinite(found.prescription.max_allowed_deg),
            note=found.item.note,
        )
    ]


def _not_at_home(found: TodayItem, why: Withheld, texts: Texts) -> tuple[str, str]:
    name = found.item.prescription.exercise
    title = texts.say(f"exercise.{name}.title") if found.exercise is not None else name
    return title, texts.say(f"withheld.{why}")
