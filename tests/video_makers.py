"""Makes small videos of every awkward kind; each picture carries its own number and four corners.

Nothing here is a binary fixture: PyAV encodes, and what no encoder writes (a rotation flag, a frame
rate of zero, a cut file) is patched into the bytes.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""``(height, width, 3)``, red first."""

SAMPLES: Final = Path(__file__).resolve().parent.parent / "data" / "samples"
SIZE: Final = (160, 96)
UPRIGHT: Final = ("red", "green", "blue", "white")
"""The colours of the corners: top left, top right, bottom left, bottom right."""

_CLOCK_HZ: Final = 90_000
_BITS: Final = 8
_COLOURS: Final = {
    "red": (230, 20, 20),
    "green": (20, 200, 20),
    "blue": (20, 20, 230),
    "white": (240, 240, 240),
}
_CODECS: Final = {".webm": "libvpx", ".avi": "mpeg4"}
_OPTIONS: Final = {
    "libx264": {"preset": "ultrafast", "crf": "10", "bf": "0"},
    "mpeg4": {"qmin": "2", "qmax": "2"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8", "crf": "8", "b": "3M"},
}


def numbered_picture(number: int, size: tuple[int, int] = SIZE) -> Picture:
    """Return a picture that says its number in eight bars and which way up it is."""
    width, height = size
    picture: Picture = np.full((height, width, 3), 90, dtype=np.uint8)
    for row, column, name in _corners(width, height):
        picture[row, column] = _COLOURS[name]
    for bit, (row, column) in enumerate(_bars(width, height)):
        picture[row, column] = 240 if number >> bit & 1 else 10
    return picture


def read_number(picture: Picture) -> int:
    """Return the number of an upright picture of any size."""
    bars = _bars(picture.shape[1], picture.shape[0])
    return sum(int(np.median(picture[place]) > 120) << bit for bit, place in enumerate(bars))


def read_corners(picture: Picture) -> tuple[str, ...]:
    """Return the colours of the corners (red first) in the order of ``UPRIGHT``."""
    found = []
    for row, column, _ in _corners(picture.shape[1], picture.shape[0]):
        seen = np.median(picture[row, column].reshape(-1, 3), axis=0)
        distance = {name: np.abs(seen - rgb).sum() for name, rgb in _COLOURS.items()}
        found.append(min(distance, key=lambda name: distance[name]))
    return tuple(found)


def _corners(width: int, height: int) -> tuple[tuple[slice, slice, str], ...]:
    top, bottom = slice(0, height // 5), slice(height - height // 5, height)
    left, right = slice(0, width // 5), slice(width - width // 5, width)
    places = ((top, left), (top, right), (bottom, left), (bottom, right))
    return tuple((*place, name) for place, name in zip(places, UPRIGHT, strict=True))


def _bars(width: int, height: int) -> list[tuple[slice, slice]]:
    """Return the middle of each of eight bars across the middle of the picture."""
    rows = slice(round(height * 0.4), round(height * 0.6))
    edges = np.linspace(0, width, _BITS + 1)
    return [
        (rows, slice(round(a + (b - a) * 0.15), round(b - (b - a) * 0.15)))
        for a, b in pairwise(edges)
    ]


def numbered(count: int, size: tuple[int, int] = SIZE) -> Iterator[Picture]:
    """Yield the pictures 0, 1, 2, ..."""
    return (numbered_picture(number, size) for number in range(count))


def constant_times(count: int, rate_hz: float = 30.0, start_s: float = 0.0) -> list[float]:
    return [start_s + number / rate_hz for number in range(count)]


def write_video(
    path: Path,
    pictures: Iterable[Picture],
    times_s: Sequence[float],
    *,
    rate_hz: float = 30.0,
    codec: str = "",
    pixel_aspect: Fraction | None = None,
    faststart: bool = True,
    edit_list: bool = False,
    metadata: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
) -> Path:
    """Encode pictures at the given times; the ending of the path chooses the container.

    An avi knows no times: its frames stand at multiples of ``1 / rate_hz``.
    """
    codec = codec or _CODECS.get(path.suffix, "libx264")
    container_options = {}
    if path.suffix in (".mp4", ".mov"):
        container_options = {"use_editlist": str(int(edit_list or times_s[0] > 0))}
        if faststart:
            container_options["movflags"] = "+faststart"
    rate = Fraction(rate_hz).limit_denominator(1001)
    clock = 1 / rate if path.suffix == ".avi" else Fraction(1, _CLOCK_HZ)
    with av.open(str(path), "w", options=container_options) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(
            codec, rate=rate, options=codec_options or dict(_OPTIONS.get(codec, {}))
        )
        stream.codec_context.time_base = clock
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.width, stream.height = picture.shape[1], picture.shape[0]
                if pixel_aspect is not None:
                    stream.codec_context.sample_aspect_ratio = pixel_aspect
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = round(times_s[number] / clock), clock
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def read_times(path: Path) -> list[float]:
    """Return the frames' times as PyAV reads them, from the first frame on."""
    with av.open(str(path)) as container:
        times = [float(frame.time) for frame in container.decode(video=0)]
    return [time - times[0] for time in times]


def read_pictures(path: Path) -> list[Picture]:
    """Return all pictures of a short video, red first, as stored (no flag applied)."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


# --- what no encoder writes ---------------------------------------------------------------


def set_rotation(path: Path, clockwise_deg: int) -> Path:
    """Write the display matrix of a phone held sideways into an mp4 or mov."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[clockwise_deg]
    one = 1 << 16
    matrix = struct.pack(">9i", cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30)
    content = bytearray(path.read_bytes())
    box = content.index(b"tkhd")
    place = box + (56 if content[box + 4] == 1 else 44)
    content[place : place + len(matrix)] = matrix
    path.write_bytes(content)
    return path


def turned(picture: Picture, clockwise_deg: int) -> Picture:
    """Return what a sensor stores whose flag says: turn me clockwise by so much."""
    return np.rot90(picture, clockwise_deg // 90)


def set_frame_ticks(path: Path, ticks: int, *, only: int | None = None) -> Path:
    """Overwrite the frame durations of an mp4; with ``only``, those that have this duration."""
    content = bytearray(path.read_bytes())
    box = content.index(b"stts")
    (entries,) = struct.unpack_from(">I", content, box + 8)
    for place in range(box + 12, box + 12 + 8 * entries, 8):
        (found,) = struct.unpack_from(">I", content, place + 4)
        if only is None or found == only:
            struct.pack_into(">I", content, place + 4, ticks)
    path.write_bytes(content)
    return path


def set_timescale(path: Path, ticks_per_s: int) -> Path:
    """Overwrite the clock of an mp4's video track."""
    content = bytearray(path.read_bytes())
    box = content.index(b"mdhd")
    struct.pack_into(">I", content, box + (24 if content[box + 4] == 1 else 16), ticks_per_s)
    path.write_bytes(content)
    return path


def set_avi_rate(path: Path, rate: int, scale: int) -> Path:
    """Overwrite the frame rate in an avi's stream header, and the period in its main header."""
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"avih") + 8, 0)
    box = content.index(b"strh")
    struct.pack_into("<II", content, box + 8 + 20, scale, rate)
    path.write_bytes(content)
    return path


def cut(path: Path, share: float) -> Path:
    """Keep only the beginning of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: round(len(content) * share)])
    return path


def cut_before_pictures(path: Path) -> Path:
    """Keep an mp4's header, and of its pictures nothing."""
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"mdat") + 4])
    return path


