"""What speaks for and against a number: why an angle was not measured, and what is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from motion.kinematics.bands import BandModel, doubt_validation
from motion.kinematics.camera_tilt import WARN_FROM_ROLL_DEG
from motion.kinematics.confidence import VIEW_IN_WORDS, Ratings
from motion.kinematics.error_figures import ErrorFigures
from motion.kinematics.foot import FootZero
from motion.kinematics.joints import JointAngle, Plane, find_joint
from motion.kinematics.number_confidence import NEAR_S
from motion.kinematics.planar import is_far, is_shown
from motion.kinematics.points import landmarks_under
from motion.kinematics.view import WARN_FROM_DEG, off_plane
from motion.model import (
    GOOD_CONFIDENCE,
    AngleCurve,
    BoolArray,
    IndexArray,
    LeftOutTime,
    Poses,
    Position,
    Repetition,
    Side,
    View,
    ViewName,
    ViewPass,
)

__all__ = [
    "RangeEvidence",
    "doubt_about_extension",
    "doubt_about_number",
    "doubts_about",
    "reason_unmeasured",
    "view_of",
]

_FEWEST_FRAMES_N: Final = 5
_FEWEST_SHARE: Final = 0.2
_MANY_AMBIGUOUS: Final = 0.1
_GOOD_FRACTION: Final = 0.5
_SLOW_RATE_HZ: Final = 15.0
_MANY_RED: Final = 0.05
_LITTLE_SEEN: Final = 0.5
_UNSTEADY_SPREAD_DEG: Final = 30.0
_NEARLY_STRAIGHT_DEG: Final = 45.0

_NOT_LYING: Final = "lean from the vertical is not given for a lying person"

_LOOKED_FROM: Final = {
    ViewName.SAGITTAL: "looked from the side",
    ViewName.FRONTAL: "looked from the front or back",
    ViewName.OBLIQUE: "stood too far off that",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RangeEvidence:
    """What is known about a take besides its curves, for the verdicts.

    ``withheld`` holds joints such as ``left_knee`` that are never measured: absent, in a cast,
    covered (clinical_rules.md 12).
    """

    poses: Poses
    view: View
    position: Position
    rate_hz: float
    figures: ErrorFigures
    foot_zeros: dict[Side, FootZero] = field(default_factory=dict)
    repetitions: Sequence[Repetition] = ()
    withheld: frozenset[str] = frozenset()
    passes: Sequence[ViewPass] = ()
    ratings: Ratings = field(default_factory=Ratings)
    position_said: bool = True
    """Whether somebody said how the person was placed; otherwise it is guessed from the trunk."""

    far_legs: bool = False
    """Whether the far leg of a side view was measured too, as in walking."""

    repetitions_said: bool = False
    """Whether somebody said which repetitions there are."""

    left_out: Sequence[LeftOutTime] = ()
    """Times in which somebody took a repetition out: whether their angles count says why."""

    bands: BandModel | None = None
    """Says which angles were held against known answers in which positions."""

    ambiguous: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    """``(n,)`` frames in which left and right could not be told apart; empty where all could."""

    def take_rows(self, frames: IndexArray) -> "RangeEvidence":
        """Return the evidence of some frames only, ``(k,)`` in order."""
        poses = replace(
            self.poses,
            time_s=self.poses.time_s[frames],
            position=self.poses.position[frames],
            confidence=self.poses.confidence[frames],
        )
        first = np.searchsorted(frames, [each.first for each in self.passes])
        stop = np.searchsorted(frames, [each.stop for each in self.passes])
        return replace(
            self,
            poses=poses,
            passes=tuple(
                replace(each, first=int(start), stop=int(end))
                for each, start, end in zip(self.passes, first, stop, strict=True)
            ),
            ratings=self.ratings.take_rows(frames),
            ambiguous=self.ambiguous[frames] if len(self.ambiguous) else self.ambiguous,
        )


def view_of(curve: AngleCurve, evidence: RangeEvidence) -> View:
    """Return the view that a curve was measured in.

    Of several passes that have values of it, the one farthest off the angle's plane: any of them
    may hold the extreme, and an error figure may not be too small.
    """
    if evidence.view.name is ViewName.SPATIAL:
        return evidence.view
    joint = find_joint(curve.angle)
    used = [
        each.view
        for each in evidence.passes
        if is_shown(joint, curve.side, each.view, evidence.position, far_legs=evidence.far_legs)
        and np.any(np.isfinite(curve.value_deg[each.frames]))
    ]
    if used:
        return max(used, key=lambda view: off_plane(view, joint.plane))
    views = [evidence.view, *(each.view for each in evidence.passes)]
    showing = (
        v
        for v in views
        if is_shown(joint, curve.side, v, evidence.position, far_legs=evidence.far_legs)
    )
    return next(showing, evidence.view)


def reason_unmeasured(curve: AngleCurve, evidence: RangeEvidence) -> str:
    """Return why a curve gives no number, in plain words; empty where it gives one."""
    joint, view = find_joint(curve.angle), view_of(curve, evidence)
    if name_of_joint(curve) in evidence.withheld:
        return "the patient's record says that this joint is not measured (absent or covered)"
    if view.name is ViewName.UNKNOWN:
        return _reason_unknown(evidence)
    if view.name is ViewName.SPATIAL:
        lying = joint.needs_upright and evidence.position.lying
        return _NOT_LYING if lying else _reason_unseen(joint, curve, evidence)
    if not is_shown(joint, curve.side, view, evidence.position, far_legs=evidence.far_legs):
        return _reason_hidden(joint, curve.side, evidence)
    return _reason_unseen(joint, curve, evidence)


def _reason_unseen(joint: JointAngle, curve: AngleCurve, evidence: RangeEvidence) -> str:
    valid = int(np.sum(np.isfinite(curve.value_deg)))
    if valid >= _FEWEST_FRAMES_N and curve.valid_fraction >= _FEWEST_SHARE:
        return ""
    if not len(curve.red):
        return "no frame belongs to a stride that counts"
    red = float(np.mean(curve.red))
    if red > 0 and (red + curve.valid_fraction) >= _FEWEST_SHARE:
        why = evidence.ratings.name_doubt(curve, curve.red)
        return f"too likely wrong in {red:.0%} of the frames ({why})"
    unseen = _unseen_landmarks(joint, curve.side, evidence.poses)
    if unseen:
        several = evidence.view.name is ViewName.SPATIAL
        who = "fewer than two cameras saw" if several else "the camera did not see"
        return f"{who}: {', '.join(unseen)}"
    if len(evidence.poses.time_s) < _FEWEST_FRAMES_N:
        return f"the recording has fewer than {_FEWEST_FRAMES_N} frames"
    return f"only {curve.valid_fraction:.0%} of the frames could be measured"


def name_of_joint(curve: AngleCurve) -> str:
    """Return ``left_knee`` or ``trunk``."""
    return curve.joint if curve.side is Side.NONE else f"{curve.side}_{curve.joint}"


def _reason_unknown(evidence: RangeEvidence) -> str:
    if not np.any(np.isfinite(evidence.poses.position)):
        return "no person was found"
    if np.isfinite(evidence.view.azimuth_deg):
        return "no steady view: the person turned, too little was seen, or more than one person"
    return "the view could not be told: neither shoulders nor hips were in the picture"


def _reason_hidden(joint: JointAngle, side: Side, evidence: RangeEvidence) -> str:
    view = evidence.view
    if joint.needs_upright and evidence.position.lying:
        return _NOT_LYING
    if is_far(joint, side, view) and view.name is not ViewName.FRONTAL:
        return f"the {side} side is the far side; record again with the {side} side to the camera"
    needed = "a side view" if joint.plane is Plane.SAGITTAL else "a view from the front"
    named = view.name is joint.plane.view
    looked = _LOOKED_FROM[ViewName.OBLIQUE if named else view.name]
    return f"needs {needed}; the camera {looked}"


def _unseen_landmarks(joint: JointAngle, side: Side, poses: Poses) -> list[str]:
    names = dict.fromkeys(name for p in joint.points for name in landmarks_under(p, side))
    seen = {name: float(np.mean(np.isfinite(poses[name][:, 0]))) for name in names}
    return [name.replace("_", " ") for name, share in seen.items() if share < _LITTLE_SEEN]


def doubts_about(curve: AngleCurve, evidence: RangeEvidence) -> list[str]:
    """Return what speaks against a number, in plain words."""
    doubts = _doubts_of_view(curve, view_of(curve, evidence))
    doubts = [*_doubts_of_validation(curve, evidence), *doubts]
    if _is_of_far_leg(curve, evidence):
        doubts.append("the far leg, partly hidden by the near one")
    if curve.valid_fraction < _GOOD_FRACTION:
        doubts.append(f"seen in {curve.valid_fraction:.0%} of the frames only")
    red = float(np.mean(curve.red))
    if red >= _MANY_RED:
        why = evidence.ratings.name_doubt(curve, curve.red)
        doubts.append(f"{red:.0%} of the frames left out as too likely wrong ({why})")
    unclear = _share_ambiguous(curve, evidence.ambiguous)
    if unclear >= _MANY_AMBIGUOUS:
        doubts.append(f"left and right could not be told apart in {unclear:.0%} of the frames")
    if _median_visibility(curve, evidence.poses) < GOOD_CONFIDENCE:
        doubts.append("the landmarks were hard to see")
    if evidence.rate_hz < _SLOW_RATE_HZ:
        doubts.append(f"{evidence.rate_hz:.0f} frames/s blunt a quick movement")
    zero = evidence.foot_zeros.get(curve.side)
    if curve.joint == "ankle" and (zero is None or not zero.established):
        doubts.append("zero not established: no flat, still foot was found")
    return doubts


def _is_of_far_leg(curve: AngleCurve, evidence: RangeEvidence) -> bool:
    """Return whether a pass that a curve has values in shows the leg on the far side."""
    joint = find_joint(curve.angle)
    return any(
        is_far(joint, curve.side, each.view)
        and bool(np.any(np.isfinite(curve.value_deg[each.frames])))
        for each in evidence.passes
    )


def _doubts_of_validation(curve: AngleCurve, evidence: RangeEvidence) -> list[str]:
    """Return that nobody knows how far such an angle is from the truth, or that it is known."""
    if evidence.bands is None:
        return []
    if evidence.view.name is ViewName.SPATIAL and find_joint(curve.angle).from_centres:
        return ["several cameras: plain landmarks, which read up to 9 degrees low"]
    if evidence.position.lying and not evidence.position_said:
        return ["not validated: say how the person lay"]
    never = doubt_validation(curve.angle, evidence.position, evidence.bands)
    return [never] if never else []


def _share_ambiguous(curve: AngleCurve, ambiguous: BoolArray) -> float:
    """Return the share of a sided curve's frames that may be the other side's."""
    measured = np.isfinite(curve.value_deg)
    if curve.side is Side.NONE or len(ambiguous) != len(measured) or not np.any(measured):
        return 0.0
    return float(np.mean(ambiguous[measured]))


def _median_visibility(curve: AngleCurve, poses: Poses) -> float:
    """Return the median, over the measured frames, of the worst landmark under the angle."""
    joint = find_joint(curve.angle)
    names = [name for p in joint.points for name in landmarks_under(p, curve.side)]
    worst = np.min([poses.confidence_of(name) for name in names], axis=0)
    known = worst[np.isfinite(curve.value_deg) & np.isfinite(worst)]
    return float(np.median(known)) if len(known) else 0.0


def _doubts_of_view(curve: AngleCurve, view: View) -> list[str]:
    doubts = []
    off_deg = off_plane(view, find_joint(curve.angle).plane)
    if view.name is ViewName.OBLIQUE:
        doubts.append(
            f"oblique view, about {off_deg:.0f} degrees off: "
            "what that shortens is taken out, with a larger error"
        )
    elif off_deg >= WARN_FROM_DEG:
        doubts.append(f"the view is about {off_deg:.0f} degrees off")
    if view.spread_deg >= _UNSTEADY_SPREAD_DEG:
        doubts.append("the view was not steady")
    if np.isfinite(view.roll_deg) and find_joint(curve.angle).needs_upright:
        doubts.extend(_doubts_of_roll(view.roll_deg))
    return doubts


def doubt_about_number(
    curve: AngleCurve, confidence: float, at_s: float, evidence: RangeEvidence
) -> list[str]:
    """Return the doubt about a number whose own frames are less than surely right."""
    if not confidence < GOOD_CONFIDENCE:
        return []
    near = np.abs(evidence.poses.time_s - at_s) <= NEAR_S
    why = evidence.ratings.name_doubt(curve, near & np.isfinite(curve.value_deg))
    if why == VIEW_IN_WORDS and _doubts_of_view(curve, view_of(curve, evidence)):
        return []  # said already, and with its degrees
    return [f"less certain there: {why}" if why else "less certain there"]


def _doubts_of_roll(roll_deg: float) -> list[str]:
    if abs(roll_deg) < WARN_FROM_ROLL_DEG:
        return []
    return [f"the camera leans by about {abs(roll_deg):.0f} degrees, which shifts this angle"]


def doubt_about_extension(
    curve: AngleCurve, lowest_deg: float, evidence: RangeEvidence
) -> list[str]:
    """Return the doubt about how far a seated knee straightens.

    On the rendered seated knee extensions the landmark of a straightened knee lies above the
    thigh: plain, it reads up to 17 degrees too bent, moved to its joint's centre up to 9.
    """
    stretched = curve.angle == "knee_flexion" and 0.0 < lowest_deg < _NEARLY_STRAIGHT_DEG
    if stretched and not evidence.position.lying and _thigh_stays_level(curve, evidence):
        most_deg = 9 if np.any(np.isfinite(curve.band95_deg)) else 17
        return [f"a seated knee reads up to {most_deg} degrees too bent when straightened"]
    return []


def _thigh_stays_level(curve: AngleCurve, evidence: RangeEvidence) -> bool:
    """Return whether the thigh lies nearer to level than to upright all the time."""
    if curve.side is Side.NONE:
        return False
    thigh = evidence.poses[f"{curve.side}_knee"] - evidence.poses[f"{curve.side}_hip"]
    seen = thigh[np.all(np.isfinite(thigh), axis=1)]
    return bool(len(seen)) and bool(np.mean(np.abs(seen[:, 0]) > np.abs(seen[:, 1])) > 0.9)
