"""From landmarks to angles: by the picture of one camera, or in the room of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait import (
    GaitSettings,
    Stretch,
    TimedMotion,
    describe_timed_motion,
    find_stretches_in_picture,
    find_stretches_in_room,
    measure_ways,
)
from motion.kinematics import (
    FootZero,
    JointCentreModel,
    Ratings,
    azimuth_of_frames,
    clean_recording,
    find_foot_zeros,
    find_main_view,
    find_passes,
    measure_passes,
    near_sides,
)
from motion.kinematics.confidence import ConfidenceModel, rate_table
from motion.kinematics.room import ROOM_VIEW, clean_room, find_room_zeros, measure_room_angles
from motion.kinematics.view_cues import measure_headings
from motion.model import (
    AngleTable,
    BoolArray,
    Gait,
    NearSide,
    PoseRecording,
    Poses,
    Position,
    Side,
    View,
    ViewPass,
)
from motion.pose.sides import SideRepair, keep_sides, repair_sides
from motion.settings import AnalysisSettings

__all__ = ["ROOM_CONFIDENCE", "ROOM_METHOD", "Looked", "look_at_picture", "look_into_room"]

ROOM_CONFIDENCE: Final = "second-best view"
"""What stands for the confidence model's version: how sure a landmark in the room is."""

ROOM_METHOD: Final = "spatial"
"""How angles are made of landmarks, in the settings of a take that several cameras saw."""

_LYING_SLOPE: Final = float(np.tan(np.radians(60.0)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looked:
    """What a take's landmarks showed.

    Parameters
    ----------
    recording
        The camera's own landmarks, with sides put right, gaps filled and marked.
    poses
        Cleaned positions that the angles are made of.
    view, passes
        From where the body was seen.
    near
        Sides whose limbs were near enough to count on.
    repair
        What was found of swapped sides in the camera's own picture.
    """

    recording: PoseRecording
    poses: Poses
    view: View
    passes: tuple[ViewPass, ...]
    near: frozenset[NearSide]
    position: Position
    foot_zeros: dict[Side, FootZero]
    table: AngleTable
    repair: SideRepair

    def rate(self, table: AngleTable, model: ConfidenceModel) -> tuple[AngleTable, Ratings]:
        """Return the table with how likely each angle is right.

        The model is fitted on one camera; in the room a landmark is as sure as in the second
        best of its views, and what the views do not agree on is missing already.
        """
        if self.recording.triangulated is not None:
            return table, Ratings()
        azimuth_deg = azimuth_of_frames(self.passes, len(self.recording))
        return rate_table(table, self.recording, azimuth_deg, model)

    def find_stretches(self) -> tuple[Stretch, ...]:
        """Return the parts between turns that may hold a walk."""
        if self.recording.triangulated is not None:
            return find_stretches_in_room(self.poses)
        size_px = (self.recording.width_px, self.recording.height_px)
        return find_stretches_in_picture(self.poses, self.passes, size_px)

    def find_timed_motion(
        self, gait: Gait, stretches: Sequence[Stretch], settings: GaitSettings
    ) -> TimedMotion:
        """Return what a timed test is measured on: the whole recording, turns included."""
        room = self.recording.triangulated is not None
        return describe_timed_motion(
            self.poses,
            None if room else measure_headings(self.recording),
            gait,
            measure_ways(stretches, settings),
        )

    @property
    def ambiguous(self) -> BoolArray:
        """``(n,)`` frames in which left and right could not be told apart."""
        room = self.recording.triangulated
        return self.repair.ambiguous if room is None else room.undecided


def look_at_picture(
    recording: PoseRecording,
    settings: AnalysisSettings,
    rate_hz: float,
    centres: JointCentreModel | None,
    *,
    far_legs: bool = False,
) -> Looked:
    """Measure angles in one camera's picture.

    Parameters
    ----------
    recording
        Landmarks as the model gave them.
    settings
        View, cleaning and position.
    rate_hz
        Measured frame rate.
    centres
        Moves landmarks to joint centres; None leaves them.
    far_legs
        Whether the far leg of a side view is measured too, as in walking.
    """
    repair = keep_sides(recording) if settings.sides_said else repair_sides(recording)
    passes = find_passes(repair.recording, settings.view)
    filled, poses = clean_recording(repair.recording, rate_hz, settings.cleaning)
    zeros = find_foot_zeros(poses, passes)
    position = _position_for_lean(settings.conditions.position, poses)
    return Looked(
        recording=filled,
        poses=poses,
        view=find_main_view(passes),
        passes=passes,
        near=near_sides(passes),
        position=position,
        foot_zeros=zeros,
        table=measure_passes(poses, filled, passes, position, zeros, centres, far_legs=far_legs),
        repair=repair,
    )


def look_into_room(recording: PoseRecording, settings: AnalysisSettings, rate_hz: float) -> Looked:
    """Measure angles in the body's own planes, from what several cameras saw.

    The parameters are those of :func:`look_at_picture`; landmarks are not moved to joint centres,
    since that is fitted on what one picture shows.
    """
    repair = repair_sides(recording)
    filled, _ = clean_recording(repair.recording, rate_hz, settings.cleaning)
    room, poses = clean_room(recording, rate_hz, settings.cleaning)
    zeros = find_room_zeros(poses)
    position = _position_for_lean(settings.conditions.position, poses)
    whole = ViewPass(
        first=0,
        stop=len(recording),
        start_s=float(recording.time_s[0]),
        end_s=float(recording.time_s[-1]),
        view=ROOM_VIEW,
    )
    return Looked(
        recording=filled,
        poses=poses,
        view=ROOM_VIEW,
        passes=(whole,),
        near=frozenset({NearSide.LEFT, NearSide.RIGHT}),
        position=position,
        foot_zeros=zeros,
        table=measure_room_angles(poses, room, position, zeros),
        repair=repair,
    )


def _position_for_lean(said: Position, poses: Poses) -> Position:
    """Return the position that decides on lean from the vertical, where nobody said it.

    A trunk that lies across the vertical most of the time is a lying person's: there lean from
    the vertical means nothing (clinical_rules.md 6).
    """
    if said is not Position.UNKNOWN:
        return said
    shoulders = (poses["left_shoulder"] + poses["right_shoulder"]) / 2.0
    trunk = shoulders - (poses["left_hip"] + poses["right_hip"]) / 2.0
    seen = trunk[np.all(np.isfinite(trunk), axis=1)]
    level = np.linalg.norm(np.delete(seen, 1, axis=1), axis=1)
    lies = level > _LYING_SLOPE * np.abs(seen[:, 1])
    return Position.SIDE_LYING if len(seen) and np.mean(lies) > 0.5 else said
