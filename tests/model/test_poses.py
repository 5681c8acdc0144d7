from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from makers import hide, make_recording, uniform_times

from motion.model import LANDMARKS, Frame, PoseRecording, Poses, UniformSeries


def poses(**changes: Any) -> Poses:
    given = {
        "time_s": [0.0, 0.1],
        "position": np.zeros((2, 33, 2)),
        "confidence": np.ones((2, 33)),
    }
    return Poses(**(given | changes))


def recording(**changes: Any) -> PoseRecording:
    whole = make_recording({}, uniform_times(0.1))
    given = {name: getattr(whole, name) for name in PoseRecording.__slots__}
    return PoseRecording(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"time_s": [0.0, 0.0]}, "time_s must be finite and strictly increasing"),
        ({"time_s": [0.1, 0.0]}, "time_s must be finite and strictly increasing"),
        ({"time_s": [0.0, np.nan]}, "time_s must be finite and strictly increasing"),
        ({"time_s": [[0.0, 0.1]]}, r"time_s must have shape \(n,\), got \(1, 2\)"),
        ({"position": np.zeros((2, 32, 2))}, r"position must be \(2, 33, 2 or 3\), got"),
        ({"position": np.zeros((2, 33, 4))}, r"position must be \(2, 33, 2 or 3\), got"),
        ({"confidence": np.ones((3, 33))}, r"confidence must have shape \(2, 33\), got \(3, 33\)"),
    ],
)
def test_poses_that_do_not_fit_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        poses(**changes)


@pytest.mark.parametrize("name", ["image_px", "world_m", "visibility", "presence", "filled"])
def test_a_recordings_arrays_must_fit_its_frames(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name} must have shape \(4, 33"):
        recording(**{name: getattr(recording(), name)[:-1]})


def test_poses_know_their_landmarks_by_name() -> None:
    position = np.arange(2 * 33 * 2, dtype=float).reshape(2, 33, 2)
    some = poses(position=position)

    np.testing.assert_array_equal(some["left_knee"], position[:, 25])
    np.testing.assert_array_equal(some.confidence_of("left_knee"), [1.0, 1.0])


def test_nothing_can_be_changed_afterwards() -> None:
    some = poses()

    with pytest.raises(ValueError, match="read-only"):
        some.position[0] = 1.0
    with pytest.raises(FrozenInstanceError):
        some.frame = Frame.WORLD_M  # type: ignore[misc]


def test_the_callers_array_stays_the_callers() -> None:
    position = np.zeros((2, 33, 2))
    some = poses(position=position)
    position[:] = 5.0

    assert np.all(some.position == 0.0)


def test_confidence_is_the_lower_of_visibility_and_presence() -> None:
    visibility = np.full((4, 33), 0.9)
    presence = np.full((4, 33), 0.4)

    np.testing.assert_array_equal(
        recording(visibility=visibility, presence=presence).confidence, 0.4
    )


def test_frames_without_a_person_are_known() -> None:
    assert hide(recording(), slice(1, 3)).detected.tolist() == [True, False, False, True]


def test_either_frame_of_coordinates_can_be_had() -> None:
    whole = recording()

    assert whole.poses().position.shape == (4, 33, 2)
    assert whole.poses(Frame.WORLD_M).position.shape == (4, 33, 3)
    assert whole.poses(Frame.WORLD_M).landmarks == LANDMARKS
    assert len(whole) == 4


def test_a_series_has_its_own_clock() -> None:
    series = UniformSeries(start_s=2.0, rate_hz=50.0, values=np.zeros((3, 1)))

    np.testing.assert_allclose(series.time_s, [2.0, 2.02, 2.04])
    assert len(series.with_values(np.ones((3, 1)))) == 3


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, float("nan")])
def test_a_series_needs_a_rate(rate_hz: float) -> None:
    with pytest.raises(ValueError, match="rate_hz must be positive"):
        UniformSeries(start_s=0.0, rate_hz=rate_hz, values=np.zeros(3))
