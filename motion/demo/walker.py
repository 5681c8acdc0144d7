"""Made-up walking: feet that roll over the floor, legs that follow by two-link kinematics.

A foot lands on its heel, rolls flat, rolls over its toes and leaves. Axes are those of
:mod:`motion.demo.body`, Z the way that is walked, Y up from the floor.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from motion.demo.body import BODY_LEG_M, pose_body
from motion.model import LANDMARKS, FloatArray, Side

__all__ = ["Footfall", "Walker", "pose_walk"]

_THIGH_M, _SHANK_M = 0.42, 0.40
_HEEL, _TOE = np.array([-0.06, -0.08]), np.array([0.18, -0.08])
"""From the ankle of a flat foot: forward and up, in metres."""

_HALF_STANCE_M: Final = 0.09
_GRID_HZ: Final = 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Footfall:
    """One foot on the floor: its ankle ``at_m`` along the way, and from when to when."""

    side: Side
    at_m: float
    contact_s: float
    off_s: float


@dataclass(frozen=True, kw_only=True)
class Walker:
    """How somebody of 0.87 m leg length walks: steadily, past the camera.

    Parameters
    ----------
    step_m
        Mean of the left and the right step's length.
    left_time_share, left_length_share
        What the left step (right contact to left contact) has of a stride's time and length.
    """

    stride_s: float = 1.1
    stance_share: float = 0.62
    step_m: float = 0.6
    left_time_share: float = 0.5
    left_length_share: float = 0.5
    strides: int = 6

    @property
    def speed_m_s(self) -> float:
        """Of steady walking."""
        return 2.0 * self.step_m / self.stride_s

    @property
    def lift_share(self) -> float:
        """How far the feet are turned and lifted: less where steps are short."""
        return min(1.0, self.step_m / (0.62 * BODY_LEG_M))

    @cached_property
    def falls(self) -> tuple[Footfall, ...]:
        """Every footfall, in order of contact, from before the first to after the last stride."""
        return tuple(self._list_falls())

    def _list_falls(self) -> Iterator[Footfall]:
        stride_m = 2.0 * self.step_m
        later_s = (1.0 - self.left_time_share) * self.stride_s
        later_m = (1.0 - self.left_length_share) * stride_m
        for number in range(-2, self.strides + 3):
            contact_s, at_m = (number + 0.25) * self.stride_s, number * stride_m
            off_s = contact_s + self.stance_share * self.stride_s
            yield Footfall(side=Side.LEFT, at_m=at_m, contact_s=contact_s, off_s=off_s)
            yield Footfall(
                side=Side.RIGHT,
                at_m=at_m + later_m,
                contact_s=contact_s + later_s,
                off_s=off_s + later_s,
            )


def pose_walk(walker: Walker, time_s: FloatArray) -> FloatArray:
    """Return ``(n, 33, 3)`` landmarks of the walk."""
    along = _place_pelvis(walker, time_s)
    height = _find_pelvis_height(walker, time_s)
    hip = np.stack([along, height], axis=1)
    legs, arms = {}, {"trunk_flexion": np.full(len(time_s), 3.0)}
    for side in (Side.LEFT, Side.RIGHT):
        foot = _pose_foot(walker, side, time_s)
        knee = _find_knee(hip, foot["ankle"])
        legs[side] = {"hip": hip, "knee": knee, **foot}
        thigh_deg = np.degrees(np.arctan2(knee[:, 0] - along, height - knee[:, 1]))
        arms[f"{side}_shoulder_flexion"] = -0.8 * (thigh_deg - 10.0)
        arms[f"{side}_elbow_flexion"] = np.full(len(time_s), 20.0)
    body = pose_body(arms, len(time_s))
    body[..., 1] += height[:, None]
    body[..., 2] += along[:, None]
    for side, points in legs.items():
        for name, place in points.items():
            column = LANDMARKS.index(f"{side}_{name}")
            body[:, column, 0] = _HALF_STANCE_M if side is Side.LEFT else -_HALF_STANCE_M
            body[:, column, [2, 1]] = place
    return body


def _place_pelvis(walker: Walker, time_s: FloatArray) -> FloatArray:
    first = walker.falls[0]
    ahead_m = 0.4 * walker.stance_share * 2.0 * walker.step_m
    return np.asarray(first.at_m - ahead_m + walker.speed_m_s * (time_s - first.contact_s))


def _find_pelvis_height(walker: Walker, time_s: FloatArray) -> FloatArray:
    """Return a smooth height at which neither leg is ever stretched past straight."""
    span_s = walker.stride_s
    grid = np.arange(time_s.min() - span_s, time_s.max() + span_s, 1.0 / _GRID_HZ)
    along = _place_pelvis(walker, grid)
    reach_m = 0.995 * (_THIGH_M + _SHANK_M)
    highest = np.full(len(grid), np.inf)
    for side in (Side.LEFT, Side.RIGHT):
        ankle = _pose_foot(walker, side, grid)["ankle"]
        allowed = ankle[:, 1] + np.sqrt(np.maximum(reach_m**2 - (ankle[:, 0] - along) ** 2, 0.0))
        highest = np.fmin(highest, allowed)
    # The least of a window, averaged over a smaller one, never lies above any of its values.
    half = round(0.12 * span_s * _GRID_HZ)
    least = minimum_filter1d(highest, 2 * half + 1)
    smooth = uniform_filter1d(uniform_filter1d(least, half + 1), half + 1)
    return np.interp(time_s, grid, smooth)


def _find_knee(hip: FloatArray, ankle: FloatArray) -> FloatArray:
    """Return ``(n, 2)``: where the knee lies before the line from hip to ankle."""
    line = ankle - hip
    length = np.linalg.norm(line, axis=1)
    down = line / length[:, None]
    along = (_THIGH_M**2 - _SHANK_M**2 + length**2) / (2.0 * length)
    before = np.sqrt(np.maximum(_THIGH_M**2 - along**2, 0.0))
    across = np.stack([-down[:, 1], down[:, 0]], axis=1)
    return np.asarray(hip + along[:, None] * down + before[:, None] * across)


def _pose_foot(walker: Walker, side: Side, time_s: FloatArray) -> dict[str, FloatArray]:
    """Return ``(n, 2)`` of ankle, heel and toe: along the way, and up."""
    falls = [fall for fall in walker.falls if fall.side is side]
    ankle, pitch = np.full((len(time_s), 2), np.nan), np.full(len(time_s), np.nan)
    for fall in falls:
        on = (time_s >= fall.contact_s) & (time_s <= fall.off_s)
        ankle[on], pitch[on] = _roll(walker, fall, time_s[on])
    for before, after in itertools.pairwise(falls):
        off = (time_s > before.off_s) & (time_s < after.contact_s)
        ankle[off], pitch[off] = _swing(walker, before, after, time_s[off])
    heel, toe = ankle + _turn(_HEEL, pitch), ankle + _turn(_TOE, pitch)
    return {"ankle": ankle, "heel": heel, "foot_index": toe}


def _turn(vector: FloatArray, angle: FloatArray) -> FloatArray:
    """Return the vector ``(2,)`` turned by each angle: toes up is positive."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * vector[0] - sin * vector[1], sin * vector[0] + cos * vector[1]], axis=-1)


