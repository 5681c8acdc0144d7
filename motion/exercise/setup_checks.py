"""The checks of set-up, one after another: does it hold in this picture, and what to say if not.

Each check knows whether it held before: it lets go later than it took hold, so that somebody at
the limit is not asked back and forth.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.cues import Cue, CueKey
from motion.exercise.setup_asked import Asked
from motion.exercise.setup_body import (
    is_seen,
    measure_height_px,
    measure_stature_px,
    rows_of,
)
from motion.exercise.setup_state import SetupStep, Sight
from motion.kinematics.camera_tilt import WARN_FROM_ROLL_DEG
from motion.kinematics.joints import Plane
from motion.kinematics.view import WARN_FROM_DEG, off_plane
from motion.model import LivePose, Side, View

__all__ = ["CHECKS", "Found", "Look"]

_MARGIN, _MARGIN_KEPT = 0.10, 0.04
"""Share of the picture's width and height (clinical_rules.md 22)."""

_LEAST, _MOST = 0.60, 0.85
"""Height of the body over that of the picture (clinical.md 7)."""
_SIZE_KEPT = 0.05

_DARK, _DARK_KEPT = 80.0, 72.0
"""Luma of the brighter of body and surroundings below which it is too dark. Rendered clips have 180
to 190 in good light, whatever the skin, and 70 where the light is a tenth and the noise strong;
clips of real rooms 110 to 150."""

_BEHIND, _BEHIND_KEPT = 2.5, 3.0
"""How many times as bright as the trunk the rest of the picture is with the light behind: dark
clothes before a white wall come to two."""
_BRIGHT: Final = 140.0
"""A picture that is not bright around the body has no light behind it."""

_ROLL_KEPT_DEG = WARN_FROM_ROLL_DEG + 2.0
_OFF_KEPT_DEG = WARN_FROM_DEG + 4.0
_FACES_WITHIN_DEG = 45.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """All that set-up has of one picture.

    ``turned`` says whether the planned side was found to face the camera.
    """

    pose: LivePose
    sight: Sight
    view: View | None
    turned: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a check holds (None: it cannot be told yet), and what to say if it does not."""

    holds: bool | None
    cue: Cue


def check_person(asked: Asked, look: Look, held: bool) -> Found:
    """Check that somebody is there; in the dark nobody can be found, so that is said instead."""
    light = look.sight.light
    dark = light is not None and max(light.body, light.around) < _DARK_KEPT
    key = CueKey.TOO_DARK if dark else CueKey.COME_INTO_VIEW
    return Found(look.pose.detected, Cue(key))


def check_one_person(asked: Asked, look: Look, held: bool) -> Found:
    """Check that nobody else is in the picture."""
    return Found(look.sight.people_n <= 1, Cue(CueKey.ONE_PERSON_ONLY))


def check_in_view(asked: Asked, look: Look, held: bool) -> Found:
    """Check that what the exercise needs is seen, and not at the picture's edge."""
    margin = _MARGIN_KEPT if held else _MARGIN
    points = asked.points if look.turned else asked.points_before_turning()
    size_px = np.array([look.sight.width_px, look.sight.height_px], dtype=float)
    place = look.pose.image_px / size_px
    with np.errstate(invalid="ignore"):
        inside = np.all((place >= margin) & (place <= 1.0 - margin), axis=1)
    shown = inside & is_seen(look.pose)
    missing = [point for point in points if not np.any(shown[rows_of(point)])]
    if not missing:
        return Found(True, _show(points[0]) if points else Cue(CueKey.COME_INTO_VIEW))
    wanted = place[[row for point in points for row in rows_of(point)]]
    too_near = np.any(np.ptp(wanted, axis=0) > 1.0 - 2.0 * margin)
    return Found(False, Cue(CueKey.STEP_BACK) if too_near else _show(missing[0]))


