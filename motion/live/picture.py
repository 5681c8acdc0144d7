"""The picture of a live take, where somebody asked to keep it: written while it runs."""

import queue
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Self

import numpy as np

from motion.capture import Video, VideoFrame, shrink, shrunk_size
from motion.capture.frames import Image
from motion.errors import OutputError
from motion.live.snapshot import LiveSnapshot
from motion.model import Analysis
from motion.report import Annotator, VideoWriter, replace_file

__all__ = ["PICTURE", "PictureKeeper", "write_kept_video"]

PICTURE: Final = "picture.mp4"
"""The kept picture's name, in the journal's folder, with which it goes."""

_WAITING_N: Final = 15
_RATE_HZ: Final = 30.0
_SAME_TIME_S: Final = 0.001


class PictureKeeper:
    """Writes the pictures that a session looked at into a file, in a thread of its own.

    Where writing cannot keep up for half a second the session waits: a picture that is missing
    would be one that the numbers have.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.error: Exception | None = None
        """Why nothing more could be written; the take goes on without its picture."""
        self._pictures: queue.Queue[tuple[Image, float] | None] = queue.Queue(maxsize=_WAITING_N)
        self._number = 0
        self._thread = threading.Thread(target=self._write, name="picture-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._pictures.put(None)
        self._thread.join()

    def keep(self, moment: LiveSnapshot) -> None:
        """Take a moment's picture; the last moment brings none of its own."""
        if moment.number == self._number or moment.image_bgr is None or moment.pose is None:
            return
        self._number = moment.number
        self._pictures.put((moment.image_bgr, moment.pose.time_s))

    def _write(self) -> None:
        item = self._pictures.get()
        try:
            if item is not None:
                size_px = item[0].shape[1], item[0].shape[0]
                with VideoWriter(self.path, _RATE_HZ, size_px) as file:
                    while item is not None:
                        file.write(*item)
                        item = self._pictures.get()
        except OSError as error:
            reason = error.strerror or error
            self.error = OutputError(f"{self.path}: the picture cannot be kept ({reason})")
            self.path.unlink(missing_ok=True)
        finally:
            while item is not None:  # nobody may wait for a writer that gave up
                item = self._pictures.get()


def write_kept_video(
    analysis: Analysis, kept: Path, target: Path, *, recorded_at: datetime
) -> None:
    """Write the kept picture once more, from the neutral pose on, with the numbers drawn on it.

    Parameters
    ----------
    kept
        What :class:`PictureKeeper` wrote: from then on the way round that was measured.
    recorded_at
        When the recording began, which the times of its pictures count from; the take that was
        measured begins later, with the neutral pose.

    Raises
    ------
    SourceError, OutputError
        If the one cannot be read or the other not be written.
    """
    file = analysis.provenance.input
    begun_s = (analysis.started_at - recorded_at).total_seconds()
    annotator = Annotator(analysis, shrunk_size(file.width_px, file.height_px))
    with (
        replace_file(target) as partial,
        VideoWriter(partial, file.rate_hz, annotator.size_px) as writer,
    ):
        for frame in _kept_frames(kept, analysis, begun_s):
            writer.write(annotator.draw(frame.image_bgr, frame.index), frame.time_s)


def _kept_frames(kept: Path, analysis: Analysis, begun_s: float) -> Iterator[VideoFrame]:
    """Yield the small pictures that were measured, with their row and time in the take."""
    times_s = analysis.recording.time_s + begun_s
    with Video(kept) as video:
        for frame in video:
            row = int(np.argmin(np.abs(times_s - frame.time_s)))
            if abs(times_s[row] - frame.time_s) > _SAME_TIME_S:
                continue
            yield VideoFrame(row, float(times_s[row] - begun_s), shrink(frame.image_bgr))
