"""Left and right kept apart while a recording runs, with a fixed delay."""

import numpy as np
import pytest
from makers import hide
from side_makers import ANATOMY, KINDS, find_relevant, raise_arm, swap_frames, walk

from motion.model import BoolArray, PoseRecording
from motion.pose import FramePose
from motion.pose.side_keeper import KeptFrame, SideKeeper
from motion.pose.sides import repair_sides


def frame(recording: PoseRecording, row: int) -> FramePose | None:
    if not recording.detected[row]:
        return None
    return FramePose(
        image_px=np.array(recording.image_px[row]),
        world_m=np.array(recording.world_m[row]),
        visibility=np.array(recording.visibility[row]),
        presence=np.array(recording.presence[row]),
    )


def play(recording: PoseRecording, delay_s: float = 1.1) -> list[KeptFrame]:
    keeper = SideKeeper(delay_s)
    kept: list[KeptFrame] = []
    for row, time_s in enumerate(recording.time_s):
        kept += keeper.add(float(time_s), frame(recording, row))
    return kept + keeper.finish()


def swapped_of(kept: list[KeptFrame]) -> BoolArray:
    return np.array([each.swapped for each in kept])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [[31], [40, 44], slice(50, 78)])
@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0])
def test_a_short_swap_is_put_back_as_in_the_whole_recording(
    kind: str, frames: slice | list[int], azimuth_deg: float
) -> None:
    plain = walk(azimuth_deg=azimuth_deg, noise=0.005)
    spoiled, swapped = swap_frames(plain, kind, frames)

    kept = play(spoiled)

    relevant = find_relevant(plain)
    np.testing.assert_array_equal(swapped_of(kept)[relevant], swapped[relevant])
    np.testing.assert_array_equal(
        swapped_of(kept)[relevant], repair_sides(spoiled).swapped[relevant]
    )
    assert all(each.sure for each in kept)


def test_the_body_that_comes_out_is_the_repaired_one() -> None:
    plain = walk(azimuth_deg=20.0)
    spoiled, _ = swap_frames(plain, "whole body", slice(40, 50))

    kept = play(spoiled)

    for row, each in enumerate(kept):
        assert each.body is not None
        np.testing.assert_array_equal(each.body.image_px, plain.image_px[row])
        np.testing.assert_array_equal(each.body.world_m, plain.world_m[row])


def test_each_frame_waits_for_the_delay_and_no_longer() -> None:
    recording = walk(duration_s=2.0, rate_hz=32.0)
    keeper = SideKeeper(0.5)
    for row, time_s in enumerate(recording.time_s):
        out = keeper.add(float(time_s), frame(recording, row))
        expected = [recording.time_s[row - 16]] if row >= 16 else []
        assert [each.time_s for each in out] == pytest.approx(expected)
    assert len(keeper.finish()) == 16
    assert keeper.finish() == []


def test_a_swap_longer_than_the_delay_is_put_back_while_anatomy_says_so() -> None:
    plain = walk(duration_s=8.0, azimuth_deg=60.0)
    spoiled, swapped = swap_frames(plain, "legs", slice(60, 200))

    kept = play(spoiled, delay_s=0.5)

    relevant = find_relevant(plain)
    np.testing.assert_array_equal(swapped_of(kept)[relevant], swapped[relevant])


def test_a_long_swap_without_anatomy_comes_out_as_it_was_and_not_sure() -> None:
    spoiled, _ = swap_frames(hide(raise_arm(), slice(None), ANATOMY), "arms", slice(60, None))

    kept = play(spoiled, delay_s=0.5)

    assert all(each.sure for each in kept[:60])
    long_after = kept[80:100]
    assert not any(each.sure for each in long_after)
    assert not swapped_of(long_after).any()


def test_nobody_passes_through() -> None:
    plain = walk(azimuth_deg=10.0)
    spoiled, swapped = swap_frames(plain, "legs", slice(40, 50))

    kept = play(hide(spoiled, slice(45, 47)))

    assert [row for row, each in enumerate(kept) if each.body is None] == [45, 46]
    seen = np.setdiff1d(np.arange(len(plain)), [45, 46])
    relevant = find_relevant(plain)
    np.testing.assert_array_equal(
        swapped_of(kept)[seen][relevant[seen]], swapped[seen][relevant[seen]]
    )
