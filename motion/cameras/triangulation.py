"""From where several cameras see a landmark to where it is in the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.cameras.calibration import Camera, project
from motion.model import BoolArray, FloatArray

__all__ = ["LARGEST_MISS_M", "Points", "triangulate"]

LARGEST_MISS_M: Final = 0.1
"""A view that shows a landmark farther off than this does not show it: a landmark lies on the
skin that a camera sees, front or back of a joint, and errs by some centimetres besides."""

_STEPS: Final = 3
_SMALLEST_ANGLE_DEG: Final = 5.0
_LOWEST_WEIGHT: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Landmarks in the room; ``(...)`` is frames by landmarks.

    Parameters
    ----------
    position_m
        ``(..., 3)``; NaN where fewer than two views agree.
    error_px
        ``(...)`` root mean square distance, over the views used, between where the landmark was
        seen and where its position would be seen: the reprojection error. NaN with the position.
    miss_m
        ``(v, ...)`` the same of each view at the landmark's depth, in metres, of views not used
        too.
    used
        ``(v, ...)`` which views the position is made of.
    """

    position_m: FloatArray
    error_px: FloatArray
    miss_m: FloatArray
    used: BoolArray


def triangulate(
    cameras: Sequence[Camera],
    direction: FloatArray,
    weight: FloatArray,
    *,
    largest_miss_m: float = LARGEST_MISS_M,
) -> Points:
    """Find the points that are nearest to what the views saw.

    Weighted least squares of the projection equations, each divided by the point's depth and
    solved anew (the iterative linear method of Hartley & Sturm 1997, Comput Vis Image Underst
    68:146), so that what is made least is the distance in the picture. While a view misses the
    point by more than ``largest_miss_m``, the view whose leaving lets the others agree best is
    left out; two views that do not agree give nothing, nor do views whose rays are within 5
    degrees of each other.

    Parameters
    ----------
    cameras
        ``v`` cameras, two or more.
    direction
        ``(v, ..., 2)`` undistorted x/z and y/z; NaN where nothing was seen.
    weight
        ``(v, ...)`` confidence of each; not seen where it is NaN or 0.
    largest_miss_m
        How far off a view may be.
    """
    shape = direction.shape[1:-1]
    seen = direction.reshape(len(cameras), -1, 2)
    sure = np.nan_to_num(weight.reshape(len(cameras), -1))
    used = np.isfinite(seen[..., 0]) & (sure > _LOWEST_WEIGHT)
    position, miss = _solve(cameras, seen, sure, used)
    for _ in range(len(cameras) - 2):
        worst = np.max(np.where(used, miss, 0.0), axis=0)
        bad = np.flatnonzero((worst > largest_miss_m) & (np.sum(used, axis=0) > 2))
        if len(bad) == 0:
            break
        used[:, bad] = _leave_one_out(cameras, seen[:, bad], sure[:, bad], used[:, bad])
        position[bad], miss[:, bad] = _solve(cameras, seen[:, bad], sure[:, bad], used[:, bad])
    worst = np.max(np.where(used, miss, 0.0), axis=0)
    lost = ~(worst <= largest_miss_m) | ~_is_sound(cameras, position, used)
    position[lost] = np.nan
    used[:, lost] = False
    return Points(
        position_m=position.reshape(*shape, 3),
        error_px=_measure_error(cameras, seen, position, used).reshape(shape),
        miss_m=miss.reshape(len(cameras), *shape),
        used=used.reshape(len(cameras), *shape),
    )


def _solve(
    cameras: Sequence[Camera], seen: FloatArray, sure: FloatArray, used: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Return ``(m, 3)`` points and ``(v, m)`` by how much each view misses them, metres."""
    rows = np.where(used[..., None], seen, 0.0)
    pose = np.stack([camera.pose for camera in cameras])[:, None]
    # x * (third row) - (first row) is 0 at the point, and so with y and the second row.
    across = rows[..., None] * pose[:, :, 2:3] - pose[:, :, :2]
    focal = np.array([camera.focal_px for camera in cameras])[:, None]
    least = np.where(used, sure * focal, 0.0)
    scale = least
    position = np.full((seen.shape[1], 3), np.nan)
    enough = np.sum(used, axis=0) >= 2
    for _ in range(_STEPS):
        part = across * scale[..., None, None]
        system = np.einsum("vmri,vmrj->mij", part, part)[enough]
        position[enough] = _solve_each(system[:, :3, :3], -system[:, :3, 3])
        _, depth_m = project(cameras, position)
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(depth_m > 0, least / np.abs(depth_m), least)
    ideal, depth_m = project(cameras, position)
    miss = np.linalg.norm(ideal - seen, axis=2) * np.abs(depth_m)
    return position, np.where(depth_m > 0, miss, np.inf)


def _solve_each(system: FloatArray, right: FloatArray) -> FloatArray:
    """Solve ``(m, 3, 3)`` systems; what has no one answer is NaN."""
    with np.errstate(invalid="ignore", divide="ignore"):
        regular = np.linalg.cond(system) < 1.0 / np.finfo(np.float64).eps
    found = np.full(right.shape, np.nan)
    found[regular] = np.linalg.solve(system[regular], right[regular][..., None])[..., 0]
    return found


def _leave_one_out(
    cameras: Sequence[Camera], seen: FloatArray, sure: FloatArray, used: BoolArray
) -> BoolArray:
    """Return ``(v, m)`` the views without the one whose leaving lets the rest agree best."""
    left = []
    for view in range(len(cameras)):
        rest = used.copy()
        rest[view] = False
        _, miss = _solve(cameras, seen, sure, rest)
        agree = np.sqrt(np.mean(np.where(rest, miss, 0.0) ** 2, axis=0))
        left.append(np.where(used[view], agree, np.inf))
    out = np.argmin(np.nan_to_num(np.stack(left), nan=np.inf), axis=0)
    kept = used.copy()
    kept[out, np.arange(len(out))] = False
    return kept


def _is_sound(cameras: Sequence[Camera], position: FloatArray, used: BoolArray) -> BoolArray:
    """Return ``(m,)`` whether two views looked at a point from directions that differ."""
    rays = position - np.stack([camera.place_m for camera in cameras])[:, None]
    with np.errstate(invalid="ignore"):
        rays /= np.linalg.norm(rays, axis=2, keepdims=True)
    rays = np.where(used[..., None], rays, np.nan)
    cosine = np.einsum("vmi,wmi->vwm", rays, rays)
    least = np.min(np.abs(np.where(np.isfinite(cosine), cosine, 1.0)), axis=(0, 1))
    return np.asarray(least < np.cos(np.radians(_SMALLEST_ANGLE_DEG)))


def _measure_error(
    cameras: Sequence[Camera], seen: FloatArray, position: FloatArray, used: BoolArray
) -> FloatArray:
    ideal, _ = project(cameras, position)
    focal = np.array([camera.focal_px for camera in cameras])[:, None, None]
    square = np.sum(((ideal - seen) * focal) ** 2, axis=2)
    count = np.sum(used, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.sum(np.where(used, square, 0.0), axis=0) / count
    return np.where(count >= 2, np.sqrt(mean), np.nan)
