"""A walk past the camera, a turn, and its own mirror image back: two passes of one walk."""

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from makers import STARTED_AT, Floats, make_provenance, mirror
from side_makers import walk
from video_makers import sample_pictures

from motion.errors import ModelError
from motion.measuring import measure_recording
from motion.model import Analysis, NearSide, PoseRecording, Side, landmark_index
from motion.pose import MediaPipeEstimator, PoseRecorder, find_model
from motion.settings import AnalysisSettings

RATE_HZ = 30.0
TURN_N = 24
AT_THE_TURN_N = 6
OTHER = {"left": "right", "right": "left"}


@cache
def rendered_walk() -> PoseRecording:
    """Return what the pose model sees of a rendered walk past the camera."""
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")
    recorder, estimator = PoseRecorder(), MediaPipeEstimator()
    size = (0, 0)
    for row, picture in enumerate(sample_pictures("walk_over.mp4", 0, 99)):
        size = (picture.shape[1], picture.shape[0])
        recorder.add(row / RATE_HZ, estimator.estimate(picture, row / RATE_HZ))
    estimator.close()
    return recorder.finish(*size)


def turn_about(recording: PoseRecording, row: int) -> PoseRecording:
    """Return the body of one frame as it turns about by 180 degrees, hips in place."""
    world = np.asarray(recording.world_m[row], dtype=float)
    picture = np.asarray(recording.image_px[row], dtype=float)
    hips, shoulders = (
        [landmark_index(f"{side}_{joint}") for side in OTHER] for joint in ("hip", "shoulder")
    )
    scale_px = np.linalg.norm((picture[hips] - picture[shoulders]).mean(axis=0)) / np.linalg.norm(
        (world[hips] - world[shoulders]).mean(axis=0)[:2]
    )
    about = np.radians(np.linspace(0.0, 180.0, TURN_N + 2)[1:-1])[:, None]
    x = world[:, 0] * np.cos(about) + world[:, 2] * np.sin(about)
    z = world[:, 2] * np.cos(about) - world[:, 0] * np.sin(about)
    turned = np.stack([x, np.broadcast_to(world[:, 1], x.shape), z], axis=-1)
    return replace(
        recording,
        time_s=np.arange(TURN_N) / RATE_HZ,
        image_px=picture[hips].mean(axis=0) + scale_px * turned[..., :2],
        world_m=turned,
        visibility=np.repeat(recording.visibility[row][None], TURN_N, axis=0),
        presence=np.repeat(recording.presence[row][None], TURN_N, axis=0),
        filled=np.zeros(turned.shape[:2], dtype=bool),
    )


def play_backwards(recording: PoseRecording) -> PoseRecording:
    arrays = ("image_px", "world_m", "visibility", "presence", "filled")
    return replace(recording, **{name: getattr(recording, name)[::-1] for name in arrays})


def join(*parts: PoseRecording) -> PoseRecording:
    """Return the recordings one after another, a frame's time apart."""
    first = parts[0]
    names = [f.name for f in fields(first) if isinstance(getattr(first, f.name), np.ndarray)]
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    count = sum(len(part) for part in parts)
    return replace(first, **{**joined, "time_s": np.arange(count) / RATE_HZ})


def there_and_back(there: PoseRecording, backwards: bool) -> PoseRecording:
    back = mirror(play_backwards(there) if backwards else there)
    return join(there, turn_about(there, len(there) - 1), back)


def analyse(recording: PoseRecording) -> Analysis:
    return measure_recording(recording, AnalysisSettings(), make_provenance(recording), STARTED_AT)


def check_two_passes_of_one_walk(there: PoseRecording, backwards: bool, atol: float) -> None:
    analysis = analyse(there_and_back(there, backwards))
    count = len(there)
    first, second = analysis.passes

    assert second.view.facing == OTHER[first.view.facing]
    assert {first.view.near_side, second.view.near_side} == {NearSide.LEFT, NearSide.RIGHT}
    assert first.stop <= count + TURN_N // 2 <= second.first
    alone = analyse(there)
    assert analysis.sides.swapped_leg_frames == 2 * alone.sides.swapped_leg_frames
    knees = [analysis.angles[f"{p.view.near_side}_knee_flexion"].value_deg for p in (first, second)]
    way_out, way_back = knees[0][:count], knees[1][count + TURN_N :]
    way_back = way_back[::-1] if backwards else way_back
    assert_same_knee(way_out, way_back, atol)
    assert_same_knee(way_out, near_knee(alone), atol)
    for own, part in zip((first, second), (slice(count + TURN_N, None), slice(count)), strict=True):
        far = analysis.angles[f"{own.view.near_side}_knee_flexion"].value_deg[part]
        assert np.all(np.isnan(far)), "the side that was far in the other pass"


def near_knee(analysis: Analysis) -> Floats:
    return analysis.angles[f"{analysis.view.near_side}_knee_flexion"].value_deg


def assert_same_knee(one: Floats, other: Floats, atol: float) -> None:
    """Hold two curves to each other, but for the frames beside the turn.

    There the leg stops in the middle of a step, and the filter, which sees 0.2 s to either side,
    meets the turning body after the one pass and another part of the walk after the other.
    """
    both = np.isfinite(one) & np.isfinite(other)
    assert np.mean(both) > 0.85
    both[:AT_THE_TURN_N] = both[-AT_THE_TURN_N:] = False
    np.testing.assert_allclose(one[both], other[both], atol=atol)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("azimuth_deg", [90.0, -90.0, 75.0])
def test_a_synthetic_walk_there_and_back(azimuth_deg: float, backwards: bool) -> None:
    check_two_passes_of_one_walk(walk(azimuth_deg=azimuth_deg), backwards, atol=1.0)


@pytest.mark.model
@pytest.mark.parametrize("backwards", [False, True])
def test_a_rendered_walk_there_and_back(backwards: bool) -> None:
    check_two_passes_of_one_walk(rendered_walk(), backwards, atol=1.0)


@pytest.mark.model
def test_both_knees_of_a_rendered_walk_have_numbers_after_there_and_back() -> None:
    analysis = analyse(there_and_back(rendered_walk(), backwards=False))
    bent = {
        m.side: m.value
        for m in analysis.measurements
        if (m.measure, m.joint) == ("rom_max", "knee")
    }

    assert bent[Side.LEFT] == pytest.approx(bent[Side.RIGHT], abs=3.0)
    assert any("2 passes" in warning for warning in analysis.warnings)
