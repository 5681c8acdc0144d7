"""Confidence that means something: how likely an angle of a frame is right, fitted and checked."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from motion.kinematics.confidence_evidence import EVIDENCE, gather_evidence, rate_evidence
from motion.model import (
    SEEN_CONFIDENCE,
    AngleCurve,
    AngleTable,
    BoolArray,
    FloatArray,
    IndexArray,
    PoseRecording,
)

__all__ = ["VIEW_IN_WORDS", "ConfidenceModel", "Ratings", "rate_table"]

VIEW_IN_WORDS: Final = "the view off the joint's plane"

_IN_WORDS: Final = {
    "hidden": "landmarks hidden",
    "rough": "landmarks jumping about",
    "stretched": "bones changing their length",
    "lengthened": "bones changing their length",
    "shortened": "a limb pointing towards the camera",
    "turned": VIEW_IN_WORDS,
    "turned_bent": VIEW_IN_WORDS,
    "fast": "a fast movement",
    "at_edge": "close to the picture's edge",
    "filled": "landmarks lost for a moment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceModel:
    """States the probability that a frame's angle is within a band of the truth.

    The angle's usual bias is taken off before: it is the same in every take, and a matter of
    its own. ``p = chance + (1 - chance) / (1 + exp(sum(weight * evidence) - intercept))`` with
    no weight below 0, so that no worse evidence ever raises a confidence.

    Parameters
    ----------
    version
        Goes into the provenance of every result.
    band_deg
        Half the width of the band, degrees.
    chance
        Share within the band where everything speaks against the angle.
    intercept
        Log-odds where nothing speaks against the angle.
    weights
        One for each name of :data:`~motion.kinematics.confidence_evidence.EVIDENCE`, the
        log-odds that it costs at its worst.
    """

    version: str
    band_deg: float
    chance: float
    intercept: float
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.weights) != set(EVIDENCE):
            msg = f"weights must be {sorted(EVIDENCE)}, got {sorted(self.weights)}"
            raise ValueError(msg)
        if not 0.0 <= self.chance < 1.0:
            msg = f"chance must be in 0..1, got {self.chance}"
            raise ValueError(msg)
        if not all(0.0 <= weight < math.inf for weight in self.weights.values()):
            msg = f"weights must not be negative, got {dict(self.weights)}"
            raise ValueError(msg)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> "ConfidenceModel":
        """Read a model from rows of ``name`` and ``value`` (data/confidence)."""
        given = {row["name"]: row["value"] for row in rows}
        return cls(
            version=given.pop("version"),
            band_deg=float(given.pop("band_deg")),
            chance=float(given.pop("chance")),
            intercept=float(given.pop("intercept")),
            weights={name: float(value) for name, value in given.items()},
        )

    def rate(self, evidence: FloatArray) -> FloatArray:
        """Return ``(n,)`` confidences, 0..1, of ``(n, len(EVIDENCE))`` evidence in 0..1."""
        odds = 1.0 / (1.0 + np.exp(evidence @ self._in_order() - self.intercept))
        return np.asarray(self.chance + (1.0 - self.chance) * odds)

    def find_heaviest(self, evidence: FloatArray) -> IndexArray:
        """Return ``(n,)``: which of :data:`EVIDENCE` costs most in each frame."""
        return np.asarray(np.argmax(evidence * self._in_order(), axis=1), dtype=np.intp)

    def _in_order(self) -> FloatArray:
        return np.array([self.weights[name] for name in EVIDENCE])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratings:
    """Why angles are not sure: for each curve's name ``(n,)``, which evidence costs most."""

    heaviest: Mapping[str, IndexArray] = field(default_factory=dict)

    def take_rows(self, frames: IndexArray) -> "Ratings":
        """Return the ratings of some frames only, ``(k,)`` in order."""
        return Ratings(heaviest={name: each[frames] for name, each in self.heaviest.items()})

    def name_doubt(self, curve: AngleCurve, frames: BoolArray) -> str:
        """Return what most often lowers the confidence of some frames, in plain words."""
        heaviest = self.heaviest.get(curve.name)
        if heaviest is None or not np.any(frames):
            return ""
        often = np.bincount(heaviest[frames], minlength=len(EVIDENCE))
        return _IN_WORDS[tuple(EVIDENCE)[int(np.argmax(often))]]


def rate_table(
    table: AngleTable,
    recording: PoseRecording,
    azimuth_deg: FloatArray | float,
    model: ConfidenceModel,
) -> tuple[AngleTable, Ratings]:
    """State the confidence of every angle in every frame, and take out the red frames.

    A frame whose confidence is below :data:`motion.model.SEEN_CONFIDENCE` is red: its angle is
    removed and enters no result. Its confidence stays, so that what was removed can be told
    from what was never seen (:attr:`motion.model.AngleCurve.red`).

    Parameters
    ----------
    table
        Angles as measured.
    recording
        Unfiltered landmarks, with short gaps filled and marked.
    azimuth_deg
        From where the camera looked, for the take or ``(n,)``: each pass has its own.
    model
        The fitted model.

    Returns
    -------
    table, ratings
        The table with its confidences and without its red frames, and what lowers them.
    """
    heaviest: dict[str, IndexArray] = {}
    if not table.measured:
        return table, Ratings()
    evidence = gather_evidence(recording)

    def rate(curve: AngleCurve) -> AngleCurve:
        measured = np.isfinite(curve.value_deg)
        if not np.any(measured):
            return curve
        against = rate_evidence(curve, evidence, azimuth_deg)
        confidence = model.rate(against)
        heaviest[curve.name] = model.find_heaviest(against)
        sure = measured & (confidence >= SEEN_CONFIDENCE)
        return replace(
            curve,
            value_deg=np.where(sure, curve.value_deg, np.nan),
            confidence=np.where(measured, confidence, np.nan),
            filled=curve.filled & sure,
            by_hand=curve.by_hand & sure,
        )

    rated = AngleTable(time_s=table.time_s, curves=tuple(rate(each) for each in table.curves))
    return rated, Ratings(heaviest=heaviest)
