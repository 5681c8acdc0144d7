"""What a user should be told about a take as a whole."""

from typing import Final

import numpy as np

from motion.exercise import Movement
from motion.kinematics.camera_tilt import WARN_FROM_ROLL_DEG
from motion.kinematics.joints import find_joint
from motion.kinematics.view import WARN_FROM_DEG
from motion.library import find_movement
from motion.model import Analysis, AngleCurve, Mirrored, PoseRecording, Side, View, ViewName

__all__ = [
    "MOVES_TOO_DEG",
    "MOVES_TOO_SHARE",
    "find_side_conflict",
    "measure_spread",
    "warn_about",
]

MOVES_TOO_DEG: Final = 10.0
MOVES_TOO_SHARE: Final = 0.5
"""A side moves too if it moves by so much, and by so much of the side that moves most."""

_LOST_SHARE: Final = 0.05
_AWAY_S: Final = 1.0


def measure_spread(curve: AngleCurve) -> float:
    """Return how far an angle moves: between its 5th and 95th percentile, in degrees."""
    seen = curve.value_deg[np.isfinite(curve.value_deg)]
    if len(seen) < 4:
        return 0.0
    low, high = np.percentile(seen, [5, 95])
    return float(high - low)


def find_side_conflict(analysis: Analysis) -> str:
    """Return what is wrong if another side moved than was planned; empty if nothing is.

    Saving stops on it and asks (clinical_rules.md 10).
    """
    planned = analysis.side
    if planned not in (Side.LEFT, Side.RIGHT) or not analysis.person_found:
        return ""
    angle = find_movement(analysis.movement).counted_angle if analysis.movement else ""
    if angle and not find_joint(angle).sided:
        return ""
    other = Side.RIGHT if planned is Side.LEFT else Side.LEFT
    if analysis.view.name is ViewName.SAGITTAL:
        near = {analysis.view.near_side, *(p.view.near_side for p in analysis.passes)}
        if planned.value not in near:
            return f"the {planned} side was planned, but the {other} side was to the camera"
        return ""
    spreads = {c.side: measure_spread(c) for c in analysis.angles.measured if c.angle == angle}
    moved, other_moved = spreads.get(planned, 0.0), spreads.get(other, 0.0)
    if other_moved >= MOVES_TOO_DEG and other_moved * MOVES_TOO_SHARE > moved:
        return f"the {planned} side was planned, but the {other} side moved"
    return ""


def warn_about(analysis: Analysis, movement: Movement) -> tuple[str, ...]:
    """Return what the user should know of the take as a whole, in plain words."""
    if not analysis.person_found:
        return ("No person was found in the recording; nothing was measured.",)
    found = []
    view, file = analysis.view, analysis.provenance.input
    found.extend(_warn_of_people(analysis))
    if view.name is ViewName.UNKNOWN:
        found.append(_warn_of_unknown_view(view))
    elif view.off_plane_deg >= WARN_FROM_DEG:
        found.append(
            f"The camera stood about {view.off_plane_deg:.0f} degrees off a straight view; "
            "turn to face it squarely from the side or the front."
        )
    if abs(view.roll_deg) >= WARN_FROM_ROLL_DEG:
        found.append(
            f"The camera leaned by about {abs(view.roll_deg):.0f} degrees: angles against the "
            "vertical, such as trunk lean, are off by as much; level the camera."
        )
    if len(analysis.passes) > 1:
        found.append(
            f"The person turned: {len(analysis.passes)} passes were measured, each in its own "
            "view; the turns are left empty."
        )
    if file.dropped > _LOST_SHARE * file.frames:
        found.append(
            f"The recording lacks {file.dropped} frames of its usual rate: some were dropped, or "
            "the camera changed its rate."
        )
    if analysis.conditions.mirrored is Mirrored.YES:
        found.append("The recording is mirrored; it was turned back before measuring.")
    return (*found, *_warn_about_sides(analysis), *_warn_about_results(analysis, movement))


