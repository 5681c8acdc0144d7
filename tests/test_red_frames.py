"""Red frames, whose angle is more likely wrong than right, enter no number of the take."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from makers import STARTED_AT, make_provenance, make_recording, repetitions, uniform_times

from motion.measuring import measure_recording
from motion.model import (
    SEEN_CONFIDENCE,
    Analysis,
    Measurement,
    MeasureVerdict,
    PoseRecording,
    RepetitionVerdict,
    Side,
    landmark_index,
)
from motion.settings import AnalysisSettings

TIME_S = uniform_times(10.0)
BURST = (TIME_S > 4.6) & (TIME_S < 5.6)
"""Around the peak of the second of three repetitions."""


def analyse(recording: PoseRecording) -> Analysis:
    settings = AnalysisSettings(movement="knee_flexion")
    return measure_recording(recording, settings, make_provenance(recording), STARTED_AT)


@cache
def jumping(rows: tuple[int, ...] = tuple(np.flatnonzero(BURST).tolist())) -> Analysis:
    """Analyse three knee bends; in some frames the model loses the knee and half sees it."""
    knee = repetitions(TIME_S, [1.0, 4.0, 7.0], 90.0)
    recording = make_recording({"knee_flexion": knee}, TIME_S)
    image, visibility = np.array(recording.image_px), np.array(recording.visibility)
    world = np.array(recording.world_m)
    at = np.ix_(rows, [landmark_index("left_knee")])
    noise = np.random.default_rng(8)
    image[at] += noise.uniform(-45.0, 45.0, (len(rows), 1, 2))
    world[at] += noise.uniform(-0.2, 0.2, (len(rows), 1, 3))
    visibility[at] = 0.55
    return analyse(replace(recording, image_px=image, world_m=world, visibility=visibility))


def row(analysis: Analysis, measure: str) -> Measurement:
    return next(m for m in analysis.measurements if m.measure == measure and m.side is Side.LEFT)


def test_red_frames_are_empty_and_counted() -> None:
    curve = jumping().angles["left_knee_flexion"]

    assert np.mean(curve.red[BURST]) > 0.5
    assert not np.any(curve.red[TIME_S < 4.3])
    assert not np.any(curve.red[TIME_S > 6.0])
    assert np.all(np.isnan(curve.value_deg[curve.red]))
    assert np.all(curve.confidence[np.isfinite(curve.value_deg)] >= SEEN_CONFIDENCE)
    assert curve.valid_fraction == pytest.approx(1.0 - np.mean(np.isnan(curve.value_deg)))


def test_no_extreme_and_no_repetition_is_read_from_them() -> None:
    analysis = jumping()
    curve = analysis.angles["left_knee_flexion"]
    highest = row(analysis, "rom_max")

    assert highest.value == pytest.approx(np.nanmax(curve.value_deg))
    assert highest.value == pytest.approx(90.0, abs=8.0)
    for rep in analysis.repetitions:
        if rep.verdict is not RepetitionVerdict.NOT_MEASURABLE:
            at = int(np.argmin(np.abs(TIME_S - rep.peak_s)))
            assert not curve.red[at]
            assert rep.peak_deg == pytest.approx(curve.value_deg[at])


def test_the_number_says_how_many_were_left_out_and_why() -> None:
    highest = row(jumping(), "rom_max")

    assert highest.verdict is MeasureVerdict.UNCERTAIN
    assert "of the frames left out as too likely wrong (landmarks jumping about)" in highest.note


def test_a_take_of_red_frames_is_not_measured_and_says_why() -> None:
    lowest = row(jumping(tuple(range(len(TIME_S)))), "rom_min")

    assert lowest.verdict is MeasureVerdict.NOT_MEASURABLE
    assert np.isnan(lowest.value)
    assert np.isnan(lowest.confidence)
    assert lowest.note.startswith("too likely wrong in ")
    assert lowest.note.endswith("(landmarks jumping about)")
