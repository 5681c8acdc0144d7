"""Facing is decided once per pass between turns; a take without turns is one pass."""

from dataclasses import replace

import numpy as np
import pytest
from makers import STARTED_AT, hide, make_provenance, make_recording, mirror, uniform_times

from motion.kinematics import estimate_view, find_main_view, find_passes
from motion.measuring import measure_recording
from motion.model import Analysis, NearSide, PoseRecording, Side, ViewName
from motion.report.summary import summarise
from motion.settings import AnalysisSettings

RATE_HZ = 30.0
TRUE_KNEE = {"left": 20.0, "right": 50.0}


def film(azimuths_deg: np.ndarray) -> PoseRecording:
    """Film a walker whose two legs differ, each frame from its own azimuth."""
    time_s = np.arange(len(azimuths_deg)) / RATE_HZ
    pose = {f"{side}_knee_flexion": bend for side, bend in TRUE_KNEE.items()}
    frames = {a: make_recording(pose, azimuth_deg=float(a)) for a in np.unique(azimuths_deg)}
    plain = make_recording(pose, time_s)
    return replace(
        plain,
        image_px=np.concatenate([frames[a].image_px for a in azimuths_deg]),
        world_m=np.concatenate([frames[a].world_m for a in azimuths_deg]),
    )


def hold(azimuth_deg: float, seconds: float) -> np.ndarray:
    return np.full(round(seconds * RATE_HZ), azimuth_deg)


def turn(first_deg: float, last_deg: float, seconds: float = 0.8) -> np.ndarray:
    return np.linspace(first_deg, last_deg, round(seconds * RATE_HZ))


def there_and_back() -> PoseRecording:
    """3 s past the camera, a turn towards it, 4 s back."""
    return film(np.concatenate([hold(90, 3.0), turn(90, -90), hold(-90, 4.0)]))


def analyse(recording: PoseRecording) -> Analysis:
    provenance = make_provenance(recording)
    return measure_recording(recording, AnalysisSettings(), provenance, STARTED_AT)


@pytest.mark.parametrize("azimuth_deg", [-120.0, 0.0, 20.0, 90.0, 180.0])
def test_a_take_without_turns_is_one_pass(azimuth_deg: float) -> None:
    recording = film(hold(azimuth_deg, 5.0))
    (only,) = find_passes(recording)

    assert (only.first, only.stop) == (0, len(recording))
    assert only.view == estimate_view(recording)
    assert (only.start_s, only.end_s) == (recording.time_s[0], recording.time_s[-1])


def test_there_and_back_are_two_passes_without_the_turn() -> None:
    there, back = find_passes(there_and_back())

    assert (there.view.facing, there.view.near_side) == ("left", NearSide.LEFT)
    assert (back.view.facing, back.view.near_side) == ("right", NearSide.RIGHT)
    assert there.end_s == pytest.approx(3.0, abs=0.2)
    assert back.start_s == pytest.approx(3.8, abs=0.2)
    assert find_main_view((there, back)) == back.view, "the longer one"


def test_each_pass_is_measured_with_its_near_side_and_the_turn_is_empty() -> None:
    analysis = analyse(there_and_back())
    left, right = (analysis.angles[f"{s}_knee_flexion"].value_deg for s in TRUE_KNEE)
    time_s = analysis.angles.time_s
    early, late = time_s < 2.5, time_s > 4.5
    turning = (time_s > 3.25) & (time_s < 3.55)

    np.testing.assert_allclose(left[early], TRUE_KNEE["left"], atol=1.0)
    np.testing.assert_allclose(right[late], TRUE_KNEE["right"], atol=1.0)
    assert np.all(np.isnan(left[late])), "the far side"
    assert np.all(np.isnan(right[early])), "the far side"
    assert np.all(np.isnan(left[turning]) & np.isnan(right[turning]))


