"""The same walk seen otherwise: its halves, mirrored, at fewer frames a second."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motion.gait import find_interval95
from motion.kinematics import take_frames
from motion.model import GAIT, MIRROR, Analysis, Measurement, PoseRecording, Side

__all__ = ["MIRRORED", "compare_variant", "mirror_recording", "subsample", "vary"]

MIRRORED: Final = "mirrored"

_RATES_HZ: Final = (30.0, 24.0, 15.0)
_FASTER: Final = 1.1
_EXACT: Final = 1e-4
"""Half the last digit that the tables are written with, twice over."""

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def vary(recording: PoseRecording) -> Iterator[tuple[str, PoseRecording]]:
    """Yield each variant of a recording of one camera with its name."""
    half = len(recording) // 2
    yield "first half", take_frames(recording, slice(0, half))
    yield "second half", _from_zero(take_frames(recording, slice(half, len(recording))))
    yield MIRRORED, mirror_recording(recording)
    rate_hz = 1.0 / float(np.median(np.diff(recording.time_s)))
    for lower_hz in _RATES_HZ:
        if rate_hz > _FASTER * lower_hz:
            yield f"{lower_hz:g} Hz", subsample(recording, lower_hz)


def mirror_recording(recording: PoseRecording) -> PoseRecording:
    """Return what a pose model would say of the picture flipped left to right."""
    flip = list(MIRROR)
    return replace(
        recording,
        image_px=recording.image_px[:, flip] * [-1.0, 1.0] + [recording.width_px, 0.0],
        world_m=recording.world_m[:, flip] * [-1.0, 1.0, 1.0],
        visibility=recording.visibility[:, flip],
        presence=recording.presence[:, flip],
        filled=recording.filled[:, flip],
    )


def subsample(recording: PoseRecording, rate_hz: float) -> PoseRecording:
    """Return the frames nearest to an even course of a lower rate, with their own times."""
    times = recording.time_s
    wanted = np.arange(times[0], times[-1] + 1e-9, 1.0 / rate_hz)
    right = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    rows = np.where(wanted - times[right - 1] <= times[right] - wanted, right - 1, right)
    rows = np.unique(rows)
    names = ("time_s", "image_px", "world_m", "visibility", "presence", "filled")
    return replace(recording, **{name: getattr(recording, name)[rows] for name in names})


def _from_zero(recording: PoseRecording) -> PoseRecording:
    return replace(recording, time_s=recording.time_s - recording.time_s[0])


def compare_variant(variant: str, whole: Analysis, varied: Analysis) -> Iterator[dict[str, Any]]:
    """Yield a row for each parameter of the whole walk: the same of the variant.

    Of the mirrored walk the other side's value is taken, and *inside* means equal. Else *inside*
    says whether the variant's mean lies within the whole walk's 95 % interval, *overlapping*
    whether the two intervals do.
    """
    mirrored = variant == MIRRORED
    others = {(m.measure, m.side): m for m in varied.measurements if m.joint == GAIT}
    for number in whole.measurements:
        if number.joint != GAIT or not math.isfinite(number.value):
            continue
        side = _OTHER.get(number.side, number.side) if mirrored else number.side
        other = others.get((number.measure, side))
        yield _compare(variant, number, other, mirrored)
    if mirrored:
        yield _compare_events(whole, varied)


def _compare(
    variant: str, number: Measurement, other: Measurement | None, mirrored: bool
) -> dict[str, Any]:
    low, high = find_interval95(number)
    found = other.value if other else math.nan
    found_low, found_high = find_interval95(other) if other else (math.nan, math.nan)
    difference = found - number.value
    if mirrored:
        inside = overlapping = abs(difference) < _EXACT
    else:
        inside, overlapping = low <= found <= high, low <= found_high and found_low <= high
    return {
        "variant": variant,
        "measure": number.measure,
        "side": number.side.value,
        "whole": number.value,
        "ci95_low": low,
        "ci95_high": high,
        "found": found,
        "found_low": found_low,
        "found_high": found_high,
        "difference": difference,
        "inside": inside,
        "overlapping": overlapping,
    }


def _compare_events(whole: Analysis, varied: Analysis) -> dict[str, Any]:
    """Return a row that says whether every event is there again, at its time, of the other foot."""
    mine = sorted((each.time_s, _OTHER[each.side].value, each.event) for each in whole.events)
    theirs = sorted((each.time_s, each.side.value, each.event) for each in varied.events)
    same = len(mine) == len(theirs) and all(
        a[1:] == b[1:] and abs(a[0] - b[0]) < _EXACT for a, b in zip(mine, theirs, strict=True)
    )
    return {
        "variant": MIRRORED,
        "measure": "events",
        "side": Side.BOTH.value,
        "whole": float(len(mine)),
        "found": float(len(theirs)),
        "difference": float(len(theirs) - len(mine)),
        "inside": same,
        "overlapping": same,
    }
