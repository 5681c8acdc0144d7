"""Landmarks as the camera gave them, made ready for angles: outliers, gaps, filter."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.model import (
    LANDMARKS,
    SEEN_CONFIDENCE,
    BoolArray,
    FloatArray,
    Frame,
    PoseRecording,
    Poses,
    RealArray,
    landmark_index,
)
from motion.signals import (
    MAX_GAP_S,
    cutoff_for_rate,
    fill_gaps,
    filter_lowpass,
    find_outliers,
    grid_rate,
    resample_uniform,
    sample_at,
)

__all__ = [
    "FILLED_CONFIDENCE",
    "CleaningSettings",
    "clean_recording",
    "clean_world",
    "smooth_positions",
]

FILLED_CONFIDENCE: Final = 0.5
"""What an interpolated landmark may claim at the most."""

_LOWEST_HAMPEL_RATE_HZ: Final = 15.0
"""Below it seven frames span a whole movement, and its peak would look like an outlier."""

_SAMPLES_AT_ONCE_N: Final = 300_000

_JITTER_OF_TRUNK: Final = 0.03
"""Deviation, as a fraction of the trunk's length, that is never an outlier."""

_JITTER_M: Final = 0.015
"""The same of the model's metres, in which a trunk measures about half a metre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningSettings:
    """How landmarks are cleaned; part of every result's provenance."""

    cutoff_hz: float = 6.0
    max_gap_s: float = MAX_GAP_S
    seen_confidence: float = SEEN_CONFIDENCE
    filtered: bool = True


def clean_recording(
    recording: PoseRecording, rate_hz: float, settings: CleaningSettings
) -> tuple[PoseRecording, Poses]:
    """Reject outliers, fill short gaps, filter; nothing is ever held at its last value.

    Landmarks that were not seen (:data:`motion.model.SEEN_CONFIDENCE`) count as missing. The
    filter works on a uniform grid made from the real timestamps, gap by gap
    (:mod:`motion.signals`), and the result is read off again at the frames' own times. A landmark
    that was placed by hand is certain: it is no outlier, and the filter leaves it where it is.

    Parameters
    ----------
    recording
        As the model gave it.
    rate_hz
        Measured frame rate; 0 for a single frame, which is then left unfiltered.
    settings
        Cut-off, gap rule and threshold.

    Returns
    -------
    recording, poses
        The recording with what was filled marked in ``filled``, and the cleaned picture
        positions with their confidence.
    """
    seen = recording.confidence >= settings.seen_confidence
    seen &= np.isfinite(recording.image_px[..., 0])
    seen &= recording.by_hand | ~_outliers(recording, rate_hz)
    filled_recording = _fill_recording(recording, seen, rate_hz, settings)
    seen = seen | filled_recording.filled
    position = np.where(seen[..., None], filled_recording.image_px, np.nan).astype(
        np.float64, copy=False
    )
    if settings.filtered:
        smooth = smooth_positions(recording.time_s, position, rate_hz, settings)
        # What somebody placed stays where it was put: its neighbours may be the camera's mistake.
        position = np.where(filled_recording.placed[..., None], position, smooth)
    confidence = np.where(
        filled_recording.filled, FILLED_CONFIDENCE, np.where(seen, recording.confidence, np.nan)
    )
    position.flags.writeable = False
    return filled_recording, Poses(
        time_s=recording.time_s, position=position, confidence=confidence, frame=Frame.IMAGE_PX
    )


def clean_world(
    recording: PoseRecording, poses: Poses, rate_hz: float, settings: CleaningSettings
) -> Poses:
    """Clean the model's metres as the picture was cleaned; only spatial angles need them.

    What the picture lacks stays missing. Depth has outliers of its own, which are rejected and
    filled like those of the picture.

    Parameters
    ----------
    recording, poses
        What :func:`clean_recording` returned.
    rate_hz, settings
        What it was given.
    """
    seen = np.isfinite(poses.position[..., 0])
    position = np.where(seen[..., None], recording.world_m, np.nan).astype(np.float64, copy=False)
    if rate_hz >= _LOWEST_HAMPEL_RATE_HZ:
        for landmark in range(position.shape[1]):
            track = position[:, landmark]
            wild = np.any([find_outliers(axis, floor=_JITTER_M) for axis in track.T], axis=0)
            if np.any(wild):
                whole, filled = fill_gaps(
                    recording.time_s,
                    np.where(wild[:, None], np.nan, track),
                    1.0 / rate_hz,
                    settings.max_gap_s,
                )
                position[:, landmark] = np.where((filled & ~wild)[:, None], np.nan, whole)
    if settings.filtered:
        position = smooth_positions(recording.time_s, position, rate_hz, settings)
    position.flags.writeable = False
    return Poses(
        time_s=recording.time_s,
        position=position,
        confidence=poses.confidence,
        frame=Frame.WORLD_M,
    )


