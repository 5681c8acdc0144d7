"""From what cameras saw of a board to their calibration: which moments to take, and how good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.cameras.opencv import Board, BoardSight, Lens, calibrate_lens
from motion.cameras.rig import FLOOR, Moment, Rig, place_cameras
from motion.errors import InputError
from motion.model import FloatArray, IndexArray

__all__ = ["WORST_ERROR_PX", "BoardTrack", "Calibrated", "calibrate_cameras"]

WORST_ERROR_PX: Final = 1.5
"""A calibration whose corners lie farther off than this on average is refused, by a picture of
1000 pixels; of larger pictures in proportion. Good ones reach a tenth to a half of a pixel."""

_PICTURE_PX: Final = 1000.0
_MOST_LENS_VIEWS: Final = 40
_FEWEST_LENS_VIEWS: Final = 8
_MOST_MOMENTS: Final = 20
_STILL_PX: Final = 2.0
_SAME_MOMENT_S: Final = 0.02
_SMALLEST_SPREAD: Final = 0.08


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoardTrack:
    """What one recording showed of the board: times and sights, None where it showed too little."""

    name: str
    size_px: tuple[int, int]
    time_s: FloatArray
    sights: tuple[BoardSight | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibrated:
    """The cameras, and the errors in pixels: of each lens, and of all of them together."""

    rig: Rig
    lens_errors_px: tuple[float, ...]


def calibrate_cameras(
    board: Board, tracks: Sequence[BoardTrack], offsets_s: Sequence[float], lies: str = FLOOR
) -> Calibrated:
    """Calibrate each camera's lens, then where the cameras stand to each other.

    Of each recording up to 40 moments spread over the take are used for the lens; of those that
    two cameras share, within 20 ms and with the board still in both, up to 20 for their places.

    Parameters
    ----------
    board
        The board.
    tracks
        One of each camera.
    offsets_s
        How much later each recording but the first began.
    lies
        Whether the board lay on the floor or stood upright when the first camera first saw it
        still together with another.

    Raises
    ------
    InputError
        If the board was seen too seldom or always in the same place, if cameras share too few
        moments, or if the calibration is bad.
    """
    lenses = [_calibrate_one(board, track) for track in tracks]
    starts = [0.0, *offsets_s]
    moments = _find_moments(tracks, starts)
    names = [track.name for track in tracks]
    sizes = [track.size_px for track in tracks]
    rig = place_cameras(board, lenses, moments, names, sizes, lies)
    worst_px = WORST_ERROR_PX * max(1.0, max(max(size) for size in sizes) / _PICTURE_PX)
    if rig.error_px > worst_px:
        msg = (
            f"the calibration is bad: corners lie {rig.error_px:.1f} px off on average, at most "
            f"{worst_px:.1f} are taken; hold the board stiller and closer, check --square-mm, and "
            "that the recordings began together or --offset-s says when"
        )
        raise InputError(msg)
    return Calibrated(rig=rig, lens_errors_px=tuple(lens.error_px for lens in lenses))


def _calibrate_one(board: Board, track: BoardTrack) -> Lens:
    still = _find_still(track)
    if len(still) < _FEWEST_LENS_VIEWS:
        msg = (
            f"{track.name}: the board was seen still in {len(still)} frames, at least "
            f"{_FEWEST_LENS_VIEWS} are needed; check --board and --dictionary, and show the board "
            "larger, from several sides, in all parts of the picture"
        )
        raise InputError(msg)
    chosen = still[np.unique(np.linspace(0, len(still) - 1, _MOST_LENS_VIEWS).astype(int))]
    sights = [sight for row in chosen if (sight := track.sights[row]) is not None]
    corners = np.concatenate([sight.image_px for sight in sights])
    spread = np.std(corners, axis=0) / np.array(track.size_px)
    if np.max(spread) < _SMALLEST_SPREAD:
        msg = (
            f"{track.name}: the board stayed in one part of the picture; carry it through all of "
            "it, near and far, tilted each way"
        )
        raise InputError(msg)
    lens = calibrate_lens(board, sights, track.size_px)
    worst_px = WORST_ERROR_PX * max(1.0, max(track.size_px) / _PICTURE_PX)
    if lens.error_px > worst_px:
        msg = (
            f"{track.name}: the lens does not fit: corners lie {lens.error_px:.1f} px off, at most "
            f"{worst_px:.1f} are taken; print the board flat, hold it still, focus the camera"
        )
        raise InputError(msg)
    return lens


def _find_still(track: BoardTrack) -> IndexArray:
    """Return the frames in which the board moved little since the frame before."""
    rows = [
        row
        for row in range(len(track.sights))
        if (sight := track.sights[row]) is not None
        and _moved_px(sight, track.sights[row - 1] if row else None) <= _STILL_PX
    ]
    return np.array(rows, dtype=np.intp)


def _moved_px(sight: BoardSight, before: BoardSight | None) -> float:
    """Return the median way of the corners between two frames; endless where not known."""
    if before is None:
        return np.inf
    _, own, other = np.intersect1d(sight.corners, before.corners, return_indices=True)
    if len(own) == 0:
        return np.inf
    way = np.linalg.norm(sight.image_px[own] - before.image_px[other], axis=1)
    return float(np.median(way))


def _find_moments(tracks: Sequence[BoardTrack], starts_s: Sequence[float]) -> list[Moment]:
    """Return moments that two or more cameras share, spread over the take."""
    still = [_find_still(track) for track in tracks]
    times = [
        track.time_s[rows] + start_s
        for track, rows, start_s in zip(tracks, still, starts_s, strict=True)
    ]
    found: list[dict[int, BoardSight]] = []
    for at_s in np.unique(np.concatenate(times).round(2)):
        moment = {}
        for view, (track, rows, own_s) in enumerate(zip(tracks, still, times, strict=True)):
            if len(own_s) == 0:
                continue
            nearest = int(np.argmin(np.abs(own_s - at_s)))
            sight = track.sights[rows[nearest]]
            if abs(own_s[nearest] - at_s) <= _SAME_MOMENT_S and sight is not None:
                moment[view] = sight
        if len(moment) >= 2:
            found.append(moment)
    return _spread(found, len(tracks))


def _spread(moments: Sequence[Moment], views: int) -> list[Moment]:
    """Return up to 20 moments of each set of cameras, spread over the take, in their order."""
    kept: set[int] = set()
    for view in range(views):
        own = [row for row, moment in enumerate(moments) if view in moment]
        if own:
            picked = np.unique(np.linspace(0, len(own) - 1, _MOST_MOMENTS).astype(int))
            kept |= {own[place] for place in picked}
    return [moments[row] for row in sorted(kept)]
