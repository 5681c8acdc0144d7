"""The video without the person: it plays, keeps every time, and holds no camera's picture."""

import inspect
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from clinic_makers import make_analysis
from makers import CAMERA_LEFT, make_curve, make_recording

from motion.errors import OutputError
from motion.model import Analysis, AngleTable, Side
from motion.report import write_skeleton_video

UNEVEN_S = np.array([0.0, 0.033, 0.066, 0.1, 0.2, 0.25, 0.31, 0.4, 0.41, 0.5, 0.9, 1.433])


def take(**changes) -> Analysis:
    bend = np.linspace(10.0, 90.0, len(UNEVEN_S))
    recording = make_recording({"left_knee_flexion": bend}, UNEVEN_S, azimuth_deg=CAMERA_LEFT)
    curve = make_curve(bend, side=Side.LEFT)
    table = AngleTable(time_s=recording.time_s, curves=(curve,))
    return make_analysis(
        recording=replace(recording, **changes), angles=table, counted_on="left_knee_flexion"
    )


def read(path: Path) -> tuple[list[float], list[np.ndarray]]:
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        frames = list(container.decode(video=0))
    return [float(f.time) for f in frames], [f.to_ndarray(format="bgr24") for f in frames]


def ground_of(picture: np.ndarray) -> np.ndarray:
    """Where the picture shows nothing but its ground, allowing for the encoder's losses."""
    median = np.median(picture.reshape(-1, 3), axis=0)
    return np.all(np.abs(picture.astype(int) - median) <= 12, axis=-1)


def test_every_frame_is_there_at_its_own_time(tmp_path: Path) -> None:
    target = tmp_path / "annotated.mp4"
    write_skeleton_video(take(), target)
    times_s, pictures = read(target)
    np.testing.assert_allclose(times_s, UNEVEN_S, atol=1e-4)
    assert times_s[-1] == pytest.approx(1.433, abs=1e-4)
    assert {picture.shape for picture in pictures} == {(480, 640, 3)}
    assert list(tmp_path.iterdir()) == [target]


def test_it_shows_the_body_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "annotated.mp4"
    analysis = take()
    write_skeleton_video(analysis, target)
    _, pictures = read(target)
    for row, picture in enumerate(pictures):
        ground = ground_of(picture)
        assert ground.mean() > 0.85
        x, y = np.rint(analysis.recording.image_px[row, 25]).astype(int)  # left knee
        assert not ground[y - 2 : y + 3, x - 2 : x + 3].any()
    assert not np.array_equal(pictures[0], pictures[-1])
    # There is no way for a camera's picture to come in.
    assert list(inspect.signature(write_skeleton_video).parameters) == [
        "analysis",
        "target",
        "size_px",
    ]


def test_a_frame_without_the_person_has_no_skeleton(tmp_path: Path) -> None:
    target = tmp_path / "annotated.mp4"
    gone = np.array(take().recording.image_px)
    unseen = np.array(take().recording.visibility)
    gone[4], unseen[4] = np.nan, np.nan
    write_skeleton_video(take(image_px=gone, visibility=unseen, presence=unseen), target)
    _, pictures = read(target)
    body = np.s_[150:450, 250:400]
    assert ground_of(pictures[4])[body].all()
    assert not ground_of(pictures[3])[body].all()


def test_another_size_may_be_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "small.mp4"
    write_skeleton_video(take(), target, size_px=(320, 240))
    assert read(target)[1][0].shape == (240, 320, 3)


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "annotated.mp4"
    with pytest.raises(OutputError, match="nowhere"):
        write_skeleton_video(take(), missing)
    assert list(tmp_path.iterdir()) == []
