"""Frames as the container gives them: order, times, upright, square, and errors in one line."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from video_makers import (
    SIZE,
    UPRIGHT,
    Picture,
    constant_times,
    cut,
    cut_before_pictures,
    numbered,
    numbered_video,
    read_corners,
    read_number,
    read_times,
    set_avi_rate,
    set_frame_ticks,
    set_rotation,
    set_timescale,
    trimmed_video,
    turned,
    write_video,
)

from motion.capture import Video, hash_file
from motion.capture.started import read_start_time
from motion.errors import SourceError

UNEVEN_S = (0.0, 0.033, 0.066, 0.1, 0.2, 0.25, 0.31, 0.4, 0.41, 0.5, 0.9, 0.933)
TIMED = ("mp4", "mov", "mkv", "webm")


def read(video: Video) -> list[Picture]:
    return [frame.image_bgr[..., ::-1] for frame in video]


def assert_plain(pictures: list[Picture], count: int) -> None:
    """Check that all pictures are there, in order, upright and unmirrored."""
    assert [read_number(picture) for picture in pictures] == list(range(count))
    assert {read_corners(picture) for picture in pictures} == {UPRIGHT}


@pytest.mark.parametrize("ending", [*TIMED, "avi"])
def test_constant_rate(tmp_path: Path, ending: str) -> None:
    path = numbered_video(tmp_path / f"clip.{ending}", 20)
    with Video(path) as video:
        frames = list(video)
        assert [frame.index for frame in frames] == list(range(20))
        assert_plain([frame.image_bgr[..., ::-1] for frame in frames], 20)
        assert frames[0].time_s == 0.0
        assert [frame.time_s for frame in frames] == list(video.time_s)
        np.testing.assert_allclose(video.time_s, read_times(path), atol=1e-9)
        np.testing.assert_allclose(video.time_s, constant_times(20), atol=6e-4)
        assert video.rate_hz == pytest.approx(30.0, abs=0.03)
        assert (video.dropped, video.duplicated) == (0, 0)
        assert video.size_px == SIZE
        assert video.reading_warnings() == ()


@pytest.mark.parametrize("ending", TIMED)
@pytest.mark.parametrize("start_s", [0.0, 5.0])
def test_variable_rate_and_late_start(tmp_path: Path, ending: str, start_s: float) -> None:
    times_s = [start_s + time_s for time_s in UNEVEN_S]
    path = write_video(tmp_path / f"clip.{ending}", numbered(12), times_s)
    video = Video(path)
    assert_plain(read(video), 12)
    np.testing.assert_allclose(video.time_s, read_times(path), atol=1e-9)
    np.testing.assert_allclose(video.time_s, UNEVEN_S, atol=6e-4)
    assert video.dropped > 0
    assert video.reading_warnings() == ()


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_reordered_frames_come_in_order_of_time(tmp_path: Path, ending: str) -> None:
    options = {"bf": "3", "preset": "medium", "crf": "10"}
    path = tmp_path / f"clip.{ending}"
    write_video(path, numbered(20), constant_times(20), codec_options=options)
    video = Video(path)
    assert_plain(read(video), 20)
    np.testing.assert_allclose(video.time_s, constant_times(20), atol=6e-4)


def test_reordered_frames_without_times(tmp_path: Path) -> None:
    options = {"bf": "3", "preset": "medium", "crf": "10"}
    path = tmp_path / "clip.avi"
    write_video(path, numbered(20), constant_times(20), codec="libx264", codec_options=options)
    video = Video(path)
    assert_plain(read(video), 20)
    np.testing.assert_allclose(video.time_s, constant_times(20), atol=1e-6)
    assert "carry no time of their own" in video.reading_warnings()[0]


def test_dropped_frames_are_counted(tmp_path: Path) -> None:
    times_s = [k / 30 for k in (0, 1, 2, 3, 6, 7, 8, 9, 11, 12)]
    video = Video(write_video(tmp_path / "clip.mp4", numbered(10), times_s))
    assert_plain(read(video), 10)
    assert video.dropped == 3
    assert video.rate_hz == pytest.approx(30.0, abs=0.01)


def test_duplicated_times_are_left_out_and_counted(tmp_path: Path) -> None:
    tick_s = 1 / 90_000
    times_s = [0, 1 / 30, 2 / 30, 2 / 30 + tick_s, 2 / 30 + 2 * tick_s, 3 / 30, 4 / 30]
    path = write_video(tmp_path / "clip.mp4", numbered(7), times_s)
    video = Video(set_frame_ticks(path, 0, only=1))
    assert [read_number(picture) for picture in read(video)] == [0, 1, 2, 5, 6]
    assert np.all(np.diff(video.time_s) > 0)
    assert video.duplicated == 2
    assert video.reading_warnings() == ("2 frames with a repeated time were left out.",)


@pytest.mark.parametrize("clockwise_deg", [0, 90, 180, 270])
@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_rotation_flag(tmp_path: Path, clockwise_deg: int, ending: str) -> None:
    stored = [turned(picture, clockwise_deg) for picture in numbered(5, (96, 160))]
    path = write_video(tmp_path / f"clip.{ending}", stored, constant_times(5))
    video = Video(set_rotation(path, clockwise_deg))
    assert_plain(read(video), 5)
    assert video.size_px == (96, 160)


@pytest.mark.parametrize(
    ("aspect", "size_px"),
    [(Fraction(4, 3), (213, 96)), (Fraction(3, 4), (160, 128)), (Fraction(1, 1), (160, 96))],
)
def test_pixels_are_made_square(tmp_path: Path, aspect: Fraction, size_px: tuple[int, int]) -> None:
    path = tmp_path / "clip.mp4"
    video = Video(write_video(path, numbered(5), constant_times(5), pixel_aspect=aspect))
    assert_plain(read(video), 5)
    assert video.size_px == size_px


@pytest.mark.parametrize(("clockwise_deg", "size_px"), [(90, (96, 320)), (180, (192, 160))])
def test_rotated_pixels_that_are_not_square(
    tmp_path: Path, clockwise_deg: int, size_px: tuple[int, int]
) -> None:
    stored = [turned(picture, clockwise_deg) for picture in numbered(3, (96, 160))]
    path = tmp_path / "clip.mp4"
    write_video(path, stored, constant_times(3), pixel_aspect=Fraction(2, 1))
    video = Video(set_rotation(path, clockwise_deg))
    assert_plain(read(video), 3)
    assert video.size_px == size_px


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    video = Video(numbered_video(tmp_path / "clip.mp4"))
    next(iter(video))
    first = list(video)
    first_times_s = video.time_s
    again = list(video)
    np.testing.assert_array_equal(first_times_s, video.time_s)
    assert len(first) == len(again) == 20
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.image_bgr, other.image_bgr)


@pytest.mark.parametrize("rate_hz", [5.0, 24.0, 60.0])
def test_other_rates(tmp_path: Path, rate_hz: float) -> None:
    video = Video(numbered_video(tmp_path / "clip.mp4", 10, rate_hz))
    assert_plain(read(video), 10)
    assert video.rate_hz == pytest.approx(rate_hz, rel=1e-4)


def test_one_frame(tmp_path: Path) -> None:
    video = Video(numbered_video(tmp_path / "clip.mp4", 1))
    assert_plain(read(video), 1)
    assert (video.rate_hz, video.dropped) == (0.0, 0)
    assert video.reading_warnings() == ()


@pytest.mark.parametrize("ending", [*TIMED, "avi"])
@pytest.mark.parametrize("share", [0.5, 0.95])
def test_cut_file_gives_its_readable_frames(tmp_path: Path, ending: str, share: float) -> None:
    video = Video(cut(numbered_video(tmp_path / f"clip.{ending}", 90), share))
    pictures = read(video)
    assert 30 < len(pictures) < 90
    assert_plain(pictures[:-1], len(pictures) - 1)
    (warning,) = video.reading_warnings()
    assert warning.startswith("The file is cut off: it promises 3.0 s") or ending == "avi"


def test_trimmed_file_is_not_called_cut_off(tmp_path: Path) -> None:
    video = Video(trimmed_video(tmp_path / "clip.mp4", 30, shown_s=0.5))
    assert 10 < len(read(video)) < 20
    assert video.reading_warnings() == ()


def _write(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("gone.mp4", lambda path: path, r"gone\.mp4: no such file; check the path$"),
        ("empty.mp4", _write(b""), r"empty\.mp4: the file is empty; copy or record it again$"),
        ("zeros.mp4", _write(bytes(9999)), r"not a video that can be read \(expected mp4, mov"),
        ("x.mp4", _write(b"x"), "not a video that can be read"),
        ("notes.txt", _write(b"knee 30\n" * 99), "not a video that can be read"),
        ("notes.mp4", _write(b"knee 30\n" * 99), "not a video that can be read"),
        ("list.m3u8", _write(b"#EXTM3U\n#EXTINF:1,\nclip.ts\n"), "not a video"),
        ("list.mp4", _write(b"ffconcat version 1.0\nfile clip.mp4\n"), "not a video"),
        ("song.wav", _write(b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(99)), "not a video"),
        (
            "headless.mp4",
            lambda path: cut(
                write_video(path, numbered(9), constant_times(9), faststart=False), 0.7
            ),
            "not a video that can be read .* record it again or convert it to mp4$",
        ),
        (
            "header.mp4",
            lambda path: cut_before_pictures(numbered_video(path, 60)),
            r"header\.mp4: (no frame could be read; the file is damaged|not a video)",
        ),
        (
            "absurd.mp4",
            lambda path: set_frame_ticks(numbered_video(path), 1),
            r"the frame times say 90000 frames/s \(expected 0\.1 to 1000\); convert the file",
        ),
        (
            "absurd.avi",
            lambda path: set_avi_rate(numbered_video(path), 2**32 - 1, 1),
            r"the frame times say 90000 frames/s",
        ),
        (
            "negative.avi",
            lambda path: set_avi_rate(numbered_video(path), 2**32 - 30, 1),
            "19 of 20 frames carry no usable time; convert the file with its true frame rate$",
        ),
        (
            "slow.mp4",
            lambda path: set_timescale(numbered_video(path), 1),
            "the frame times jump by 3000 s after frame 1; the file is damaged",
        ),
        (
            "jump.mkv",
            lambda path: write_video(path, numbered(4), [0.0, 0.03, 86400.0, 86400.03]),
            "the frame times jump by 86400 s after frame 2",
        ),
    ],
)
def test_unusable_file(tmp_path: Path, name: str, make: Callable[[Path], Path], said: str) -> None:
    path = make(tmp_path / name)
    with pytest.raises(SourceError, match=said) as caught:
        list(Video(path))
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_folder_and_pipe(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"expected a video file .* got a folder"):
        Video(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.mp4")
        with pytest.raises(SourceError, match="got something that is no file"):
            Video(tmp_path / "pipe.mp4")


def test_still_picture(tmp_path: Path) -> None:
    import cv2

    cv2.imwrite(str(tmp_path / "still.png"), np.zeros((48, 64, 3), np.uint8))
    with pytest.raises(SourceError, match=r"still\.png: a still picture, expected a video"):
        Video(tmp_path / "still.png")


@pytest.mark.parametrize(("rate", "scale"), [(0, 1), (1, 0), (0, 0)])
def test_missing_rate_is_said(tmp_path: Path, rate: int, scale: int) -> None:
    video = Video(set_avi_rate(numbered_video(tmp_path / "clip.avi"), rate, scale))
    assert_plain(read(video), 20)
    (warning,) = video.reading_warnings()
    assert warning.startswith("The file states no frame rate; 25.00 frames/s were assumed")


def test_names_that_look_like_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good = numbered_video(Path("good.mp4"), 3).read_bytes()
    for name in ("12:30.mp4", "c%02d.mp4", "[a].mp4", "-x.mp4", "Jürgen, ß.mp4", "no_ending"):
        Path(name).write_bytes(good)
        assert_plain(read(Video(Path(name))), 3)
        assert read_start_time(Path(name))[1] == "file"


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/\xff\xfe.mp4"))
    try:
        numbered_video(tmp_path / "good.mp4", 3).rename(path)
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    with pytest.raises(SourceError, match="the file's name is not readable text; rename it"):
        Video(path)


def test_file_without_the_right_to_read(tmp_path: Path) -> None:
    path = numbered_video(tmp_path / "clip.mp4", 3)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read anything")
    with pytest.raises(SourceError, match=r"cannot be read .* check the file's permissions"):
        Video(path)


@pytest.mark.parametrize(
    ("stated", "clock"),
    [("2024-05-06T07:08:09.000000Z", "container"), ("1970-01-01T00:00:00Z", "file"), ("", "file")],
)
def test_start_of_the_recording(tmp_path: Path, stated: str, clock: str) -> None:
    metadata = {"creation_time": stated} if stated else {}
    path = tmp_path / "clip.mp4"
    write_video(path, numbered(3), constant_times(3), metadata=metadata)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    started_at, found = read_start_time(path)
    assert found == clock
    expected = "2024-05-06T07:08:09+00:00" if clock == "container" else "2023-11-14T22:13:20+00:00"
    assert started_at.isoformat() == expected


def test_digest(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"motion" * 100_000)
    assert hash_file(path) == hashlib.sha256(b"motion" * 100_000).hexdigest()


def test_libraries_keep_quiet(tmp_path: Path) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(np.random.default_rng(1).bytes(50_000))
    script = f"""
