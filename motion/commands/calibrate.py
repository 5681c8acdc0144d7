"""``motion calibrate``: recordings of a board into a calibration file; the board on paper."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from motion.cameras.calibrating import BoardTrack, Calibrated, calibrate_cameras
from motion.cameras.calibration import MOST_CAMERAS
from motion.cameras.files import format_calibration
from motion.cameras.opencv import Board
from motion.cameras.rig import FLOOR, WALL
from motion.capture import Video
from motion.errors import InputError
from motion.report import prepare_folder, replace_file

__all__ = ["describe", "parse_board", "print_board", "require_out", "run_calibration"]

_LIES: Final = (FLOOR, WALL)
_LOOKS_PER_S: Final = 10.0
_PRINTED_DPI: Final = 300
_MM_PER_INCH: Final = 25.4
_MARGIN_MM: Final = 5.0
"""The usual board, 5 x 7 squares of 40 mm, fits an A4 page with it."""


def parse_board(size: str, square_mm: float, marker_mm: float, dictionary: str) -> Board:
    """Return the board that ``5x7`` and its measures describe.

    Raises
    ------
    InputError
        If there is no such board.
    """
    columns, _, rows = size.lower().partition("x")
    if not (columns.isdecimal() and rows.isdecimal()):
        msg = f"--board: expected COLUMNSxROWS squares such as 5x7, got {size!r}"
        raise InputError(msg)
    return Board(int(columns), int(rows), square_mm / 1000.0, marker_mm / 1000.0, dictionary)


def require_out(out: Path | None) -> Path:
    """Return the file to write.

    Raises
    ------
    InputError
        If none was named.
    """
    if out is None:
        msg = "--out: name the calibration file to write (.toml), or --print-board a board to print"
        raise InputError(msg)
    return out


def describe(found: Calibrated) -> list[str]:
    """Return how good a calibration is, and where the cameras stand, in plain lines."""
    lines = [
        f"{camera.name}: lens {error_px:.2f} px, focal length {camera.focal_px:.0f} px, stands at "
        + ", ".join(f"{along:+.2f}" for along in camera.place_m)
        + " m (z up from the board)"
        for camera, error_px in zip(found.rig.cameras, found.lens_errors_px, strict=True)
    ]
    together = found.rig
    lines.append(f"together: {together.error_px:.2f} px over {together.moments_n} moments")
    return lines


def print_board(board: Board, path: Path) -> None:
    """Draw a board to print at 100 %: a picture of 300 dots an inch, or a page of PDF.

    Raises
    ------
    InputError
        If the file's name ends neither in .png nor in .pdf.
    OutputError
        If the file cannot be written.
    """
    from PIL import Image

    if path.suffix.lower() not in (".png", ".pdf"):
        msg = f"--print-board: expected a name ending in .png or .pdf, got {path.name}"
        raise InputError(msg)
    per_mm = _PRINTED_DPI / _MM_PER_INCH
    pixels = round(board.square_m * 1000.0 * per_mm)
    picture = Image.fromarray(board.draw(pixels, round(_MARGIN_MM * per_mm)))
    # The square is a whole number of dots; the resolution is what makes it its size.
    dpi = pixels * _MM_PER_INCH / (board.square_m * 1000.0)
    prepare_folder(path.resolve().parent)
    with replace_file(path) as partial:
        if path.suffix.lower() == ".pdf":
            picture.save(partial, "PDF", resolution=dpi)
        else:
            picture.save(partial, "PNG", dpi=(dpi, dpi))


def run_calibration(
    videos: Sequence[Path],
    board: Board,
    out: Path,
    offsets_s: Sequence[float],
    lies: str,
    on_progress: Callable[[str, int, int], None],
) -> Calibrated:
    """Calibrate cameras from their recordings of one board, and write the file.

    Raises
    ------
    SourceError
        If a recording cannot be read.
    InputError
        If something said cannot be, or the recordings do not give a good calibration.
    OutputError
        If the file cannot be written.
    """
    if not 2 <= len(videos) <= MOST_CAMERAS:
        msg = f"expected 2 to {MOST_CAMERAS} recordings, one of each camera, got {len(videos)}"
        raise InputError(msg)
    if lies not in _LIES:
        msg = f"--board-on: expected {' or '.join(_LIES)}, got {lies!r}"
        raise InputError(msg)
    if offsets_s and len(offsets_s) != len(videos) - 1:
        msg = f"--offset-s: expected {len(videos) - 1}, one for each further video, or none"
        raise InputError(msg)
    prepare_folder(out.resolve().parent)
    tracks = [_watch(video, board, on_progress) for video in videos]
    found = calibrate_cameras(board, tracks, offsets_s or [0.0] * (len(videos) - 1), lies)
    with replace_file(out) as partial:
        text = format_calibration(found.rig.cameras, found.rig.error_px)
        partial.write_text(text, encoding="utf-8")
    return found


def _watch(path: Path, board: Board, on_progress: Callable[[str, int, int], None]) -> BoardTrack:
    """Look for the board in pairs of neighbouring frames, some ten a second."""
    times, sights = [], []
    with Video(path) as video:
        every = max(2, round(video.nominal_rate_hz / _LOOKS_PER_S * 2))
        for frame in video:
            on_progress(f"Finding the board in {path.name}", frame.index + 1, video.expected_frames)
            if frame.index % every < 2:
                times.append(frame.time_s)
                sights.append(board.find(frame.image_bgr))
        size_px = video.size_px
    return BoardTrack(name=path.stem, size_px=size_px, time_s=np.array(times), sights=tuple(sights))
