"""What left and right look like in one frame: how far apart they are, and which is which."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import MIRROR, FloatArray, IndexArray, PoseRecording, RealArray, landmark_index

__all__ = [
    "GROUPS",
    "SideGroup",
    "SideSigns",
    "find_forward",
    "find_leg_length",
    "find_leg_lengths",
    "landmarks_of",
    "measure_sides",
]

_LEG_OF_TRUNK: Final = 1.6
"""Hip to ankle over hip to shoulder: .491 - .039 and .818 - .530 of the body's height
(Winter, Biomechanics and Motor Control of Human Movement, 4th ed., figure 4.1)."""

_HALF_SURE: Final = 0.08
"""Distance across the body, in leg lengths, at which a pair speaks with half its voice; hips lie
about 0.25 leg lengths apart, and what lies nearer than this may be noise or a crossed limb."""

_FORWARD_SURE: Final = 0.5
"""Sum of the directions forward that is trusted in full: the nose alone says 1."""

_VISIBILITY_WEIGHT: Final = 0.15
_DEPTH_WEIGHT: Final = 0.7
_AXES_WEIGHT: Final = np.array([1.0, 1.0, 0.7, 0.7, _DEPTH_WEIGHT, _VISIBILITY_WEIGHT])
"""The picture is sharper than the model's metres, and its depth is the least sharp of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideGroup:
    """Landmarks that change sides together, named without their side.

    ``told_by`` are the pairs that show where the group is; ``others`` follow them. ``trusted``
    are those that stay on their own side of the body: wrists and feet may cross. ``speed_per_s``
    is how fast one side usually passes the other, in leg lengths a second: feet in a walk about
    2.5, the ends of a trunk that turns by 180 degrees a second about 1.
    """

    name: str
    told_by: tuple[str, ...]
    trusted: tuple[str, ...]
    speed_per_s: float
    others: tuple[str, ...] = ()


GROUPS: Final = (
    SideGroup(
        name="head",
        told_by=("ear", "eye_outer"),
        trusted=("ear",),
        speed_per_s=1.0,
        others=("eye", "eye_inner", "mouth"),
    ),
    SideGroup(name="shoulders", told_by=("shoulder",), trusted=("shoulder",), speed_per_s=1.0),
    SideGroup(
        name="arms",
        told_by=("elbow", "wrist", "index"),
        trusted=("elbow",),
        speed_per_s=2.0,
        others=("pinky", "thumb"),
    ),
    SideGroup(name="hips", told_by=("hip",), trusted=("hip",), speed_per_s=1.0),
    SideGroup(
        name="legs",
        told_by=("knee", "ankle", "heel", "foot_index"),
        trusted=("knee", "ankle"),
        speed_per_s=2.0,
    ),
)
"""Swaps are seen of legs below the hip, of whole legs, of arms, and of the whole body: so hips
and shoulders may go with their limbs or not."""


def _left(name: str) -> int:
    return landmark_index("mouth_left" if name == "mouth" else f"left_{name}")


def landmarks_of(group: SideGroup) -> IndexArray:
    """Return the rows of a group's landmarks, left then right of each pair."""
    left = [_left(name) for name in (*group.told_by, *group.others)]
    return np.array([row for each in left for row in (each, MIRROR[each])], dtype=np.intp)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideSigns:
    """Left less right of a group's pairs, which a swap turns into its negative, and the evidence.

    ``difference (n, k, 6)``: picture x y, world x y z in leg lengths, and visibility, each times
    the root of its weight; NaN where one of a pair is missing. ``evidence (n,)`` from -1 (the
    labels are swapped) to 1 (they are right), 0 where nothing is known.
    """

    difference: FloatArray
    evidence: FloatArray


def find_leg_length(recording: PoseRecording) -> tuple[float, float]:
    """Return hip to ankle in pixels and in metres; NaN where neither trunk nor legs were seen.

    The 80th percentile over the frames, because a bent or foreshortened body looks shorter.
    """
    lengths = find_leg_lengths(recording)
    seen = lengths[np.all(np.isfinite(lengths), axis=1)]
    if len(seen) == 0:
        return float("nan"), float("nan")
    leg_px, leg_m = np.percentile(seen, 80, axis=0)
    return float(leg_px), float(leg_m)


