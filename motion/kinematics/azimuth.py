"""Where the camera stands around the person, from several cues that err in different ways."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.kinematics.view_cues import BodyAxes, ViewCues, find_cues
from motion.model import BoolArray, FloatArray, PoseRecording

__all__ = [
    "Azimuth",
    "combine_cues",
    "estimate_azimuth",
    "find_heading",
    "share_steady",
    "turn_between",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The few figures that tie the cues to the camera's azimuth.

    The widths are the pose model's own for an average body. Each cue, divided by its width,
    estimates the azimuth's cosine (across) or sine (depth, feet); they are averaged with these
    weights, the shoulders' weight being 1. In side views the model's metres show the hips'
    line turned to the front by up to 15 degrees, the picture by less of the same: ``hip_bias``
    of the difference is taken off the picture's, too.
    """

    shoulder_width_m: float = 0.34
    hip_width_m: float = 0.20
    legs_width_m: float = 0.26
    shoulder_depth_m: float = 0.34
    hip_depth_m: float = 0.21
    foot_length_m: float = 0.19
    hip_weight: float = 0.75
    legs_weight: float = 0.55
    hip_depth_weight: float = 0.3
    feet_weight: float = 1.3
    hip_bias: float = 0.7


CALIBRATION: Final = Calibration()

_FEWEST_BESIDE: Final = 0.33
SAME_HEADING_DEG: Final = 60.0
NEAR_DEG: Final = 45.0
_TRIM: Final = 0.1
_BINS: Final = 24
_BIN_DEG: Final = 360.0 / _BINS

_RENDERED_SD_DEG: Final = 2.0
_WITHOUT_FEET_DEG: Final = 12.0
_WITHOUT_LEGS_DEG: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Azimuth:
    """An estimate and what it rests on.

    ``sd_deg`` is the standard error expected of ``azimuth_deg``; ``spread_deg`` how far the
    single frames lie from it.
    """

    azimuth_deg: float
    sd_deg: float
    spread_deg: float


def turn_between(first_deg: FloatArray | float, second_deg: FloatArray | float) -> FloatArray:
    """Return the turn from the first to the second azimuth, in [-180, 180) degrees."""
    turned = np.asarray(second_deg, dtype=float) - np.asarray(first_deg, dtype=float)
    return np.asarray((turned + 180.0) % 360.0 - 180.0)


