"""What a file says about itself, before a frame is decoded: is it a video, how long, since when."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motion.errors import SourceError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["READABLE", "Container", "read_container"]

READABLE: Final = "mp4, mov, avi, webm or mkv"

# FFmpeg reads these too: text as a terminal's screen, playlists that name other files.
_NO_RECORDINGS: Final = ("tty", "image2", "hls", "dash", "concat", "sdp")
_BARE_STREAMS: Final = ("h264", "hevc", "mjpeg", "m4v", "mpegvideo", "rawvideo", "av1", "obu")
_STILL: Final = "_pipe"
_AVI_HEADER_BYTES: Final = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file's own words; none of them is a measurement.

    Parameters
    ----------
    promised_s
        How long its pictures last; 0 where it does not say.
    states_rate
        Whether it holds frame times or a frame rate at all; otherwise the reader assumes one.
    created_at
        When it was recorded, as phones write it; None where it says nothing plausible.
    """

    promised_s: float
    states_rate: bool
    created_at: datetime | None


def read_container(path: Path) -> Container:
    """Read a file's header.

    Raises
    ------
    SourceError
        If the file is not a video.
    """
    import av

    options = {"protocol_whitelist": "file"}  # a playlist in disguise must not call anybody
    try:
        with av.open(str(path.absolute()), options=options, metadata_errors="replace") as file:
            _require_recording(path, file)
            return Container(
                promised_s=_promised_duration(file, file.streams.video[0]),
                states_rate=_states_rate(path, file.format.name),
                created_at=_creation_time(file.metadata.get("creation_time", "")),
            )
    except (av.FFmpegError, UnicodeError) as error:
        raise _no_video(path) from error


def _require_recording(path: Path, file: "InputContainer") -> None:
    if file.format.name.endswith(_STILL):
        msg = f"{path}: a still picture, expected a video ({READABLE}); record a video"
        raise SourceError(msg)
    pictures = [
        s for s in file.streams.video if "attached_pic" not in (s.disposition.name or "").lower()
    ]
    if not pictures or file.format.name in _NO_RECORDINGS:
        raise _no_video(path)


def _no_video(path: Path) -> SourceError:
    return SourceError(
        f"{path}: not a video that can be read (expected {READABLE}); "
        "record it again or convert it to mp4"
    )


def _promised_duration(file: "InputContainer", stream: "VideoStream") -> float:
    if file.format.name == "avi" and stream.frames and stream.average_rate:
        return float(stream.frames / stream.average_rate)  # its duration is a guess from the size
    start_s = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0
    if stream.duration is not None and stream.time_base:
        return float(stream.duration * stream.time_base)
    stated_s = _parse_clock(stream.metadata.get("DURATION", ""))
    if stated_s:
        return stated_s - start_s
    if file.duration is not None and len(file.streams) == 1:
        return file.duration / 1e6 - start_s
    return 0.0


def _parse_clock(text: str) -> float:
    """Return the seconds of Matroska's ``00:00:05.933000000``; 0 for anything else."""
    try:
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return 0.0


def _states_rate(path: Path, format_name: str) -> bool:
    if format_name == "avi":
        return _avi_states_rate(path)
    return format_name not in _BARE_STREAMS


def _avi_states_rate(path: Path) -> bool:
    """Return whether an avi's video stream has a rate; FFmpeg takes 25 where it is zero."""
    with path.open("rb") as file:
        header = file.read(_AVI_HEADER_BYTES)
    place = header.find(b"strh")
    while place >= 0 and header[place + 8 : place + 12] != b"vids":
        place = header.find(b"strh", place + 4)
    if place < 0:
        return True
    scale, rate = (header[place + at : place + at + 4] for at in (28, 32))
    return any(scale) and any(rate)


def _creation_time(text: str) -> datetime | None:
    try:
        created_at = datetime.fromisoformat(text)
    except ValueError:
        return None
    plausible = created_at.tzinfo is not None and created_at.year >= 2000
    return created_at if plausible else None
