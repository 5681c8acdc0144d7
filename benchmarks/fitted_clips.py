"""Clips with known answers, measured end to end with one or another move to joint centres."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from clips import Clip
from spatial import view_from

from motion.kinematics import (
    JOINTS,
    JointAngle,
    JointCentreModel,
    azimuth_of_frames,
    find_foot_zeros,
    find_passes,
    measure_passes,
    rate_table,
)
from motion.kinematics.cleaning import CleaningSettings, clean_recording
from motion.kinematics.planar import is_shown
from motion.kinematics.view import off_plane
from motion.library import load_confidence_model
from motion.model import AngleCurve, FloatArray, Poses, Position, Side, ViewPass
from motion.pose.sides import repair_sides
from motion.validation.comparing import SMALLEST_RANGE_DEG


class Prepared:
    """A clip with its landmarks cleaned as the product cleans them."""

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        _, self.poses = clean_recording(clip.recording, clip.rate_hz, CleaningSettings())
        shoulders = (self.poses["left_shoulder"] + self.poses["right_shoulder"]) / 2.0
        hips = (self.poses["left_hip"] + self.poses["right_hip"]) / 2.0
        self.nominal_view = view_from((clip.nominal_deg + 180.0) % 360.0 - 180.0)
        self.trunk_px = float(np.nanmedian(np.linalg.norm(shoulders - hips, axis=1)))

    def offset(self, poses: Poses, joint: str, side: Side) -> FloatArray:
        """Return how far ``(n, 2)`` the joint's centre lies from its landmark, in trunk lengths."""
        columns = [f"{side}_{joint}_{axis}" for axis in "uv"]
        true_px = self.clip.truth[columns].to_numpy()
        return np.asarray((true_px - poses[f"{side}_{joint}"]) / self.trunk_px)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One measured curve of one clip with its truth, on the frames that were given."""

    clip: str
    held_out: bool
    joint: JointAngle
    curve: AngleCurve
    position: Position
    off_deg: float
    """How far off the angle's plane the camera truly was."""

    error_deg: FloatArray
    """``(n,)``: result less truth, NaN where no angle was given."""

    passes: tuple[ViewPass, ...]


def measure(each: Prepared, centres: JointCentreModel | None) -> Iterator[Series]:
    """Yield the curves of a clip, measured end to end, that it moves and is made for."""
    recording = repair_sides(each.clip.recording).recording
    passes = find_passes(recording)
    filled, poses = clean_recording(recording, each.clip.rate_hz, CleaningSettings())
    position = each.clip.position
    zeros = find_foot_zeros(poses, passes)
    table = measure_passes(poses, filled, passes, position, zeros, centres)
    azimuth_deg = azimuth_of_frames(passes, len(filled))
    table, _ = rate_table(table, filled, azimuth_deg, load_confidence_model())
    for curve in table.measured:
        joint = next(joint for joint in JOINTS if joint.name == curve.angle)
        true_deg = each.clip.truth_of(curve.name)
        if true_deg is None or np.ptp(true_deg) < SMALLEST_RANGE_DEG:
            continue
        nominal = each.nominal_view
        if off_plane(nominal, joint.plane) > 1.0 or not is_shown(
            joint, curve.side, nominal, position
        ):
            continue
        value_deg = curve.value_deg
        if joint.joint == "ankle":  # its zero differs by definition
            true_deg = true_deg - np.median(true_deg)
            value_deg = value_deg - np.nanmedian(value_deg)
        error_deg = value_deg - true_deg
        off_deg = off_plane(view_from(each.clip.azimuth_deg), joint.plane)
        yield Series(
            clip=each.clip.name,
            held_out=each.clip.held_out,
            joint=joint,
            curve=curve,
            position=position,
            off_deg=off_deg,
            error_deg=error_deg,
            passes=passes,
        )
