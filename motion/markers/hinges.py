"""Axes of knees and ankles, found from how the markers of two segments turn about each other."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray

__all__ = ["Hinge", "find_hinge", "nearest_on_hinge"]

_LEAST_TURN: Final = 0.05
"""Second smallest singular value below which the segments hardly turned: about six degrees about
their mean, root mean square."""

_LEAST_FRAMES_N: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hinge:
    """The axis of a joint in each frame: a point on it and its direction, each ``(n, 3)``."""

    point_m: FloatArray
    direction: FloatArray


def find_hinge(above_m: FloatArray, below_m: FloatArray) -> Hinge | None:
    """Find the axis that stays where it is in both of two segments.

    Each segment is taken as rigid; its place in each frame is that of the best fit of its markers
    (Kabsch 1976, Acta Cryst A32:922). The axis solves, over all frames, that a point of the one
    segment be at the place of a point of the other; the direction in which this says nothing is
    the axis's own.

    Parameters
    ----------
    above_m, below_m
        ``(n, k, 3)`` and ``(n, j, 3)`` markers of the segments, three or more.

    Returns
    -------
    Hinge or None
        None where fewer than 30 frames show all the markers, or the segments hardly turn.

    References
    ----------
    Ehrig, Taylor, Duda, Heller 2007, J Biomech 40:2150 (symmetrical axis of rotation).
    """
    seen = _whole(above_m) & _whole(below_m)
    if np.sum(seen) < _LEAST_FRAMES_N:
        return None
    turn_a, place_a = _fit_segment(above_m, seen)
    turn_b, place_b = _fit_segment(below_m, seen)
    system = np.concatenate([turn_a[seen], -turn_b[seen]], axis=2).reshape(-1, 6)
    wanted = (place_b - place_a)[seen].reshape(-1)
    left, strength, right = np.linalg.svd(system, full_matrices=False)
    if strength[4] < _LEAST_TURN * np.sqrt(np.sum(seen)):
        return None
    points = right[:5].T @ ((left[:, :5].T @ wanted) / strength[:5])
    first, second = turn_a @ points[:3] + place_a, turn_b @ points[3:] + place_b
    along = turn_a @ right[5, :3] + turn_b @ right[5, 3:]
    with np.errstate(invalid="ignore"):
        direction = along / np.linalg.norm(along, axis=1, keepdims=True)
    return Hinge(point_m=(first + second) / 2.0, direction=direction)


def nearest_on_hinge(hinge: Hinge, start_m: FloatArray, end_m: FloatArray) -> FloatArray:
    """Return the place on the axis that is nearest the line from start to end, ``(n, 3)``.

    How far along the axis that is, is the median over the frames: it does not move within the
    joint.
    """
    line = end_m - start_m
    with np.errstate(invalid="ignore", divide="ignore"):
        line = line / np.linalg.norm(line, axis=1, keepdims=True)
        gap = hinge.point_m - start_m
        cosine = np.sum(hinge.direction * line, axis=1)
        along = cosine * np.sum(line * gap, axis=1) - np.sum(hinge.direction * gap, axis=1)
        along_m = along / (1.0 - cosine**2)
    seen = along_m[np.isfinite(along_m)]
    middle_m = float(np.median(seen)) if len(seen) else float("nan")
    return np.asarray(hinge.point_m + middle_m * hinge.direction)


def _whole(markers_m: FloatArray) -> BoolArray:
    return np.asarray(np.all(np.isfinite(markers_m), axis=(1, 2)))


def _fit_segment(markers_m: FloatArray, seen: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return rotation ``(n, 3, 3)`` and place ``(n, 3)`` of a segment; NaN where it is not whole.

    Its shape is that of the frame in the middle of those with every marker; its origin the
    markers' middle.
    """
    rows = np.flatnonzero(seen)
    shape = markers_m[rows[len(rows) // 2]]
    shape = shape - np.mean(shape, axis=0)
    place = np.mean(markers_m, axis=1)
    whole = _whole(markers_m)
    product = np.einsum("ka,nkb->nab", shape, markers_m[whole] - place[whole][:, None])
    left, _, right = np.linalg.svd(product)
    rotation = np.swapaxes(left @ right, 1, 2)
    mirrored = np.linalg.det(rotation) < 0
    right[mirrored, 2] *= -1.0
    turn = np.full((len(markers_m), 3, 3), np.nan)
    turn[whole] = np.swapaxes(left @ right, 1, 2)
    return turn, np.where(whole[:, None], place, np.nan)
