"""What measuring adds where somebody walks: the walk, its timed test, ranges over its strides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from motion.gait import (
    METHOD,
    GaitErrors,
    GaitSettings,
    ScoreEvidence,
    Walking,
    average_ranges,
    cut_cycles,
    find_walking_frames,
    measure_scores,
    measure_timed_test,
    measure_walking,
)
from motion.kinematics import RangeEvidence, measure_ranges
from motion.library import load_gait_bands, load_gait_errors
from motion.looking import Looked
from motion.model import AngleTable, Measurement, Side
from motion.settings import SettingValue

__all__ = ["NO_FIGURES", "MeasuredWalk", "measure_walk"]

NO_FIGURES: Final = "none"
"""Name of the table of error figures where none fits: of a laboratory's markers none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredWalk:
    """A walk, and what decides whether its numbers may be compared with another's."""

    walking: Walking
    made_with: dict[str, SettingValue]

    def measure(
        self,
        table: AngleTable,
        evidence: RangeEvidence,
        angles: Sequence[str],
        sides: Sequence[Side],
    ) -> tuple[Measurement, ...]:
        """Return the numbers of the walk, the scores of its curves, and ranges over its strides.

        The parameters are those of :func:`motion.kinematics.measure_ranges`.
        """
        frames = find_walking_frames(table.time_s, self.walking.gait)
        cycles = cut_cycles(table, self.walking.gait.strides)
        walked = table.take_rows(frames)
        ranges = measure_ranges(walked, evidence.take_rows(frames), angles, sides)
        of_scores = ScoreEvidence(angles=walked, ranges=ranges, speed_m_s=self._speed_m_s)
        return (
            *self.walking.measurements,
            *measure_scores(cycles, load_gait_bands(), of_scores),
            *average_ranges(ranges, cycles),
        )

    @property
    def _speed_m_s(self) -> float:
        found = self.walking.measurements
        return next((each.value for each in found if each.measure == "walking_speed"), math.nan)


def measure_walk(looked: Looked, settings: GaitSettings, *, of_markers: bool) -> MeasuredWalk:
    """Measure a walk, and the timed test where one was done.

    Parameters
    ----------
    looked
        What the take's landmarks showed.
    settings
        What is known of the walk.
    of_markers
        Whether markers were stuck to the body: the error figures are of cameras.
    """
    errors = GaitErrors((), NO_FIGURES) if of_markers else load_gait_errors()
    stretches = looked.find_stretches()
    walking = measure_walking(
        stretches,
        settings,
        errors,
        in_room=looked.recording.triangulated is not None,
    )
    if settings.test is not None:
        timed = measure_timed_test(
            looked.find_timed_motion(walking.gait, stretches, settings), settings, errors
        )
        walking = replace(
            walking,
            gait=replace(walking.gait, phases=timed.phases),
            measurements=(*timed.measurements, *walking.measurements),
            warnings=(*timed.warnings, *walking.warnings),
        )
    return MeasuredWalk(
        walking=walking,
        made_with={
            **dict(settings.as_pairs()),
            "gait_method": METHOD,
            "gait_scale": walking.gait.scale.source.value,
            "treadmill": walking.gait.treadmill,
            "gait_error_figures": errors.name,
        },
    )
