"""How much later one recording began than another, from how the body moves in both."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from motion.cameras.calibration import Camera
from motion.errors import InputError
from motion.model import BoolArray, FloatArray, landmark_index
from motion.signals import cutoff_for_rate, filter_lowpass, grid_rate, resample_uniform

__all__ = ["Offset", "Track", "find_offset", "find_offsets"]

_MOVING: Final = [
    landmark_index(f"{side}_{name}")
    for side in ("left", "right")
    for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
]
_STEP_S: Final = 0.05
_MOVING_SHARE: Final = 0.75
_SHORTEST_SHARED_S: Final = 1.0
_SHARED: Final = 0.4
_FEWEST_N: Final = 30
_SAME_OFFSET_S: Final = 0.25
_CLEARLY_LESS: Final = 0.85
_AROUND_N: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Track:
    """What one camera saw: ``time_s (n,)`` and undistorted ``direction (n, 33, 2)``."""

    name: str
    camera: Camera
    time_s: FloatArray
    direction: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How much later a recording began than the first one.

    Parameters
    ----------
    offset_s
        Added to a time of the recording it gives the first one's time.
    contrast
        How much of the movement against the geometry goes away at this offset, beside the next
        best offset: 1 all of it, 0 nothing.
    """

    offset_s: float
    contrast: float


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """``(m, k, 3)`` directions on a uniform grid, and ``(m, k)`` which of them move most."""

    start_s: float
    direction: FloatArray
    moving: BoolArray


def find_offsets(tracks: Sequence[Track]) -> tuple[Offset, ...]:
    """Find how much later each recording began than the first, from all pairs together.

    Each pair in which an offset stands out (:func:`find_offset`) gives a difference of two; the
    offsets are those that fit the differences best, by least squares with the square of the
    contrast as weight. A recording's contrast is the best of its pairs.

    Parameters
    ----------
    tracks
        Two or more; the first one's offset is 0.

    Raises
    ------
    InputError
        If a recording has no pair in which an offset stands out, through which it hangs
        together with the first.
    """
    found: dict[tuple[int, int], Offset] = {}
    problems: dict[int, InputError] = {}
    for one, other in combinations(range(len(tracks)), 2):
        try:
            found[one, other] = find_offset(tracks[one], tracks[other])
        except InputError as error:
            problems.setdefault(other, error)
    joined = {0}
    for _ in tracks:
        joined |= {view for pair in found if joined & set(pair) for view in pair}
    for view in range(1, len(tracks)):
        if view not in joined:
            raise problems[view]
    rows, right = [], []
    for (one, other), offset in found.items():
        row = np.zeros(len(tracks))
        row[other], row[one] = offset.contrast, -offset.contrast
        rows.append(row)
        right.append(offset.contrast * offset.offset_s)
    solved = np.linalg.lstsq(np.array(rows)[:, 1:], np.array(right), rcond=None)[0]
    best = [max(o.contrast for pair, o in found.items() if v in pair) for v in range(len(tracks))]
    return tuple(
        Offset(offset_s=float(offset_s), contrast=contrast)
        for offset_s, contrast in zip([0.0, *solved], best, strict=True)
    )


def find_offset(first: Track, second: Track) -> Offset:
    """Find the offset at which both recordings show the same movement.

    A landmark seen by two cameras lies on a line of the second picture that its place in the
    first gives (the epipolar line). How far it is from it should not change: what a wrong
    calibration, or a landmark on the skin, puts it off is much the same a moment later, but at a
    wrong offset the two pictures move apart. So the offset is taken at which the change of that
    distance (Sampson's, over 50 ms) is least, by the median over the moments and landmarks that
    move most; a parabola through the values around it gives parts of a step. Both recordings are
    put on one grid of 60 Hz or more and low-passed before. At least 1 s and 0.4 of the shorter
    one must be shared.

    Parameters
    ----------
    first, second
        The two recordings.

    Raises
    ------
    InputError
        If no offset stands out: another one, more than 0.25 s away, is nearly as good. So it is
        when nobody moves, or moves in exactly the same way again and again.
    """
    rate_hz = max(grid_rate(_rate(first.time_s)), grid_rate(_rate(second.time_s)))
    grids = [_put_on_grid(track, rate_hz) for track in (first, second)]
    lags, change = _measure_change(grids, _essential(first.camera, second.camera), rate_hz)
    name = second.name
    if not np.any(np.isfinite(change)):
        msg = f"{name}: too little of the same movement was seen to find its offset"
        raise InputError(f"{msg}; give --offset-s")
    best = int(np.nanargmin(change))
    lag_s = _refine(lags, change, best) / rate_hz
    elsewhere = change[np.abs(lags - lags[best]) > _SAME_OFFSET_S * rate_hz]
    next_best = float(np.nanmin(elsewhere)) if np.any(np.isfinite(elsewhere)) else np.nan
    share = float(change[best] / next_best) if next_best > 0 else 1.0
    offset_s = float(grids[0].start_s - grids[1].start_s + lag_s)
    if not share < _CLEARLY_LESS:
        msg = (
            f"{name}: its offset does not stand out (at {offset_s:+.2f} s the views move together "
            f"only {1 - share:.0%} better than elsewhere); give --offset-s, or begin with one "
            "quick movement such as raising both arms"
        )
        raise InputError(msg)
    return Offset(offset_s=offset_s, contrast=1.0 - share)


