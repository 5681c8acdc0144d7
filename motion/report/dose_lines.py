"""What a patient is to do of an exercise, in the patient's words: side, dose, target, limit."""

import math

from motion.exercise.prescription import Prescription
from motion.model import Side
from motion.texts import Texts

__all__ = ["dose_lines", "say_degrees", "side_text"]


def dose_lines(given: Prescription, texts: Texts, *, measured: bool) -> list[str]:
    """Return what is to be done, in a line each.

    Parameters
    ----------
    measured
        Whether the camera measures the exercise; of one that is only guided there is nothing that
        a target or a limit in degrees could be held against, and neither is promised.
    """
    dose = given.dose
    sets = texts.say("page.sets", count=str(dose.sets))
    repetitions = texts.say("page.repetitions", count=str(dose.repetitions))
    limited = measured and math.isfinite(given.max_allowed_deg)
    lines = [
        side_text(given.side, texts),
        texts.say("page.dose", sets=sets, repetitions=repetitions),
        texts.say("page.hold", seconds=f"{dose.hold_s:g}") if dose.hold_s else "",
        texts.say("page.rest", seconds=f"{dose.rest_s:g}") if dose.sets > 1 else "",
        texts.say("page.target", degrees=say_degrees(given.target_deg, texts))
        if measured and math.isfinite(given.target_deg)
        else "",
        texts.say("safety.limit") if limited else "",
    ]
    return [line for line in lines if line]


def side_text(side: Side, texts: Texts) -> str:
    """Return which side is done; empty of an exercise that has none."""
    return texts.say(f"side_title.{side}") if side is not Side.NONE else ""


def say_degrees(angle_deg: float, texts: Texts) -> str:
    """Return an angle in whole degrees: ``62 degrees``, ``1 degree``."""
    return texts.say("page.degrees", degrees=str(round(angle_deg)))
