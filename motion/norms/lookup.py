"""Which published values may stand beside a number, and why the others may not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from motion.model import Mode, Position
from motion.norms.norm import Norm, NormKind

__all__ = ["ADULT_FROM_Y", "References", "Subject", "find_references"]

ADULT_FROM_Y: Final = 18
"""No adult's value is put against a younger person (clinical_rules.md 24)."""

_NO_NORM: Final = {
    "hip_flexion": "no norm: hip-trunk flexion includes pelvis and low back",
    "trunk_flexion": "no norm: lean from the vertical is not the spine's own motion",
    "trunk_lateral_flexion": "no norm: lean from the vertical is not the spine's own motion",
}
_NOTHING_VERIFIED: Final = "no verified norm"
_SAME_AS: Final = {"best_three_mean": "rom_max", "best_three_mean_down": "rom_min"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Of whom a number is, and how it was measured.

    ``sex`` is ``female``, ``male`` or ``unknown``; ``birth_year`` is None where not known.
    """

    birth_year: int | None
    sex: str
    day: date
    mode: Mode = Mode.ACTIVE
    position: Position = Position.UNKNOWN

    @property
    def age_y(self) -> int | None:
        """Years completed for certain on that day: the birthday itself is not known."""
        return None if self.birth_year is None else self.day.year - self.birth_year - 1

    @property
    def ages_y(self) -> tuple[int, ...]:
        """Years that may be completed on that day, before and after the birthday."""
        return () if self.age_y is None else (self.age_y, self.age_y + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What may be shown beside a number, and why nothing more."""

    shown: tuple[Norm, ...] = ()
    reason: str = ""

    @property
    def published(self) -> tuple[Norm, ...]:
        """Values of people: norms and textbook values."""
        return tuple(n for n in self.shown if n.kind is not NormKind.FUNCTIONAL)

    @property
    def functional(self) -> tuple[Norm, ...]:
        """What daily tasks need."""
        return tuple(n for n in self.shown if n.kind is NormKind.FUNCTIONAL)


def find_references(
    norms: Iterable[Norm], angle: str, measure: str, subject: Subject
) -> References:
    """Return the published values that fit a person and a way of measuring.

    A norm needs the person's age (both that are possible, as only the year of birth is known), the
    same sex unless it is for both, the same mode (a passive
    norm says nothing about active motion: a helper's hand goes some degrees farther), and where
    it names one the same position. A textbook value stands in only where no study fits. What a
    task needs is shown to every adult, and where the age is not known; never to a child.

    Parameters
    ----------
    norms
        Everything that is published.
    angle, measure
        ``knee_flexion``, ``rom_max``. A mean of the best repetitions is held against what its
        extreme is.
    subject
        Who, when, and how measured.
    """
    measure = _SAME_AS.get(measure, measure)
    if angle in _NO_NORM:
        return References(reason=_NO_NORM[angle])
    named = [n for n in norms if (n.angle, n.measure) == (angle, measure)]
    age_y = subject.age_y
    if age_y is not None and age_y < ADULT_FROM_Y:
        return References(reason="no norm: adults' values say nothing about a child")
    functional = [n for n in named if n.kind is NormKind.FUNCTIONAL]
    people = [n for n in named if n.kind is not NormKind.FUNCTIONAL]
    fitting, reason = _fitting(people, subject)
    return References(shown=(*fitting, *functional), reason="" if fitting else reason)


def _fitting(people: Sequence[Norm], subject: Subject) -> tuple[list[Norm], str]:
    """Return the norms that fit, or why none does: the first thing that leaves none over."""
    if not people:
        return [], _NOTHING_VERIFIED
    ages_y = subject.ages_y
    if not ages_y:
        return [], "no norm: the year of birth is not known"
    left = list(people)
    conditions: tuple[tuple[Callable[[Norm], bool], str], ...] = (
        (
            lambda n: any(n.is_for_age(age_y) for age_y in ages_y),
            f"{_NOTHING_VERIFIED} at this age",
        ),
        (
            lambda n: all(n.is_for_age(age_y) for age_y in ages_y),
            f"no norm: {ages_y[0]} or {ages_y[1]} years old, and no verified norm is for both",
        ),
        (lambda n: n.mode in ("", subject.mode), f"{_NOTHING_VERIFIED} of {subject.mode} motion"),
        (
            lambda n: n.position in ("", subject.position),
            f"{_NOTHING_VERIFIED} in this position",
        ),
        (lambda n: n.sex in ("both", subject.sex), f"{_NOTHING_VERIFIED} for this sex"),
    )
    for fits, reason in conditions:
        left = [norm for norm in left if fits(norm)]
        if not left:
            return [], reason
    studies = [n for n in left if n.kind is not NormKind.TEXTBOOK]
    return studies or left, ""
