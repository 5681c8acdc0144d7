"""Swapped sides in what the pose model says of a rendered walk: the legs pass each other."""

from functools import cache

import numpy as np
import pytest
from side_makers import KINDS, find_relevant, swap_frames
from video_makers import sample_pictures

from motion.model import PoseRecording
from motion.pose import MediaPipeEstimator, PoseRecorder
from motion.pose.sides import repair_sides


@cache
def record_walk() -> PoseRecording:
    recorder, estimator = PoseRecorder(), MediaPipeEstimator()
    size = (0, 0)
    for row, picture in enumerate(sample_pictures("walk_over.mp4", 0, 99)):
        size = (picture.shape[1], picture.shape[0])
        recorder.add(row / 30.0, estimator.estimate(picture, row / 30.0))
    estimator.close()
    return recorder.finish(*size)


@pytest.mark.model
def test_a_walk_past_the_camera_is_left_alone() -> None:
    found = repair_sides(record_walk())

    assert not found.swapped.any()
    assert not found.ambiguous.any()


@pytest.mark.model
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [[20, 33, 60], slice(25, 50), slice(50, None)])
def test_swaps_put_into_it_are_put_back(kind: str, frames: slice | list[int]) -> None:
    plain = record_walk()
    spoiled, swapped = swap_frames(plain, kind, frames)

    found = repair_sides(spoiled)

    relevant = find_relevant(plain)
    np.testing.assert_array_equal(found.swapped[relevant], swapped[relevant])
