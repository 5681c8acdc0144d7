"""What a physiotherapist prescribes of one exercise: side, dose, target, limits."""

import math
from dataclasses import dataclass, field

from motion.model import Side

__all__ = ["MOST_PAIN", "Dose", "Prescription"]

MOST_PAIN = 10

_HELD_SHARE = 0.8
"""Our own choice: a hold is timed from the band's edge to its edge, and loses some time there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much and how fast.

    ``hold_s`` is 0 where nothing is held; ``raise_s`` and ``lower_s`` are the tempo, NaN where
    any will do.
    """

    sets: int = 3
    repetitions: int = 10
    hold_s: float = 0.0
    rest_s: float = 60.0
    raise_s: float = math.nan
    lower_s: float = math.nan

    def is_held(self, hold_s: float) -> bool:
        """Return whether a hold was long enough: four fifths of what was asked, or none was."""
        return hold_s >= _HELD_SHARE * self.hold_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One exercise as one patient is to do it.

    Parameters
    ----------
    exercise
        Its name in ``data/exercises``.
    side
        ``left`` or ``right``; ``both`` where both limbs move together, ``none`` of trunk and neck.
    target_deg
        How far the counted angle is to go; NaN where there is no target, and then nothing is
        called partial that reaches 0.6 of the patient's own best of the set.
    tolerance_deg
        Half the height of the band around the target that counts as on target.
    max_allowed_deg
        Farther than this the joint may not go: at it the coach says that it is far enough, and
        never asks for more (clinical_rules.md 19); NaN where no limit is set. It is on the side of
        the target: with a target below rest (a knee that straightens) it is the lowest angle.
    pain_limit
        Above this answer a set is not resumed.
    """

    exercise: str
    side: Side
    dose: Dose = field(default_factory=Dose)
    target_deg: float = math.nan
    tolerance_deg: float = 5.0
    max_allowed_deg: float = math.nan
    pain_limit: int = 5
