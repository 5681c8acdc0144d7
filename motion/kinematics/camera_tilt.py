"""How the camera was tilted: which way is up in the picture, told from people who stand.

A person who stands without holding on keeps the centre of mass above the feet, however the
trunk and the limbs are held. The line from the feet to the centre of mass is therefore the
vertical, and its direction in the model's metres gives the camera's roll and pitch.

References
----------
Winter DA. Biomechanics and Motor Control of Human Movement, 4th ed., Wiley 2009, table 4.1:
masses and centres of mass of the segments.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, PoseRecording, RealArray, landmark_index

__all__ = ["WARN_FROM_ROLL_DEG", "CameraTilt", "estimate_tilt", "find_bend"]

WARN_FROM_ROLL_DEG: Final = 7.0
"""Roll from which the user is told. A level camera reads up to 6 degrees of roll (a walk, one leg
held out to the side), so that a warning from 5 on would often be false."""

_SEGMENTS: Final = (
    ("shoulder", "elbow", 0.028, 0.436),
    ("elbow", "wrist", 0.022, 0.682),
    ("hip", "knee", 0.100, 0.433),
    ("knee", "ankle", 0.0465, 0.433),
    ("heel", "foot_index", 0.0145, 0.5),
)
"""Paired segments: proximal and distal end, share of the body's mass, centre of mass from the
proximal end as a share of the length (Winter 2009)."""

_TRUNK_SHARE: Final = 0.497
_HEAD_SHARE: Final = 0.081

KNEE: Final = ("hip", "knee", "ankle")
_HIP: Final = ("shoulder", "hip", "knee")

_STANDS_UNDER_DEG: Final = 60.0
"""Of somebody who sits, the chair carries the mass: frames with the lower leg's knee or hip bent
by more than this say nothing of the vertical."""

_FEWEST_STANDING_N: Final = 5
_LYING_FROM_DEG: Final = 45.0
_ROUNDS: Final = 2
_LIFTED_M: Final = 0.1
"""The foot that is higher by several times this much carries no weight."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CameraTilt:
    """Which way is up.

    Parameters
    ----------
    up
        ``(3,)`` unit vector along the body, or upwards where the person stood, in ``world_m``'s
        axes: x right, y down, z away.
    roll_deg
        Clockwise rotation of what is upright as seen in the picture; NaN where nobody stood.
    pitch_deg
        How far the camera looks down; negative where it looks up, NaN where nobody stood.
    """

    up: FloatArray
    roll_deg: float
    pitch_deg: float

    @property
    def known(self) -> bool:
        """Whether somebody stood, so that up is up and not only along the trunk."""
        return bool(np.isfinite(self.pitch_deg))


def estimate_tilt(recording: PoseRecording) -> CameraTilt:
    """Estimate the camera's roll and pitch from the frames in which the person stands.

    Where nobody stands (sits, lies, feet out of the picture), up is along the trunk in the
    picture, or the picture's own where the trunk was not seen; roll and pitch are NaN. A body
    that lies across the picture is taken for a person lying, not for a camera on its side.
    On the rendered clips (roll 0, pitch 0.6) the roll is within 6 and the pitch within 15
    degrees (6 too much on average); on the four balance views within 6 and 6.
    """
    world, picture = recording.world_m, recording.image_px
    standing = _stands(world)
    if np.sum(standing) < _FEWEST_STANDING_N:
        return _along_trunk(world)
    up = _median_direction(_from_feet_to_mass(world[standing]))
    in_picture = _median_direction(_from_feet_to_mass(picture[standing]))
    if not np.all(np.isfinite(up)) or not np.all(np.isfinite(in_picture)):
        return _along_trunk(world)
    # The model's metres have no perspective but the model's own habits, the picture has no
    # habits but perspective: their errors are of opposite sign in many oblique views.
    roll_deg = float(np.mean([_lean_deg(up), _lean_deg(in_picture)]))
    pitch_deg = float(np.degrees(np.arctan2(-up[2], np.hypot(up[0], up[1]))))
    if abs(roll_deg) > _LYING_FROM_DEG:
        roll_deg = pitch_deg = float("nan")
    return CameraTilt(up=up, roll_deg=roll_deg, pitch_deg=pitch_deg)


def find_bend(world_m: RealArray, side: str, joints: tuple[str, str, str] = KNEE) -> FloatArray:
    """Return ``(n,)`` degrees by which the middle joint is bent in space, without sign."""
    start, middle, end = (world_m[:, landmark_index(f"{side}_{joint}")] for joint in joints)
    before, after = middle - start, end - middle
    sine = np.linalg.norm(np.cross(before, after), axis=1)
    return np.asarray(np.degrees(np.arctan2(sine, np.sum(before * after, axis=1))), dtype=float)


