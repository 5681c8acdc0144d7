"""The bodies of made-up walkers: feet that roll over the floor, and legs that follow them."""

import itertools
import math

import numpy as np
from gait.footfalls import LEFT, RIGHT, Footfall, Walker, find_ahead_m
from makers import Floats, pose_body
from numpy.typing import ArrayLike
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from motion.model import LANDMARKS, Side

HALF_STANCE_M = 0.09
"""From the midline to each leg, of a leg of 0.9 m."""

_MAKERS_LEG_M = 0.87
_GRID_HZ = 250.0


def place_body(walker: Walker, times: Floats) -> Floats:
    """Return ``(n, 33, 3)`` in the room: the passes, and the turn between them."""
    if not walker.there_and_back:
        body = _pose_pass(walker, times)
        if walker.treadmill:
            body[..., 2] -= (walker.speed_m_s * times)[:, None]
        return body
    second_s = walker.pass_s + walker.turn_s
    back = times >= second_s
    body = _pose_pass(walker, np.where(back, times - second_s, np.minimum(times, walker.pass_s)))
    heading = np.pi * _smooth((times - walker.pass_s) / walker.turn_s)
    # Until the turn is over the way begins at 0, and the body turns where it stands.
    pivot = np.where(back, 0.0, walker.end_m)
    across, along = body[..., 0], body[..., 2] - pivot[:, None]
    cos, sin = np.cos(heading)[:, None], np.sin(heading)[:, None]
    body[..., 0], body[..., 2] = across * cos + along * sin, along * cos - across * sin
    body[..., 2] += walker.end_m
    return body


def _pose_pass(walker: Walker, times: Floats) -> Floats:
    """Return ``(n, 33, 3)`` of one pass in its own time and metres."""
    feet = {side: _pose_foot(walker, side, times) for side in (LEFT, RIGHT)}
    along = _place_pelvis(walker, times)
    height = _find_pelvis_height(walker, times)
    hip = np.stack([along, height], axis=1)
    size = walker.size
    arms = {}
    legs = {}
    for side, foot in feet.items():
        knee = _find_knee(walker, hip, foot["ankle"])
        legs[side] = {"hip": hip, "knee": knee, **foot}
        thigh_deg = np.degrees(np.arctan2(*(knee - hip).T * [[1.0], [-1.0]]))
        arms[f"{side}_shoulder_flexion"] = -0.8 * (thigh_deg - 10.0)
        arms[f"{side}_elbow_flexion"] = np.full(len(times), 20.0)
    body = walker.leg_m / _MAKERS_LEG_M * pose_body({**arms, "trunk_flexion": 3.0}, len(times))
    body[..., 1] += height[:, None]
    body[..., 2] += along[:, None]
    for side, points in legs.items():
        sign = 1.0 if side is LEFT else -1.0
        for name, place in points.items():
            column = LANDMARKS.index(f"{side}_{name}")
            body[:, column, 0] = sign * HALF_STANCE_M * size
            body[:, column, [2, 1]] = place
    return body


def _place_pelvis(walker: Walker, times: Floats) -> Floats:
    """Return how far along the pelvis is: steady, or from rest to rest."""
    if not walker.stands_s:
        first_s = walker.falls[0].contact_s
        passed_m = walker.falls[0].at_m - find_ahead_m(walker)
        return np.asarray(passed_m + walker.speed_m_s * (times - first_s))
    ramp_s = walker.ramp_s
    starts_s = walker.stands_s
    stops_s = starts_s + walker.end_m / walker.speed_m_s
    return np.asarray(
        walker.speed_m_s * (_run_up(times - starts_s, ramp_s) - _run_up(times - stops_s, ramp_s))
    )


def _run_up(since_s: Floats, ramp_s: float) -> Floats:
    """Return the integral of a smooth step from 0 to 1 that takes ``ramp_s``."""
    share = np.clip(since_s / ramp_s, 0.0, 1.0)
    return ramp_s * (share**3 - share**4 / 2.0) + np.maximum(since_s - ramp_s, 0.0)


def _smooth(share: Floats) -> Floats:
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share**2 * (3.0 - 2.0 * share))


