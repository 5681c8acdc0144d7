"""Splits a take where the person turned: facing is decided once per pass between turns."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Final

import numpy as np

from motion.kinematics.azimuth import NEAR_DEG, SAME_HEADING_DEG, find_heading, turn_between
from motion.kinematics.joints import Plane
from motion.kinematics.view import estimate_view
from motion.kinematics.view_cues import measure_headings
from motion.model import BoolArray, FloatArray, PoseRecording, View, ViewName, ViewPass
from motion.signals import find_runs

__all__ = ["find_main_view", "find_passes", "find_steady_runs", "take_frames"]

SHORTEST_PASS_S: Final = 1.0
"""A shorter look to another side is no pass: the model takes front for back for half a second."""

_TRIM_DEG: Final = 30.0
_LONGEST_BREAK_S: Final = 0.7
_MOST_HEADINGS: Final = 6


def find_passes(recording: PoseRecording, wanted: Plane | None = None) -> tuple[ViewPass, ...]:
    """Split a take into the parts between turns, each with its own view.

    A pass lasts a second or longer and keeps within 45 degrees of one heading; the headings of
    two neighbouring passes differ by 60 degrees or more. The frames of a turn belong to no
    pass. A take in which nobody turned is one pass over all its frames; where somebody was
    steady only for a part of it, that part is the pass.

    Parameters
    ----------
    recording
        Landmarks of the whole take.
    wanted
        The plane the user says the camera saw.
    """
    whole = _make_pass(recording, slice(0, len(recording)), estimate_view(recording, wanted))
    headings_deg = measure_headings(recording)
    runs = sorted(find_steady_runs(recording.time_s, headings_deg), key=lambda run: run[0].start)
    several = len({heading for _, heading in runs}) > 1
    if not several and (not runs or whole.view.name is not ViewName.UNKNOWN):
        return (whole,)
    frames = [_trim(headings_deg, run) for run, _ in runs]
    return tuple(
        _make_pass(recording, part, estimate_view(take_frames(recording, part), wanted))
        for part in frames
        if recording.time_s[part.stop - 1] - recording.time_s[part.start] >= SHORTEST_PASS_S / 2
    ) or (whole,)


def find_main_view(passes: Sequence[ViewPass]) -> View:
    """Return the view of the longest pass."""
    return max(passes, key=lambda each: each.end_s - each.start_s).view


def take_frames(recording: PoseRecording, frames: slice) -> PoseRecording:
    """Return the recording of some frames only."""
    rows = {
        field.name: getattr(recording, field.name)[frames]
        for field in fields(recording)
        if isinstance(getattr(recording, field.name), np.ndarray)
    }
    return replace(recording, **rows)


def _make_pass(recording: PoseRecording, frames: slice, view: View) -> ViewPass:
    times = recording.time_s[frames]
    return ViewPass(
        first=frames.start,
        stop=frames.stop,
        start_s=float(times[0]) if len(times) else float("nan"),
        end_s=float(times[-1]) if len(times) else float("nan"),
        view=view,
    )


def find_steady_runs(time_s: FloatArray, headings_deg: FloatArray) -> Iterator[tuple[slice, float]]:
    """Yield the frames of each run that keeps within 45 degrees of a heading, and that heading.

    A run lasts a second or longer; the headings differ by 60 degrees or more.

    Parameters
    ----------
    time_s, headings_deg
        ``(n,)``; NaN where the heading is not known.
    """
    if len(time_s) < 2:
        return
    period_s = float(np.median(np.diff(time_s)))
    left: BoolArray = np.isfinite(headings_deg)
    found: list[float] = []
    for _ in range(_MOST_HEADINGS):
        if np.sum(left) * period_s < SHORTEST_PASS_S:
            return
        heading_deg = find_heading(headings_deg[left])
        near = left.copy()
        near[left] = np.abs(turn_between(heading_deg, headings_deg[left])) < NEAR_DEG
        apart = [abs(float(turn_between(other, heading_deg))) for other in found]
        if all(each >= SAME_HEADING_DEG for each in apart):
            runs = [
                slice(int(rows[0]), int(rows[-1]) + 1)
                for rows in find_runs(time_s, near, period_s, _LONGEST_BREAK_S)
                if time_s[rows[-1]] - time_s[rows[0]] >= SHORTEST_PASS_S
            ]
            found.append(heading_deg)
            yield from ((run, heading_deg) for run in runs)
        left &= ~near


def _trim(headings_deg: FloatArray, frames: slice) -> slice:
    """Leave out the frames at both ends in which the person was still or already turning."""
    own = headings_deg[frames]
    off_deg = np.abs(turn_between(find_heading(own), own))
    with np.errstate(invalid="ignore"):
        (square,) = np.nonzero(off_deg < _TRIM_DEG)
    if len(square) == 0:
        return frames
    return slice(frames.start + int(square[0]), frames.start + int(square[-1]) + 1)
