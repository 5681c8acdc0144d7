"""What walking is made of: events, walks between turns, steps, strides, cycles."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.model.origin import Origin
from motion.model.poses import FloatArray
from motion.model.take import NearSide, Side

__all__ = [
    "FOOT_OFF",
    "GAIT",
    "INITIAL_CONTACT",
    "CycleCurve",
    "Event",
    "Gait",
    "Scale",
    "ScaleSource",
    "Step",
    "Stride",
    "TimedPhase",
    "Walk",
]

INITIAL_CONTACT: Final = "initial_contact"
FOOT_OFF: Final = "foot_off"

GAIT: Final = "gait"
"""The ``joint`` of a measurement that is of walking as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at one moment, such as an initial contact.

    Parameters
    ----------
    walk
        Number of the walk it belongs to, from 1; 0 where it belongs to none.
    left_out
        Why no mean is made of it, in plain words; empty where it counts.
    origin
        Whether it was found or set by hand.
    """

    time_s: float
    side: Side
    event: str
    confidence: float
    walk: int = 0
    left_out: str = ""
    origin: Origin = Origin.FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Walking straight on, between two turns or stops.

    Parameters
    ----------
    number
        From 1, in order of time.
    direction
        ``left`` or ``right`` in the picture; empty where there is no picture.
    near_side
        Which side of the body was nearest the camera.
    speed_m_s
        Of the body over the floor or the belt; NaN where there is no scale.
    """

    number: int
    start_s: float
    end_s: float
    direction: str
    near_side: NearSide
    speed_m_s: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one foot's initial contact to the other's, whose side it has."""

    side: Side
    walk: int
    start_s: float
    end_s: float
    length_m: float = math.nan
    confidence: float = math.nan
    left_out: str = ""

    @property
    def time_s(self) -> float:
        """Seconds from contact to contact."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Stride:
    """From an initial contact to the next one of the same foot.

    In the order of a walk: contact, the other foot's off, the other foot's contact, the own
    foot off, contact. What of it was not found is NaN.
    """

    side: Side
    walk: int
    start_s: float
    opposite_off_s: float
    opposite_contact_s: float
    foot_off_s: float
    end_s: float
    length_m: float = math.nan
    confidence: float = math.nan
    left_out: str = ""

    @property
    def time_s(self) -> float:
        """Seconds from contact to contact."""
        return self.end_s - self.start_s

    @property
    def stance_percent(self) -> float:
        """Share of the stride with the foot on the floor."""
        return 100.0 * (self.foot_off_s - self.start_s) / self.time_s

    @property
    def swing_percent(self) -> float:
        """Share of the stride with the foot in the air."""
        return 100.0 - self.stance_percent

    @property
    def single_support_percent(self) -> float:
        """Share of the stride on this foot alone."""
        return 100.0 * (self.opposite_contact_s - self.opposite_off_s) / self.time_s

    @property
    def double_support_percent(self) -> float:
        """Share of the stride on both feet: after the contact and before the foot off."""
        first = self.opposite_off_s - self.start_s
        second = self.foot_off_s - self.opposite_contact_s
        return 100.0 * (first + second) / self.time_s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CycleCurve:
    """One angle over one stride.

    Parameters
    ----------
    cycle
        Number of the stride on its side, from 1.
    percent
        ``(101,)``: 0, 1, ... 100 of the stride.
    angle_deg
        ``(101,)``; NaN where not measured.
    foot_off_percent
        Where stance ends.
    left_out
        Why no mean is made of it; empty where it counts.
    """

    side: Side
    cycle: int
    angle: str
    percent: FloatArray
    angle_deg: FloatArray
    foot_off_percent: float = math.nan
    left_out: str = ""


class ScaleSource(StrEnum):
    """Where metres come from."""

    FLOOR_DISTANCE = "floor_distance"
    """A known distance on the floor, in the plane of the walk."""
    HEIGHT = "height"
    """The person's height."""
    METRES = "metres"
    """The positions are in metres already: markers, or several cameras."""
    BELT = "belt"
    """The speed of a treadmill's belt: lengths come of speed and time."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Metres per unit of the positions, and how far that may be wrong.

    ``relative_sd`` is the standard error as a share of the scale; NaN where there is no scale.
    """

    m_per_unit: float = math.nan
    source: ScaleSource = ScaleSource.NONE
    relative_sd: float = math.nan

    @property
    def known(self) -> bool:
        """Whether lengths can be given in metres."""
        return math.isfinite(self.m_per_unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPhase:
    """A part of a timed test, such as standing up in the timed up and go."""

    test: str
    phase: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gait:
    """What was found of walking in a take; its events stand in the analysis."""

    walks: tuple[Walk, ...] = ()
    steps: tuple[Step, ...] = ()
    strides: tuple[Stride, ...] = ()
    scale: Scale = Scale()
    treadmill: bool = False
    phases: tuple[TimedPhase, ...] = ()