def _find_pelvis_height(walker: Walker, times: Floats) -> Floats:
    """Return a smooth height at which neither leg is ever stretched past straight."""
    span_s = walker.stride_s
    grid = np.arange(times.min() - span_s, times.max() + span_s, 1.0 / _GRID_HZ)
    along = _place_pelvis(walker, grid)
    reach_m = 0.995 * sum(_bones_m(walker))
    highest = np.full(len(grid), np.inf)
    for side in (LEFT, RIGHT):
        ankle = _pose_foot(walker, side, grid)["ankle"]
        allowed = ankle[:, 1] + np.sqrt(np.maximum(reach_m**2 - (ankle[:, 0] - along) ** 2, 0.0))
        highest = np.minimum(highest, allowed)
    # The least of a window, averaged over a smaller one, never lies above any of its values.
    half = round(0.12 * span_s * _GRID_HZ)
    least = minimum_filter1d(highest, 2 * half + 1)
    smooth = uniform_filter1d(uniform_filter1d(least, 2 * (half // 2) + 1), 2 * (half // 2) + 1)
    return np.interp(times, grid, smooth)


def _bones_m(walker: Walker) -> tuple[float, float]:
    """Return the lengths of thigh and shank."""
    return 0.42 * walker.size, 0.40 * walker.size


def _find_knee(walker: Walker, hip: Floats, ankle: Floats) -> Floats:
    """Return ``(n, 2)``: where the knee lies before the line from hip to ankle."""
    thigh_m, shank_m = _bones_m(walker)
    line = ankle - hip
    length = np.linalg.norm(line, axis=1)
    down = line / length[:, None]
    along = (thigh_m**2 - shank_m**2 + length**2) / (2.0 * length)
    before = np.sqrt(thigh_m**2 - along**2)
    return hip + along[:, None] * down + before[:, None] * np.stack([-down[:, 1], down[:, 0]], 1)


# ---------------------------------------------------------------- one foot


def _pose_foot(walker: Walker, side: Side, times: Floats) -> dict[str, Floats]:
    """Return ``(n, 2)`` of ankle, heel and toe: along the way, and up."""
    falls = [fall for fall in walker.falls if fall.side is side]
    ankle, pitch = np.full((len(times), 2), np.nan), np.full(len(times), np.nan)
    for fall in falls:
        on = (times >= fall.contact_s) & (times <= fall.off_s)
        ankle[on], pitch[on] = _roll(walker, fall, times[on])
    for before, after in itertools.pairwise(falls):
        off = (times > before.off_s) & (times < after.contact_s)
        ankle[off], pitch[off] = _swing(walker, before, after, times[off])
    heel, toe = _foot_m(walker)
    return {
        "ankle": ankle,
        "heel": ankle + _turn(heel, pitch),
        "foot_index": ankle + _turn(toe, pitch),
    }


def _foot_m(walker: Walker) -> tuple[Floats, Floats]:
    """Return where heel and toe lie from the ankle of a flat foot."""
    return walker.size * np.array([-0.06, -0.08]), walker.size * np.array([0.18, -0.08])


def _turn(vector: Floats, angle: Floats) -> Floats:
    """Return the vector ``(2,)`` turned by each angle: toes up is positive."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * vector[0] - sin * vector[1], sin * vector[0] + cos * vector[1]], axis=-1)


def _roll(walker: Walker, fall: Footfall, times: Floats) -> tuple[Floats, Floats]:
    """Return ankle and pitch of a foot on the floor: about the heel, flat, about the toe."""
    lands_s, rises_s = _rocker_s(walker)
    lands, leaves = _pitches(walker)
    heel, toe = _foot_m(walker)
    flat = np.array([fall.at_m, -heel[1]])
    landing = lands * np.clip(1.0 - (times - fall.contact_s) / lands_s, 0.0, 1.0) ** 2
    rising = leaves * np.clip((times - fall.off_s) / rises_s + 1.0, 0.0, 1.0) ** 2
    pitch = landing - rising
    about = np.where((pitch > 0.0)[:, None], heel, toe)
    turned = np.where((pitch > 0.0)[:, None], _turn(heel, pitch), _turn(toe, pitch))
    return flat + about - turned, pitch


def _rocker_s(walker: Walker) -> tuple[float, float]:
    """Return how long the foot takes to come down flat, and how long the heel rises."""
    stance_s = walker.stance_share * walker.stride_s
    return 0.13 * stance_s, 0.45 * stance_s


def _pitches(walker: Walker) -> tuple[float, float]:
    """Return how far the toes are up at contact and the heel at foot off, in radians."""
    return math.radians(18.0) * walker.lift_share, math.radians(55.0) * walker.lift_share


def _swing(
    walker: Walker, before: Footfall, after: Footfall, times: Floats
) -> tuple[Floats, Floats]:
    """Return ankle and pitch between two footfalls: smooth from the roll over the toe."""
    lands, leaves = _pitches(walker)
    _, rises_s = _rocker_s(walker)
    swing_s = after.contact_s - before.off_s
    (left_at,), (left_pitch,) = _roll(walker, before, np.array([before.off_s]))
    (lands_at,), _ = _roll(walker, after, np.array([after.contact_s]))
    turning = -2.0 * leaves / rises_s
    _, toe = _foot_m(walker)
    lever = _turn(toe, np.array([left_pitch]))[0]
    leaving = -turning * np.array([-lever[1], lever[0]])
    landing = np.array([walker.landing_share * walker.speed_m_s, -0.25 * walker.size])
    share = ((times - before.off_s) / swing_s)[:, None]
    ankle = _hermite(share, left_at, leaving * swing_s, lands_at, landing * swing_s)
    lift_m = 0.05 * walker.size * walker.lift_share
    ankle[:, 1] += lift_m * np.sin(np.pi * share[:, 0] ** 0.6) ** 2
    pitch = _hermite(share, left_pitch, 0.6 * turning * swing_s, lands, 0.0)
    return ankle, pitch[:, 0]


def _hermite(
    share: Floats, start: ArrayLike, leaving: ArrayLike, end: ArrayLike, arriving: ArrayLike
) -> Floats:
    """Return a cubic from one place and velocity to another; ``share`` is ``(n, 1)``."""
    back = 1.0 - share
    return np.asarray(
        back**2 * (1.0 + 2.0 * share) * np.asarray(start)
        + back**2 * share * np.asarray(leaving)
        + share**2 * (3.0 - 2.0 * share) * np.asarray(end)
        - share**2 * back * np.asarray(arriving)
    )