def _rate(time_s: FloatArray) -> float:
    return 1.0 / float(np.median(np.diff(time_s))) if len(time_s) > 1 else 1.0


def _put_on_grid(track: Track, rate_hz: float) -> _Grid:
    own_hz = _rate(track.time_s)
    flat = track.direction[:, _MOVING].reshape(len(track.time_s), -1)
    series = resample_uniform(track.time_s, flat, rate_hz, 1.0 / own_hz)
    smooth = filter_lowpass(series, cutoff_for_rate(own_hz)).values
    seen = smooth.reshape(len(smooth), len(_MOVING), 2)
    step = _step(rate_hz)
    speed = np.full(seen.shape[:2], np.nan)
    if len(seen) > step:
        speed[:-step] = np.linalg.norm(seen[step:] - seen[:-step], axis=2)
    known = speed[np.isfinite(speed)]
    least = np.quantile(known, _MOVING_SHARE) if len(known) else np.inf
    with np.errstate(invalid="ignore"):
        moving = speed >= least
    whole = np.concatenate([seen, np.ones((*seen.shape[:2], 1))], axis=2)
    return _Grid(series.start_s, whole, moving)


def _step(rate_hz: float) -> int:
    return max(1, round(_STEP_S * rate_hz))


def _essential(first: Camera, second: Camera) -> FloatArray:
    """Return the matrix that turns a direction of the first camera into a line of the second."""
    turn = second.rotation @ first.rotation.T
    x, y, z = second.translation_m - turn @ first.translation_m
    return np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]]) @ turn


def _measure_change(
    grids: list[_Grid], essential: FloatArray, rate_hz: float
) -> tuple[FloatArray, FloatArray]:
    """Return lags in steps of the grid and the change at each; NaN where too little is shared."""
    one, other = grids
    n, m = len(one.direction), len(other.direction)
    shared = round(max(_SHORTEST_SHARED_S * rate_hz, _SHARED * min(n, m)))
    lags = range(shared - m, n - shared + 1)
    lines, back = one.direction @ essential.T, other.direction @ essential
    change = [_change_at(lag, one, other, (lines, back), _step(rate_hz)) for lag in lags]
    return np.array(lags, dtype=np.float64), np.array(change)


def _change_at(
    lag: int, one: _Grid, other: _Grid, lines: tuple[FloatArray, FloatArray], step: int
) -> float:
    """Return the median change of Sampson's distance where row ``i`` meets row ``i - lag``."""
    start, stop = max(0, lag), min(len(one.direction), len(other.direction) + lag)
    mine, theirs = slice(start, stop), slice(start - lag, stop - lag)
    line, back = lines[0][mine], lines[1][theirs]
    off = np.sum(line * other.direction[theirs], axis=2)
    off /= np.sqrt(np.sum(line[..., :2] ** 2, axis=2) + np.sum(back[..., :2] ** 2, axis=2))
    change = np.abs(off[step:] - off[:-step])
    moving = (one.moving[mine] | other.moving[theirs])[:-step]
    known = change[moving & np.isfinite(change)]
    return float(np.median(known)) if len(known) >= _FEWEST_N else np.nan


def _refine(lags: FloatArray, change: FloatArray, best: int) -> float:
    """Return the bottom of the parabola through the values around the least one."""
    around = slice(max(0, best - _AROUND_N), best + _AROUND_N + 1)
    beside, values = lags[around] - lags[best], change[around]
    known = np.isfinite(values)
    if np.sum(known) < 3:
        return float(lags[best])
    bend, slope, _ = np.polyfit(beside[known], values[known], 2)
    if not bend > 0:
        return float(lags[best])
    return float(lags[best] + np.clip(-slope / (2.0 * bend), beside[0], beside[-1]))
