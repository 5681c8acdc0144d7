"""Landmarks in the room, seen by several cameras, made ready for angles: outliers, gaps, filter."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.spatial.transform import Rotation

from motion.kinematics.cleaning import FILLED_CONFIDENCE, CleaningSettings, smooth_positions
from motion.kinematics.foot import FootZero, find_foot_zero
from motion.kinematics.spatial import measure_spatial_angles
from motion.model import (
    AngleTable,
    FloatArray,
    Frame,
    PoseRecording,
    Poses,
    Position,
    Side,
    View,
    ViewName,
)
from motion.signals import fill_gaps, find_outliers

__all__ = ["ROOM_VIEW", "clean_room", "find_room_zeros", "measure_room_angles"]

ROOM_VIEW: Final = View(
    name=ViewName.SPATIAL,
    azimuth_deg=float("nan"),
    azimuth_sd_deg=float("nan"),
    off_plane_deg=float("nan"),
    roll_deg=float("nan"),
    facing="unknown",
)
"""The view of several cameras together: every plane of the body is seen undistorted."""

_LARGEST_SIDE_DIFFERENCE: Final = 0.2
_LEAST_IN_PLANE: Final = 0.5
"""A limb more than 60 degrees out of an angle's plane has no such angle to speak of; from as far
off a single camera measures nothing either."""

_LOWEST_HAMPEL_RATE_HZ: Final = 15.0
_JITTER_M: Final = 0.015
_DOWN: Final = np.array([[0.0, 1.0, 0.0]])
_OWN_SIDE_VIEW: Final = replace(ROOM_VIEW, name=ViewName.SAGITTAL, azimuth_deg=-90.0)


def clean_room(
    recording: PoseRecording, rate_hz: float, settings: CleaningSettings
) -> tuple[PoseRecording, Poses]:
    """Clean the landmarks in the room as those of one picture are cleaned.

    Turned level first: x and z along the floor, y down. Outliers of any axis are rejected (more
    than 15 mm and 3 robust standard deviations from the neighbours), gaps of up to 0.2 s filled,
    and what is left is low-passed.

    Parameters
    ----------
    recording
        Of the first camera, with ``triangulated``.
    rate_hz
        Its measured rate.
    settings
        Cut-off, gap rule and threshold.

    Returns
    -------
    recording, poses
        The recording with ``world_m``, ``visibility`` and ``filled`` those of the room, unfiltered,
        and the cleaned positions with their confidence.

    Raises
    ------
    ValueError
        If the recording has no ``triangulated``.
    """
    room = recording.triangulated
    if room is None:
        msg = "recording must be triangulated, got one camera's"
        raise ValueError(msg)
    down, _ = Rotation.align_vectors(_DOWN, -room.up[None])
    position = room.position_m @ down.as_matrix().T
    seen = np.isfinite(position[..., 0]) & (room.confidence >= settings.seen_confidence)
    position = np.where(seen[..., None], position, np.nan)
    filled = np.zeros(seen.shape, dtype=bool)
    if rate_hz > 0:
        for landmark in range(position.shape[1]):
            track = position[:, landmark]
            if rate_hz >= _LOWEST_HAMPEL_RATE_HZ:
                wild = np.any([find_outliers(axis, floor=_JITTER_M) for axis in track.T], axis=0)
                track = np.where(wild[:, None], np.nan, track)
            position[:, landmark], filled[:, landmark] = fill_gaps(
                recording.time_s, track, 1.0 / rate_hz, settings.max_gap_s
            )
    confidence = np.where(filled, FILLED_CONFIDENCE, room.confidence)
    confidence = np.where(np.isfinite(position[..., 0]), confidence, np.nan)
    whole = replace(
        recording,
        world_m=position,
        visibility=np.where(filled, np.nan, confidence),
        presence=np.where(filled, np.nan, confidence),
        filled=filled,
    )
    if settings.filtered:
        position = smooth_positions(recording.time_s, position, rate_hz, settings)
    poses = Poses(
        time_s=recording.time_s, position=position, confidence=confidence, frame=Frame.WORLD_M
    )
    return whole, poses


def find_room_zeros(poses: Poses) -> dict[Side, FootZero]:
    """Find each foot's slope over the floor when flat, in the foot's own side view.

    The rule is that of one camera's side view (:func:`motion.kinematics.foot.find_foot_zero`);
    the picture is the upright plane through heel and toe.

    Parameters
    ----------
    poses
        Of :func:`clean_room`.
    """
    zeros = {}
    for side in (Side.LEFT, Side.RIGHT):
        position = np.full((*poses.position.shape[:2], 2), np.nan)
        for start, end in (("heel", "foot_index"), ("ankle", "knee")):
            rows = [poses.landmarks.index(f"{side}_{name}") for name in (start, end)]
            both = poses.position[:, rows]
            along = both[..., [0, 2]] - both[:, :1, [0, 2]]
            position[:, rows, 0] = np.linalg.norm(along, axis=2)
            position[:, rows, 1] = both[..., 1]
        own = replace(poses, position=position)
        zeros[side] = find_foot_zero(own, _OWN_SIDE_VIEW, side)
    return zeros


def measure_room_angles(
    poses: Poses, recording: PoseRecording, position: Position, zeros: dict[Side, FootZero]
) -> AngleTable:
    """Measure every angle of the joint table in the body's own planes, both sides.

    Limbs that differ by more than a fifth between the sides give no angle: a side was exchanged,
    or the calibration is wrong. Nor does a limb that lies more than 60 degrees out of an angle's
    plane.

    Parameters
    ----------
    poses, recording
        Of :func:`clean_room`.
    position
        How the person was placed; lean from the vertical is left out when lying.
    zeros
        The slope of the flat foot's line for each side.
    """
    table = measure_spatial_angles(
        poses,
        recording,
        largest_side_difference=_LARGEST_SIDE_DIFFERENCE,
        least_in_plane=_LEAST_IN_PLANE,
    )
    curves = []
    for curve in table.curves:
        value = curve.value_deg
        if curve.joint == "ankle" and curve.side in zeros:
            value = value - zeros[curve.side].correction_deg
        if curve.joint == "trunk" and position.lying:
            value = np.full_like(value, np.nan)
        seen = np.isfinite(value)
        confidence: FloatArray = np.where(seen, curve.confidence, np.nan)
        curves.append(
            replace(curve, value_deg=value, confidence=confidence, filled=curve.filled & seen)
        )
    return AngleTable(time_s=table.time_s, curves=tuple(curves))
