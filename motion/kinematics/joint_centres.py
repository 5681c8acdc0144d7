"""Moves the landmarks of hips and knees, seen from the side, to the joints' centres."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np

from motion.kinematics.points import find_point
from motion.model import FloatArray, Poses, Side, View, ViewName, landmark_index

__all__ = [
    "BONE_OF",
    "JointCentreModel",
    "Move",
    "Seen",
    "describe_moves",
    "move_to_joint_centres",
]

_Bone = tuple[str, str]

_TRUNK: Final[_Bone] = ("mid_shoulder", "mid_hip")
_THIGH: Final[_Bone] = ("hip", "knee")
_SHANK: Final[_Bone] = ("knee", "ankle")

BONE_OF: Final[Mapping[str, _Bone]] = {"hip": _TRUNK, "knee": _THIGH}
"""The bone along and across which each joint's landmark is moved."""

_BENDS: Final[Mapping[str, tuple[_Bone, _Bone]]] = {
    "hip": (_TRUNK, _THIGH),
    "knee": (_THIGH, _SHANK),
}


class Seen(StrEnum):
    """On which side of the body a limb is, seen from the side; landmarks err differently."""

    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointCentreModel:
    """By how much a landmark lies beside its joint's centre.

    The move is ``sum of along * term`` bone lengths along the bone of :data:`BONE_OF` and
    ``sum of across * term`` across it, a quarter turn from forward to up. A term is 1 or a product
    of cosines and sines of the bends of hip and knee (``cos_hip*sin_knee``), so a model knows no
    picture, no size and no vertical.

    Parameters
    ----------
    version
        Goes into the provenance of every result.
    pose_models
        Names of the pose models whose landmarks it was fitted on; it serves no other.
    moves
        For each joint and way of being seen, for each term ``(along, across)``.
    """

    version: str
    pose_models: tuple[str, ...]
    moves: Mapping[tuple[str, Seen], Mapping[str, tuple[float, float]]]

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> "JointCentreModel":
        """Read a model from the tables ``[joint.seen]`` of data/joint_centres.

        Raises
        ------
        ValueError
            If a joint, a way of being seen or a term is not known.
        """
        moves = {}
        for joint in BONE_OF:
            for seen, terms in table.get(joint, {}).items():
                for term in terms:
                    _split_term(term)
                moves[joint, Seen(seen)] = {
                    term: (float(along), float(across)) for term, (along, across) in terms.items()
                }
        return cls(
            version=str(table["version"]), pose_models=tuple(table["pose_models"]), moves=moves
        )


def move_to_joint_centres(poses: Poses, view: View, model: JointCentreModel) -> Poses:
    """Move the landmarks of hips and knees, as far as they are seen from the side.

    The pose model's landmarks are not joint centres: on rendered people the hip's lies in front
    of the joint, so knee and hip read too straight; published figures of real cameras show the
    same for the knee (docs/joint_centres.md). Of other joints, and from the front, the landmarks
    of different bodies err to different sides, and moving them was no gain: they stay. What is
    not seen stays missing, and a bone that is not seen moves nothing.

    Parameters
    ----------
    poses
        Cleaned positions in the picture.
    view
        From where the camera looked; unknown moves nothing.
    model
        The fitted model.
    """
    if view.name is ViewName.UNKNOWN or not np.isfinite(view.azimuth_deg):
        return poses
    position = np.array(poses.position)
    for side in (Side.LEFT, Side.RIGHT):
        for move in describe_moves(poses, side, view.azimuth_deg, model.moves):
            along, across = model.moves[move.joint, move.seen][move.term]
            moved = along * move.along_px + across * move.across_px
            position[:, landmark_index(f"{side}_{move.joint}")] += moved
    return replace(poses, position=position)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Move:
    """One term of one joint's move: ``(n, 2)`` pixels for a coefficient of 1, along and across."""

    joint: str
    seen: Seen
    term: str
    along_px: FloatArray
    across_px: FloatArray


def describe_moves(
    poses: Poses,
    side: Side,
    azimuth_deg: float,
    terms: Mapping[tuple[str, Seen], Iterable[str]],
) -> Iterator[Move]:
    """Yield what each term of one side moves; a bone that is not seen moves nothing."""
    seen, share, axes = _see_limb(side, azimuth_deg)
    bends = _describe_bends(poses, side, axes)
    for joint, (start, end) in BONE_OF.items():
        bone = (find_point(poses, end, side) - find_point(poses, start, side)) * axes
        bone = np.where(np.isfinite(bone), bone, 0.0)
        turned = np.stack([-bone[:, 1], bone[:, 0]], axis=1)
        for term in terms.get((joint, seen), ()):
            size = share * _evaluate_term(term, bends)[:, None] * axes
            yield Move(
                joint=joint, seen=seen, term=term, along_px=size * bone, across_px=size * turned
            )


def _see_limb(side: Side, azimuth_deg: float) -> tuple[Seen, float, FloatArray]:
    """Return how a limb is seen, how far from the side, and the sagittal plane's axes.

    The share goes with the squared sine of the azimuth: 1 from the side, 0 from the front. The
    axes turn the picture's x and y into forward and up.
    """
    from_left = float(np.sin(np.radians(azimuth_deg)))
    towards = from_left if side is Side.LEFT else -from_left
    forward = -1.0 if azimuth_deg > 0 else 1.0
    return Seen.NEAR if towards > 0 else Seen.FAR, towards**2, np.array([forward, -1.0])


def _describe_bends(poses: Poses, side: Side, axes: FloatArray) -> dict[str, FloatArray]:
    """Return cosine and sine, each ``(n,)``, of the bend of each joint, as ``cos_knee``.

    A bend that is not seen is 0 in both, so that its terms add nothing.
    """
    found = {}
    for joint, bones in _BENDS.items():
        first, second = (
            (find_point(poses, end, side) - find_point(poses, start, side)) * axes
            for start, end in bones
        )
        dot = np.sum(first * second, axis=1)
        cross = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
        length = np.hypot(dot, cross)
        known = length > 0
        for name, part in (("cos", dot), ("sin", cross)):
            found[f"{name}_{joint}"] = np.divide(
                part, length, out=np.zeros(len(length)), where=known
            )
    return found


def _evaluate_term(term: str, bends: Mapping[str, FloatArray]) -> FloatArray:
    """Return a term's value in each frame, ``(n,)``."""
    value = np.ones(len(next(iter(bends.values()))))
    for factor in _split_term(term):
        value = value * bends[factor]
    return value


def _split_term(term: str) -> tuple[str, ...]:
    factors = () if term == "1" else tuple(term.split("*"))
    for factor in factors:
        name, _, joint = factor.partition("_")
        if name not in ("cos", "sin") or joint not in _BENDS:
            msg = f"term {term!r}: expected 1 or a product of cos_JOINT and sin_JOINT"
            raise ValueError(msg)
    return factors
