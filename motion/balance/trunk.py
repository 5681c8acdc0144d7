"""The sway of the trunk as a camera in front of the person or behind sees it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import detrend

from motion.balance.steady import find_steady_run
from motion.balance.sway import Sway
from motion.model import FloatArray, IndexArray, Poses, UniformSeries
from motion.signals import cutoff_for_rate, fill_gaps, filter_lowpass, grid_rate, resample_uniform

__all__ = ["CUTOFF_HZ", "STEP", "TrunkSway", "measure_trunk_sway"]

CUTOFF_HZ: Final = 3.0
"""Ninety-nine percent of a standing trunk's movement is below 1.1 Hz (clinical.md 3)."""

STEP: Final = 0.05
"""A foot that is this far from its place, as a fraction of the body's height, has stepped."""

_STEP_LASTS_S: Final = 0.5
_TRUNK: Final = ("left_hip", "right_hip", "left_shoulder", "right_shoulder")
_FEET: Final = ("ankle", "heel", "foot_index")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrunkSway:
    """Medio-lateral sway of the trunk, in fractions of the body's height.

    Parameters
    ----------
    sway
        One axis, ``ml``; positive to the right in the picture.
    unrest
        Root mean square of what the two feet, which stand still, seem to sway by, made the same
        way: the unrest of camera and landmarks in this very take.
    valid_fraction
        Share of the take's frames that the sway was measured in.
    confidence
        Mean confidence of the trunk's landmarks, 0..1.
    step_at_s
        When a foot first left its place; NaN where both stayed.
    """

    sway: Sway
    unrest: float
    valid_fraction: float
    confidence: float
    step_at_s: float


def measure_trunk_sway(poses: Poses, rate_hz: float, height_px: float) -> TrunkSway | None:
    """Measure how the trunk sways sideways in the picture.

    The trunk is the middle between mid-hip and mid-shoulder. Its longest stretch without a gap
    over 0.2 s is put on a uniform grid, filtered with a low-pass of 3 Hz and detrended by a
    straight line: who drifts over half a minute does not sway. World landmarks are of no use
    here, their origin moves with the hips.

    Parameters
    ----------
    poses
        Unfiltered, in the picture's pixels.
    rate_hz
        Measured frame rate.
    height_px
        The body's height in the picture.

    Returns
    -------
    TrunkSway or None
        None where fewer than four consecutive frames show the trunk.
    """
    trunk = _middle([poses[name][:, :1] for name in _TRUNK])
    seen = np.all(np.isfinite(trunk), axis=1)
    run = find_steady_run(poses.time_s, seen, 1.0 / rate_hz)
    if len(run) < 4:
        return None
    feet = _middle([poses[f"{side}_{name}"][:, :1] for side in ("left", "right") for name in _FEET])
    sway = _steady_sway(poses.time_s[run], trunk[run], rate_hz)
    unrest = _unrest_of_feet(poses.time_s[run], feet[run], rate_hz)
    sure = np.column_stack([poses.confidence_of(name) for name in _TRUNK])[run]
    return TrunkSway(
        sway=Sway(series=sway.with_values(sway.values / height_px), axes=("ml",), unit="height"),
        unrest=unrest / height_px,
        valid_fraction=float(np.sum(seen[run]) / len(seen)),
        confidence=float(np.nanmean(sure)),
        step_at_s=_find_step(poses, run, rate_hz, STEP * height_px),
    )


def _middle(columns: list[FloatArray]) -> FloatArray:
    return np.asarray(np.mean(columns, axis=0), dtype=np.float64)


def _steady_sway(time_s: FloatArray, x_px: FloatArray, rate_hz: float) -> UniformSeries:
    series = resample_uniform(time_s, x_px, grid_rate(rate_hz), 1.0 / rate_hz)
    smooth = filter_lowpass(series, cutoff_for_rate(rate_hz, CUTOFF_HZ))
    return smooth.with_values(detrend(smooth.values, axis=0, type="linear"))


def _unrest_of_feet(time_s: FloatArray, feet_px: FloatArray, rate_hz: float) -> float:
    """Return the feet's apparent sway over their own longest stretch; NaN where not seen."""
    seen = np.all(np.isfinite(feet_px), axis=1)
    run = find_steady_run(time_s, seen, 1.0 / rate_hz)
    if len(run) < 4:
        return float("nan")
    return float(np.std(_steady_sway(time_s[run], feet_px[run], rate_hz).values))


def _find_step(poses: Poses, run: IndexArray, rate_hz: float, far_px: float) -> float:
    """Return when an ankle first stayed away from its usual place for half a second."""
    frames = 2 * (int(_STEP_LASTS_S * rate_hz) // 2) + 1
    found_s = [float("inf")]
    for side in ("left", "right"):
        place, _ = fill_gaps(poses.time_s[run], poses[f"{side}_ankle"][run], 1.0 / rate_hz)
        seen = np.all(np.isfinite(place), axis=1)
        if np.sum(seen) < frames:
            continue
        quiet = median_filter(place[seen], size=(frames, 1), mode="nearest")
        away = np.linalg.norm(quiet - np.median(quiet, axis=0), axis=1) > far_px
        found_s += list(poses.time_s[run][seen][away][:1])
    first_s = min(found_s)
    return float(first_s) if np.isfinite(first_s) else float("nan")
