"""A marker file in, whatever its format."""

from pathlib import Path
from typing import Final

from motion.errors import SourceError
from motion.markers.c3d import read_c3d
from motion.markers.recording import MarkerRecording
from motion.markers.trc import read_trc

__all__ = ["MARKER_SUFFIXES", "read_markers"]

_READERS: Final = {".c3d": read_c3d, ".trc": read_trc}

MARKER_SUFFIXES: Final = tuple(_READERS)


def read_markers(path: Path) -> MarkerRecording:
    """Read the markers of a C3D or TRC file.

    Parameters
    ----------
    path
        The file; its ending says which format it has.

    Raises
    ------
    SourceError
        If it cannot be read, has another ending, or holds no markers.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        msg = f"{path}: not a marker file; expected one of {', '.join(MARKER_SUFFIXES)}"
        raise SourceError(msg)
    return reader(path)
