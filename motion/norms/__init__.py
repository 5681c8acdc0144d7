"""What a measured number may be held against: published values, and whose they are."""

from motion.norms.counts import (
    PublishedCount,
    find_published_count,
    parse_published_count,
    say_if_fewer,
)
from motion.norms.gait import (
    NOT_STRAIGHT_ON,
    GaitNorm,
    find_gait_norm,
    is_like_norms,
    parse_gait_norm,
)
from motion.norms.gait_curves import (
    BandUse,
    BandVerdict,
    GaitBand,
    GaitBands,
    decide_band_use,
)
from motion.norms.gait_scores import gate_scores, is_score
from motion.norms.lookup import ADULT_FROM_Y, References, Subject, find_references
from motion.norms.norm import Norm, NormKind, parse_norm
from motion.norms.timed import (
    PublishedTime,
    find_published_time,
    parse_published_time,
    say_if_slower,
)

__all__ = [
    "ADULT_FROM_Y",
    "NOT_STRAIGHT_ON",
    "BandUse",
    "BandVerdict",
    "GaitBand",
    "GaitBands",
    "GaitNorm",
    "Norm",
    "NormKind",
    "PublishedCount",
    "PublishedTime",
    "References",
    "Subject",
    "decide_band_use",
    "find_gait_norm",
    "find_published_count",
    "find_published_time",
    "find_references",
    "gate_scores",
    "is_like_norms",
    "is_score",
    "parse_gait_norm",
    "parse_norm",
    "parse_published_count",
    "parse_published_time",
    "say_if_fewer",
    "say_if_slower",
]
