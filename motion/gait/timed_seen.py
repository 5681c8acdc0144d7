"""What a timed test needs, from landmarks in the picture or in the room."""

from collections.abc import Sequence

import numpy as np

from motion.gait.points import FEET, find_foot_direction
from motion.gait.scale import make_rulers
from motion.gait.settings import GaitSettings
from motion.gait.stretches import Stretch
from motion.gait.timed_motion import SeenWay, TimedMotion
from motion.kinematics.points import find_point
from motion.model import FloatArray, Frame, Gait, Poses, Side

__all__ = ["describe_timed_motion", "measure_ways"]


def measure_ways(stretches: Sequence[Stretch], settings: GaitSettings) -> tuple[SeenWay, ...]:
    """Return what was seen from the side in a picture, each part with its ruler.

    Parameters
    ----------
    stretches
        Of one take; in the room there is nothing to correct, so it gives none.
    settings
        What is known of the scale.
    """
    rulers, _ = make_rulers(stretches, settings)
    return tuple(
        SeenWay(
            start_s=float(stretch.points.time_s[0]),
            end_s=float(stretch.points.time_s[-1]),
            ruler=ruler,
            sign=float(np.sign(stretch.points.middle)),
            off_plane_deg=stretch.off_plane_deg,
        )
        for stretch, ruler in zip(stretches, rulers, strict=True)
        if np.isfinite(stretch.points.middle)
    )


def describe_timed_motion(
    poses: Poses,
    heading_deg: FloatArray | None,
    gait: Gait,
    ways: tuple[SeenWay, ...] = (),
) -> TimedMotion:
    """Return hips, feet, trunk and heading over a whole recording.

    Parameters
    ----------
    poses
        Cleaned positions: in the picture, or level in the room (x and z along the floor, y down).
        In the room the way is the line along which the hips went farthest.
    heading_deg
        ``(n,)`` azimuth of the body in the picture; None in the room, where the feet give it.
    gait
        Scale and walks.
    ways
        Of :func:`measure_ways`.
    """
    position = poses.position if poses.frame is not Frame.WORLD_M else _see_from_side(poses)
    points = dict(zip(poses.landmarks, np.moveaxis(position, 1, 0), strict=True))
    hips = np.mean([points[f"{side}_hip"] for side in FEET], axis=0)
    shoulders = np.mean([points[f"{side}_shoulder"] for side in FEET], axis=0)
    trunk = (shoulders - hips) * [1.0, -1.0]
    return TimedMotion(
        time_s=poses.time_s,
        mid_hip=hips * [1.0, -1.0],
        ankles=np.stack([points[f"{side}_ankle"] for side in FEET], axis=1) * [1.0, -1.0],
        trunk=trunk,
        heading_deg=_heading_in_room(poses) if heading_deg is None else heading_deg,
        scale=gait.scale,
        walks=gait.walks,
        ways=ways,
    )


def _way(poses: Poses) -> FloatArray:
    """Return the line on the floor, ``(2,)`` of length 1, along which the hips went farthest."""
    hips = find_point(poses, "mid_hip", Side.NONE)[:, [0, 2]]
    seen = hips[np.all(np.isfinite(hips), axis=1)]
    if len(seen) < 2:
        return np.array([1.0, 0.0])
    _, _, axes = np.linalg.svd(seen - seen.mean(axis=0), full_matrices=False)
    return np.asarray(axes[0])


def _see_from_side(poses: Poses) -> FloatArray:
    """Return positions along the way and down, ``(n, k, 2)``."""
    along = poses.position[..., [0, 2]] @ _way(poses)
    return np.stack([along, poses.position[..., 1]], axis=-1)


def _heading_in_room(poses: Poses) -> FloatArray:
    """Return the azimuth as if a camera looked across the way: -90 going along it."""
    feet = find_foot_direction(poses)
    floor, way = feet[:, [0, 2]], _way(poses)
    across = floor @ np.array([-way[1], way[0]])
    return np.asarray(np.degrees(np.arctan2(across, floor @ way)) - 90.0)