def _fill_recording(
    recording: PoseRecording, seen: BoolArray, rate_hz: float, settings: CleaningSettings
) -> PoseRecording:
    if rate_hz <= 0:
        return recording
    image, world = np.array(recording.image_px), np.array(recording.world_m)
    filled = np.zeros((len(recording), len(LANDMARKS)), dtype=bool)
    for landmark in np.flatnonzero(~np.all(seen, axis=0)):
        # Of a landmark placed by hand only the place in the picture is known.
        of_hand = bool(np.any(recording.placed[:, landmark]))
        both = np.concatenate([image[:, landmark], world[:, landmark]], axis=1)
        both[~seen[:, landmark]] = np.nan
        whole, filled[:, landmark] = fill_gaps(
            recording.time_s, both[:, :2] if of_hand else both, 1.0 / rate_hz, settings.max_gap_s
        )
        rows = filled[:, landmark]
        image[rows, landmark] = whole[rows, :2]
        world[rows, landmark] = np.nan if of_hand else whole[rows, 2:]
    visibility = np.where(filled, np.nan, recording.visibility)
    presence = np.where(filled, np.nan, recording.presence)
    for array in (image, world, filled, visibility, presence):
        array.flags.writeable = False  # handed over, so that it need not be copied
    return replace(
        recording,
        image_px=image,
        world_m=world,
        visibility=visibility,
        presence=presence,
        filled=filled,
        by_hand=recording.placed | (recording.by_hand & filled),
    )


def _outliers(recording: PoseRecording, rate_hz: float) -> BoolArray:
    found = np.zeros((len(recording), len(LANDMARKS)), dtype=bool)
    if rate_hz < _LOWEST_HAMPEL_RATE_HZ:
        return found
    floor_px = _JITTER_OF_TRUNK * _trunk_length(recording.image_px)
    if not np.isfinite(floor_px):
        return found
    for landmark in range(len(LANDMARKS)):
        for axis in (0, 1):
            found[:, landmark] |= find_outliers(
                recording.image_px[:, landmark, axis], floor=floor_px
            )
    return found


def _trunk_length(image_px: RealArray) -> float:
    shoulders = _midpoint(image_px, "left_shoulder", "right_shoulder")
    hips = _midpoint(image_px, "left_hip", "right_hip")
    lengths = np.linalg.norm(shoulders - hips, axis=1)
    seen = lengths[np.isfinite(lengths)]
    return float(np.median(seen)) if len(seen) else float("nan")


def _midpoint(image_px: RealArray, left: str, right: str) -> RealArray:
    pair = image_px[:, [landmark_index(left), landmark_index(right)]]
    return np.asarray(np.mean(pair, axis=1))


def smooth_positions(
    time_s: FloatArray, position: FloatArray, rate_hz: float, settings: CleaningSettings
) -> FloatArray:
    """Low-pass ``(n, k, axes)`` positions between gaps; NaN stays where it was."""
    if rate_hz <= 0:
        return position
    cutoff_hz = cutoff_for_rate(rate_hz, settings.cutoff_hz)
    result = np.array(position)
    # A spline takes some ten times the memory of its samples: few landmarks of a long recording
    # at a time, all of a short one.
    turns = min(position.shape[1], 1 + position.size // _SAMPLES_AT_ONCE_N)
    for few in np.array_split(np.arange(position.shape[1]), turns):
        flat = position[:, few].reshape(len(time_s), -1)
        series = resample_uniform(
            time_s, flat, grid_rate(rate_hz), 1.0 / rate_hz, settings.max_gap_s
        )
        smooth = sample_at(filter_lowpass(series, cutoff_hz), time_s)
        kept = np.where(np.isfinite(flat), smooth, np.nan)
        result[:, few] = kept.reshape(len(time_s), len(few), position.shape[2])
    return result
