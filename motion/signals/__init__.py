"""Cleaning of series: arrays in, arrays out; no path, no clock, no landmark names."""

from motion.signals.derivatives import differentiate
from motion.signals.filters import cutoff_for_rate, filter_lowpass
from motion.signals.gaps import MAX_GAP_S, fill_gaps, find_runs
from motion.signals.local_fit import fit_half_width, measure_roughness
from motion.signals.outliers import find_outliers
from motion.signals.resample import grid_rate, resample_uniform, sample_at

__all__ = [
    "MAX_GAP_S",
    "cutoff_for_rate",
    "differentiate",
    "fill_gaps",
    "filter_lowpass",
    "find_outliers",
    "find_runs",
    "fit_half_width",
    "grid_rate",
    "measure_roughness",
    "resample_uniform",
    "sample_at",
]