def find_leg_lengths(recording: PoseRecording) -> FloatArray:
    """Return ``(n, 2)`` hip to ankle in pixels and in metres, from mid-points no swap can move."""
    return np.stack([_lengths(recording.image_px), _lengths(recording.world_m)], axis=1)


def _lengths(position: RealArray) -> FloatArray:
    shoulder, hip, knee, ankle = (
        _middle(position, name) for name in ("shoulder", "hip", "knee", "ankle")
    )
    trunk = _LEG_OF_TRUNK * np.linalg.norm(shoulder - hip, axis=1)
    leg = np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1)
    return np.asarray(np.fmax(trunk, leg))


def _middle(position: RealArray, name: str) -> FloatArray:
    left = _left(name)
    return np.asarray((position[:, left] + position[:, MIRROR[left]]) / 2.0, dtype=np.float64)


def measure_sides(recording: PoseRecording, leg_px: float, leg_m: float) -> tuple[SideSigns, ...]:
    """Return what each of :data:`GROUPS` says of left and right, frame by frame."""
    up = _middle(recording.world_m, "shoulder") - _middle(recording.world_m, "hip")
    # x points right, y down and z away: of a person facing the camera, up x forward is right in
    # the picture, which is the person's left.
    forward = find_forward(recording)
    towards_left = np.nan_to_num(
        _unit(np.cross(up, forward)) * np.linalg.norm(forward, axis=1, keepdims=True)
    )
    return tuple(_measure_group(recording, group, towards_left, leg_px, leg_m) for group in GROUPS)


def _measure_group(
    recording: PoseRecording,
    group: SideGroup,
    towards_left: FloatArray,
    leg_px: float,
    leg_m: float,
) -> SideSigns:
    left = np.array([_left(name) for name in group.told_by], dtype=np.intp)
    right = np.asarray(MIRROR, dtype=np.intp)[left]
    image = (recording.image_px[:, left] - recording.image_px[:, right]) / leg_px
    world = (recording.world_m[:, left] - recording.world_m[:, right]) / leg_m
    seen = np.nan_to_num(recording.visibility[:, left] - recording.visibility[:, right])
    difference = np.concatenate([image, world, seen[..., None]], axis=2, dtype=np.float64)
    difference *= np.sqrt(_AXES_WEIGHT)
    trusted = world[:, [group.told_by.index(name) for name in group.trusted]]
    across = np.einsum("nkc,nc->nk", np.asarray(trusted, dtype=np.float64), towards_left)
    with np.errstate(invalid="ignore"):
        voices = np.nan_to_num(across / np.hypot(across, _HALF_SURE))
    return SideSigns(difference=difference, evidence=np.asarray(np.mean(voices, axis=1)))


def find_forward(recording: PoseRecording) -> FloatArray:
    """Return ``(n, 3)`` the direction forward, in the model's metres, told without any side.

    The nose lies before the ears, the toes before the heels, bent knees before hips and ankles:
    all from mid-points, which no swap moves. A unit vector, shorter where they say little or
    contradict each other; NaN where none of them was seen.
    """
    middle = {
        name: _middle(recording.world_m, name) for name in ("ear", "hip", "knee", "ankle", "heel")
    }
    toe = _middle(recording.world_m, "foot_index")
    nose = np.asarray(recording.world_m[:, landmark_index("nose")], dtype=np.float64)
    ahead = np.stack(
        [
            _unit(nose - middle["ear"]),
            1.5 * _unit(toe - middle["heel"]),
            (middle["knee"] - (middle["hip"] + middle["ankle"]) / 2.0) / 0.1,
        ]
    )
    seen = np.any(np.isfinite(ahead[..., 0]), axis=0)[:, None]
    total = np.sum(np.nan_to_num(ahead), axis=0)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(seen, total / np.maximum(length, _FORWARD_SURE), np.nan)


def _unit(vector: FloatArray) -> FloatArray:
    length = np.linalg.norm(vector, axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vector / np.maximum(length, 1e-9))