def check_distance(asked: Asked, look: Look, held: bool) -> Found:
    """Check that the body is near enough to be measured, and far enough to be whole.

    The body of somebody who stands is 60 to 85 % of the picture's height. Who sits and will stand
    up needs the same room for the stature. Of a part of the body, or lying, nothing may be smaller
    than in a picture of a whole body that is just near enough, by the shorter side of the picture:
    how near it may be, the margin around it says (:func:`check_in_view`).
    """
    kept = _SIZE_KEPT if held else 0.0
    sight, pose = look.sight, look.pose
    whole = asked.whole_body and not asked.lying
    size_px = measure_height_px(pose) if whole and asked.standing else measure_stature_px(pose)
    most_px = (_MOST + kept) * sight.height_px if whole else math.inf
    of_px = sight.height_px if whole else min(sight.width_px, sight.height_px)
    if not math.isfinite(size_px):
        return Found(None, Cue(CueKey.STEP_BACK))
    if size_px > most_px:
        return Found(False, Cue(CueKey.STEP_BACK))
    return Found(size_px >= (_LEAST - kept) * of_px, Cue(CueKey.COME_CLOSER))


def check_light(asked: Asked, look: Look, held: bool) -> Found:
    """Check for light, and not from behind; a picture that was not looked at passes."""
    light = look.sight.light
    if light is None:
        return Found(True, Cue(CueKey.TOO_DARK))
    times = _BEHIND_KEPT if held else _BEHIND
    if light.around > max(_BRIGHT, times * light.body):
        return Found(False, Cue(CueKey.LIGHT_BEHIND))
    least = _DARK_KEPT if held else _DARK
    return Found(max(light.body, light.around) >= least, Cue(CueKey.TOO_DARK))


def check_level(asked: Asked, look: Look, held: bool) -> Found:
    """Check that the camera is level; where nobody stands that cannot be told, and passes."""
    roll_deg = look.view.roll_deg if look.view else math.nan
    most_deg = _ROLL_KEPT_DEG if held else WARN_FROM_ROLL_DEG
    return Found(not abs(roll_deg) > most_deg, Cue(CueKey.LEVEL_CAMERA))


def check_side(asked: Asked, look: Look, held: bool) -> Found:
    """Check that the camera sees the plane that is measured in, from the planned side."""
    if asked.plane is None:
        return Found(True, Cue(CueKey.TURN_A_LITTLE))
    if look.view is None:
        return Found(None, _turn(asked, math.nan))
    azimuth_deg = look.view.azimuth_deg
    off_deg = off_plane(look.view, asked.plane)
    if off_deg > _FACES_WITHIN_DEG or _shows_wrong_side(asked, azimuth_deg):
        return Found(False, _turn(asked, azimuth_deg))
    most_deg = _OFF_KEPT_DEG if held else WARN_FROM_DEG
    return Found(off_deg < most_deg, Cue(CueKey.TURN_A_LITTLE))


def _shows_wrong_side(asked: Asked, azimuth_deg: float) -> bool:
    if asked.plane is Plane.FRONTAL:
        return abs(azimuth_deg) > 90.0
    return asked.one_sided and (azimuth_deg > 0) is not (asked.side is Side.LEFT)


def _turn(asked: Asked, azimuth_deg: float) -> Cue:
    """Return how to stand: facing the camera, or with the planned or else the nearer side to it."""
    if asked.plane is Plane.FRONTAL:
        return Cue(CueKey.FACE_CAMERA)
    nearer = Side.LEFT if azimuth_deg > 0 else Side.RIGHT
    side = asked.side if asked.one_sided else nearer
    return Cue(CueKey.TURN_SIDE, (("side", f"side.{side}"),))


def _show(point: tuple[str, ...]) -> Cue:
    part = point[0] if len(point) == 1 else point[0].removeprefix("left_")
    return Cue(CueKey.SHOW_SEGMENT, (("segment", f"segment.{part}"),))


Check = Callable[[Asked, Look, bool], Found]

CHECKS: Final[tuple[tuple[SetupStep, Check], ...]] = (
    (SetupStep.PERSON, check_person),
    (SetupStep.ONE_PERSON, check_one_person),
    (SetupStep.IN_VIEW, check_in_view),
    (SetupStep.DISTANCE, check_distance),
    (SetupStep.LIGHT, check_light),
    (SetupStep.LEVEL, check_level),
    (SetupStep.SIDE, check_side),
)
