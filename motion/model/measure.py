"""A number that leaves the product, with its error and its evidence."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.model.origin import Origin
from motion.model.take import Side

__all__ = [
    "BY_HAND_SOURCE",
    "GOOD_CONFIDENCE",
    "SEEN_CONFIDENCE",
    "MeasureVerdict",
    "Measurement",
    "Repetition",
    "RepetitionVerdict",
]


SEEN_CONFIDENCE: Final = 0.5
"""Below it a landmark was not seen (clinical.md 7: red frames never enter a result)."""

GOOD_CONFIDENCE: Final = 0.8
"""From it on a landmark or an angle was seen well; between the two the number is uncertain."""


BY_HAND_SOURCE: Final = "none: rests on landmarks placed by hand"
"""In ``mdc_source``, where the camera's error figures say nothing of a number."""


class MeasureVerdict(StrEnum):
    """How far a take's measure may be trusted."""

    MEASURED = "measured"
    UNCERTAIN = "uncertain"
    NOT_MEASURABLE = "not_measurable"
    FEW_STRIDES = "few_strides"


class RepetitionVerdict(StrEnum):
    """What a repetition was."""

    FULL = "full"
    PARTIAL = "partial"
    OTHER_MOVEMENT = "other_movement"
    NOT_MEASURABLE = "not_measurable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One number of one take.

    ``value``, ``sd``, ``sem``, ``mdc95``, ``confidence`` and ``band95`` are NaN where there is
    none; ``mdc_source`` says where the error figures come from. ``mdc95`` is for the difference
    between two takes, ``band95`` for the value itself: the truth lies within ``value`` plus or
    minus ``band95`` in 95 of 100 cases (docs/measures.md).
    """

    measure: str
    joint: str
    motion: str
    side: Side
    value: float
    unit: str
    n_repetitions: int
    verdict: MeasureVerdict
    sd: float = math.nan
    sem: float = math.nan
    mdc95: float = math.nan
    mdc_source: str = ""
    confidence: float = math.nan
    valid_fraction: float = math.nan
    note: str = ""
    band95: float = math.nan

    @property
    def rests_on_hand(self) -> bool:
        """Whether it was read where a landmark was placed by hand."""
        return self.mdc_source == BY_HAND_SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One repetition of one movement, from leaving rest to returning to it.

    ``direction`` is +1 where the movement raises the angle, -1 where it lowers it.
    ``peak_deg`` is the extremum farthest from rest, ``rom_deg`` the range within the
    repetition. Times are seconds since the first frame. The true peak lies within ``peak_deg``
    plus or minus ``peak_band95_deg`` in 95 of 100 cases; NaN where there is no such figure.
    ``origin`` is who says where it began and ended.
    """

    repetition: int
    joint: str
    motion: str
    side: Side
    direction: int
    start_s: float
    peak_s: float
    end_s: float
    peak_deg: float
    rom_deg: float
    raise_s: float
    hold_s: float
    lower_s: float
    smoothness_sparc: float
    confidence: float
    verdict: RepetitionVerdict
    peak_band95_deg: float = math.nan
    origin: Origin = Origin.FOUND

    @property
    def duration_s(self) -> float:
        """Seconds from leaving rest to returning to it."""
        return self.end_s - self.start_s
