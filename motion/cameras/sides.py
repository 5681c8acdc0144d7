"""Left and right across the views: a view that took them for each other fits when put back."""

from collections.abc import Mapping, Sequence
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
_TELLING: Final = 0.2


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
    they do as given. Rays tell only which views differ; which are right the majority says. Of
    equal parts those are right that give a body as bodies are: toes ahead of a person whose left
    hip is at the left, the left shoulder on the side of the left hip; where that is not seen, the
    part that goes on from the nearest frame in which it is clear.

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
    hips = np.full((weight.shape[1], 3), np.nan)
    for group, names in _JUDGED.items():
        judged = np.concatenate([_rows("left", names), _rows("right", names)])
        found, position_m = _find_swaps(cameras, direction[:, :, judged], weight[:, :, judged])
        pairs = {name: position_m[:, [n, n + len(names)]] for n, name in enumerate(names)}
        legs = group == "legs"
        ahead = _look_at_legs(pairs) if legs else _look_at_arms(pairs, hips)
        seeing = np.any(weight[:, :, judged] > 0, axis=2)
        flip, unclear = _orient(found, seeing, ahead, _left_of(pairs, names))
        if legs:
            hips = _left_of(pairs, ("hip",)) * np.where(flip, -1.0, 1.0)[:, None]
        found = np.where(flip, ~found & seeing, found)
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
) -> tuple[BoolArray, FloatArray]:
    """Return ``(v, n)`` which views differ from the first, and the ``(n, k, 3)`` places then."""
    views, frames, both = weight.shape
    other = np.roll(np.arange(both), both // 2)
    options = np.array([(False, *rest) for rest in product((False, True), repeat=views - 1)])
    cost, places = [], []
    for option in options:
        choice = option[:, None, None]
        points = triangulate(
            cameras,
            np.where(choice[..., None], direction[:, :, other], direction),
            np.where(choice, weight[:, :, other], weight),
            largest_miss_m=np.inf,
        )
        cost.append(_mean_miss(points.miss_m, points.used))
        places.append(points.position_m)
    costs = np.stack(cost)
    best = np.argmin(costs, axis=0)
    every = np.arange(frames)
    best[~(costs[best, every] < _CLEARLY_BETTER * costs[0])] = 0
    return options[best].T, np.stack(places)[best, every]


def _mean_miss(miss_m: FloatArray, used: BoolArray) -> FloatArray:
    """Return ``(n,)`` how far the views are from the points; far where nothing was seen."""
    count = np.sum(used, axis=(0, 2))
    total = np.sum(np.where(used, np.minimum(miss_m, _FARTHEST_M), 0.0), axis=(0, 2))
    return np.where(count > 0, total / np.maximum(count, 1), np.inf)


def _left_of(pairs: Mapping[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """Return ``(n, 3 names)`` left less right of some pairs; 0 where it is not known."""
    apart = [pairs[name][:, 0] - pairs[name][:, 1] for name in names]
    return np.nan_to_num(np.concatenate(apart, axis=1))


def _look_at_legs(pairs: Mapping[str, FloatArray]) -> FloatArray:
    """Return ``(n,)`` how far the toes point ahead of the body, -1 to 1; NaN where not seen."""
    left = pairs["hip"][:, 0] - pairs["hip"][:, 1]
    up = np.mean(pairs["hip"] - pairs["ankle"], axis=1)
    toes = np.sum(pairs["foot_index"] - pairs["heel"], axis=1)
    return _cosine(np.cross(left, up), toes)


def _look_at_arms(pairs: Mapping[str, FloatArray], hips: FloatArray) -> FloatArray:
    """Return ``(n,)`` how far the shoulders lie as the hips do, -1 to 1; NaN where not seen."""
    return _cosine(pairs["shoulder"][:, 0] - pairs["shoulder"][:, 1], hips)


def _cosine(first: FloatArray, second: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sum(first * second, axis=1) / lengths)


def _orient(
    found: BoolArray, seeing: BoolArray, ahead: FloatArray, left: FloatArray
) -> tuple[BoolArray, BoolArray]:
    """Return ``(n,)`` where the other views than those found are wrong, and where nobody knows."""
    exchanged = np.sum(found & seeing, axis=0)
    as_given = np.sum(seeing, axis=0) - exchanged
    flip = exchanged > as_given
    tied = np.flatnonzero((exchanged == as_given) & (exchanged > 0))
    undecided = np.zeros(len(flip), dtype=bool)
    clear = np.ones(len(flip), dtype=bool)
    clear[tied] = False
    clear &= np.any(left != 0, axis=1)
    known = np.flatnonzero(clear)
    signed = np.where(flip[:, None], -left, left)
    for run in np.split(tied, np.flatnonzero(np.diff(tied) > 1) + 1):
        evidence = ahead[run][np.isfinite(ahead[run])]
        if len(evidence) and abs(np.mean(evidence)) >= _TELLING:
            flip[run] = np.mean(evidence) < 0
        elif len(known):
            for frame in run:
                nearest = known[np.argmin(np.abs(known - frame))]
                flip[frame] = left[frame] @ signed[nearest] < 0
        else:
            undecided[run] = True
    return flip, undecided
