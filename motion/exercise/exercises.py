"""An exercise of the library: what is done, what is measured of it, what to watch."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose
from motion.model import Position

__all__ = [
    "FIGURE_ANGLES",
    "PROPS",
    "TURNS",
    "CompensationRule",
    "Evidence",
    "Exercise",
    "Pictogram",
    "Region",
    "Sides",
]

FIGURE_ANGLES = (
    "trunk",
    "head",
    *(
        f"{side}_{joint}"
        for joint in ("shoulder", "elbow", "hip", "knee", "ankle")
        for side in ("left", "right")
    ),
)
"""What a posture of a pictogram may name; an angle that is not named is 0: upright, straight, the
foot at a right angle to the shank."""

PROPS = ("chair", "table", "wall", "wall_behind", "mat", "step", "band")
"""What a pictogram may show beside the person: a chair under who sits and before who stands, a
table to slide the hands on with its chair, a wall in front or behind, a band between the hands."""

TURNS = ("head", "trunk", "hips", "left_wrist", "right_wrist")
"""Where a pictogram may show by an arrow that something turns, which two postures cannot."""


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
    """Two postures from which the product draws its own picture, of the right side if of one.

    Each maps some of :data:`FIGURE_ANGLES` to degrees, with the signs of the joint table. Seen from
    the side, flexion and dorsiflexion are positive: ``trunk`` 90 lies face down and -90 face up,
    ``left_hip`` is against the trunk, ``head`` against the trunk too. Seen from the front,
    shoulders and hips are abducted (outwards positive), ``trunk`` and ``head`` lean to the
    person's right, elbows bend the forearm upwards on the outer side of a lifted arm, and knees
    and ankles bend towards the viewer, where little is seen of it.

    Parameters
    ----------
    view
        ``side`` or ``front``.
    start, end
        The postures; equal ones show a hold.
    prop
        One of :data:`PROPS`; empty for none.
    turn
        One of :data:`TURNS`; empty for none.
    """

    view: str = "side"
    start: Mapping[str, float] = field(default_factory=dict)
    end: Mapping[str, float] = field(default_factory=dict)
    prop: str = ""
    turn: str = ""


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
    lasts_s
        After how long it ends by itself, as a test against the clock; NaN where it does not.
    validated_by
        Names of the rendered movements (``data/validation/motions.csv``) that it was held against;
        empty of one that is only guided.
    same_movement_as
        Of a clinic's own: the validated exercise whose movement it is, with another dose, target or
        words; empty where it is another.
    own
        Whether it is the clinic's own file, and none of the product's.
    patient
        The patient's texts of an exercise of the clinic's own, by language: each has ``title``,
        ``how`` and ``care``. Those of the product's stand in ``data/texts``.
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
    lasts_s: float = math.nan
    pictogram: Pictogram = field(default_factory=Pictogram)
    validated_by: tuple[str, ...] = ()
    same_movement_as: str = ""
    own: bool = False
    patient: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def measured(self) -> bool:
        """Whether the camera measures it; else it is guided only."""
        return self.movement is not None and self.evidence is Evidence.VALIDATED

    @property
    def standing(self) -> bool:
        """Whether it is done standing: at home only when the physiotherapist allows that."""
        return self.position is Position.STANDING