from pathlib import Path
import motion.report
from motion.capture import Video, open_source
from motion.errors import SourceError
for open_it in (lambda: Video(Path({str(path)!r})), lambda: open_source("99")):
    try:
        open_it()
    except SourceError as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 2


@pytest.mark.parametrize("ending", [*TIMED, "avi"])
@pytest.mark.parametrize("start_s", [0.0, 5.0])
def test_a_still_is_a_frame_with_its_own_time(tmp_path: Path, ending: str, start_s: float) -> None:
    avi = ending == "avi"  # knows no times
    times_s = constant_times(12) if avi else [start_s + time_s for time_s in UNEVEN_S]
    video = Video(write_video(tmp_path / f"clip.{ending}", numbered(12), times_s))
    seen: set[int] = set()
    for asked_s in (0.0, 0.1, 0.21, 0.35, 99.0):
        at_s, image = video.still_near(asked_s)
        number = read_number(image[..., ::-1])
        assert read_corners(image[..., ::-1]) == UPRIGHT
        assert at_s == pytest.approx(times_s[number] - times_s[0], abs=1e-3)
        seen.add(number)
    assert len(seen) >= 3
    assert video.promised_s > 0
    assert_plain(read(video), 12)


@pytest.mark.parametrize("clockwise_deg", [90, 180, 270])
def test_a_still_is_upright(tmp_path: Path, clockwise_deg: int) -> None:
    pictures = (turned(picture, clockwise_deg) for picture in numbered(12))
    path = write_video(tmp_path / "clip.mp4", pictures, constant_times(12))
    image = Video(set_rotation(path, clockwise_deg)).still_near(0.2)[1]
    assert read_corners(image[..., ::-1]) == UPRIGHT
