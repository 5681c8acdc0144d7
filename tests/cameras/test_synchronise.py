import numpy as np
import pytest
from cameras_makers import make_camera, reaching_at, room_body, see
from makers import Floats, uniform_times, variable_times

from motion.cameras.calibration import Camera
from motion.cameras.synchronise import Track, find_offset, find_offsets
from motion.errors import InputError

FIRST, SECOND, THIRD = (make_camera(a, roll_deg=a / 6) for a in (10.0, 70.0, 140.0))


def track(
    camera: Camera, time_s: Floats, began_s: float = 0.0, noise: float = 0.0, seed: int = 4
) -> Track:
    """Return what a camera that began later saw; its own clock starts at 0."""
    direction, _ = see([camera], room_body(reaching_at(time_s + began_s), len(time_s)))
    jitter = np.random.default_rng(seed).normal(0.0, noise, direction[0].shape)
    return Track(name=camera.name, camera=camera, time_s=time_s, direction=direction[0] + jitter)


@pytest.mark.parametrize("began_s", [-1.3, -0.21, 0.0, 0.008, 0.75])
@pytest.mark.parametrize(
    ("times", "noise", "within_s"),
    [
        (uniform_times(6.0, 60.0), 0.0, 0.002),
        (uniform_times(6.0, 30.0), 0.0, 0.003),
        (variable_times(6.0, 25.0), 0.0, 0.01),
        (uniform_times(6.0, 60.0), 0.004, 0.02),
    ],
    ids=["60 Hz", "30 Hz", "phone", "noise"],
)
def test_the_offset_is_found(began_s: float, times: Floats, noise: float, within_s: float) -> None:
    first = track(FIRST, uniform_times(6.0, 60.0), noise=noise)
    found = find_offset(first, track(SECOND, times, began_s, noise, seed=5))

    assert found.offset_s == pytest.approx(began_s, abs=within_s)
    assert found.contrast > 0.3


def test_a_constant_error_of_the_calibration_does_not_matter() -> None:
    times = uniform_times(6.0, 60.0)
    second = track(SECOND, times, 0.4)
    shifted = Track(
        name="x", camera=SECOND, time_s=times, direction=second.direction + np.array([0.02, -0.015])
    )

    assert find_offset(track(FIRST, times), shifted).offset_s == pytest.approx(0.4, abs=0.01)


def test_some_swapped_frames_do_not_matter() -> None:
    times = uniform_times(6.0, 60.0)
    second = track(SECOND, times, 0.4)
    direction = second.direction.copy()
    direction[100:160] = np.roll(direction, 1, axis=1)[100:160]
    direction[200:230] = np.nan
    second = Track(name="x", camera=SECOND, time_s=times, direction=direction)

    assert find_offset(track(FIRST, times), second).offset_s == pytest.approx(0.4, abs=0.01)


def test_several_recordings_agree() -> None:
    times = uniform_times(5.0, 60.0)
    tracks = [
        track(FIRST, times, 0.0, 0.003, 1),
        track(SECOND, times, 0.5, 0.003, 2),
        track(THIRD, times, -0.3, 0.003, 3),
    ]

    offsets = find_offsets(tracks)

    assert offsets[0].offset_s == 0.0
    assert [o.offset_s for o in offsets[1:]] == pytest.approx([0.5, -0.3], abs=0.015)


def still(camera: Camera, seed: int = 6) -> Track:
    times = uniform_times(5.0, 60.0)
    direction, _ = see([camera], room_body({}, len(times)))
    jitter = np.random.default_rng(seed).normal(0.0, 0.002, direction[0].shape)
    return Track(name=camera.name, camera=camera, time_s=times, direction=direction[0] + jitter)


def test_nobody_moves() -> None:
    with pytest.raises(InputError, match="at70: its offset does not stand out"):
        find_offset(still(FIRST), still(SECOND, 7))


def test_the_same_movement_again_and_again() -> None:
    times = uniform_times(8.0, 60.0)
    bend = 40.0 - 40.0 * np.cos(2.0 * np.pi * times)
    body = room_body({"hip_flexion": bend, "knee_flexion": 2.0 * bend}, len(times))
    tracks = [
        Track(name=c.name, camera=c, time_s=times, direction=see([c], body)[0][0])
        for c in (FIRST, SECOND)
    ]

    with pytest.raises(InputError, match=r"give --offset-s, or begin with one quick movement"):
        find_offset(*tracks)


def test_too_short_to_tell() -> None:
    times = uniform_times(0.5, 60.0)

    with pytest.raises(InputError, match="too little of the same movement"):
        find_offset(track(FIRST, times), track(SECOND, times))


def test_a_recording_that_hangs_together_with_none_is_named() -> None:
    times = uniform_times(5.0, 60.0)

    with pytest.raises(InputError, match="at140"):
        find_offsets([track(FIRST, times), track(SECOND, times, 0.2), still(THIRD)])
