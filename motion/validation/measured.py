"""A clip's landmarks measured one way, as a user would: the movement named, and everything."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from motion.measuring import measure_recording
from motion.model import Analysis, AngleCurve, Measurement, Repetition
from motion.settings import AnalysisSettings
from motion.validation.clips import KnownClip
from motion.validation.landmarks import SeenVideo
from motion.validation.ways import Way, settings_for

__all__ = ["Measured", "measure_one_way", "measure_seen"]

_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a clip was recorded has no part in what is measured."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """The landmarks measured as the named movement, and as everything the view allows.

    Where no movement is named the two are the same.
    """

    way: Way
    settings: AnalysisSettings
    named: Analysis
    free: Analysis

    def curve(self, name: str) -> AngleCurve:
        """Return an angle as the movement's own take gives it, or else the free one."""
        curve = self.named.angles[name]
        return curve if np.any(np.isfinite(curve.value_deg)) else self.free.angles[name]

    def stated_for(self, curve: AngleCurve) -> Measurement | None:
        """Return the take's largest value of an angle: it carries the stated error."""
        wanted = ("rom_max", curve.joint, curve.motion, curve.side)
        for number in (*self.named.measurements, *self.free.measurements):
            found = (number.measure, number.joint, number.motion, number.side)
            if found == wanted and math.isfinite(number.sem):
                return number
        return None

    def repetitions_of(self, curve: AngleCurve) -> tuple[Repetition, ...]:
        """Return the repetitions counted on an angle."""
        wanted = (curve.joint, curve.motion, curve.side)
        found = self.named.repetitions if self.settings.movement else ()
        return tuple(r for r in found if (r.joint, r.motion, r.side) == wanted)


def measure_one_way(clip: KnownClip, seen: SeenVideo, way: Way) -> Measured:
    """Measure a clip's landmarks one way.

    Raises
    ------
    InputError
        If the clip names a movement, side or position that is not known.
    """
    settings = way.change(settings_for(clip))
    free = measure_seen(clip.video, seen, replace(settings, movement=""))
    named = measure_seen(clip.video, seen, settings) if settings.movement else free
    return Measured(way=way, settings=settings, named=named, free=free)


def measure_seen(video: Path, seen: SeenVideo, settings: AnalysisSettings) -> Analysis:
    """Measure landmarks as the product's pipeline does after it found them."""
    provenance = seen.provenance(video, settings)
    return measure_recording(seen.recording, settings, provenance, _NO_DATE)
