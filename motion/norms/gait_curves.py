"""Reference curves of the gait cycle, and which people they may be held against."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.model import FloatArray
from motion.norms.lookup import ADULT_FROM_Y

__all__ = [
    "GAIT_CURVES_SOURCE",
    "OLDEST_Y",
    "SLOWEST_M_S",
    "BandUse",
    "BandVerdict",
    "GaitBand",
    "GaitBands",
    "decide_band_use",
]

OLDEST_Y: Final = 45
SLOWEST_M_S: Final = 1.0
"""Above this age, or below this speed, the curves are grey and without a verdict
(clinical_rules.md 16): they are of adults of 21 to 37 years at comfortable speed."""

GAIT_CURVES_SOURCE: Final = (
    "Fukuchi CA, Fukuchi RK, Duarte M 2018, PeerJ 6:e4640 (CC BY 4.0): 24 adults of 21 to 37 "
    "years, markers, over the floor, comfortable speed"
)

_PERCENT: Final = np.linspace(0.0, 100.0, 51)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GaitBand:
    """Mean and spread of one angle over the gait cycle.

    Parameters
    ----------
    angle
        ``hip_flexion``, ``knee_flexion`` or ``ankle_dorsiflexion``; flexion and dorsiflexion
        positive. The hip's is of the thigh against the pelvis, not against the trunk.
    percent
        ``(51,)``: 0, 2, ... 100 of the stride.
    mean_deg, sd_deg
        ``(51,)`` over people.
    """

    angle: str
    percent: FloatArray
    mean_deg: FloatArray
    sd_deg: FloatArray


class GaitBands:
    """The reference curves by angle.

    Raises
    ------
    ValueError
        If two curves are of one angle.
    """

    def __init__(self, bands: Iterable[GaitBand], source: str = GAIT_CURVES_SOURCE) -> None:
        self.source = source
        self._bands: dict[str, GaitBand] = {}
        for band in bands:
            if band.angle in self._bands:
                msg = f"reference curve of {band.angle}: expected one, got two"
                raise ValueError(msg)
            self._bands[band.angle] = band

    @property
    def angles(self) -> tuple[str, ...]:
        """The angles that have a curve, in the table's order."""
        return tuple(self._bands)

    def find(self, angle: str) -> GaitBand | None:
        """Return the curve of an angle, or None where there is none."""
        return self._bands.get(angle)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> "GaitBands":
        """Return the rows ``angle, percent, mean_deg, sd_deg`` as curves.

        Raises
        ------
        InputError
            If a cell is missing or no number, or an angle has not the 51 points 0, 2, ... 100 in
            order with a spread above 0; it names the angle.
        """
        points: dict[str, list[tuple[float, float, float]]] = {}
        for row in rows:
            angle = row.get("angle") or "?"
            try:
                point = (float(row["percent"]), float(row["mean_deg"]), float(row["sd_deg"]))
            except (KeyError, ValueError) as error:
                msg = (
                    f"reference curve of {angle}: {error}; "
                    "expected the columns angle, percent, mean_deg, sd_deg"
                )
                raise InputError(msg) from error
            points.setdefault(angle, []).append(point)
        return cls(_curve_of(angle, of_angle) for angle, of_angle in points.items())


def _curve_of(angle: str, points: list[tuple[float, float, float]]) -> GaitBand:
    percent, mean_deg, sd_deg = (np.array(column) for column in zip(*points, strict=True))
    if not np.array_equal(percent, _PERCENT) or not np.all(sd_deg > 0.0):
        msg = (
            f"reference curve of {angle}: expected 0, 2, ... 100 percent in order, each with a "
            f"spread above 0, got {len(points)} rows; take the table of the product again"
        )
        raise InputError(msg)
    for column in (percent, mean_deg, sd_deg):
        column.setflags(write=False)
    return GaitBand(angle=angle, percent=percent, mean_deg=mean_deg, sd_deg=sd_deg)


class BandVerdict(StrEnum):
    """How the reference curves may stand behind a person's."""

    BAND = "band"
    """With a verdict: the person is like those measured."""
    GREY = "grey"
    """Grey and without a verdict: age or speed differ, or are not known."""
    NONE = "none"
    """Not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandUse:
    """How the reference curves may be shown, and the words that go with them."""

    verdict: BandVerdict
    words: str


_YOUNG: Final = "Reference: 24 adults of 21 to 37 years at comfortable speed, measured with markers"


def decide_band_use(ages_y: Sequence[int], speed_m_s: float) -> BandUse:
    """Return whether the reference curves may be held against a person (clinical_rules.md 16).

    Parameters
    ----------
    ages_y
        The years that may be completed (:attr:`motion.norms.Subject.ages_y`); empty where the
        year of birth is not known.
    speed_m_s
        Walking speed; NaN where there is no scale.
    """
    if any(age_y < ADULT_FROM_Y for age_y in ages_y):
        words = "No reference curves: adults' curves say nothing about a child"
        return BandUse(verdict=BandVerdict.NONE, words=words)
    reasons = [
        words
        for holds, words in (
            (not ages_y, "the year of birth is not known"),
            (
                any(age_y > OLDEST_Y for age_y in ages_y),
                f"the person is, or may be, over {OLDEST_Y}",
            ),
            (math.isnan(speed_m_s), "the walking speed is not known"),
            (speed_m_s < SLOWEST_M_S, f"{speed_m_s:.2f} m/s is below {SLOWEST_M_S:.1f} m/s"),
        )
        if holds
    ]
    if reasons:
        words = f"{_YOUNG}; shown for orientation only: {' and '.join(reasons)}"
        return BandUse(verdict=BandVerdict.GREY, words=words)
    return BandUse(verdict=BandVerdict.BAND, words=_YOUNG)
