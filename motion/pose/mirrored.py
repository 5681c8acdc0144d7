"""Suspects that a whole recording has left and right exchanged; it can never prove that it has.

Two things look alike from outside. Labels exchanged after the fact (a left arm stored as the
right one) stand against the body's own anatomy, and are told from the landmarks alone. A mirrored
picture (a selfie camera, a flipped export) shows a body that is right in itself, only it is
another one: no landmark speaks against it, and only what is known from elsewhere can, such as
the side that was to move.
"""

from typing import Final

import numpy as np

from motion.model import LANDMARKS, FloatArray, PoseRecording, Side
from motion.pose.side_evidence import GROUPS, find_leg_length, measure_sides
from motion.pose.sides import SMALLEST_EVIDENCE

__all__ = ["find_first_side", "suspect_mirrored", "suspect_mirrored_order"]

_SURE_EVIDENCE: Final = 0.5
_TRUNK: Final = ("shoulders", "hips")

_MOVED: Final = 0.25
"""Way of a wrist, in leg lengths, that is a movement."""

_ALONE: Final = 0.5
"""A side moves first if the other has gone less than this share of its way."""

_START_N: Final = 5


def suspect_mirrored(recording: PoseRecording) -> str:
    """Return why left and right may be exchanged in the whole recording; empty if nothing says so.

    Left must lie left of where nose and toes point and knees bend. Of a mirrored picture this
    says nothing: the model draws its body the right way round (all takes of
    ``validation/real/keraal`` are of that kind).

    Parameters
    ----------
    recording
        After :func:`motion.pose.sides.repair_sides`.
    """
    leg_px, leg_m = find_leg_length(recording)
    if not (leg_px > 0 and leg_m > 0):
        return ""
    signs = measure_sides(recording, leg_px, leg_m)
    says = {group.name: _mean(each.evidence) for group, each in zip(GROUPS, signs, strict=True)}
    if all(says[name] <= -_SURE_EVIDENCE for name in _TRUNK):
        return (
            "face, feet and knees point the way that would make its left side the right one, "
            "so left and right may be exchanged"
        )
    if all(says[name] >= SMALLEST_EVIDENCE for name in _TRUNK) and says["legs"] <= -_SURE_EVIDENCE:
        return "the left leg hangs from the right hip, so left and right legs may be exchanged"
    return ""


def _mean(evidence: FloatArray) -> float:
    known = evidence[evidence != 0.0]
    return float(np.mean(known)) if len(known) else 0.0


def find_first_side(recording: PoseRecording, joint: str = "wrist") -> Side:
    """Return the side whose joint moves first; both if they move together, none if none does.

    Parameters
    ----------
    recording
        Of one movement from rest; the first frames are the rest.
    joint
        Name of a landmark without its side.
    """
    leg_px, _ = find_leg_length(recording)
    ways = {side: _way(recording, f"{side}_{joint}") for side in (Side.LEFT, Side.RIGHT)}
    moved = {side: way > _MOVED * leg_px for side, way in ways.items()}
    starts = {side: int(np.argmax(each)) for side, each in moved.items() if np.any(each)}
    if not starts:
        return Side.NONE
    first = min(starts, key=starts.__getitem__)
    other = Side.RIGHT if first is Side.LEFT else Side.LEFT
    alone = ways[other][starts[first]] < _ALONE * ways[first][starts[first]]
    return first if alone else Side.BOTH


def _way(recording: PoseRecording, landmark: str) -> FloatArray:
    """Return ``(n,)`` how far a landmark is from its place at rest, in pixels; 0 if unseen."""
    here = np.asarray(recording.image_px[:, LANDMARKS.index(landmark)], dtype=np.float64)
    seen = np.flatnonzero(np.isfinite(here[:, 0]))
    if len(seen) == 0:
        return np.zeros(len(here))
    rest = np.median(here[seen[:_START_N]], axis=0)
    return np.asarray(np.nan_to_num(np.linalg.norm(here - rest, axis=1)))


def suspect_mirrored_order(recording: PoseRecording, planned: Side, joint: str = "wrist") -> str:
    """Return why the picture may be mirrored where one side was to move first; empty if not.

    It serves exercises that move both sides in turn, in which each side moves as far as the
    other and no range tells them apart.
    """
    first = find_first_side(recording, joint)
    if planned not in (Side.LEFT, Side.RIGHT) or first not in (Side.LEFT, Side.RIGHT):
        return ""
    if first is planned:
        return ""
    return f"the {planned} side was to move first, but the {first} side did"
