"""Made-up walks, measured the whole way from landmarks to numbers."""

from dataclasses import replace
from typing import Any

import numpy as np
from gait.walkers import Walked, Walker, walk
from makers import STARTED_AT, make_provenance

from motion.gait import GaitSettings
from motion.measuring import measure_recording
from motion.model import (
    LANDMARKS,
    Analysis,
    Measurement,
    PoseRecording,
    Side,
)
from motion.settings import AnalysisSettings

USUAL = Walker()
LIMPING = Walker(left_time_share=0.56, left_length_share=0.44)
BOTH = (Side.LEFT, Side.RIGHT)
MOST_OFF_S = 0.03


def measure(recording: PoseRecording, **known: Any) -> Analysis:
    chosen = AnalysisSettings(gait=GaitSettings(**known))
    provenance = make_provenance(recording)
    return measure_recording(recording, chosen, provenance, STARTED_AT)


def walked(walker: Walker, seconds: float = 6.0, rate_hz: float = 30.0) -> Walked:
    return walk(walker, np.arange(0.0, seconds, 1.0 / rate_hz))


def number(analysis: Analysis, name: str, side: Side = Side.BOTH) -> Measurement:
    (found,) = (m for m in analysis.measurements if (m.measure, m.side) == (name, side))
    return found


def errors_s(analysis: Analysis, truth: Walked, event: str) -> list[float]:
    """Return found less true time of each found event; each must have a true one near."""
    errors = []
    for each in analysis.events:
        if each.event == event:
            times = np.array(truth.times_of(event, each.side))
            errors.append(each.time_s - times[np.argmin(np.abs(times - each.time_s))])
    return errors


def hide_feet(recording: PoseRecording, side: Side, every_s: float, for_s: float) -> PoseRecording:
    """Return the recording with one foot hidden now and then, as by a walking frame."""
    rows = recording.time_s % every_s < for_s
    columns = [LANDMARKS.index(f"{side}_{name}") for name in ("heel", "foot_index", "ankle")]
    visibility = np.array(recording.visibility)
    visibility[np.ix_(rows, columns)] = 0.1
    return replace(recording, visibility=visibility, presence=visibility)
