"""What a measured angle may be held against: published values, and whose they are."""

from motion.norms.lookup import ADULT_FROM_Y, References, Subject, find_references
from motion.norms.norm import Norm, NormKind, parse_norm

__all__ = [
    "ADULT_FROM_Y",
    "Norm",
    "NormKind",
    "References",
    "Subject",
    "find_references",
    "parse_norm",
]
