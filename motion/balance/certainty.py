"""How far the numbers of a sway may be trusted."""

from typing import Final

import numpy as np

from motion.balance.findings import Certainty
from motion.balance.plate import STILL_SPAN_MM, PlateSway
from motion.balance.sway import measure_sway
from motion.balance.trunk import TrunkSway
from motion.kinematics.view import WARN_FROM_DEG
from motion.model import GOOD_CONFIDENCE, MeasureVerdict

__all__ = ["LARGEST_UNREST", "judge_plate_sway", "judge_trunk_sway"]

LARGEST_UNREST: Final = 0.0005
"""Root mean square by which the trunk of a rendered body that does not move at all seems to
sway, as a fraction of its height: the largest of four bodies and lights (docs/balance.md)."""

_SPEED_LOW: Final = "reads 31 to 39 % low on rendered people"
_FREQUENCY_LOW: Final = "reads 8 to 24 % low on rendered people"
_DOUBTS: Final = {
    "path": _SPEED_LOW,
    "mean_speed": _SPEED_LOW,
    "mean_frequency": _FREQUENCY_LOW,
    "median_frequency": _FREQUENCY_LOW,
}
"""The pose model's landmarks lag behind quick, small movements: what is left is slower
(docs/balance.md)."""

_CLEARLY: Final = 2.0
"""A signal under twice its own error is not told from it for certain (clinical_rules.md 21)."""

_NOISY: Final = 0.05
_NOT_VALIDATED: Final = "not validated on real people"


def judge_trunk_sway(trunk: TrunkSway, off_plane_deg: float) -> Certainty:
    """Hold a trunk's sway against the unrest of the camera and against the view.

    Below the unrest, that of still rendered bodies or of this take's own feet, whichever is the
    larger, a sway is not detectable with this camera; below twice of it, and from a camera off
    its plane, it is uncertain.
    """
    floor = float(np.nanmax([LARGEST_UNREST, trunk.unrest]))
    rms = measure_sway(trunk.sway).rms
    notes = [_NOT_VALIDATED]
    verdict = MeasureVerdict.MEASURED
    if rms <= floor:
        verdict = MeasureVerdict.NOT_MEASURABLE
        notes.insert(0, _say_undetectable(rms, floor))
    elif rms <= _CLEARLY * floor:
        verdict = MeasureVerdict.UNCERTAIN
        notes.append(f"less than twice the camera's unrest ({floor:.2%} of the height)")
    if off_plane_deg >= WARN_FROM_DEG and verdict is MeasureVerdict.MEASURED:
        verdict = MeasureVerdict.UNCERTAIN
    if off_plane_deg >= WARN_FROM_DEG:
        notes.append(f"camera {off_plane_deg:.0f} degrees off the front")
    if trunk.confidence < GOOD_CONFIDENCE and verdict is MeasureVerdict.MEASURED:
        verdict = MeasureVerdict.UNCERTAIN
        notes.append("the trunk was not seen well")
    return Certainty(
        verdict=verdict,
        confidence=trunk.confidence,
        valid_fraction=trunk.valid_fraction,
        note="; ".join(notes),
        doubts=_DOUBTS,
    )


def judge_plate_sway(plate: PlateSway) -> Certainty:
    """Say what a centre of pressure's numbers depend on, and where somebody did not stand still."""
    notes = []
    verdict = MeasureVerdict.MEASURED
    spans = [measure_sway(plate.sway, axis).span for axis in plate.sway.axes]
    if max(spans) > STILL_SPAN_MM:
        verdict = MeasureVerdict.UNCERTAIN
        notes.append(f"moved by {max(spans):.0f} mm: not quiet standing on two feet")
    if plate.speed_above_10_hz > _NOISY:
        verdict = MeasureVerdict.UNCERTAIN
        notes.append(
            f"path and speed fall by {plate.speed_above_10_hz:.0%} with a low-pass of 10 Hz"
        )
    return Certainty(
        verdict=verdict,
        valid_fraction=plate.valid_fraction,
        note="; ".join(notes),
    )


def _say_undetectable(rms: float, floor: float) -> str:
    return (
        f"not detectable with this camera: {rms:.2%} of the height, its own unrest is {floor:.2%}"
    )
