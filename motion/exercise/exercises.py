"""An exercise of the library: what is done, what is measured of it, what to watch."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose
from motion.model import Position

__all__ = ["CompensationRule", "Evidence", "Exercise", "Pictogram", "Region", "Sides"]


class Region(StrEnum):
    """Where in the body, for the shelves of the library."""

    SHOULDER = "shoulder"
    ELBOW = "elbow"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    TRUNK = "trunk"
    NECK = "neck"
    BALANCE = "balance"


class Evidence(StrEnum):
    """Whether the product measures the exercise, or only guides it."""

    VALIDATED = "validated"
    """Counts and angles were held against recordings with known answers, end to end."""
    GUIDE = "guide"
    """Guide only, not measured."""


class Sides(StrEnum):
    """Which limbs move."""

    ONE = "one"
    """One side, which the prescription names."""
    BOTH = "both"
    """Both together."""
    NONE = "none"
    """Trunk or neck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationRule:
    """A way of cheating that the coach watches for.

    Parameters
    ----------
    signal
        A signal by its name (:mod:`motion.exercise.compensation_signals`).
    limit
        How far the signal may leave its own value at the start, in the signal's unit; never
        less than twice the measured error within a take (clinical_rules.md 21).
    direction
        +1 where only more counts, -1 where only less, 0 for both.
    cue
        Key of the patient's text.
    """

    signal: str
    limit: float
    direction: int
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictogram:
    """Two postures from which the product draws its own picture.

    Each maps an angle of a simple figure (``trunk``, ``left_knee`` ...) to degrees; ``view`` is
    ``side`` or ``front``.
    """

    view: str = "side"
    start: dict[str, float] = field(default_factory=dict)
    end: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One file of ``data/exercises``.

    Parameters
    ----------
    name, title
        The file's name without its ending; what a physiotherapist reads.
    region, evidence, position, sides
        See there.
    movement
        What is measured of it; None of an exercise that is only guided.
    start_deg
        Where the counted angle rests, roughly; NaN where it is not measured.
    target_deg, tolerance_deg
        A usual target, for the prescription to start from; NaN where there is none.
    dose
        A usual dose, for the same.
    needs
        Points that have to be in view, without their side (``hip``, ``knee``): those of the planned
        side, or of both where both move. Trunk and neck name them with the side (``left_ear``).
    compensations
        What the coach watches for.
    contraindication
        When not to do it, for the physiotherapist.
    seated_variant
        Name of the exercise that does the same on a chair; empty where there is none.
    test
        Which functional test it is (``five_sit_to_stand``); empty where it is none.
    """

    name: str
    title: str
    region: Region
    evidence: Evidence
    position: Position
    sides: Sides
    movement: Movement | None = None
    start_deg: float = math.nan
    target_deg: float = math.nan
    tolerance_deg: float = 5.0
    dose: Dose = field(default_factory=Dose)
    needs: tuple[str, ...] = ()
    compensations: tuple[CompensationRule, ...] = ()
    contraindication: str = ""
    seated_variant: str = ""
    test: str = ""
    pictogram: Pictogram = field(default_factory=Pictogram)

    @property
    def measured(self) -> bool:
        """Whether the camera measures it; else it is guided only."""
        return self.movement is not None and self.evidence is Evidence.VALIDATED

    @property
    def standing(self) -> bool:
        """Whether it is done standing: at home only when the physiotherapist allows that."""
        return self.position is Position.STANDING
