"""What a measured number may be held against: published values, and whose they are."""

from motion.norms.gait import GaitNorm, find_gait_norm, parse_gait_norm
from motion.norms.gait_curves import (
    BandUse,
    BandVerdict,
    GaitBand,
    GaitBands,
    decide_band_use,
)
from motion.norms.lookup import ADULT_FROM_Y, References, Subject, find_references
from motion.norms.norm import Norm, NormKind, parse_norm

__all__ = [
    "ADULT_FROM_Y",
    "BandUse",
    "BandVerdict",
    "GaitBand",
    "GaitBands",
    "GaitNorm",
    "Norm",
    "NormKind",
    "References",
    "Subject",
    "decide_band_use",
    "find_gait_norm",
    "find_references",
    "parse_gait_norm",
    "parse_norm",
]