def trimmed_video(path: Path, count: int, shown_s: float) -> Path:
    """Write an mp4 as a phone trims it: all frames are in the file, an edit list shows fewer."""
    write_video(path, numbered(count), constant_times(count), edit_list=True)
    content = bytearray(path.read_bytes())
    (ticks_per_s,) = struct.unpack_from(">I", content, content.index(b"mvhd") + 16)
    entries = content.index(b"elst") + 8
    assert struct.unpack_from(">I", content, entries) == (1,)
    struct.pack_into(">I", content, entries + 4, round(shown_s * ticks_per_s))
    path.write_bytes(content)
    return path


# --- whole clips --------------------------------------------------------------------------


def numbered_video(path: Path, count: int = 20, rate_hz: float = 30.0) -> Path:
    """Write a plain video of numbered pictures."""
    return write_video(path, numbered(count), constant_times(count, rate_hz), rate_hz=rate_hz)


def nobody_video(path: Path, count: int = 12, size: tuple[int, int] = (320, 240)) -> Path:
    """Write noise, in which nobody is."""
    rng = np.random.default_rng(7)
    noise = (rng.integers(60, 190, (size[1], size[0], 3), dtype=np.uint8) for _ in range(count))
    return write_video(path, noise, constant_times(count))


def large_video(path: Path, count: int, size: tuple[int, int] = (3840, 2160)) -> Path:
    """Write a 4K clip, quick to encode."""
    return write_video(
        path,
        numbered(count, size),
        constant_times(count),
        codec_options={"preset": "ultrafast", "crf": "35", "bf": "0", "tune": "zerolatency"},
    )


def sample_pictures(
    name: str, start: int = 0, stop: int | None = None, step: int = 1
) -> Iterator[Picture]:
    """Yield the pictures of a rendered person in data/samples."""
    with av.open(str(SAMPLES / name)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if stop is not None and number >= stop:
                return
            if number >= start and (number - start) % step == 0:
                yield frame.to_ndarray(format="rgb24")


def black_out(pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Picture]:
    """Cover the lens for the frames ``start`` to ``stop``."""
    for number, picture in enumerate(pictures):
        yield np.zeros_like(picture) if start <= number < stop else picture


def portrait(picture: Picture) -> Picture:
    """Cut an upright 360 x 480 picture out of the middle of a 640 x 480 one."""
    return picture[:, 140:500]