def find_heading(headings_deg: FloatArray) -> float:
    """Return the heading that most frames share; NaN of nothing.

    The median of those within 45 degrees of the 75 degrees in which most lie: of two headings
    the commoner one, never the middle between them.
    """
    seen = headings_deg[np.isfinite(headings_deg)]
    if len(seen) == 0:
        return float("nan")
    bins = np.floor((seen % 360.0) / _BIN_DEG).astype(int) % _BINS
    counts = np.bincount(bins, minlength=_BINS).astype(float)
    reach = int(NEAR_DEG // _BIN_DEG) - 1  # so that the bins lie within 45 degrees
    around = sum(np.roll(counts, shift) for shift in range(-reach, reach + 1))
    middle_deg = (float(np.argmax(around)) + 0.5) * _BIN_DEG
    off_deg = turn_between(middle_deg, seen)
    usual_deg = middle_deg + float(np.median(off_deg[np.abs(off_deg) < NEAR_DEG]))
    return float(turn_between(0.0, usual_deg))


def share_steady(headings_deg: FloatArray, usual_deg: float) -> float:
    """Return the share of the seen frames that are within 60 degrees of a heading."""
    seen = headings_deg[np.isfinite(headings_deg)]
    if len(seen) == 0:
        return 0.0
    return float(np.mean(np.abs(turn_between(usual_deg, seen)) < SAME_HEADING_DEG))


def estimate_azimuth(recording: PoseRecording, headings_deg: FloatArray, axes: BodyAxes) -> Azimuth:
    """Estimate the azimuth of frames that share one view.

    Frames whose heading is more than 60 degrees off the usual one (the model took front for
    back) have no say.
    """
    usual_deg = find_heading(headings_deg)
    with np.errstate(invalid="ignore"):
        off_deg = turn_between(usual_deg, headings_deg)
        steady = np.asarray(np.abs(off_deg) < SAME_HEADING_DEG)
    means = average_cues(find_cues(recording, axes), steady)
    azimuth_deg = combine_cues(means)
    if not np.isfinite(azimuth_deg):
        azimuth_deg = usual_deg
    return Azimuth(
        azimuth_deg=azimuth_deg,
        sd_deg=_standard_error(means, azimuth_deg, float(np.std(off_deg[steady]))),
        spread_deg=float(np.std(off_deg[np.isfinite(off_deg)])),
    )


def average_cues(cues: ViewCues, frames: BoolArray) -> dict[str, float]:
    """Return each cue's mean over some frames; NaN where it was seen in too few."""
    fewest = _FEWEST_BESIDE * max(int(np.sum(frames)), 1)
    return {
        "shoulder": _trimmed_mean(cues.across["shoulder"][frames]),
        "hip": _trimmed_mean(cues.across["hip"][frames]),
        "hip_in_metres": _trimmed_mean(cues.across["hip_in_metres"][frames]),
        "legs": _trimmed_mean(cues.across["legs"][frames], fewest),
        "shoulder_depth": _trimmed_mean(cues.towards["shoulder"][frames]),
        "hip_depth": _trimmed_mean(cues.towards["hip"][frames]),
        "feet": _trimmed_mean(cues.feet[frames], fewest),
        "line_of_sight": _trimmed_mean(cues.line_of_sight_deg[frames]),
    }


def combine_cues(means: dict[str, float], by: Calibration = CALIBRATION) -> float:
    """Return the azimuth in degrees that averaged cues speak for; NaN without shoulders or hips.

    The person's place in the picture is taken off: somebody at the picture's edge is seen along
    a slanted line, which turns the body but not the camera.
    """
    hip = means["hip"] + by.hip_bias * (means["hip"] - means["hip_in_metres"])
    cosine = _weighted(
        (means["shoulder"] / by.shoulder_width_m, 1.0),
        (hip / by.hip_width_m, by.hip_weight),
        (means["legs"] / by.legs_width_m, by.legs_weight),
    )
    sine = _weighted(
        (means["shoulder_depth"] / by.shoulder_depth_m, 1.0),
        (means["hip_depth"] / by.hip_depth_m, by.hip_depth_weight),
        (means["feet"] / by.foot_length_m, by.feet_weight),
    )
    seen_deg = float(np.degrees(np.arctan2(sine, cosine)))
    return float(turn_between(0.0, seen_deg + means["line_of_sight"]))


def _weighted(*pairs: tuple[float, float]) -> float:
    known = [(value, weight) for value, weight in pairs if np.isfinite(value)]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if known else float("nan")


def _trimmed_mean(values: FloatArray, fewest: float = 1.0) -> float:
    """Return the mean without the lowest and the highest tenth; NaN of too few."""
    seen = np.sort(values[np.isfinite(values)])
    if len(seen) < fewest or len(seen) == 0:
        return float("nan")
    cut = int(_TRIM * len(seen))
    return float(np.mean(seen[cut : len(seen) - cut]))


def _standard_error(means: dict[str, float], azimuth_deg: float, spread_deg: float) -> float:
    """Return the error to be expected in degrees (one standard deviation).

    The error over the rendered clips; more without feet, which carry most of what is known in
    a view from the front, and without legs, which help in a side view; and half the spread of
    a person who turns about while filmed, because slow swings do not average out in one take.
    """
    lacking = 0.0
    if not np.isfinite(means["feet"]):
        cosine, sine = np.cos(np.radians(azimuth_deg)), np.sin(np.radians(azimuth_deg))
        lacking = float(np.hypot(_WITHOUT_FEET_DEG * cosine, _WITHOUT_LEGS_DEG * sine))
    return float(np.sqrt(_RENDERED_SD_DEG**2 + lacking**2 + (spread_deg / 2.0) ** 2))
