"""What a walk may be held against: the reference curves, shifted where they must be, and norms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from dashboard.gait_curves import ReferenceCurve
from dashboard.gait_cycles import SideCurves
from motion.gait import PERCENT
from motion.model import FloatArray, Measurement, Side
from motion.norms import BandUse, BandVerdict, GaitBands, Subject, decide_band_use

__all__ = ["Reference", "find_reference", "speed_of"]

_PELVIS_BASED: Final = "hip_flexion"
"""Measured against the trunk here, against the pelvis there: only shape and range compare
(clinical_rules.md 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The reference curves of a walk by angle, and the words that go with them."""

    use: BandUse
    source: str = ""
    curves: Mapping[str, ReferenceCurve] = field(default_factory=dict)


def speed_of(measurements: Iterable[Measurement]) -> float:
    """Return the walking speed of a take; NaN where none was measured."""
    found = (m.value for m in measurements if m.measure == "walking_speed")
    return next(found, float("nan"))


def find_reference(
    bands: GaitBands,
    curves: Mapping[tuple[str, Side], SideCurves],
    subject: Subject | None,
    speed_m_s: float,
) -> Reference:
    """Return the reference curves that may stand behind a person's.

    The hip's is moved by the difference of the two means, so that shape and range compare.

    Parameters
    ----------
    bands
        The published curves (:func:`motion.library.load_gait_bands`).
    subject
        Whose walk it is; None where the patient is not known.
    speed_m_s
        Walking speed; NaN where there is no scale.
    """
    use = decide_band_use(subject.ages_y if subject else (), speed_m_s)
    if use.verdict is BandVerdict.NONE:
        return Reference(use=use)
    found = {}
    for angle in bands.angles:
        band = bands.find(angle)
        if band is None:
            continue
        shift = _offset(curves, band.percent, band.mean_deg) if angle == _PELVIS_BASED else 0.0
        found[angle] = ReferenceCurve(
            percent=band.percent,
            mean_deg=band.mean_deg + shift,
            sd_deg=band.sd_deg,
            label="24 healthy adults of 21 to 37 years, mean ± 1 SD",
            shift_deg=shift,
        )
    return Reference(use=use, source=bands.source, curves=found)


def _offset(
    curves: Mapping[tuple[str, Side], SideCurves], percent: FloatArray, mean_deg: FloatArray
) -> float:
    """Return by how much the person's mean hip angle lies above the reference's."""
    other_deg = np.interp(PERCENT, percent, mean_deg)
    away_deg = [
        float(np.mean(c.mean_deg - other_deg))
        for (angle, _), c in curves.items()
        if angle == _PELVIS_BASED and np.isfinite(c.mean_deg).all()
    ]
    return float(np.mean(away_deg)) if away_deg else 0.0
