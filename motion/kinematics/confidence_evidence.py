"""What each frame shows for and against an angle: the evidence under its confidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.kinematics.bones import (
    BONES,
    LIMB_BONES,
    BoneDeviation,
    ends_of_bone,
    measure_bone_deviation,
)
from motion.kinematics.joints import JointAngle, Plane, find_joint
from motion.kinematics.points import landmarks_under
from motion.model import (
    AngleCurve,
    FloatArray,
    PoseRecording,
    RealArray,
    Side,
    ViewPass,
    landmark_index,
)
from motion.signals import fit_half_width, measure_roughness

__all__ = ["EVIDENCE", "FrameEvidence", "azimuth_of_frames", "gather_evidence", "rate_evidence"]


_TRUNK_M: Final = 0.5
_LONGEST_HALF_S: Final = 0.15


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the value that speaks least against an angle (0) to the one that speaks most (1)."""

    best: float
    worst: float
    logarithmic: bool = False

    def rate(self, value: FloatArray) -> FloatArray:
        """Return 0..1; what is not known counts as the worst."""
        best, worst, given = self.best, self.worst, value
        if self.logarithmic:
            best, worst = float(np.log(best)), float(np.log(worst))
            given = np.log(np.maximum(value, 1e-9))
        rated = np.clip((given - best) / (worst - best), 0.0, 1.0)
        return np.where(np.isfinite(value), rated, 1.0)


