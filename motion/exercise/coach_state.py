"""What the coach shows after each picture."""

from dataclasses import dataclass
from enum import StrEnum

from motion.exercise.cues import Cue
from motion.model import CoachedRepetition, Compensated

__all__ = ["CoachEvent", "CoachState", "LightColour", "Phase"]


class Phase(StrEnum):
    """Where in the exercise the patient is."""

    WAITING = "waiting"
    """Not yet at rest in the start position."""
    REST = "rest"
    RAISE = "raise"
    """On the way from rest to the target, whichever way that is."""
    HOLD = "hold"
    LOWER = "lower"
    """On the way back."""
    BETWEEN_SETS = "between_sets"
    PAUSED = "paused"
    PAIN = "pain"
    """The pain button was pressed: the set stands still until the answer."""
    DONE = "done"
    ENDED = "ended"
    """Stopped before all was done."""


class LightColour(StrEnum):
    """The confidence light; shown with a word and a sign, never by colour alone."""

    GOOD = "good"
    FAIR = "fair"
    NOT_MEASURED = "not_measured"


class CoachEvent(StrEnum):
    """What happened in this very picture: a sound, a tick."""

    REPETITION = "repetition"
    PARTIAL = "partial"
    TARGET = "target"
    FAR_ENOUGH = "far_enough"
    HOLD_DONE = "hold_done"
    SET_DONE = "set_done"
    SET_BEGINS = "set_begins"
    ALL_DONE = "all_done"
    TIME_UP = "time_up"
    """The bell of a test against the clock."""
    LOST = "lost"
    FOUND = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachState:
    """The exercise as it stands at one moment.

    Parameters
    ----------
    time_s
        Of the picture.
    phase
        See there; a frozen coach keeps its phase.
    frozen
        Whether the needed landmarks are not seen, so that nothing moves on.
    angle
        Name of the counted angle with its side, ``left_knee_flexion``.
    angle_deg
        Its value now, not smoothed beyond the coach's own filter; NaN while frozen.
    target_deg, tolerance_deg, max_allowed_deg
        What it is held against; NaN where not set.
    rest_deg
        The level that a repetition leaves; NaN before it is known.
    reached
        How much of the way from rest to the target is done, 0 to 1; NaN without a target.
    light, light_cue
        How far the number may be trusted, and why if not.
    set_number, sets
        The set that is done now, from 1, of how many.
    repetition, repetitions
        Whole repetitions of this set, of how many. Partial ones count apart.
    partial
        Partial repetitions of this set.
    hold_s, hold_wanted_s
        Seconds held in this repetition, of how many.
    phase_s, phase_wanted_s
        Seconds in this phase, of how many the tempo wants (NaN where any): the tempo bar.
    rest_left_s
        Seconds until the next set; NaN outside a rest.
    cue
        The one thing to say now; None for nothing.
    compensating
        Names of the compensation signals that are beyond their limit now.
    events
        What happened in this picture.
    """

    time_s: float
    phase: Phase
    frozen: bool
    angle: str
    angle_deg: float
    target_deg: float
    tolerance_deg: float
    max_allowed_deg: float
    rest_deg: float
    reached: float
    light: LightColour
    light_cue: Cue | None
    set_number: int
    sets: int
    repetition: int
    repetitions: int
    partial: int
    hold_s: float
    hold_wanted_s: float
    phase_s: float
    phase_wanted_s: float
    rest_left_s: float
    cue: Cue | None
    compensating: tuple[str, ...]
    events: tuple[CoachEvent, ...]
    counted: tuple[CoachedRepetition, ...]
    compensations: tuple[Compensated, ...]
