"""Parts of a take in which somebody goes straight on: what may hold a walk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from motion.gait.points import (
    FEET,
    WalkPoints,
    find_foot_direction,
    project_to_floor,
    take_from_picture,
)
from motion.kinematics import Plane, find_steady_runs, off_plane
from motion.kinematics.points import find_point
from motion.model import FloatArray, NearSide, Poses, Side, ViewName, ViewPass

__all__ = [
    "FARTHEST_OFF_DEG",
    "Stretch",
    "doubt_off_side",
    "find_stretches_in_picture",
    "find_stretches_in_room",
]

_JUMP_LEGS: Final = 0.5
_FASTEST_LEGS_S: Final = 6.0
_LONGEST_AWAY_S: Final = 1.0

_SURE_TO_DEG: Final = 20.0

FARTHEST_OFF_DEG: Final = 45.0
"""From farther off the side the picture shows less of a step's length than of the legs' swing
towards the camera."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretch:
    """Straight on, between two turns.

    Parameters
    ----------
    points
        In its own forward direction.
    frames
        Of the take.
    direction
        ``left`` or ``right`` in the picture; empty in the room.
    near_side
        Nearest the camera.
    azimuth_deg
        From where the camera looked; NaN in the room.
    off_plane_deg
        How far that is from beside the walk's plane; 0 in the room.
    after_turn, before_turn
        Whether a turn borders on it.
    """

    points: WalkPoints
    frames: slice
    direction: str
    near_side: NearSide
    azimuth_deg: float
    off_plane_deg: float
    after_turn: bool
    before_turn: bool


def doubt_off_side(off_plane_deg: float) -> str:
    """Return that a walk was seen too far off the side for its numbers to be sure, or nothing."""
    return f"seen {off_plane_deg:.0f} degrees off the side" if off_plane_deg > _SURE_TO_DEG else ""


def find_stretches_in_picture(
    poses: Poses, passes: Sequence[ViewPass], size_px: tuple[int, int]
) -> tuple[Stretch, ...]:
    """Return the passes that were seen from the side, or up to 45 degrees off it.

    Parameters
    ----------
    poses
        Cleaned positions in the picture.
    passes
        In order of time; the frames of a turn are in none.
    size_px
        Width and height of the picture.
    """
    found = []
    for place, each in enumerate(passes):
        if not seen_from_side(each):
            continue
        parts = _part_at_jumps(poses, each.frames)
        for part in parts:
            found.append(
                Stretch(
                    points=take_from_picture(poses, part, size_px),
                    frames=part,
                    direction="left" if each.view.azimuth_deg > 0 else "right",
                    near_side=each.view.near_side,
                    azimuth_deg=each.view.azimuth_deg,
                    off_plane_deg=off_plane(each.view, Plane.SAGITTAL),
                    after_turn=place > 0 and part is parts[0],
                    before_turn=place < len(passes) - 1 and part is parts[-1],
                )
            )
    return tuple(found)


def _part_at_jumps(poses: Poses, frames: slice) -> list[slice]:
    """Part the frames of a pass where the hips jump, as in a recording that was cut together.

    A jump is more than half a leg's length from one sight to the next, and faster than anybody
    runs; over a second without a sight it counts as one too, since who came back may have turned.
    """
    rows = np.arange(frames.start, frames.stop)
    hips = find_point(poses, "mid_hip", Side.NONE)[rows]
    legs = np.concatenate([poses[f"{s}_hip"] - poses[f"{s}_ankle"] for s in FEET])
    lengths = np.linalg.norm(legs[np.all(np.isfinite(legs), axis=1)], axis=1)
    seen = np.flatnonzero(np.all(np.isfinite(hips), axis=1))
    if len(seen) < 2 or not len(lengths):
        return [frames]
    leg = float(np.median(lengths))
    apart = np.linalg.norm(np.diff(hips[seen], axis=0), axis=1) / leg
    time_s = poses.time_s[rows][seen]
    passed_s = np.diff(time_s)
    jumps = (apart > _JUMP_LEGS) & (apart > _FASTEST_LEGS_S * passed_s)
    cuts = rows[seen[1:][jumps | (passed_s > _LONGEST_AWAY_S)]]
    edges = [frames.start, *(int(cut) for cut in cuts), frames.stop]
    return [slice(first, stop) for first, stop in pairwise(edges) if stop - first > 1]


def seen_from_side(each: ViewPass) -> bool:
    """Return whether a pass shows walking from the side."""
    if each.view.name in (ViewName.UNKNOWN, ViewName.SPATIAL):
        return False
    return off_plane(each.view, Plane.SAGITTAL) <= FARTHEST_OFF_DEG


def find_stretches_in_room(poses: Poses) -> tuple[Stretch, ...]:
    """Return the parts of a take in the room in which the feet keep to one heading.

    Parameters
    ----------
    poses
        Level positions in metres: x and z along the floor, y down.
    """
    feet = find_foot_direction(poses)
    heading_deg = np.degrees(np.arctan2(feet[:, 2], feet[:, 0]))
    return tuple(_in_room(poses, heading_deg))


def _in_room(poses: Poses, heading_deg: FloatArray) -> Iterator[Stretch]:
    runs = sorted(find_steady_runs(poses.time_s, heading_deg), key=lambda run: run[0].start)
    for place, (frames, _) in enumerate(runs):
        own = np.radians(heading_deg[frames])
        own = own[np.isfinite(own)]
        heading_rad = float(np.arctan2(np.mean(np.sin(own)), np.mean(np.cos(own))))
        yield Stretch(
            points=project_to_floor(poses, frames, heading_rad),
            frames=frames,
            direction="",
            near_side=NearSide.NONE,
            azimuth_deg=float("nan"),
            off_plane_deg=0.0,
            after_turn=place > 0,
            before_turn=place < len(runs) - 1,
        )
