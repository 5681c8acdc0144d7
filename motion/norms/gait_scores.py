"""Of whom a distance from the reference curves may be told."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from motion.model import GAIT, Measurement, MeasureVerdict
from motion.norms.gait_curves import BandUse, BandVerdict, decide_band_use

__all__ = ["gate_scores", "is_score"]

_ENDING: Final = "_variable_score"
_SPEED: Final = "walking_speed"


def is_score(measurement: Measurement) -> bool:
    """Whether a number is a distance from the reference curves of the gait cycle."""
    return measurement.joint == GAIT and measurement.measure.endswith(_ENDING)


def gate_scores(
    measurements: Iterable[Measurement], ages_y: Sequence[int]
) -> tuple[Measurement, ...]:
    """Return a take's numbers with its variable scores as certain as the reference fits.

    The rule of the curves themselves (:func:`motion.norms.decide_band_use`): of a child no score
    is given; of somebody above 45 years or below 1.0 m/s, and where age or speed is not known,
    it is uncertain, with the reason in its note. Every other number stays.

    Parameters
    ----------
    measurements
        All of a take: its walking speed is among them.
    ages_y
        The years that may be completed (:attr:`motion.norms.Subject.ages_y`); empty where nobody
        knows.
    """
    every = tuple(measurements)
    speed_m_s = next((m.value for m in every if (m.joint, m.measure) == (GAIT, _SPEED)), math.nan)
    use = decide_band_use(ages_y, speed_m_s)
    return tuple(_gate(m, use) if is_score(m) else m for m in every)


def _gate(score: Measurement, use: BandUse) -> Measurement:
    if use.verdict is BandVerdict.BAND or not math.isfinite(score.value):
        return score
    if use.verdict is BandVerdict.NONE:
        return replace(
            score,
            value=math.nan,
            sd=math.nan,
            n_repetitions=0,
            confidence=math.nan,
            verdict=MeasureVerdict.NOT_MEASURABLE,
            note=use.words,
        )
    few = score.verdict is MeasureVerdict.FEW_STRIDES
    return replace(
        score,
        verdict=score.verdict if few else MeasureVerdict.UNCERTAIN,
        note="; ".join(part for part in (score.note, use.words) if part),
    )