def _roll(walker: Walker, fall: Footfall, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return ankle and pitch of a foot on the floor: about the heel, flat, about the toe."""
    lands_s, rises_s = _rocker_s(walker)
    lands, leaves = _pitches(walker)
    landing = lands * np.clip(1.0 - (time_s - fall.contact_s) / lands_s, 0.0, 1.0) ** 2
    rising = leaves * np.clip((time_s - fall.off_s) / rises_s + 1.0, 0.0, 1.0) ** 2
    pitch = landing - rising
    on_heel = (pitch > 0.0)[:, None]
    about = np.where(on_heel, _HEEL, _TOE)
    turned = np.where(on_heel, _turn(_HEEL, pitch), _turn(_TOE, pitch))
    return np.array([fall.at_m, -_HEEL[1]]) + about - turned, pitch


def _rocker_s(walker: Walker) -> tuple[float, float]:
    """Return how long the foot takes to come down flat, and how long the heel rises."""
    stance_s = walker.stance_share * walker.stride_s
    return 0.13 * stance_s, 0.45 * stance_s


def _pitches(walker: Walker) -> tuple[float, float]:
    """Return how far the toes are up at contact and the heel at foot off, in radians."""
    return math.radians(18.0) * walker.lift_share, math.radians(55.0) * walker.lift_share


def _swing(
    walker: Walker, before: Footfall, after: Footfall, time_s: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return ankle and pitch between two footfalls: smooth from the roll over the toe."""
    lands, leaves = _pitches(walker)
    _, rises_s = _rocker_s(walker)
    swing_s = after.contact_s - before.off_s
    (left_at,), (left_pitch,) = _roll(walker, before, np.array([before.off_s]))
    (lands_at,), _ = _roll(walker, after, np.array([after.contact_s]))
    turning = -2.0 * leaves / rises_s
    lever = _turn(_TOE, np.array([left_pitch]))[0]
    leaving = -turning * np.array([-lever[1], lever[0]])
    landing = np.array([0.3 * walker.speed_m_s, -0.25])
    share = ((time_s - before.off_s) / swing_s)[:, None]
    ankle = _hermite(share, left_at, leaving * swing_s, lands_at, landing * swing_s)
    ankle[:, 1] += 0.05 * walker.lift_share * np.sin(np.pi * share[:, 0] ** 0.6) ** 2
    pitch = _hermite(share, left_pitch, 0.6 * turning * swing_s, lands, 0.0)
    return ankle, pitch[:, 0]


def _hermite(
    share: FloatArray, start: ArrayLike, leaving: ArrayLike, end: ArrayLike, arriving: ArrayLike
) -> FloatArray:
    """Return a cubic from one place and velocity to another; ``share`` is ``(n, 1)``."""
    back = 1.0 - share
    return np.asarray(
        back**2 * (1.0 + 2.0 * share) * np.asarray(start)
        + back**2 * share * np.asarray(leaving)
        + share**2 * (3.0 - 2.0 * share) * np.asarray(end)
        - share**2 * back * np.asarray(arriving)
    )
