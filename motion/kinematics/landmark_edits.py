"""Landmarks placed by hand: where a person saw that the camera's are wrong."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from motion.errors import InputError
from motion.model import LANDMARKS, BoolArray, IndexArray, PoseRecording, landmark_index
from motion.signals import MAX_GAP_S

__all__ = ["LandmarkEdit", "apply_landmark_edits", "landmark_changes", "placed_between"]

_HALF_FRAME: Final = 0.5
_ROUNDING_S: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkEdit:
    """A landmark of one frame, placed in the upright, unmirrored picture.

    Parameters
    ----------
    time_s
        The frame's own time.
    landmark
        One of :data:`motion.model.LANDMARKS`.
    x_px, y_px
        Where it is, from the picture's top left.
    """

    time_s: float
    landmark: str
    x_px: float
    y_px: float


def apply_landmark_edits(
    recording: PoseRecording, edits: Iterable[LandmarkEdit], max_gap_s: float = MAX_GAP_S
) -> PoseRecording:
    """Return the recording with landmarks placed by hand; of two for one frame the later counts.

    A placed landmark is certain: visibility and presence are 1, and ``by_hand`` marks it. A hand
    knows no depth, so its metres are missing. Between two placed frames of one landmark that are
    no farther apart than the longest gap that may be filled, the camera's positions are taken
    out, to be interpolated when the take is measured (:func:`motion.kinematics.clean_recording`):
    who moved it at both ends did not believe it in between. Farther apart nothing is invented.

    Parameters
    ----------
    recording
        Landmarks of one camera, sides put right.
    edits
        Where landmarks are.
    max_gap_s
        Longest gap that may be filled.

    Raises
    ------
    InputError
        If a landmark is not known, no frame is at its time, its place is outside the picture, or
        the recording is of several cameras.
    """
    kept = tuple(edits)
    if not kept:
        return recording
    if recording.triangulated is not None:
        msg = (
            "landmarks of several cameras cannot be placed in one picture: correct one camera's "
            "recording, or leave the take out"
        )
        raise InputError(msg)
    names = ("image_px", "world_m", "visibility", "presence", "filled", "by_hand")
    new: dict[str, Any] = {name: np.array(getattr(recording, name)) for name in names}
    touched = np.zeros_like(recording.by_hand)
    for edit in kept:
        row, column = _find_frame(recording, edit), _find_landmark(edit)
        _require_inside(recording, edit)
        new["image_px"][row, column] = edit.x_px, edit.y_px
        new["world_m"][row, column] = np.nan
        new["visibility"][row, column] = new["presence"][row, column] = 1.0
        new["filled"][row, column] = False
        new["by_hand"][row, column] = touched[row, column] = True
    for column in np.flatnonzero(np.any(touched, axis=0)).tolist():
        placed = new["by_hand"][:, column] & ~new["filled"][:, column]
        rows = placed_between(recording, placed, max_gap_s)
        for name in ("image_px", "world_m", "visibility", "presence"):
            new[name][rows, column] = np.nan
        new["filled"][rows, column] = new["by_hand"][rows, column] = True
    return replace(recording, **new)


def placed_between(recording: PoseRecording, placed: BoolArray, max_gap_s: float) -> IndexArray:
    """Return the frames between two of ``placed (n,)`` that are near enough to fill between."""
    time_s, rows = recording.time_s, np.flatnonzero(placed)
    period_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    between = [
        np.arange(first + 1, second)
        for first, second in pairwise(rows)
        if time_s[second] - time_s[first] - period_s <= max_gap_s + _ROUNDING_S
    ]
    return np.concatenate([np.zeros(0, dtype=np.intp), *between])


def landmark_changes(
    before: PoseRecording, after: PoseRecording
) -> Mapping[str, tuple[str | None, str | None]]:
    """Return ``{"left knee at 1.233 s": (where it was, where it is)}`` of what a hand placed.

    Parameters
    ----------
    before, after
        Two recordings of the same frames; of others, as of another reading of the video, nothing
        can be told.
    """
    if before.image_px.shape != after.image_px.shape:
        return {}
    moved = np.any(before.image_px != after.image_px, axis=2)
    new = after.placed & (~before.placed | moved)
    gone = before.placed & ~after.placed
    return {
        f"{LANDMARKS[column].replace('_', ' ')} at {after.time_s[row]:.3f} s": (
            _place(before, row, column),
            _place(after, row, column),
        )
        for row, column in np.argwhere(new | gone)
    }


def _place(recording: PoseRecording, row: int, column: int) -> str | None:
    x_px, y_px = recording.image_px[row, column]
    if not (math.isfinite(x_px) and math.isfinite(y_px)):
        return None
    who = "by hand" if recording.placed[row, column] else "found"
    return f"{x_px:.1f}, {y_px:.1f} px, {who}"


def _find_frame(recording: PoseRecording, edit: LandmarkEdit) -> int:
    time_s = recording.time_s
    row = int(np.argmin(np.abs(time_s - edit.time_s))) if len(time_s) else 0
    period_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    if not len(time_s) or not abs(time_s[row] - edit.time_s) <= _HALF_FRAME * period_s + 1e-6:
        end = f"0 to {time_s[-1]:.3f} s" if len(time_s) else "none"
        msg = f"no frame at {edit.time_s:.3f} s: the take has frames from {end}; choose one"
        raise InputError(msg)
    return row


def _find_landmark(edit: LandmarkEdit) -> int:
    if edit.landmark not in LANDMARKS:
        msg = f"no landmark {edit.landmark!r}: choose one such as left_knee"
        raise InputError(msg)
    return landmark_index(edit.landmark)


def _require_inside(recording: PoseRecording, edit: LandmarkEdit) -> None:
    inside = 0 <= edit.x_px <= recording.width_px and 0 <= edit.y_px <= recording.height_px
    if not inside:  # NaN too
        msg = (
            f"{edit.landmark} must lie within the picture of {recording.width_px} by "
            f"{recording.height_px} pixels, got {edit.x_px:.0f}, {edit.y_px:.0f}: put it there"
        )
        raise InputError(msg)
