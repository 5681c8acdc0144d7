"""How far a person's mean curves lie from the reference over the whole gait cycle."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.gait.cycles import average_cycles
from motion.gait.error_figures import NO_GAIT_FIGURE
from motion.gait.numbers import FEWEST_STRIDES, WALKING
from motion.gait.points import FEET
from motion.gait.score_evidence import ScoreEvidence
from motion.model import GAIT, CycleCurve, FloatArray, Measurement, MeasureVerdict, Side
from motion.norms import GaitBand, GaitBands

__all__ = ["SCORED_ANGLES", "measure_scores"]

SCORED_ANGLES: Final = {
    "hip_flexion": "hip_variable_score",
    "knee_flexion": "knee_variable_score",
    "ankle_dorsiflexion": "ankle_variable_score",
}
"""Angle of the gait cycle -> measure; the whole of them makes ``sagittal_variable_score``."""

_NOT_GPS: Final = "hip, knee and ankle from the side only; not comparable with published GPS"

_WHOSE: Final = "reference of adults of 21 to 37 years; not for children, no verdict above 45"


@dataclass(frozen=True, slots=True, kw_only=True)
class _VariableScore:
    """The score of one angle: NaN where there is no whole curve of it."""

    value_deg: float
    n: int
    note: str
    confidence: float = math.nan
    doubts: tuple[str, ...] = ()


def measure_scores(
    curves: Iterable[CycleCurve], bands: GaitBands, evidence: ScoreEvidence
) -> tuple[Measurement, ...]:
    """Return the gait variable scores of hip, knee and ankle and their sagittal score, per side.

    A variable's score is the root mean square, over the 51 points of the reference, of the
    person's mean curve less the reference mean (the GVS of Baker et al. 2009, Gait Posture
    30:265); the sagittal score is the root mean square of the three, as the GPS there is of nine
    variables: it is not comparable with one. The hip is measured against the trunk and the
    reference against the pelvis, so their mean difference is no finding (clinical_rules.md 4): it
    is taken off, and the note says how much it was.

    A score is as doubtful as the angles that it is made of. How old the person is, is not known
    here: the note says of whom the reference is.

    Parameters
    ----------
    curves
        Of any angles and both sides.
    bands
        The reference (:func:`motion.library.load_gait_bands`).
    evidence
        What makes a score more or less certain.

    Returns
    -------
    tuple of Measurement
        Four a side in degrees; not measurable, with the reason, where a curve is missing.
    """
    every = tuple(curves)
    return tuple(
        measurement for side in FEET for measurement in _scores_of(side, every, bands, evidence)
    )


def _scores_of(
    side: Side, curves: tuple[CycleCurve, ...], bands: GaitBands, evidence: ScoreEvidence
) -> tuple[Measurement, ...]:
    of_angle = {
        angle: replace(
            _score_angle([c for c in curves if (c.side, c.angle) == (side, angle)], angle, bands),
            confidence=evidence.find_confidence(angle, side),
            doubts=evidence.find_doubts(angle, side),
        )
        for angle in SCORED_ANGLES
    }
    scores = of_angle.values()
    missing = [angle.partition("_")[0] for angle, score in of_angle.items() if score.n == 0]
    together = _VariableScore(
        value_deg=math.sqrt(sum(score.value_deg**2 for score in scores) / len(of_angle)),
        n=min(score.n for score in scores),
        note=f"no whole curve of {', '.join(missing)}" if missing else _NOT_GPS,
        confidence=float(np.mean([score.confidence for score in scores])),
        doubts=tuple(dict.fromkeys(doubt for score in scores for doubt in score.doubts)),
    )
    named = {SCORED_ANGLES[angle]: score for angle, score in of_angle.items()}
    named["sagittal_variable_score"] = together
    return tuple(
        _measurement(measure, side, score, evidence.about_speed) for measure, score in named.items()
    )


def _score_angle(curves: list[CycleCurve], angle: str, bands: GaitBands) -> _VariableScore:
    mean_deg, _, n = average_cycles(curves)
    band = bands.find(angle)
    if n == 0 or band is None:
        words = "no whole stride of this angle was measured" if n == 0 else "no reference curve"
        return _VariableScore(value_deg=math.nan, n=0, note=words)
    away_deg = _at_reference(mean_deg, band) - band.mean_deg
    note = "root mean square distance from the mean of the reference curves"
    if angle == "hip_flexion":
        offset_deg = float(np.mean(away_deg))
        away_deg = away_deg - offset_deg
        note = (
            f"{note}, after taking off their mean difference of {offset_deg:+.0f}°: measured "
            "against the trunk, the reference against the pelvis"
        )
    return _VariableScore(value_deg=float(np.sqrt(np.mean(away_deg**2))), n=n, note=note)


def _at_reference(curve_deg: FloatArray, band: GaitBand) -> FloatArray:
    """Return the ``(51,)`` values at the reference's own percents."""
    percent = np.linspace(0.0, 100.0, len(curve_deg))
    return np.interp(band.percent, percent, curve_deg)


def _measurement(measure: str, side: Side, score: _VariableScore, about_speed: str) -> Measurement:
    doubts = [*score.doubts, *([about_speed] if about_speed else [])]
    base = Measurement(
        measure=measure,
        joint=GAIT,
        motion=WALKING,
        side=side,
        value=score.value_deg,
        unit="deg",
        n_repetitions=score.n,
        verdict=MeasureVerdict.UNCERTAIN if doubts else MeasureVerdict.MEASURED,
        mdc_source=NO_GAIT_FIGURE.source,
        confidence=score.confidence,
        note="; ".join((*doubts, score.note, _WHOSE)),
    )
    if score.n == 0:
        return replace(
            base,
            verdict=MeasureVerdict.NOT_MEASURABLE,
            confidence=math.nan,
            note=score.note,
        )
    if score.n < FEWEST_STRIDES:
        return replace(base, verdict=MeasureVerdict.FEW_STRIDES)
    return base
