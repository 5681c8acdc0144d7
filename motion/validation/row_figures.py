"""The figures of one angle of one clip: agreement, repetitions, and what was stated."""

import math
from typing import Any

import numpy as np

from motion.agreement import describe_agreement
from motion.library import find_movement
from motion.model import AngleCurve, FloatArray
from motion.validation.coverage import Coverage, cover
from motion.validation.measured import Measured
from motion.validation.true_repetitions import count_true_repetitions, find_peak_errors

__all__ = ["describe_curve", "describe_repetitions", "describe_stated"]


def describe_curve(result_deg: FloatArray, true_deg: FloatArray) -> dict[str, Any]:
    """Return how the two curves agree; extremes are those of the whole take."""
    agreement = describe_agreement(result_deg, true_deg)
    given = np.isfinite(result_deg)
    extremes = (math.nan, math.nan)
    if np.any(given):
        extremes = (
            float(np.nanmax(result_deg) - np.max(true_deg)),
            float(np.nanmin(result_deg) - np.min(true_deg)),
        )
    return {
        "frames_n": len(true_deg),
        "n": agreement.n,
        "detection_rate": float(np.mean(given)),
        "bias_deg": agreement.bias,
        "mae_deg": agreement.mae,
        "rmse_deg": agreement.rmse,
        "sd_deg": agreement.sd,
        "loa_low_deg": agreement.loa_low,
        "loa_high_deg": agreement.loa_high,
        "max_error_deg": extremes[0],
        "min_error_deg": extremes[1],
        "rom_error_deg": extremes[0] - extremes[1],
        "true_range_deg": float(np.ptp(true_deg)),
    }


def describe_repetitions(
    measured: Measured, curve: AngleCurve, true_deg: FloatArray, limb: str
) -> dict[str, Any]:
    """Return the count's error, of the curve that is counted on, and the peaks' error."""
    name = measured.settings.movement
    counted = bool(name) and curve.angle == find_movement(name).counted_angle and limb != "far"
    counted = counted and measured.named.counted_on in ("", curve.name)
    repetitions = measured.repetitions_of(curve)
    errors_deg = find_peak_errors(repetitions, measured.named.angles.time_s, true_deg)
    errors_deg = errors_deg[np.isfinite(errors_deg)]
    true_n = count_true_repetitions(true_deg) if counted else math.nan
    return {
        "repetitions_true": true_n,
        "repetition_count_error": len(repetitions) - true_n,
        "peaks_n": len(errors_deg),
        "peak_bias_deg": float(np.mean(errors_deg)) if len(errors_deg) else math.nan,
        "peak_mae_deg": float(np.mean(np.abs(errors_deg))) if len(errors_deg) else math.nan,
    }


def describe_stated(
    measured: Measured, curve: AngleCurve, error_deg: FloatArray, true_deg: FloatArray
) -> dict[str, Any]:
    """Return how often the truth lies within the stated MDC95 and within the 95 % band."""
    number = measured.stated_for(curve)
    mdc95_deg, sem_deg = (number.mdc95, number.sem) if number else (math.nan, math.nan)
    time_s = measured.named.angles.time_s
    repetitions = measured.repetitions_of(curve)
    peak_error_deg = find_peak_errors(repetitions, time_s, true_deg)
    band_deg = curve.band95_deg
    peak_band_deg = np.array([r.peak_band95_deg for r in repetitions])
    known = np.isfinite(band_deg)
    mean_deg = float(np.mean(band_deg[known])) if np.any(known) else math.nan
    return {
        "sem_deg": sem_deg,
        "mdc95_deg": mdc95_deg,
        **_coverage("mdc95_frames", cover(error_deg, mdc95_deg)),
        **_coverage("mdc95_repetitions", cover(peak_error_deg, mdc95_deg)),
        **_coverage("band95_frames", cover(error_deg, band_deg)),
        **_coverage("band95_repetitions", cover(peak_error_deg, peak_band_deg)),
        "band95_width_deg": 2.0 * mean_deg,
    }


def _coverage(name: str, found: Coverage) -> dict[str, Any]:
    low, high = found.interval
    return {
        f"{name}_inside": found.inside,
        f"{name}_n": found.n,
        f"{name}_share": found.share,
        f"{name}_low": low,
        f"{name}_high": high,
    }
