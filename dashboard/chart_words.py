"""What a person reads of a patient's chart: days, angles by hand."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from dashboard import words
from motion.clinic import ByHand, find_hand_angle
from motion.clinic.hand_angles import HAND_ANGLES
from motion.model import Side

__all__ = [
    "HAND_CHOICES",
    "HandChoice",
    "hand_choice_title",
    "hand_title",
    "hand_value",
    "on_day",
    "sign_of",
]

_EXTENDED: Final = words.EXTENDED_TO_ZERO
_NAMES: Final = {
    "hip_flexion": "Hip flexion",
    "trunk_flexion": "Trunk forward lean",
}
"""By a goniometer these are the plain joint's: its title names what a camera's angle includes."""

_NEAR_ENDS: Final = {
    "shoulder_flexion": "Shoulder extension",
    "shoulder_abduction": "Shoulder adduction",
    "hip_flexion": "Hip extension",
    "hip_abduction": "Hip adduction",
    "ankle_dorsiflexion": "Ankle plantarflexion",
    "trunk_flexion": "Trunk backward lean",
    "trunk_lateral_flexion": "Trunk side lean to the left",
    "neck_lateral_flexion": "Neck side bend to the left",
}
"""What the smallest angle is called in the trade; it goes below 0 on the angle's own axis."""


class HandChoice(NamedTuple):
    """An angle and the end of its range, as it is chosen."""

    joint: str
    motion: str
    measure: str

    @property
    def name(self) -> str:
        """``knee_flexion``."""
        return f"{self.joint}_{self.motion}"

    @property
    def sides(self) -> Sequence[Side]:
        """Which sides it has."""
        sided = find_hand_angle(self.name).sided
        return (Side.LEFT, Side.RIGHT) if sided else (Side.NONE,)


def _choices() -> tuple[HandChoice, ...]:
    largest = [HandChoice(a.joint, a.motion, "rom_max") for a in HAND_ANGLES]
    smallest = [HandChoice(a.joint, a.motion, "rom_min") for a in HAND_ANGLES if a.by_camera]
    return (*largest, *sorted(smallest, key=lambda each: each.joint not in _EXTENDED))


HAND_CHOICES: Final = _choices()
"""Every angle's far end; of those whose near end is a result of its own, that end too."""


def on_day(day: date) -> str:
    """Return a day as no country reads it the wrong way round."""
    return f"{day.day} {day:%b %Y}"


def hand_choice_title(choice: HandChoice) -> str:
    """Return ``Knee flexion``, ``Knee extension`` or ``Hip extension (as minus)``."""
    title = _NAMES.get(choice.name, find_hand_angle(choice.name).title)
    if choice.measure == "rom_max":
        return title
    if choice.joint in _EXTENDED:
        return f"{choice.joint.capitalize()} extension"
    return f"{_NEAR_ENDS[choice.name]} (as minus)"


def hand_title(by_hand: ByHand) -> str:
    """Return an angle by hand with its side: ``Left knee extension``."""
    title = hand_choice_title(HandChoice(by_hand.joint, by_hand.motion, by_hand.measure))
    if by_hand.side is Side.NONE:
        return title
    return f"{words.side_title(by_hand.side)} {title[0].lower()}{title[1:]}"


def hand_value(by_hand: ByHand) -> str:
    """Return degrees as they are said: ``92°``, ``lacks 10°``, ``5° hyperextension``."""
    if by_hand.measure == "rom_min" and by_hand.joint in _EXTENDED:
        return words.extension(by_hand.value_deg, math.nan)
    return words.degrees(by_hand.value_deg)


def sign_of(choice: HandChoice) -> str:
    """Return what zero is and which way is below it, in one short sentence."""
    if choice.measure == "rom_min" and choice.joint in _EXTENDED:
        return "0 means straight; 10 short of straight is 10; 5 of hyperextension is -5."
    zero = find_hand_angle(choice.name).zero
    below = " The other way from there is below 0." if choice.measure == "rom_min" else ""
    return f"0 means {zero}.{below}"
