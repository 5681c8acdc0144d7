"""The view frame by frame: as offline in the end, unknown at first, never from what is to come."""

import numpy as np
import pytest
from makers import hide, make_recording, uniform_times

from motion.kinematics import ViewTracker, estimate_view
from motion.kinematics.azimuth import turn_between
from motion.kinematics.view_tracker import EVERY_S, KEPT_HZ, KEPT_S, TURNED_AFTER_S
from motion.model import PoseRecording, View


def follow(recording: PoseRecording, tracker: ViewTracker | None = None) -> list[View | None]:
    tracker = tracker or ViewTracker(recording.width_px, recording.height_px)
    rows = zip(recording.time_s, recording.image_px, recording.world_m, strict=True)
    return [tracker.update(float(time_s), image, world) for time_s, image, world in rows]


def squat(azimuth_deg: float, seconds: float = 8.0, rate_hz: float = 30.0) -> PoseRecording:
    time_s = uniform_times(seconds, rate_hz)
    bend = 40 - 40 * np.cos(2 * time_s)
    return make_recording(
        {"knee_flexion": bend, "hip_flexion": bend}, time_s, azimuth_deg=azimuth_deg
    )


@pytest.mark.parametrize("rate_hz", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("azimuth_deg", [0.0, 35.0, 90.0, -100.0, 180.0])
def test_at_the_end_of_a_take_it_agrees_with_the_whole(azimuth_deg: float, rate_hz: float) -> None:
    recording = squat(azimuth_deg, rate_hz=rate_hz)
    last, whole = follow(recording)[-1], estimate_view(recording)

    assert last is not None
    assert turn_between(whole.azimuth_deg, last.azimuth_deg) == pytest.approx(0.0, abs=1.5)
    assert (last.name, last.facing) == (whole.name, whole.facing)


def test_nothing_is_said_in_the_first_second() -> None:
    recording = squat(90.0)
    views = follow(recording)
    said = [view is not None for view in views]

    assert not any(said[: int(0.85 * 30)])
    assert all(said[int((1.0 + EVERY_S) * 30) + 1 :])


def test_no_frame_to_come_is_used() -> None:
    recording = squat(90.0)
    cut = hide(recording, slice(120, None))

    assert follow(recording)[:120] == follow(cut)[:120]


def test_nobody_gives_no_view() -> None:
    assert follow(hide(squat(90.0), slice(None))) == [None] * len(squat(90.0))


def test_frames_without_a_person_keep_the_view() -> None:
    views = follow(hide(squat(90.0), slice(60, 200)))

    assert views[150] is not None
    assert views[150].facing == "left"


def test_after_a_turn_facing_is_decided_anew_within_bounded_delay() -> None:
    there, back = squat(90.0, 6.0), squat(-90.0, 6.0)
    tracker = ViewTracker(there.width_px, there.height_px)
    follow(there, tracker)
    rows = zip(back.time_s + 6.1, back.image_px, back.world_m, strict=True)
    facing = [
        (float(time_s) - 6.1, view.facing if view else "")
        for time_s, image, world in rows
        for view in [tracker.update(float(time_s), image, world)]
    ]
    first_right_s = next(time_s for time_s, each in facing if each == "right")

    assert first_right_s <= TURNED_AFTER_S + 2 * EVERY_S + 0.1
    assert all(each == "right" for time_s, each in facing if time_s > first_right_s)


def test_memory_is_bounded() -> None:
    recording = squat(0.0, 90.0, rate_hz=20.0)
    tracker = ViewTracker(recording.width_px, recording.height_px)
    follow(recording, tracker)

    assert len(tracker._times_s) == len(tracker._world_m) == round(KEPT_S * KEPT_HZ)
    assert tracker._times_s[0] >= recording.time_s[-1] - KEPT_S - 1.0


@pytest.mark.parametrize(("kept_s", "followed"), [(3.0, True), (KEPT_S, False)])
def test_a_short_memory_follows_who_is_told_to_turn_a_little(kept_s: float, followed: bool) -> None:
    before, after = squat(60.0), squat(85.0, seconds=4.0)
    tracker = ViewTracker(before.width_px, before.height_px, kept_s=kept_s)
    follow(before, tracker)
    rows = zip(after.time_s + 8.1, after.image_px, after.world_m, strict=True)
    last = [tracker.update(float(time_s), image, world) for time_s, image, world in rows][-1]

    assert last is not None
    assert (last.off_plane_deg < 13.0) is followed
