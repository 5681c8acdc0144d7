"""What is said of a target: where it comes from, and how far a number lies from it."""

import math
from datetime import datetime
from typing import Final

from dashboard import words
from motion.clinic import Target
from motion.clinic.change import PROVISIONAL, is_provisional
from motion.model import Measurement, Side

__all__ = [
    "EXERCISE",
    "angle_named",
    "day_text",
    "distance",
    "source_of",
    "straightens",
    "target_text",
]

EXERCISE: Final = "the exercise"
"""Whence a target comes that nobody set for the patient."""


def angle_named(joint: str, motion: str, side: Side) -> str:
    """Return an angle's title in lists: ``Left knee flexion``, ``Knee flexion, both sides``."""
    title = words.short_title(joint, motion, side)
    return f"{title}, both sides" if side is Side.BOTH else title


def day_text(moment: datetime) -> str:
    """Return a day here, as no country reads it the wrong way round."""
    here = moment.astimezone()
    return f"{here.day} {here:%b %Y}"


def source_of(target: Target) -> str:
    """Return when and by whom a target was set."""
    by = f" by {target.set_by}" if target.set_by else ""
    return f"target set {day_text(target.created_at)}{by}"


def target_text(m: Measurement, target_deg: float, movement: str) -> str:
    """Return a target as the number beside it is said."""
    if straightens(m, movement):
        return words.extension(target_deg, math.nan)
    return words.degrees(target_deg)


def distance(m: Measurement, target_deg: float, movement: str) -> str:
    """Return how far a number lies from a target: a difference of what is shown, no verdict."""
    apart = round(m.value) - round(target_deg)
    if not apart:
        return "at the target"
    above, below = "above the target", "below the target"
    if straightens(m, movement):
        above, below = "more bent than the target", "straighter than the target"
    said = f"{abs(apart)}° {above if apart > 0 else below}"
    if not (math.isfinite(m.mdc95) and abs(apart) < m.mdc95):
        return said
    remark = f" ({PROVISIONAL})" if is_provisional(m.mdc_source) else ""
    return f"{said}, within measurement error{remark}"


def straightens(m: Measurement, movement: str) -> bool:
    """Whether a number is said as ``lacks 10°``."""
    return (
        m.measure == "rom_min"
        and m.joint in words.EXTENDED_TO_ZERO
        and words.is_extension_test(movement)
    )
