from dataclasses import replace

import numpy as np
import pytest
from makers import (
    UNFILTERED,
    drop_frames,
    hide,
    make_recording,
    make_view,
    repetitions,
    uniform_times,
    variable_times,
)

from motion.kinematics import CleaningSettings, clean_recording, measure_angles
from motion.kinematics.cleaning import FILLED_CONFIDENCE
from motion.model import LANDMARKS, AngleCurve, PoseRecording, Position

RATE_HZ = 30.0
KNEE = ("left_hip", "left_knee", "left_ankle")


def bending_knee(time_s: np.ndarray) -> PoseRecording:
    return make_recording({"left_knee_flexion": repetitions(time_s, [0.5, 3.0], 90.0)}, time_s)


def knee_curve(
    recording: PoseRecording,
    rate_hz: float = RATE_HZ,
    settings: CleaningSettings | None = None,
) -> AngleCurve:
    filled, poses = clean_recording(recording, rate_hz, settings or CleaningSettings())
    table = measure_angles(poses, filled, make_view(), Position.STANDING)
    return table["left_knee_flexion"]


def displace(recording: PoseRecording, row: int, landmark: str, by_px: float) -> PoseRecording:
    image = np.array(recording.image_px)
    image[row, LANDMARKS.index(landmark), 0] += by_px
    return replace(recording, image_px=image)


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0, 120.0])
def test_cleaning_a_clean_movement_keeps_its_angles(rate_hz: float) -> None:
    time_s = uniform_times(6.0, rate_hz)
    curve = knee_curve(bending_knee(time_s), rate_hz)

    np.testing.assert_allclose(curve.value_deg, repetitions(time_s, [0.5, 3.0], 90.0), atol=0.8)
    assert not np.any(curve.filled)


def test_irregular_frame_times_keep_their_angles() -> None:
    time_s = variable_times(6.0)
    curve = knee_curve(bending_knee(time_s))

    np.testing.assert_allclose(curve.value_deg, repetitions(time_s, [0.5, 3.0], 90.0), atol=0.8)


def test_five_frames_a_second_still_measure_a_slow_movement() -> None:
    time_s = uniform_times(20.0, 5.0)
    true_deg = repetitions(time_s, [1.0, 10.0], 90.0, raise_s=4.0)
    curve = knee_curve(make_recording({"left_knee_flexion": true_deg}, time_s), 5.0)

    np.testing.assert_allclose(curve.value_deg, true_deg, atol=1.5)


def test_cleaning_leaves_little_of_the_landmarks_jitter() -> None:
    time_s = uniform_times(10.0)
    still = make_recording({}, time_s)
    noise = np.random.default_rng(3).normal(0.0, 1.0, still.image_px.shape)
    shaking = replace(still, image_px=still.image_px + noise)

    raw = knee_curve(shaking, settings=UNFILTERED)
    smooth = knee_curve(shaking)

    assert np.std(smooth.value_deg) < 0.75 * np.std(raw.value_deg)


@pytest.mark.parametrize(("missing", "is_filled"), [(6, True), (7, False)])
def test_short_loss_is_filled_and_marked_and_a_longer_one_left_empty(
    missing: int, is_filled: bool
) -> None:
    time_s = uniform_times(6.0)
    rows = slice(30, 30 + missing)
    curve = knee_curve(hide(bending_knee(time_s), rows, ["left_knee"]))

    assert np.all(np.isfinite(curve.value_deg[rows])) == is_filled
    assert np.all(curve.filled[rows]) == is_filled
    assert np.sum(curve.filled) == (missing if is_filled else 0)
    assert curve.valid_fraction == pytest.approx(1.0 if is_filled else 1.0 - missing / 181)


def test_what_was_filled_claims_little_confidence() -> None:
    curve = knee_curve(hide(bending_knee(uniform_times(6.0)), slice(30, 33), KNEE))

    np.testing.assert_array_equal(curve.confidence[30:33], FILLED_CONFIDENCE)
    assert np.all(curve.confidence[33:] > 0.9)


def test_filled_angles_follow_the_movement() -> None:
    time_s = uniform_times(6.0)
    curve = knee_curve(hide(bending_knee(time_s), slice(35, 39), KNEE))

    np.testing.assert_allclose(
        curve.value_deg[35:39], repetitions(time_s, [0.5, 3.0], 90.0)[35:39], atol=5.0
    )


def test_filling_says_so_in_the_recording_and_only_there() -> None:
    recording = hide(bending_knee(uniform_times(6.0)), slice(30, 33), ["left_knee"])
    filled, _ = clean_recording(recording, RATE_HZ, CleaningSettings())
    knee = LANDMARKS.index("left_knee")

    assert np.flatnonzero(filled.filled[:, knee]).tolist() == [30, 31, 32]
    assert np.sum(filled.filled) == 3
    assert np.all(np.isfinite(filled.image_px[30:33, knee]))
    assert np.all(np.isfinite(filled.world_m[30:33, knee]))
    assert np.all(np.isnan(filled.visibility[30:33, knee]))


