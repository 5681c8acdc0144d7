"""What set-up asks for, one thing after another, before an exercise begins."""

import math
from dataclasses import dataclass
from enum import StrEnum

from motion.exercise.cues import Cue
from motion.model import NeutralPose, PictureLight

__all__ = ["PictureLight", "SetupState", "SetupStep", "Sight"]


class SetupStep(StrEnum):
    """In this order; a step that falls back is asked for again."""

    PERSON = "person"
    ONE_PERSON = "one_person"
    IN_VIEW = "in_view"
    DISTANCE = "distance"
    LIGHT = "light"
    LEVEL = "level"
    SIDE = "side"
    HAND = "hand"
    """"Lift your right hand": starts without touching anything, and tells a mirrored picture."""
    COUNTDOWN = "countdown"
    NEUTRAL = "neutral"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What set-up must know of a picture besides the body's landmarks.

    Parameters
    ----------
    width_px, height_px
        Of the picture.
    people_n
        People in view, as far as the watcher knows.
    light
        Of the picture; None where it was not looked at.
    """

    width_px: int
    height_px: int
    people_n: int
    light: PictureLight | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupState:
    """How far set-up is.

    Parameters
    ----------
    step
        What is asked for now.
    done
        The steps that hold at this moment, for a list with ticks.
    cue
        What to say.
    countdown_s
        Whole seconds left of the countdown; 0 outside it.
    neutral
        The neutral pose, once it was held.
    go_in_s
        Seconds until GO sounds, once it is certain, where a test is timed from it; NaN otherwise.
    mirrored
        Whether the lifted right hand turned out to be the model's left: None until a hand was
        lifted.
    """

    step: SetupStep
    done: tuple[SetupStep, ...]
    cue: Cue | None
    countdown_s: int = 0
    neutral: NeutralPose | None = None
    go_in_s: float = math.nan
    mirrored: bool | None = None
