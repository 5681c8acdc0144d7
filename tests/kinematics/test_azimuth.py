"""Where the camera stood, told from bodies that are not those of the calibration."""

from dataclasses import replace

import numpy as np
import pytest
from makers import hide, make_recording, mirror, pose_body, repetitions, uniform_times

from motion.kinematics import estimate_view
from motion.kinematics.azimuth import combine_cues, find_heading, turn_between
from motion.model import LANDMARKS, PoseRecording

TIME_S = uniform_times(4.0)
LEGS = [n for n in LANDMARKS if any(p in n for p in ("knee", "ankle", "heel", "foot"))]
SQUAT = {"knee_flexion": 45 - 45 * np.cos(2 * TIME_S), "hip_flexion": 40 - 40 * np.cos(2 * TIME_S)}


def film_in_perspective(
    azimuth_deg: float, aside_m: float, distance_m: float = 3.0, focal_px: float = 512.0
) -> PoseRecording:
    """Film a standing body that is ``aside_m`` to the right of the camera's axis.

    The model's metres show the body as it looks along the line of sight, as a model does that
    sees a picture cut out around the person.
    """
    body = pose_body({}, len(TIME_S))
    azimuth = np.radians(azimuth_deg)
    right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
    towards = np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
    depth_m = distance_m - body @ towards
    image_px = np.stack(
        [
            320.0 + focal_px * (body @ right + aside_m) / depth_m,
            240.0 - focal_px * body[..., 1] / depth_m,
        ],
        axis=-1,
    )
    slant_deg = float(np.degrees(np.arctan2(aside_m, distance_m)))
    looks = make_recording({}, TIME_S, azimuth_deg=azimuth_deg - slant_deg)
    return replace(looks, image_px=image_px)


@pytest.mark.parametrize("azimuth_deg", [0.0, 30.0, 90.0, -75.0, 180.0])
@pytest.mark.parametrize("aside_m", [-0.9, -0.4, 0.4, 0.9])
def test_walking_aside_does_not_turn_the_camera(azimuth_deg: float, aside_m: float) -> None:
    middle = estimate_view(film_in_perspective(azimuth_deg, 0.0)).azimuth_deg
    aside = estimate_view(film_in_perspective(azimuth_deg, aside_m)).azimuth_deg

    assert turn_between(middle, aside) == pytest.approx(0.0, abs=3.0)
    assert turn_between(azimuth_deg, aside) == pytest.approx(0.0, abs=7.0)


@pytest.mark.parametrize("azimuth_deg", range(-165, 181, 15))
def test_squatting_does_not_turn_the_camera(azimuth_deg: int) -> None:
    view = estimate_view(make_recording(SQUAT, TIME_S, azimuth_deg=azimuth_deg))

    assert turn_between(azimuth_deg, view.azimuth_deg) == pytest.approx(0.0, abs=6.0)


@pytest.mark.parametrize("azimuth_deg", [0.0, 20.0, 60.0, 90.0, -135.0])
def test_one_leg_moving_does_not_turn_the_camera(azimuth_deg: float) -> None:
    lifting = {"right_knee_flexion": repetitions(TIME_S, [0.5, 2.5], 90.0, raise_s=0.7)}
    view = estimate_view(make_recording(lifting, TIME_S, azimuth_deg=azimuth_deg))

    assert turn_between(azimuth_deg, view.azimuth_deg) == pytest.approx(0.0, abs=6.0)


def test_feet_that_step_have_no_say() -> None:
    """A long step seen from the side would look like a wide stance seen from the front."""
    step = {"left_hip_flexion": 30.0, "right_hip_flexion": -30.0}
    view = estimate_view(make_recording(step, TIME_S, azimuth_deg=90.0))

    assert view.azimuth_deg == pytest.approx(90.0, abs=1e-6)
    assert view.azimuth_sd_deg > 3.5


@pytest.mark.parametrize("azimuth_deg", [0.0, 30.0, 90.0])
def test_without_legs_the_view_is_told_less_surely(azimuth_deg: float) -> None:
    whole = make_recording({}, TIME_S, azimuth_deg=azimuth_deg)
    above = estimate_view(hide(whole, slice(None), LEGS))

    assert turn_between(azimuth_deg, above.azimuth_deg) == pytest.approx(0.0, abs=6.0)
    assert above.azimuth_sd_deg > estimate_view(whole).azimuth_sd_deg + 1.0


def test_somebody_who_turns_about_is_told_less_surely() -> None:
    world = np.array(make_recording({}, TIME_S, azimuth_deg=0.0).world_m)
    swing = np.radians(25.0 * np.sin(3.0 * TIME_S))[:, None]
    x, z = world[..., 0].copy(), world[..., 2].copy()
    world[..., 0], world[..., 2] = x * np.cos(swing), z * np.cos(swing) - x * np.sin(swing)
    still = make_recording({}, TIME_S, azimuth_deg=0.0)
    turning = estimate_view(replace(still, world_m=world))

    assert turning.azimuth_deg == pytest.approx(0.0, abs=3.0)
    assert turning.spread_deg == pytest.approx(25.0 / np.sqrt(2.0), abs=2.0)
    assert turning.azimuth_sd_deg > 2.0 * estimate_view(still).azimuth_sd_deg


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_frames_taken_back_to_front_have_no_say(share: float) -> None:
    recording = make_recording({}, TIME_S, azimuth_deg=20.0)
    turned = make_recording({}, TIME_S, azimuth_deg=-160.0)
    rows = slice(10, 10 + int(share * len(TIME_S)))
    image_px, world_m = np.array(recording.image_px), np.array(recording.world_m)
    image_px[rows], world_m[rows] = turned.image_px[rows], turned.world_m[rows]

    view = estimate_view(replace(recording, image_px=image_px, world_m=world_m))

    assert view.azimuth_deg == pytest.approx(estimate_view(recording).azimuth_deg, abs=1e-6)


def test_mirroring_changes_the_sign_whatever_the_body_does() -> None:
    pose = {"left_hip_abduction": 25.0, "trunk_lateral_flexion": 15.0, "right_knee_flexion": 10.0}
    recording = make_recording(pose, TIME_S, azimuth_deg=35.0, clockwise_deg=8.0)

    plain, mirrored = estimate_view(recording), estimate_view(mirror(recording))

    assert mirrored.azimuth_deg == pytest.approx(-plain.azimuth_deg, abs=1e-6)
    assert mirrored.roll_deg == pytest.approx(-plain.roll_deg, abs=1e-6)
    assert mirrored.pitch_deg == pytest.approx(plain.pitch_deg, abs=1e-6)


def test_nothing_seen_gives_no_azimuth() -> None:
    nothing = dict.fromkeys(
        ("shoulder", "hip", "hip_in_metres", "legs", "shoulder_depth", "hip_depth", "feet"),
        float("nan"),
    )

    assert np.isnan(combine_cues({**nothing, "line_of_sight": 0.0}))
    assert np.isnan(find_heading(np.array([np.nan, np.nan])))