EVIDENCE: Final[Mapping[str, _Scale]] = {
    "hidden": _Scale(0.002, 0.5, logarithmic=True),
    "rough": _Scale(0.0005, 0.2, logarithmic=True),
    "stretched": _Scale(0.02, 0.4, logarithmic=True),
    "lengthened": _Scale(0.0, 0.2),
    "shortened": _Scale(0.03, 0.6, logarithmic=True),
    "turned": _Scale(0.0, 60.0),
    "turned_bent": _Scale(0.0, 60.0),
    "fast": _Scale(5.0, 400.0, logarithmic=True),
    "at_edge": _Scale(0.5, 0.0),
    "filled": _Scale(0.0, 1.0),
}
"""The evidence by name, and between which values it counts.

``hidden``: 1 less the lowest visibility of the landmarks under the angle. ``rough``: how far
they lie from a local parabola, in trunk lengths. ``stretched``: the largest deviation of the
bones under the angle from their own length in metres; ``lengthened`` and ``shortened``: in the
picture. ``turned``: degrees between the camera and the angle's plane; ``turned_bent``: the same
times the angle over a right angle, since a straight joint looks straight from everywhere.
``fast``: degrees per second. ``at_edge``: distance to the picture's nearest edge in trunk
lengths. ``filled``: interpolated.

Presence and the size of the person in the picture were tried as well: on the rendered clips
they told nothing that these do not (their weights came out 0).
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FrameEvidence:
    """What a recording shows in each frame, before any one angle is looked at.

    ``rough`` and ``edge`` are ``(n, 33)`` in trunk lengths; ``half_n`` is how many frames later
    a frame's evidence is whole.
    """

    recording: PoseRecording
    rough: FloatArray
    edge: FloatArray
    bones: BoneDeviation
    half_n: int


def gather_evidence(recording: PoseRecording) -> FrameEvidence:
    """Gather what is the same for every angle.

    Parameters
    ----------
    recording
        Unfiltered landmarks, with short gaps filled and marked.
    """
    half_n = fit_half_width(recording.time_s)
    trunk_px = _measure_trunk(recording)
    rough_px = measure_roughness(recording.time_s, recording.image_px, half_n)
    rough_px *= _share_not_movement(recording.time_s, half_n)
    rough_px[recording.placed] = 0.0  # somebody looked: it is where it was put
    size_px = np.array([recording.width_px, recording.height_px])
    inside_px = np.minimum(recording.image_px, size_px - recording.image_px)
    return FrameEvidence(
        recording=recording,
        rough=rough_px / trunk_px,
        edge=np.min(inside_px, axis=2).astype(np.float64) / trunk_px,
        bones=_leave_out_hand(measure_bone_deviation(recording), recording),
        half_n=half_n,
    )


def _leave_out_hand(bones: BoneDeviation, recording: PoseRecording) -> BoneDeviation:
    """Say nothing against bones to a landmark of a hand: a hand knows no depth, and is sure."""
    if not np.any(recording.by_hand):
        return bones
    ends = np.array([ends_of_bone(bone) for bone in bones.bones])
    placed = np.any(recording.by_hand[:, ends], axis=2)
    return replace(
        bones,
        image=np.where(placed, 0.0, bones.image),
        world=np.where(placed, 0.0, bones.world),
    )


def azimuth_of_frames(passes: Sequence[ViewPass], frames: int) -> FloatArray:
    """Return ``(frames,)``: from where each frame was seen, degrees; NaN between passes."""
    azimuth_deg = np.full(frames, np.nan)
    for each in passes:
        azimuth_deg[each.frames] = each.view.azimuth_deg
    return azimuth_deg


def rate_evidence(
    curve: AngleCurve, evidence: FrameEvidence, azimuth_deg: FloatArray | float
) -> FloatArray:
    """Rate the evidence against an angle in each frame.

    Parameters
    ----------
    curve
        The angle; its speed is taken over ``half_n`` frames to either side.
    evidence
        What the recording shows.
    azimuth_deg
        From where the camera looked, for the take or ``(n,)``.

    Returns
    -------
    ndarray
        ``(n, len(EVIDENCE))`` in 0..1, in the order of :data:`EVIDENCE`; 0 speaks least
        against it.
    """
    joint = find_joint(curve.angle)
    columns = sorted(
        {landmark_index(name) for p in joint.points for name in landmarks_under(p, curve.side)}
    )
    recording, bones = evidence.recording, _bones_under(joint, curve.side)
    turned_deg = _measure_turn(np.broadcast_to(azimuth_deg, len(recording)), joint.plane)
    values = {
        "hidden": 1.0 - _lowest(recording.visibility[:, columns]),
        "rough": _highest(evidence.rough[:, columns]),
        "stretched": _highest(np.abs(evidence.bones.world[:, bones])),
        "shortened": _highest(-evidence.bones.image[:, bones]),
        "lengthened": _highest(evidence.bones.image[:, bones]),
        "turned": turned_deg,
        "turned_bent": turned_deg * np.minimum(np.abs(curve.value_deg) / 90.0, 1.0),
        "fast": _measure_speed(recording.time_s, curve.value_deg, evidence.half_n),
        "at_edge": _lowest(evidence.edge[:, columns]),
        "filled": curve.filled.astype(np.float64),
    }
    rated = {name: scale.rate(values[name]) for name, scale in EVIDENCE.items()}
    # An interpolated landmark has no visibility: that it was filled speaks for itself.
    unknown = curve.filled & ~np.isfinite(values["hidden"])
    rated["hidden"] = np.where(unknown, 0.0, rated["hidden"])
    # A step from the camera's mistake to a hand's place is no speed of the limb.
    rated["fast"] = np.where(curve.by_hand, 0.0, rated["fast"])
    return np.column_stack(list(rated.values()))


def _measure_turn(azimuth_deg: FloatArray, plane: Plane) -> FloatArray:
    """Return how far the camera is off the square view of a plane, degrees."""
    off_sagittal_deg = np.abs(np.abs(azimuth_deg) - 90.0)
    return off_sagittal_deg if plane is Plane.SAGITTAL else 90.0 - off_sagittal_deg


def _bones_under(joint: JointAngle, side: Side) -> list[int]:
    """Return the columns of the bones that the angle is measured between."""
    lines = {tuple(sorted(line)) for line in (joint.start, joint.end)}
    return [
        column
        for column, bone in enumerate(BONES)
        if bone.startswith(f"{side}_")
        and tuple(sorted(LIMB_BONES[bone.removeprefix(f"{side}_")])) in lines
    ]


def _share_not_movement(time_s: FloatArray, half_n: int) -> float:
    """Return how much of a parabola's residual counts: less where few frames a second make it long.

    Of a movement a longer parabola leaves more over, which would pass for a jumping landmark:
    at 5 frames a second a good squat would.
    """
    if len(time_s) < 2:
        return 1.0
    half_s = half_n * float(np.median(np.diff(time_s)))
    return min(1.0, _LONGEST_HALF_S / half_s)


def _measure_speed(time_s: FloatArray, value_deg: FloatArray, half_n: int) -> FloatArray:
    """Return the unsigned speed; near an end or a gap that of the nearest frame that has one."""
    speed = np.full(len(time_s), np.nan)
    if len(time_s) > 2 * half_n:
        rise_deg = value_deg[2 * half_n :] - value_deg[: -2 * half_n]
        speed[half_n:-half_n] = np.abs(rise_deg) / (time_s[2 * half_n :] - time_s[: -2 * half_n])
    known = np.flatnonzero(np.isfinite(speed))
    for row in np.flatnonzero(np.isfinite(value_deg) & ~np.isfinite(speed)):
        near = known[np.abs(known - row) <= half_n]
        speed[row] = speed[near[np.argmin(np.abs(near - row))]] if len(near) else np.nan
    return speed


def _measure_trunk(recording: PoseRecording) -> float:
    """Return half a metre of the body in pixels: about a trunk, whatever part of it is seen.

    The body's extent in the picture over its extent in the model's metres, median of the take.
    """
    extents = []
    for position in (recording.image_px, recording.world_m[..., :2]):
        seen = np.isfinite(position[..., :1])
        count = np.maximum(np.sum(seen, axis=1, keepdims=True), 1)
        middle = np.sum(np.where(seen, position, 0.0), axis=1, keepdims=True) / count
        extents.append(np.sum(np.where(seen, position - middle, 0.0) ** 2, axis=(1, 2)))
    found = (extents[0] > 0) & (extents[1] > 0)
    if not np.any(found):
        return float("nan")
    return float(_TRUNK_M * np.sqrt(np.median(extents[0][found] / extents[1][found])))


def _lowest(values: RealArray) -> FloatArray:
    return -_highest(-values)


def _highest(values: RealArray) -> FloatArray:
    """Return the largest known value of each row: 0 of no columns, NaN of nothing known."""
    if values.shape[1] == 0:
        return np.zeros(len(values))
    known = np.isfinite(values)
    highest = np.max(np.where(known, values, -np.inf), axis=1)
    return np.where(np.any(known, axis=1), highest, np.nan).astype(np.float64)
