"""Several cameras' landmarks of one body made into one body in the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.cameras.agreement import find_strangers, is_mirror_image, measure_pairs
from motion.cameras.calibration import Camera, fit_to_picture, project
from motion.cameras.opencv import undistort
from motion.cameras.sides import agree_on_sides
from motion.cameras.synchronise import Offset, Track, find_offsets
from motion.cameras.triangulation import triangulate
from motion.errors import InputError
from motion.model import (
    SEEN_CONFIDENCE,
    BoolArray,
    CameraUse,
    FloatArray,
    PoseRecording,
    Triangulated,
)

__all__ = ["JoinedViews", "join_views"]

_GAP_PERIODS: Final = 1.5
_FEWEST_USED: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JoinedViews:
    """The body in the room, and what became of each view (without its file)."""

    body: Triangulated
    views: tuple[CameraUse, ...]


def join_views(
    recordings: Sequence[PoseRecording],
    cameras: Sequence[Camera],
    names: Sequence[str],
    offsets_s: Sequence[float] | None,
    up: FloatArray,
) -> JoinedViews:
    """Put views on one clock, see that they show one body, agree on its sides, triangulate.

    Parameters
    ----------
    recordings
        Of each view, its sides put right as far as it alone tells.
    cameras
        The camera of each.
    names
        What messages call each.
    offsets_s
        How much later each recording but the first began; None finds it from the movement.
    up
        ``(3,)`` which way is up in the room.

    Raises
    ------
    InputError
        If a picture is not its camera's, if the offset cannot be told, if the recordings do not
        overlap, or if no two views show one body.
    """
    fitted = [
        fit_to_picture(camera, each.width_px, each.height_px)
        for camera, each in zip(cameras, recordings, strict=True)
    ]
    tracks = [
        _track(name, camera, each)
        for name, camera, each in zip(names, fitted, recordings, strict=True)
    ]
    given = [0.0, *offsets_s] if offsets_s is not None else None
    offsets = (
        [Offset(offset_s=offset_s, contrast=float("nan")) for offset_s in given]
        if given
        else find_offsets(tracks)
    )
    at_s = recordings[0].time_s
    direction = np.stack(
        [_sample(t.time_s + o.offset_s, t.direction, at_s)
         for t, o in zip(tracks, offsets, strict=True)]
    )  # fmt: skip
    confidence = [np.asarray(each.confidence, dtype=np.float64) for each in recordings]
    weight = np.stack(
        [_sample(t.time_s + o.offset_s, c[..., None], at_s)[..., 0]
         for t, o, c in zip(tracks, offsets, confidence, strict=True)]
    )  # fmt: skip
    _require_overlap(weight, names)
    stays = ~find_strangers(measure_pairs(fitted, direction, weight))
    joined = _join_those_that_fit(fitted, direction, weight, stays, offsets, up, names)
    if is_mirror_image(joined.body.position_m):
        msg = (
            f"{', '.join(names)}: together they show the mirror image of a body; give the videos "
            "in the calibration's order, and none that is mirrored"
        )
        raise InputError(msg)
    return joined


def _join_those_that_fit(
    cameras: Sequence[Camera],
    direction: FloatArray,
    weight: FloatArray,
    stays: BoolArray,
    offsets: Sequence[Offset],
    up: FloatArray,
    names: Sequence[str],
) -> JoinedViews:
    """Triangulate; a view most of which does not fit the others is left out, the worst first."""
    while True:
        _require_one_body(stays, names)
        joined = _triangulate_views(cameras, direction, weight, stays, offsets, up)
        used = np.array([view.used_fraction for view in joined.views])
        unfit = stays & (used < _FEWEST_USED)
        if not np.any(unfit):
            return joined
        stays = stays.copy()
        stays[int(np.argmin(np.where(stays, used, np.inf)))] = False


def _track(name: str, camera: Camera, recording: PoseRecording) -> Track:
    image_px = np.asarray(recording.image_px, dtype=np.float64)
    seen = np.asarray(recording.confidence) >= SEEN_CONFIDENCE
    direction = undistort(camera, np.where(seen[..., None], image_px, np.nan))
    return Track(name=name, camera=camera, time_s=recording.time_s, direction=direction)


def _sample(time_s: FloatArray, values: FloatArray, at_s: FloatArray) -> FloatArray:
    """Return values at other times, between two neighbouring frames; else NaN."""
    if len(time_s) < 2:
        return np.where((np.abs(at_s - time_s[0]) < 1e-3)[:, None, None], values[:1], np.nan)
    longest_s = _GAP_PERIODS * float(np.median(np.diff(time_s)))
    after = np.clip(np.searchsorted(time_s, at_s), 1, len(time_s) - 1)
    step_s = time_s[after] - time_s[after - 1]
    share = (at_s - time_s[after - 1]) / step_s
    inside = (share >= -0.05) & (share <= 1.05) & (step_s <= longest_s)
    share = np.clip(share, 0.0, 1.0)[:, None, None]
    # A frame that is met exactly needs no neighbour.
    before_part = np.where(share < 1.0, (1.0 - share) * values[after - 1], 0.0)
    after_part = np.where(share > 0.0, share * values[after], 0.0)
    return np.where(inside[:, None, None], before_part + after_part, np.nan)


def _require_overlap(weight: FloatArray, names: Sequence[str]) -> None:
    for name, view in zip(names, weight, strict=True):
        if not np.any(np.isfinite(view)):
            msg = (
                f"{name}: shows nobody while the first recording runs; check --offset-s (how much "
                "later than the first it began) and that the person is in its picture"
            )
            raise InputError(msg)


def _require_one_body(stays: BoolArray, names: Sequence[str]) -> None:
    if np.sum(stays) >= 2 and stays[0]:
        return
    where = f"{names[0]} and the other views" if len(names) > 2 else " and ".join(names)
    msg = (
        f"{where} do not show one body at one time; check that the videos are in the "
        "calibration's order, the offsets, and who is measured (--person)"
    )
    raise InputError(msg)


def _triangulate_views(
    cameras: Sequence[Camera],
    direction: FloatArray,
    weight: FloatArray,
    stays: BoolArray,
    offsets: Sequence[Offset],
    up: FloatArray,
) -> JoinedViews:
    kept = [view for view, inside in enumerate(stays) if inside]
    chosen = [cameras[view] for view in kept]
    sides = agree_on_sides(chosen, direction[kept], weight[kept])
    seen = np.isfinite(sides.direction[..., 0])
    points = triangulate(chosen, sides.direction, np.where(seen, sides.weight, 0.0))
    ideal, _ = project(chosen, points.position_m)
    focal = np.array([camera.focal_px for camera in chosen])[:, None, None]
    off_px = np.linalg.norm(ideal - sides.direction, axis=3) * focal
    used = np.sort(np.where(points.used, sides.weight, -1.0), axis=0)[-2]
    placed = np.isfinite(points.position_m[..., 0])
    body = Triangulated(
        position_m=points.position_m,
        reprojection_px=points.error_px,
        confidence=np.where(placed, used, np.nan),
        undecided=sides.undecided,
        up=up,
    )
    views = []
    for view, (camera, offset) in enumerate(zip(cameras, offsets, strict=True)):
        row = int(np.searchsorted(kept, view))
        inside = bool(stays[view])
        views.append(
            CameraUse(
                camera=camera.name,
                offset_s=offset.offset_s,
                offset_contrast=offset.contrast,
                reprojection_px=_median(off_px[row][points.used[row]]) if inside else np.nan,
                used_fraction=_share(points.used[row], seen[row]) if inside else 0.0,
                swapped_frames=int(np.sum(sides.swapped[row])) if inside else 0,
                left_out="" if inside else "does not show the body that the other views show",
            )
        )
    return JoinedViews(body=body, views=tuple(views))


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if len(values) else float("nan")


def _share(used: BoolArray, seen: BoolArray) -> float:
    return float(np.sum(used)) / max(int(np.sum(seen)), 1)
