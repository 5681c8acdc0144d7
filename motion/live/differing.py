"""Where the coach's count and the take's differ, said in one sentence."""

from collections.abc import Sequence

from motion.exercise.prescription import Dose
from motion.model import Analysis, CoachedRepetition, Repetition, RepetitionVerdict

__all__ = ["say_difference"]


def say_difference(analysis: Analysis, counted: Sequence[CoachedRepetition], dose: Dose) -> str:
    """Return in what the coach's repetitions differ from the offline ones; empty in nothing.

    Two are the same if they overlap in time. The take's own are the result; the sentence tells
    the reader why the number on the screen was another.

    Parameters
    ----------
    analysis
        The finished take.
    counted
        The coach's repetitions, at the take's times; whole are those that were held too.
    dose
        What was prescribed. Whether a hold was long enough only the coach says, so what was not
        held is compared in its number, not in its verdict.
    """
    offline = analysis.repetitions
    only_coach = sum(not any(_overlap(each, other) for other in offline) for each in counted)
    only_take = sum(not any(_overlap(other, each) for other in counted) for each in offline)
    judged = sum(
        each.full is not (other.verdict is RepetitionVerdict.FULL)
        for each in counted
        for other in offline
        if _overlap(each, other) and dose.is_held(each.hold_s)
    )
    parts = []
    if only_coach:
        parts.append(f"{only_coach} of the coach's are not in the take")
    if only_take:
        parts.append(f"{only_take} of the take's were not counted by the coach")
    if judged:
        parts.append(f"{judged} were judged otherwise (whole, partial or not measurable)")
    if not parts:
        return ""
    return (
        f"The take holds {len(offline)} repetitions, the coach counted {len(counted)}: "
        f"{'; '.join(parts)}."
    )


def _overlap(counted: CoachedRepetition, repetition: Repetition) -> bool:
    """Return whether the middle of one lies within the other."""
    return (
        counted.start_s <= repetition.peak_s <= counted.end_s
        or repetition.start_s <= counted.peak_s <= repetition.end_s
    )
