"""Bone lengths of the landmarks: bones do not stretch, so a length that changes is an error."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, PoseRecording, Side, landmark_index

__all__ = [
    "BONES",
    "LIMB_BONES",
    "BoneDeviation",
    "SideLengths",
    "compare_sides",
    "ends_of_bone",
    "measure_bone_deviation",
]

LIMB_BONES: Final = {
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "foot": ("heel", "foot_index"),
}

BONES: Final[tuple[str, ...]] = tuple(
    f"{side}_{bone}" for bone in LIMB_BONES for side in (Side.LEFT, Side.RIGHT)
)
"""The bones that are watched: ``left_upper_arm``, ``right_upper_arm``, ``left_forearm``, ..."""

_ENDS: Final = {
    f"{side}_{bone}": (landmark_index(f"{side}_{start}"), landmark_index(f"{side}_{end}"))
    for bone, (start, end) in LIMB_BONES.items()
    for side in (Side.LEFT, Side.RIGHT)
}
_WHOLE_LENGTH_PERCENTILE: Final = 95.0
_STEADY_HALF_WINDOW_S: Final = 0.5
_SUSPECT_SIGMA: Final = 3.0
_MAD_TO_SD: Final = 1.4826

_USUAL_SCATTER: Final = 0.1
"""A bone off by less than this is never suspect. In metres a limb bone of the rendered and the
real clips scatters by 1 to 8 % in most takes, by up to 19 % where it is hidden or points at the
camera."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoneDeviation:
    """How far each bone of each frame is from its own usual length, as a share of it.

    Parameters
    ----------
    bones
        Their names, :data:`BONES`.
    image
        ``(n, bones)`` length in the picture over the bone's whole length, less 1. A bone that
        points towards the camera looks shorter, so a negative value proves nothing; a positive
        one is longer than the bone is. The whole length is the 95th percentile over the take of
        the length in the picture, after the picture's scale was taken out.
    world
        ``(n, bones)`` length in the model's metres over the take's median, less 1; it should be
        0 in every frame.
    suspect
        ``(n, bones)`` True where the bone is off by more than its usual scatter: too long in
        the picture, or of another length in metres.
    """

    bones: tuple[str, ...]
    image: FloatArray
    world: FloatArray
    suspect: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLengths:
    """One limb's bones on both sides, in the model's metres, median over the take.

    ``drift`` is the larger of the two sides' spread over the take: half the distance from the
    2.5th to the 97.5th percentile, as a share of the median.
    """

    left_m: float
    right_m: float
    drift: float

    @property
    def difference(self) -> float:
        """Left less right as a share of their mean; NaN where a side was not seen."""
        return 2.0 * (self.left_m - self.right_m) / (self.left_m + self.right_m)


def ends_of_bone(bone: str) -> tuple[int, int]:
    """Return the columns of the two landmarks that one of :data:`BONES` lies between."""
    return _ENDS[bone]


def measure_bone_deviation(recording: PoseRecording) -> BoneDeviation:
    """Measure how far each bone is from its own length over the take, frame by frame.

    In the picture the body's scale is taken out first, so that a person may come nearer: the
    scale is the median over the bones of their length in the picture over the same bone's
    length across the picture in metres, smoothed by a running median of one second.

    Parameters
    ----------
    recording
        Landmarks as the model gave them, or repaired; NaN stays NaN.
    """
    image, world, across = _lengths(recording)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale_px_m = _steady(recording.time_s, _median(image / across, axis=1))
        apparent_m = image / scale_px_m[:, None]
        image_off = apparent_m / _whole_length(apparent_m) - 1.0
        world_off = world / _median(world, axis=0) - 1.0
        suspect = (image_off > _usual(image_off)) | (np.abs(world_off) > _usual(world_off))
    return BoneDeviation(bones=BONES, image=image_off, world=world_off, suspect=suspect)


def compare_sides(recording: PoseRecording, limb: str) -> SideLengths:
    """Compare a limb's length on the two sides, in the model's metres.

    The pose model's metres are known to give one person legs of different length (MediaPipe
    issue 4125: some 60 mm over 160 people); where they do, an angle from them is not trusted.

    Parameters
    ----------
    recording
        Landmarks with ``world_m``.
    limb
        A bone (``thigh``), or ``leg`` (thigh and shank) or ``arm`` (upper arm and forearm).
    """
    bones = {"leg": ("thigh", "shank"), "arm": ("upper_arm", "forearm")}.get(limb, (limb,))
    _, world, _ = _lengths(recording)
    sums = {
        side: np.sum([world[:, BONES.index(f"{side}_{bone}")] for bone in bones], axis=0)
        for side in (Side.LEFT, Side.RIGHT)
    }
    return SideLengths(
        left_m=float(_median(sums[Side.LEFT], axis=0)),
        right_m=float(_median(sums[Side.RIGHT], axis=0)),
        drift=max(_drift(each) for each in sums.values()),
    )


def _lengths(recording: PoseRecording) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ``(n, bones)`` lengths: in the picture, in metres, in metres across the picture."""
    start, end = (np.array([_ENDS[bone][n] for bone in BONES]) for n in (0, 1))
    image = recording.image_px[:, end] - recording.image_px[:, start]
    world = recording.world_m[:, end] - recording.world_m[:, start]
    lengths = (image, world, world[..., :2])
    first, second, third = (np.linalg.norm(each, axis=2).astype(np.float64) for each in lengths)
    return first, second, third


def _median(values: FloatArray, axis: int) -> FloatArray:
    """Return the median without NaN; NaN (and no warning) where there is nothing else."""
    empty = ~np.any(np.isfinite(values), axis=axis, keepdims=True)
    median = np.nanmedian(np.where(empty, 0.0, values), axis=axis)
    return np.where(np.squeeze(empty, axis=axis), np.nan, median)


def _whole_length(apparent_m: FloatArray) -> FloatArray:
    seen = np.any(np.isfinite(apparent_m), axis=0)
    whole = np.nanpercentile(np.where(seen, apparent_m, 0.0), _WHOLE_LENGTH_PERCENTILE, axis=0)
    return np.where(seen, whole, np.nan)


def _steady(time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Return the running median over one second; NaN stays NaN."""
    if len(time_s) < 2:
        return values
    period_s = float(np.median(np.diff(time_s)))
    half_n = max(1, round(_STEADY_HALF_WINDOW_S / period_s))
    padded = np.pad(values, half_n, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half_n + 1)
    return np.where(np.isfinite(values), _median(windows, axis=1), np.nan)


def _usual(deviation: FloatArray) -> FloatArray:
    """Return how far off each bone still is as usual."""
    middle = _median(deviation, axis=0)
    scatter = _MAD_TO_SD * _median(np.abs(deviation - middle), axis=0)
    return np.maximum(_SUSPECT_SIGMA * scatter, _USUAL_SCATTER)


def _drift(length_m: FloatArray) -> float:
    seen = length_m[np.isfinite(length_m)]
    if len(seen) == 0:
        return float("nan")
    low, middle, high = np.percentile(seen, [2.5, 50.0, 97.5])
    return float((high - low) / 2.0 / middle)
