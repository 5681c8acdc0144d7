"""The annotated video: it plays anywhere, keeps every time, and shows the numbers of the tables."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from clinic_makers import SAGITTAL, make_analysis, make_recording, make_repetition
from video_makers import UPRIGHT, numbered, numbered_picture, read_corners, read_number

from motion.model import AngleCurve, AngleTable, Side, ViewName
from motion.report import Annotator, VideoWriter
from motion.report.lights import FAIR, GOOD, LIGHTS, LOST, NOT_MEASURED, rate_frames
from motion.report.panel import Panel
from motion.report.picture import find_zero

UNEVEN_S = [0.0, 0.033, 0.066, 0.1, 0.2, 0.25, 0.31, 0.4, 0.41, 0.5, 0.9, 0.933]


@pytest.mark.parametrize("size", [(160, 96), (161, 97)])
def test_plays_in_a_browser(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.mp4"
    with VideoWriter(path, 30.0, size) as writer:
        for picture, time_s in zip(numbered(12, size), UNEVEN_S, strict=True):
            writer.write(np.ascontiguousarray(picture[..., ::-1]), time_s)
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(video=0))
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (160, 96)
    np.testing.assert_allclose([frame.time for frame in frames], UNEVEN_S, atol=1e-4)
    pictures = [frame.to_ndarray(format="rgb24") for frame in frames]
    assert [read_number(picture) for picture in pictures] == list(range(12))
    assert {read_corners(picture) for picture in pictures} == {UPRIGHT}


def make_shown(values: list[float], **changes: object):
    """Return an analysis of a person standing in the middle, whose knee is shown."""
    count = len(values)
    recording = make_recording(count)
    image_px = np.full((count, 33, 2), np.nan)
    image_px[:, 23:29] = [(300, 200), (320, 200), (300, 300), (320, 300), (300, 400), (320, 400)]
    sure = np.full((count, 33), 0.95)
    recording = replace(
        recording,
        image_px=image_px,
        visibility=sure,
        presence=sure,
        filled=np.zeros((count, 33), dtype=bool),
    )
    curve = AngleCurve(
        joint="knee",
        motion="flexion",
        side=Side.LEFT,
        value_deg=np.array(values),
        confidence=np.full(count, 0.95),
        filled=np.zeros(count, dtype=bool),
    )
    table = AngleTable(time_s=recording.time_s, curves=(curve,))
    return make_analysis(recording=recording, angles=table, **changes)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, int, str]]:
    """Return what the panel is told, frame by frame."""
    told: list[tuple[float, int, str]] = []
    draw = Panel.draw

    def note(self: Panel, image: np.ndarray, value_deg: float, done: int, light: object) -> None:
        told.append((value_deg, done, light.word))
        draw(self, image, value_deg, done, light)

    monkeypatch.setattr(Panel, "draw", note)
    return told


def draw_all(analysis, size_px: tuple[int, int] = (640, 480)) -> list[np.ndarray]:
    annotator = Annotator(analysis, size_px)
    blank = np.full((size_px[1], size_px[0], 3), 128, np.uint8)
    return [annotator.draw(blank.copy(), k) for k in range(len(analysis.recording))]


def test_numbers_are_those_of_the_analysis(said: list[tuple[float, int, str]]) -> None:
    ends = {"start_s": 0.0, "peak_s": 0.02}
    repetitions = (make_repetition(1, end_s=0.05, **ends), make_repetition(2, end_s=0.11, **ends))
    pictures = draw_all(make_shown([10.0, 90.0, np.nan, 45.0], repetitions=repetitions))
    assert [round(value) for value, _, _ in said if np.isfinite(value)] == [10, 90, 45]
    assert [done for _, done, _ in said] == [0, 0, 1, 1]
    assert [word for *_, word in said] == ["Good", "Good", "Not measured", "Good"]
    assert all(np.any(picture != 128) for picture in pictures)
    assert not np.array_equal(pictures[0], pictures[1])


def test_light_is_never_better_than_the_verdict(said: list[tuple[float, int, str]]) -> None:
    draw_all(make_shown([10.0, 90.0], view=replace(SAGITTAL, name=ViewName.OBLIQUE)))
    assert {word for *_, word in said} == {"Fair"}


def test_what_was_not_seen_is_not_drawn() -> None:
    analysis = make_shown([10.0, 90.0])
    hidden = replace(analysis.recording, visibility=np.full((2, 33), 0.2))
    for picture in draw_all(replace(analysis, recording=hidden, counted_on="")):
        assert np.all(picture[150:450, 200:450] == 128)


def test_a_frame_without_the_person_says_so_and_shows_no_skeleton(
    said: list[tuple[float, int, str]],
) -> None:
    analysis = make_shown([10.0, np.nan, 90.0])
    gone = np.array(analysis.recording.image_px)
    gone[1] = np.nan
    unseen = np.array(analysis.recording.visibility)
    unseen[1] = np.nan
    recording = replace(
        analysis.recording, image_px=gone, visibility=unseen, presence=np.array(unseen)
    )
    for counted_on in ("left_knee_flexion", ""):
        pictures = draw_all(replace(analysis, recording=recording, counted_on=counted_on))
        assert np.all(pictures[1][150:450, 200:450] == 128)
        assert said[-2][2] == "Person not in view"


def test_an_unsure_angle_is_thinner_and_dashed(said: list[tuple[float, int, str]]) -> None:
    analysis = make_shown([30.0, 30.0])
    curve = analysis.angles["left_knee_flexion"]
    unsure = replace(curve, confidence=np.array([0.95, 0.6]))
    table = AngleTable(time_s=analysis.angles.time_s, curves=(unsure,))
    sure, less = draw_all(replace(analysis, angles=table))
    assert [word for *_, word in said] == ["Good", "Fair"]
    thigh = np.s_[215:290, 290:310]  # between hip and knee, off the arc
    drawn = [int(np.sum(np.any(picture[thigh] != 128, axis=2))) for picture in (sure, less)]
    assert 0 < drawn[1] < 0.7 * drawn[0]


def test_every_frame_is_rated() -> None:
    analysis = make_shown([10.0, 90.0, np.nan, 45.0])
    curve = analysis.angles["left_knee_flexion"]
    filled = replace(curve, filled=np.array([False, True, False, False]))
    rated = [LIGHTS[row] for row in rate_frames(analysis, filled)]
    assert rated == [GOOD, FAIR, NOT_MEASURED, GOOD]


def test_panel_stands_where_the_person_is_not() -> None:
    analysis = make_shown([10.0, 90.0])
    moved = np.array(analysis.recording.image_px) - [250, 190]
    near_corner = replace(analysis, recording=replace(analysis.recording, image_px=moved))
    first = draw_all(near_corner)[0]
    assert np.median(first[:20, 600:]) > 190
    assert np.any(np.all(first[:20, :20] == 128, axis=2))


def test_frames_beyond_the_analysis_are_left_alone() -> None:
    annotator = Annotator(make_shown([10.0, 90.0]), (640, 480))
    picture = numbered_picture(3, (640, 480))
    np.testing.assert_array_equal(annotator.draw(picture.copy(), 2), picture)


@pytest.mark.parametrize("size_px", [(2, 2), (60, 40), (540, 960)])
def test_any_size(size_px: tuple[int, int]) -> None:
    assert draw_all(make_shown([10.0, 90.0]), size_px)[0].shape == (size_px[1], size_px[0], 3)


@pytest.mark.parametrize("value_deg", [-10.0, 0.0, 5.0, 90.0, 185.0])
@pytest.mark.parametrize("sign", [-1, 1])
def test_arc_is_the_measured_number(value_deg: float, sign: int) -> None:
    zero = 0.3
    moving = zero + sign * np.radians(value_deg)
    assert find_zero(moving, zero + 0.01, value_deg) == pytest.approx(zero, abs=1e-9) or (
        abs(value_deg) < 1
    )


def test_lights_have_words() -> None:
    words = [light.word for light in (GOOD, FAIR, NOT_MEASURED, LOST)]
    assert words == ["Good", "Fair", "Not measured", "Person not in view"]
    assert GOOD.css == "#1478c8"
