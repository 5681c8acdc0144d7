"""Bodies into arrays: nothing is kept that was not seen."""

import numpy as np

from motion.pose import FakeEstimator, FramePose, PoseRecorder


def body(**places: tuple[float, float]) -> FramePose:
    image_px = np.full((33, 2), 50.0)
    for name, place in places.items():
        image_px[int(name[1:])] = place
    return FramePose(
        image_px=image_px,
        world_m=np.full((33, 3), 0.25),
        visibility=np.full(33, 0.75),
        presence=np.full(33, 0.5),
    )


def test_nobody_is_missing_and_never_zero() -> None:
    recorder = PoseRecorder()
    recorder.add(0.0, body())
    recorder.add(0.1, None)
    assert len(recorder) == 2
    recording = recorder.finish(100, 80)
    assert list(recording.detected) == [True, False]
    for name in ("image_px", "world_m", "visibility", "presence"):
        values = getattr(recording, name)
        assert np.all(np.isfinite(values[0]))
        assert np.all(np.isnan(values[1]))
    assert (recording.width_px, recording.height_px) == (100, 80)
    np.testing.assert_array_equal(recording.time_s, [0.0, 0.1])


def test_outside_the_picture_was_not_seen() -> None:
    recorder = PoseRecorder()
    recorder.add(
        0.0,
        body(_1=(-0.1, 10), _2=(10, -0.1), _3=(100.1, 10), _4=(10, 80.1), _5=(0, 0), _6=(100, 80)),
    )
    recording = recorder.finish(100, 80)
    outside = [1, 2, 3, 4]
    assert np.all(np.isnan(recording.image_px[0, outside]))
    assert np.all(np.isnan(recording.world_m[0, outside]))
    assert np.all(recording.visibility[0, outside] == 0.75)
    inside = np.delete(np.arange(33), outside)
    assert np.all(np.isfinite(recording.image_px[0, inside]))
    assert np.all(np.isfinite(recording.world_m[0, inside]))


def test_fake_plays_its_bodies_then_nobody() -> None:
    first = body()
    fake = FakeEstimator([first, None])
    picture = np.zeros((8, 8, 3), np.uint8)
    assert [fake.estimate(picture, k / 30) for k in range(3)] == [first, None, None]
    assert not fake.closed
    fake.close()
    assert fake.closed
    assert fake.model.name == "fake"
