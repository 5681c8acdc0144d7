"""What an analysis was made with can be said again."""

import math
from dataclasses import replace

import pytest
from makers import STARTED_AT, make_provenance, make_recording, repetitions, uniform_times

from motion.kinematics import CleaningSettings, Plane
from motion.measuring import measure_again, measure_recording
from motion.model import Analysis, Mode, Position, Side, TakeConditions
from motion.settings import AnalysisSettings, recall_settings


def analyse(settings: AnalysisSettings) -> Analysis:
    time_s = uniform_times(8.0)
    share = repetitions(time_s, (1.0, 4.0), 1.0)
    recording = make_recording({"knee_flexion": 5.0 + 90.0 * share}, time_s)
    provenance = make_provenance(recording)
    made_with = replace(provenance, settings=settings.as_pairs())
    return measure_recording(recording, settings, made_with, STARTED_AT)


@pytest.mark.parametrize(
    "settings",
    [
        AnalysisSettings(),
        AnalysisSettings(
            movement="squat",
            side=Side.LEFT,
            view=Plane.SAGITTAL,
            conditions=TakeConditions(position=Position.STANDING, mode=Mode.ASSISTED),
            cleaning=CleaningSettings(cutoff_hz=5.0, filtered=False),
            joint_centres=False,
            withheld_joints=("left_ankle", "right_knee"),
            person="640,300@2.5",
        ),
    ],
    ids=["usual", "chosen"],
)
def test_the_choices_of_an_analysis_come_back(settings: AnalysisSettings) -> None:
    analysis = analyse(settings)
    recalled = recall_settings(analysis)

    assert recalled == replace(
        settings, conditions=analysis.conditions, joint_centres=recalled.joint_centres
    )
    assert settings.joint_centres or not recalled.joint_centres


def test_measured_again_with_its_own_choices_it_is_the_same() -> None:
    analysis = analyse(AnalysisSettings(movement="squat", side=Side.LEFT))

    again = measure_again(analysis, recall_settings(analysis))

    assert dict(again.provenance.settings) == dict(analysis.provenance.settings)
    for m, other in zip(analysis.measurements, again.measurements, strict=True):
        assert (m.measure, m.joint, m.side, m.verdict) == (
            other.measure,
            other.joint,
            other.side,
            other.verdict,
        )
        assert m.value == pytest.approx(other.value, abs=1e-6, nan_ok=True) or math.isnan(m.value)


def test_what_was_not_chosen_then_is_as_it_is_today() -> None:
    analysis = analyse(AnalysisSettings())
    early = replace(analysis, provenance=replace(analysis.provenance, settings=()))

    assert recall_settings(early) == AnalysisSettings(conditions=analysis.conditions)
