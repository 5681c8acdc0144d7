"""Words in which the stories of the made-up clinic are told."""

from datetime import date, timedelta
from typing import Any, Final

from motion.clinic import ItemDetails, PatientDetails, SexForNorms, TargetDetails, Weekday
from motion.demo.courses import Course
from motion.demo.filming import HEIGHT_CM
from motion.exercise.prescription import Dose, Prescription
from motion.model import Side

__all__ = ["OTHER", "item", "patient", "target", "walk"]

OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_THREE_DAYS: Final = (Weekday.MON, Weekday.WED, Weekday.FRI)
_OF_PRESCRIPTION: Final = ("target_deg", "max_allowed_deg")


def patient(today: date, age_y: int, note: str, **more: Any) -> PatientDetails:
    """Return a patient of that age without a name; the note says that it is made up."""
    given: dict[str, Any] = {
        "birth_year": today.year - age_y,
        "height_cm": HEIGHT_CM,
        "sex_for_norms": SexForNorms.FEMALE if age_y % 2 else SexForNorms.MALE,
        "diagnosis_note": f"{note} (made up)",
        "language": "en",
    }
    return PatientDetails(code="", **(given | more))


def item(
    exercise: str, side: Side, today: date, days: int, *, guided: bool = False, **more: Any
) -> ItemDetails:
    """Return an item since so many days: every day if it is only guided, else thrice a week."""
    of_prescription = {name: more.pop(name) for name in _OF_PRESCRIPTION if name in more}
    dose = Dose(sets=2, repetitions=10) if guided else Dose(sets=1, repetitions=4)
    return ItemDetails(
        prescription=Prescription(exercise=exercise, side=side, dose=dose, **of_prescription),
        started_on=today - timedelta(days=days),
        times_per_week=7 if guided else 3,
        weekdays=() if guided else _THREE_DAYS,
        **more,
    )


def target(angle: str, side: Side, target_deg: float, measure: str = "rom_max") -> TargetDetails:
    """Return a target of an angle of the joint table."""
    joint, _, motion = angle.partition("_")
    return TargetDetails(
        joint=joint, motion=motion, side=side, target_deg=target_deg, measure=measure
    )


def walk(**said: Any) -> Course:
    """Return a course of walking; levels are metres per second."""
    return Course(exercise="walking", side=Side.BOTH, spread=0.03, step=0.05, **said)
