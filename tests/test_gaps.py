"""Landmarks lost for a tenth of a second to three: what is left in every number of the take."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import STARTED_AT, hide, make_provenance, make_recording, repetitions, uniform_times
from video_makers import SAMPLES

from motion.errors import ModelError
from motion.kinematics import find_joint, landmarks_under
from motion.measuring import measure_recording
from motion.model import LANDMARKS, Analysis, AngleCurve, PoseRecording, RepetitionVerdict
from motion.pipeline import analyse_video
from motion.pose import find_model
from motion.settings import AnalysisSettings

RATE_HZ = 30.0
LONGEST_FILLED_S = 0.2
FIRST_ROW = 55
LENGTHS_S = (0.1, 0.2, 0.3, 1.0, 3.0)

GROUPS = {
    "left leg": [f"left_{n}" for n in ("hip", "knee", "ankle", "heel", "foot_index")],
    "left knee": ["left_knee"],
    "left arm": [f"left_{n}" for n in ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")],
    "trunk": [f"{s}_{n}" for s in ("left", "right") for n in ("shoulder", "hip")],
    "feet": [f"{s}_{n}" for s in ("left", "right") for n in ("ankle", "heel", "foot_index")],
    "head": list(LANDMARKS[:11]),
    "whole body": list(LANDMARKS),
}


@cache
def synthetic_take() -> PoseRecording:
    time_s = uniform_times(9.0, RATE_HZ)
    knee = repetitions(time_s, [1.0, 4.0, 6.5], 90.0)
    pose = {"knee_flexion": knee, "hip_flexion": 0.7 * knee, "elbow_flexion": 0.3 * knee}
    return make_recording(pose, time_s)


@cache
def real_take() -> PoseRecording:
    """Return what the pose model sees of the rendered squats: noise, hidden limbs and all."""
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")
    return analyse_video(SAMPLES / "squat.mp4", AnalysisSettings()).recording


def analyse(recording: PoseRecording) -> Analysis:
    provenance = make_provenance(recording, RATE_HZ)
    return measure_recording(recording, AnalysisSettings(), provenance, STARTED_AT)


def is_under(curve: AngleCurve, lost: list[str]) -> bool:
    points = find_joint(curve.angle).points
    return any(name in lost for p in points for name in landmarks_under(p, curve.side))


def assert_nothing_is_invented(recording: PoseRecording, lost: list[str], frames: int) -> None:
    gap = slice(FIRST_ROW, FIRST_ROW + frames)
    whole, analysis = analyse(recording), analyse(hide(recording, gap, lost))
    short = frames / RATE_HZ <= LONGEST_FILLED_S + 1e-6
    touched = [c for c in whole.angles.measured if is_under(c, lost)]
    for before in touched:
        curve = analysis.angles[before.name]
        inside = np.isfinite(curve.value_deg[gap])
        assert short or not np.any(inside), curve.name
        assert np.all(curve.filled[gap][inside]), curve.name
        assert np.all(np.isnan(curve.confidence[gap][~inside & ~curve.red[gap]])), curve.name
    marked = analysis.recording.filled[gap][:, [LANDMARKS.index(name) for name in lost]]
    assert short or not np.any(marked)
    assert_numbers_are_from_what_was_seen(analysis)
    if not short:
        assert_no_repetition_spans(analysis, [c.name for c in touched], gap)


def assert_numbers_are_from_what_was_seen(analysis: Analysis) -> None:
    for row in analysis.measurements:
        curve = next(
            c for c in analysis.angles.curves
            if (c.joint, c.motion, c.side) == (row.joint, row.motion, row.side)
        )  # fmt: skip
        seen = curve.value_deg[np.isfinite(curve.value_deg)]
        expected = {"rom_max": np.max, "rom_min": np.min, "rom_range": np.ptp}
        if row.measure in expected and np.isfinite(row.value):
            assert row.value == pytest.approx(float(expected[row.measure](seen)))
        assert row.valid_fraction == pytest.approx(len(seen) / len(curve.value_deg))


def assert_no_repetition_spans(analysis: Analysis, touched: list[str], gap: slice) -> None:
    start_s, end_s = (analysis.angles.time_s[row] for row in (gap.start, gap.stop - 1))
    for rep in analysis.repetitions:
        if f"{rep.side}_{rep.joint}_{rep.motion}" in touched:
            apart = rep.end_s < start_s or rep.start_s > end_s
            assert apart or rep.verdict is RepetitionVerdict.NOT_MEASURABLE
            assert apart or np.isnan(rep.peak_deg)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("length_s", LENGTHS_S)
def test_nothing_is_invented_in_a_synthetic_take(length_s: float, group: str) -> None:
    assert_nothing_is_invented(synthetic_take(), GROUPS[group], round(length_s * RATE_HZ))


@pytest.mark.model
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("length_s", LENGTHS_S)
def test_nothing_is_invented_in_a_real_models_landmarks(length_s: float, group: str) -> None:
    assert_nothing_is_invented(real_take(), GROUPS[group], round(length_s * RATE_HZ))


@pytest.mark.parametrize("length_s", LENGTHS_S)
def test_a_short_loss_is_filled_and_a_long_one_costs_its_frames(length_s: float) -> None:
    frames = round(length_s * RATE_HZ)
    gap = slice(FIRST_ROW, FIRST_ROW + frames)
    curve = analyse(hide(synthetic_take(), gap)).angles["left_knee_flexion"]
    lost = np.isnan(curve.value_deg)

    assert np.sum(lost) == (0 if length_s <= LONGEST_FILLED_S else frames)
    assert np.sum(curve.filled) == (frames if length_s <= LONGEST_FILLED_S else 0)


@given(
    first=st.integers(0, 260),
    frames=st.integers(1, 120),
    lost=st.lists(st.sampled_from(LANDMARKS), min_size=1, max_size=8, unique=True),
)
@settings(max_examples=25, deadline=None)
def test_a_gap_never_creates_a_value(first: int, frames: int, lost: list[str]) -> None:
    recording = synthetic_take()
    before = analyse(recording).angles
    after = analyse(hide(recording, slice(first, first + frames), lost)).angles

    for curve in after.curves:
        measured = np.isfinite(curve.value_deg)
        assert not np.any(measured & np.isnan(before[curve.name].value_deg)), curve.name
        unsure = measured & ~curve.filled
        unsure[:first] = unsure[first + frames :] = False
        assert not (is_under(curve, lost) and np.any(unsure)), curve.name