def _warn_of_people(analysis: Analysis) -> list[str]:
    found = []
    person = analysis.person
    lost = float(np.mean(~analysis.recording.detected))
    if lost > 0:
        who = "The measured person" if person.other_people else "Nobody"
        was = "was not found" if person.other_people else "was found"
        found.append(f"{who} {was} in {_share(lost)} of the frames; they are left empty.")
    away_s = _longest_absence(analysis.recording)
    if away_s >= _AWAY_S:
        found.append(
            f"The person was out of sight for {away_s:.0f} s; who came back was taken for the same "
            "by place, size and clothes."
        )
    if person.other_people:
        several = person.other_people > 1
        share = person.frames_with_others / max(len(analysis.recording), 1)
        others = f"{person.other_people} other people were" if several else "Another person was"
        found.append(
            f"{others} in view in {_share(share)} of the frames and left out; measured was the "
            f"{_say_choice(person.chosen_by)}. If that is not the patient, choose anew."
        )
    elif person.unfollowed_looks > 1:
        found.append(
            "Somebody else seems to be close to the measured person but could not be told apart; "
            "see in the video that the skeleton is the patient's."
        )
    return found


def _longest_absence(recording: PoseRecording) -> float:
    """Return the longest time between two frames with the person's body, in seconds."""
    seen_s = recording.time_s[recording.detected]
    return float(np.max(np.diff(seen_s))) if len(seen_s) > 1 else 0.0


def _say_choice(chosen_by: str) -> str:
    """Return ``largest person``, ``person on the left``, ``person pointed at``."""
    words = {
        "largest": "largest person",
        "centre": "person nearest the middle",
        "left": "person on the left",
        "right": "person on the right",
    }
    return words.get(chosen_by, "person pointed at")


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "less than 1%"


def _warn_about_sides(analysis: Analysis) -> list[str]:
    sides = analysis.sides
    found = [
        f"Left and right {limbs} were swapped in {_frames(count)}; they were put back."
        for limbs, count in (
            ("legs", sides.swapped_leg_frames),
            ("arms", sides.swapped_arm_frames),
        )
        if count
    ]
    if sides.ambiguous_frames:
        found.append(
            f"Left and right could not be told apart in {_frames(sides.ambiguous_frames)}; "
            "they are as the pose model gave them."
        )
    conflict = find_side_conflict(analysis)
    if sides.suspicion and not conflict:
        found.append(f"Check left and right: {sides.suspicion}.")
    mirrored = analysis.conditions.mirrored
    if (sides.suspicion or conflict) and mirrored is not Mirrored.YES:
        said = "it was said not to be" if mirrored is Mirrored.NO else "nobody said whether it is"
        found.append(f"The recording may be mirrored, as by a selfie camera; {said}.")
    return found


def _frames(count: int) -> str:
    return "1 frame" if count == 1 else f"{count} frames"


def _warn_of_unknown_view(view: View) -> str:
    if np.isfinite(view.azimuth_deg):
        return (
            "The view was not steady: the person turned, too little of the body was in the "
            "picture, or more than one person was; film one person in one view."
        )
    return "The view could not be told: film shoulders or hips too."


def _warn_about_results(analysis: Analysis, movement: Movement) -> list[str]:
    found = []
    if not any(np.isfinite(m.value) for m in analysis.measurements):
        found.append("Nothing could be measured; measurements.csv says why for each angle.")
    if analysis.movement and not analysis.counted_on and not movement.gait:
        title = movement.counted_angle.replace("_", " ")
        found.append(f"Repetitions were not counted: {title} was not measurable.")
    conflict = find_side_conflict(analysis)
    if conflict:
        found.append(f"Check the side: {conflict}.")
    if analysis.incomplete_repetitions:
        found.append(
            f"{analysis.incomplete_repetitions} repetition(s) cut off by the start or end of "
            "the recording were not counted."
        )
    return found