@pytest.mark.parametrize("cause", ["hardly seen", "wild"])
def test_a_filled_landmark_carries_no_visibility(cause: str) -> None:
    recording = bending_knee(uniform_times(6.0))
    knee = LANDMARKS.index("left_knee")
    if cause == "wild":
        recording = displace(recording, 30, "left_knee", 90.0)
    else:
        visibility = np.array(recording.visibility)
        visibility[30, knee] = 0.3
        recording = replace(recording, visibility=visibility)

    filled, _ = clean_recording(recording, RATE_HZ, CleaningSettings())

    assert filled.filled[30, knee]
    assert np.isnan(filled.confidence[30, knee])
    assert np.all(filled.detected)


def test_cleaning_what_was_cleaned_gives_the_same_angles() -> None:
    recording = displace(bending_knee(uniform_times(6.0)), 30, "left_knee", 90.0)
    filled, first = clean_recording(recording, RATE_HZ, CleaningSettings())

    again, second = clean_recording(filled, RATE_HZ, CleaningSettings())

    np.testing.assert_array_equal(again.filled, filled.filled)
    np.testing.assert_allclose(second.position, first.position)


def test_person_leaving_the_picture_leaves_nothing_behind() -> None:
    curve = knee_curve(hide(bending_knee(uniform_times(6.0)), slice(90, None)))

    assert np.all(np.isnan(curve.value_deg[90:]))
    assert np.all(np.isfinite(curve.value_deg[:90]))


def test_long_loss_does_not_bend_the_curve_beside_it() -> None:
    time_s = uniform_times(6.0)
    curve = knee_curve(hide(bending_knee(time_s), slice(40, 60), KNEE))
    kept = np.isfinite(curve.value_deg)

    assert np.sum(~kept) == 20
    np.testing.assert_allclose(
        curve.value_deg[kept], repetitions(time_s, [0.5, 3.0], 90.0)[kept], atol=1.0
    )


def test_frames_that_never_came_do_not_shift_the_curve() -> None:
    recording = drop_frames(bending_knee(uniform_times(6.0)), list(range(40, 52)))
    curve = knee_curve(recording)

    np.testing.assert_allclose(
        curve.value_deg, repetitions(recording.time_s, [0.5, 3.0], 90.0), atol=1.0
    )


def test_landmarks_hardly_seen_count_as_not_seen() -> None:
    hardly = make_recording({}, uniform_times(2.0), visibility=0.49)
    seen = make_recording({}, uniform_times(2.0), visibility=0.5)

    assert np.all(np.isnan(knee_curve(hardly).value_deg))
    assert np.all(np.isfinite(knee_curve(seen).value_deg))


@pytest.mark.parametrize("row", [0, 1, 60, 179, 180])
def test_a_wild_landmark_is_never_measured(row: int) -> None:
    still = make_recording({"left_knee_flexion": 20.0}, uniform_times(6.0))
    curve = knee_curve(displace(still, row, "left_ankle", 90.0))
    measured = np.isfinite(curve.value_deg)

    np.testing.assert_allclose(curve.value_deg[measured], 20.0, atol=0.1)
    assert curve.filled[row] or not measured[row]


def test_a_wild_landmark_beside_a_long_gap_is_never_measured() -> None:
    still = make_recording({"left_knee_flexion": 20.0}, uniform_times(6.0))
    holed = hide(still, slice(61, 80), ["left_ankle"])
    curve = knee_curve(displace(holed, 60, "left_ankle", 90.0))
    measured = np.isfinite(curve.value_deg)

    np.testing.assert_allclose(curve.value_deg[measured], 20.0, atol=0.1)
    assert not measured[60]


def test_raw_landmarks_are_left_unfiltered() -> None:
    time_s = uniform_times(6.0)
    true_deg = repetitions(time_s, [0.5, 3.0], 90.0)
    curve = knee_curve(bending_knee(time_s), settings=UNFILTERED)

    np.testing.assert_allclose(curve.value_deg, true_deg, atol=1e-6)


@pytest.mark.parametrize(("frames", "rate_hz"), [(1, 0.0), (2, 30.0), (3, 30.0), (4, 30.0)])
def test_very_short_recordings_pass(frames: int, rate_hz: float) -> None:
    recording = make_recording({"left_knee_flexion": 50.0}, np.arange(frames) / 30.0)

    np.testing.assert_allclose(knee_curve(recording, rate_hz).value_deg, 50.0, atol=1e-6)


def test_nobody_in_the_picture_passes_without_a_number() -> None:
    recording = hide(make_recording({}, uniform_times(1.0)), slice(None))
    filled, poses = clean_recording(recording, RATE_HZ, CleaningSettings())

    assert not np.any(np.isfinite(poses.position))
    assert not np.any(filled.filled)


def test_the_given_recording_is_left_alone() -> None:
    recording = hide(bending_knee(uniform_times(6.0)), slice(30, 33), KNEE)
    before = recording.image_px.copy()

    clean_recording(recording, RATE_HZ, CleaningSettings())

    np.testing.assert_array_equal(recording.image_px, before)