def _stands(world: RealArray) -> BoolArray:
    """Return ``(n,)`` whether the lower of the two legs is straight enough to carry weight."""
    left_carries = _line_between(world, "ankle") @ _along_body(world) < 0.0
    knees, hips = (
        np.where(left_carries, find_bend(world, "left", joint), find_bend(world, "right", joint))
        for joint in (KNEE, _HIP)
    )
    with np.errstate(invalid="ignore"):
        return np.asarray((knees < _STANDS_UNDER_DEG) & (hips < _STANDS_UNDER_DEG))


def _from_feet_to_mass(points: RealArray) -> FloatArray:
    """Return ``(n, k)``: from the foot that carries the weight to the centre of mass."""
    feet = {side: _foot(points, side) for side in ("left", "right")}
    mass = _centre_of_mass(points)
    # In the picture the unit is the body: about 1 m from the feet to the centre of mass.
    height = _median(np.linalg.norm(mass - (feet["left"] + feet["right"]) / 2.0, axis=1))
    carrying = (feet["left"] + feet["right"]) / 2.0
    for _ in range(_ROUNDS):
        # Which foot is the higher one is told along the vertical found so far.
        higher_left = (feet["left"] - feet["right"]) @ _median_direction(mass - carrying)
        lifted = higher_left / max(_LIFTED_M * height, 1e-9)
        share = 1.0 / (1.0 + np.exp(np.clip(lifted, -50.0, 50.0)))[:, None]
        carrying = share * feet["left"] + (1.0 - share) * feet["right"]
    return mass - carrying


def _along_body(points: RealArray) -> FloatArray:
    """Return ``(k,)``: from the ankles to the shoulders in the picture, however it is turned.

    Depth is left out: it is the model's weakest, and would make the nearer foot the higher one.
    """
    rows = {
        j: [landmark_index(f"{s}_{j}") for s in ("left", "right")] for j in ("shoulder", "ankle")
    }
    body = np.mean(points[:, rows["shoulder"]], axis=1) - np.mean(points[:, rows["ankle"]], axis=1)
    in_picture = np.zeros(points.shape[2])
    in_picture[:2] = _median_direction(np.asarray(body[:, :2], dtype=float))
    return in_picture


def _line_between(points: RealArray, joint: str) -> FloatArray:
    left, right = (points[:, landmark_index(f"{side}_{joint}")] for side in ("left", "right"))
    return np.asarray(left - right, dtype=float)


def _foot(points: RealArray, side: str) -> FloatArray:
    rows = [landmark_index(f"{side}_{name}") for name in ("ankle", "heel", "foot_index")]
    return np.asarray(np.mean(points[:, rows], axis=1), dtype=float)


def _centre_of_mass(points: RealArray) -> FloatArray:
    def middle(name: str) -> FloatArray:
        left, right = (points[:, landmark_index(f"{side}_{name}")] for side in ("left", "right"))
        return np.asarray((left + right) / 2.0, dtype=float)

    mass = _HEAD_SHARE * middle("ear")
    mass = mass + _TRUNK_SHARE * (middle("shoulder") + middle("hip")) / 2.0
    total = _HEAD_SHARE + _TRUNK_SHARE
    for start, end, share, along in _SEGMENTS:
        mass = mass + 2.0 * share * ((1.0 - along) * middle(start) + along * middle(end))
        total += 2.0 * share
    return mass / total


def _along_trunk(world: RealArray) -> CameraTilt:
    """Return up as the trunk lies in the picture."""
    rows = {j: [landmark_index(f"{s}_{j}") for s in ("left", "right")] for j in ("shoulder", "hip")}
    trunk = np.mean(world[:, rows["shoulder"]], axis=1) - np.mean(world[:, rows["hip"]], axis=1)
    flat = _median_direction(np.asarray(trunk * [1.0, 1.0, 0.0], dtype=float))
    up = flat if np.all(np.isfinite(flat)) else np.array([0.0, -1.0, 0.0])
    return CameraTilt(up=up, roll_deg=float("nan"), pitch_deg=float("nan"))


def _median_direction(vectors: FloatArray) -> FloatArray:
    seen = vectors[np.all(np.isfinite(vectors), axis=1)]
    if len(seen) == 0:
        return np.full(vectors.shape[1], np.nan)
    lengths = np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-9)
    middle = np.median(seen / lengths, axis=0)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9))


def _median(values: FloatArray) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if len(seen) else 1.0


def _lean_deg(up: FloatArray) -> float:
    return float(np.degrees(np.arctan2(up[0], -up[1])))
