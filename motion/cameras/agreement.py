"""Whether the views show one body: rays from views of different people do not meet."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np

from motion.cameras.calibration import Camera
from motion.cameras.sides import agree_on_sides
from motion.cameras.triangulation import triangulate
from motion.model import BoolArray, FloatArray, landmark_index

__all__ = ["FARTHEST_M", "find_strangers", "is_mirror_image", "measure_pairs"]

_TRUNK_AND_KNEES: Final = [
    landmark_index(f"{side}_{name}")
    for side in ("left", "right")
    for name in ("shoulder", "hip", "knee")
]
_MOST_FRAMES_N: Final = 120

FARTHEST_M: Final = 0.05
"""Two views whose rays miss each other by more, by the median over trunk and knees, show two
bodies. Of the real recording with four cameras the pairs miss by 8 to 21 mm; rays to somebody else
1.8 m away by 83 mm in the synthetic test, since two rays miss each other across one direction only.
"""


def find_strangers(pairs_m: FloatArray) -> BoolArray:
    """Return ``(v,)`` which views do not show the body that most of the others show.

    A view is left out, the worst first, until every one that stays is within
    ``FARTHEST_M`` of the others, by the median of its pairs; of two views that disagree
    both are strangers.

    Parameters
    ----------
    pairs_m
        ``(v, v)`` of :func:`measure_pairs`.
    """
    stays = np.ones(len(pairs_m), dtype=bool)
    while np.sum(stays) > 1:
        among = np.where(np.outer(stays, stays) & ~np.eye(len(stays), dtype=bool), pairs_m, np.nan)
        off = np.array([np.median(row[~np.isnan(row)]) if any_ else 0.0
                        for row, any_ in zip(among, stays, strict=True)])  # fmt: skip
        if not np.any(off > FARTHEST_M):
            break
        if np.sum(stays) == 2:
            stays[:] = False
        else:
            stays[int(np.argmax(off + _total(among) * 1e-3))] = False
    return np.asarray(~stays)


def _total(among: FloatArray) -> FloatArray:
    """Return ``(v,)`` the sum of a view's pairs, which decides between equal medians."""
    return np.asarray(np.nansum(np.where(np.isinf(among), 1.0, among), axis=1))


def is_mirror_image(position_m: FloatArray) -> bool:
    """Return whether a body is built the wrong way round in most of the frames that tell.

    Toes point to where somebody looks whose left hip and shoulder are at the left. Two cameras
    of one height that are taken for each other give such a body, and their rays meet all the same.

    Parameters
    ----------
    position_m
        ``(n, 33, 3)`` in the room.
    """
    pair = {
        name: [position_m[:, landmark_index(f"{side}_{name}")] for side in ("left", "right")]
        for name in ("shoulder", "hip", "heel", "foot_index")
    }
    left = sum(pair[name][0] - pair[name][1] for name in ("shoulder", "hip"))
    up = np.mean(pair["shoulder"], axis=0) - np.mean(pair["hip"], axis=0)
    toes = sum(toe - heel for toe, heel in zip(pair["foot_index"], pair["heel"], strict=True))
    ahead = np.sum(np.cross(left, up) * toes, axis=1)
    known = ahead[np.isfinite(ahead)]
    return bool(len(known)) and bool(np.mean(known < 0) > 0.5)


def measure_pairs(
    cameras: Sequence[Camera], direction: FloatArray, weight: FloatArray
) -> FloatArray:
    """Return ``(v, v)`` by how much the rays of two views miss each other, metres.

    The median over shoulders, hips and knees and over up to 120 frames spread over the take,
    with sides exchanged where that lets them meet; infinite where both never saw the same.

    Parameters
    ----------
    cameras
        ``v`` cameras.
    direction, weight
        ``(v, n, 33, 2)`` and ``(v, n, 33)``.
    """
    step = max(1, weight.shape[1] // _MOST_FRAMES_N)
    pairs_m = np.zeros((len(cameras), len(cameras)))
    for first, second in combinations(range(len(cameras)), 2):
        two = [first, second]
        both = [cameras[view] for view in two]
        sides = agree_on_sides(both, direction[two, ::step], weight[two, ::step])
        points = triangulate(
            both,
            sides.direction[:, :, _TRUNK_AND_KNEES],
            sides.weight[:, :, _TRUNK_AND_KNEES],
            largest_miss_m=np.inf,
        )
        known = points.miss_m[points.used]
        miss_m = float(np.median(known)) if len(known) else np.inf
        pairs_m[first, second] = pairs_m[second, first] = miss_m
    return pairs_m