def test_both_sides_have_numbers_after_there_and_back() -> None:
    analysis = analyse(there_and_back())
    found = {
        m.side: m.value
        for m in analysis.measurements
        if (m.measure, m.joint, m.motion) == ("rom_max", "knee", "flexion")
    }

    assert found[Side.LEFT] == pytest.approx(TRUE_KNEE["left"], abs=2.0)
    assert found[Side.RIGHT] == pytest.approx(TRUE_KNEE["right"], abs=2.0)


def test_the_summary_and_the_warnings_say_the_passes() -> None:
    analysis = analyse(there_and_back())
    passes = summarise(analysis)["view"]["passes"]

    assert [p["facing"] for p in passes] == ["left", "right"]
    assert [p["near_side"] for p in passes] == ["left", "right"]
    assert set(passes[0]) == {"start_s", "end_s", "facing", "near_side", "azimuth_deg"}
    assert any("2 passes" in warning for warning in analysis.warnings)


def test_a_take_without_turns_says_one_pass_and_no_warning() -> None:
    analysis = analyse(film(hold(90.0, 4.0)))

    assert len(summarise(analysis)["view"]["passes"]) == 1
    assert not any("passes" in warning for warning in analysis.warnings)


def test_a_walk_laid_to_its_mirrored_self_is_two_passes() -> None:
    """The mirror image with its sides exchanged walks the other way."""
    time_s = uniform_times(3.0)
    swing = 25.0 * np.sin(2 * np.pi * time_s)
    walk = make_recording({"left_hip_flexion": swing, "right_hip_flexion": -swing}, time_s)
    other = mirror(walk)
    both = replace(
        walk,
        time_s=np.concatenate([time_s, time_s + time_s[-1] + 1.0]),
        image_px=np.concatenate([walk.image_px, other.image_px[::-1]]),
        world_m=np.concatenate([walk.world_m, other.world_m[::-1]]),
        visibility=np.concatenate([walk.visibility, other.visibility[::-1]]),
        presence=np.concatenate([walk.presence, other.presence[::-1]]),
        filled=np.concatenate([walk.filled, other.filled]),
    )
    there, back = find_passes(both)

    assert there.view.azimuth_deg == pytest.approx(-back.view.azimuth_deg, abs=1e-6)
    assert (there.stop, back.first) == (len(time_s), len(time_s))


def test_three_passes_have_three_views() -> None:
    way = [hold(90, 2.0), turn(90, 270), hold(-90, 2.0), turn(-90, 90), hold(90, 2.0)]
    facing = [each.view.facing for each in find_passes(film(np.concatenate(way)))]

    assert facing == ["left", "right", "left"]


def test_a_look_to_the_other_side_for_half_a_second_is_no_pass() -> None:
    recording = film(np.concatenate([hold(0, 2.0), hold(180, 0.5), hold(0, 1.0)]))
    (only,) = find_passes(recording)

    assert only.stop == len(recording)
    assert only.view.facing == "front"


def test_frames_without_a_person_split_nothing() -> None:
    recording = hide(film(hold(90, 6.0)), slice(60, 120))

    assert len(find_passes(recording)) == 1


def test_somebody_steady_for_a_part_is_measured_there_only() -> None:
    spin = np.linspace(90, 90 + 720, round(5.0 * RATE_HZ))
    recording = film(np.concatenate([hold(90, 3.0), spin]))
    passes = find_passes(recording)

    assert len(passes) == 1
    assert passes[0].end_s == pytest.approx(3.2, abs=0.3)
    assert passes[0].view.name is ViewName.SAGITTAL


def test_somebody_who_never_stops_turning_has_no_view() -> None:
    (only,) = find_passes(film(np.linspace(0, 1440, 300)))

    assert only.view.name is ViewName.UNKNOWN


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_very_short_recordings_are_one_pass(frames: int) -> None:
    (only,) = find_passes(film(np.full(frames, 90.0)))

    assert only.stop == frames
