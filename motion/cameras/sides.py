"""Left and right across the views: a view that took them for each other fits when put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from motion.cameras.calibration import Camera
from motion.cameras.triangulation import triangulate
from motion.model import MIRROR, BoolArray, FloatArray, IndexArray, landmark_index

__all__ = ["SideAgreement", "agree_on_sides"]

_FACE: Final = ("eye_inner", "eye", "eye_outer", "mouth")
_JUDGED: Final = {
    "legs": ("hip", "knee", "ankle", "heel", "foot_index"),
    "arms": ("ear", "shoulder", "elbow", "wrist"),
}
_FOLLOWING: Final = {"arms": ("pinky", "index", "thumb", *_FACE)}
_FARTHEST_M: Final = 0.3
_CLEARLY_BETTER: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideAgreement:
    """What the views see, with sides that agree.

    ``direction (v, n, 33, 2)`` and ``weight (v, n, 33)`` as given, with sides put back;
    ``swapped (v, n)`` the frames in which legs or arms of a view were;
    ``undecided (n,)`` frames in which views differ and nothing tells which of them is right:
    there the first view's sides are taken.
    """

    direction: FloatArray
    weight: FloatArray
    swapped: BoolArray
    undecided: BoolArray


def agree_on_sides(
    cameras: Sequence[Camera], direction: FloatArray, weight: FloatArray
) -> SideAgreement:
    """Put back the sides that a view exchanged, by whether its rays then meet the others'.

    Legs and arms (with the face) apart and frame by frame: of all combinations of exchanged
    views the one whose rays meet best is taken if they miss each other by less than 0.7 of what
    they do as given. Rays tell only which views differ; which are right the majority says, and
    of equal parts the nearest frame in which they are not.

    Parameters
    ----------
    cameras
        ``v`` cameras.
    direction, weight
        ``(v, n, 33, 2)`` and ``(v, n, 33)``, as :func:`triangulate` takes them.
    """
    direction, weight = direction.copy(), weight.copy()
    swapped = np.zeros(weight.shape[:2], dtype=bool)
    undecided = np.zeros(weight.shape[1], dtype=bool)
    for group, names in _JUDGED.items():
        left, right = _rows("left", names), _rows("right", names)
        judged = np.concatenate([left, right])
        pairs = direction[:, :, judged], weight[:, :, judged]
        found, unclear = _find_swaps(cameras, *pairs)
        every = (*names, *_FOLLOWING.get(group, ()))
        rows = np.concatenate([_rows("left", every), _rows("right", every)])
        _swap(direction, found, rows)
        _swap(weight, found, rows)
        swapped |= found
        undecided |= unclear
    return SideAgreement(direction=direction, weight=weight, swapped=swapped, undecided=undecided)


def _rows(side: str, names: Sequence[str]) -> IndexArray:
    known = (f"mouth_{side}" if name == "mouth" else f"{side}_{name}" for name in names)
    return np.array([landmark_index(name) for name in known], dtype=np.intp)


def _swap(values: FloatArray, swapped: BoolArray, rows: IndexArray) -> None:
    """Exchange left and right rows of ``(v, n, 33, ...)`` in some views and frames, in place."""
    view, frame = np.nonzero(swapped)
    others = np.array(MIRROR)[rows]
    values[view[:, None], frame[:, None], rows] = values[view[:, None], frame[:, None], others]


def _find_swaps(
    cameras: Sequence[Camera], direction: FloatArray, weight: FloatArray
) -> tuple[BoolArray, BoolArray]:
    """Return ``(v, n)`` what is exchanged, and ``(n,)`` where it could not be told whose."""
    views, frames, both = weight.shape
    other = np.roll(np.arange(both), both // 2)
    options = np.array([(False, *rest) for rest in product((False, True), repeat=views - 1)])
    cost, turns = [], []
    for option in options:
        choice = option[:, None, None]
        points = triangulate(
            cameras,
            np.where(choice[..., None], direction[:, :, other], direction),
            np.where(choice, weight[:, :, other], weight),
            largest_miss_m=np.inf,
        )
        cost.append(_mean_miss(points.miss_m, points.used))
        turns.append(_turn(points.position_m))
    costs = np.stack(cost)
    best = np.argmin(costs, axis=0)
    every = np.arange(frames)
    best[~(costs[best, every] < _CLEARLY_BETTER * costs[0])] = 0
    found = options[best].T
    seeing = np.any(weight > 0, axis=2)
    return _orient(found, seeing, np.stack(turns)[best, every])


def _mean_miss(miss_m: FloatArray, used: BoolArray) -> FloatArray:
    """Return ``(n,)`` how far the views are from the points; far where nothing was seen."""
    count = np.sum(used, axis=(0, 2))
    total = np.sum(np.where(used, np.minimum(miss_m, _FARTHEST_M), 0.0), axis=(0, 2))
    return np.where(count > 0, total / np.maximum(count, 1), np.inf)


def _turn(position_m: FloatArray) -> FloatArray:
    """Return ``(n, 3 pairs)`` left less right of each pair; 0 where it is not known."""
    half = position_m.shape[1] // 2
    apart = position_m[:, :half] - position_m[:, half:]
    return np.nan_to_num(apart).reshape(len(position_m), -1)


def _orient(found: BoolArray, seeing: BoolArray, turn: FloatArray) -> tuple[BoolArray, BoolArray]:
    exchanged = np.sum(found & seeing, axis=0)
    as_given = np.sum(seeing, axis=0) - exchanged
    flip = exchanged > as_given
    tied = (exchanged == as_given) & (exchanged > 0)
    known = np.flatnonzero(~tied & np.any(turn != 0, axis=1))
    signed = np.where(flip[:, None], -turn, turn)
    for frame in np.flatnonzero(tied) if len(known) else ():
        nearest = known[np.argmin(np.abs(known - frame))]
        flip[frame] = turn[frame] @ signed[nearest] < 0
    undecided = tied & (len(known) == 0)
    return np.where(flip, ~found & seeing, found), undecided
