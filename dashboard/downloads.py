"""Files that a browser saves: the library writes them, this hands over their bytes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.uploads import private_folder
from motion.model import PoseRecording
from motion.report import write_csv, write_landmarks

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["csv_bytes", "landmarks_bytes", "made_bytes"]


def made_bytes(name: str, write: Callable[[Path], None]) -> bytes:
    """Return the bytes of a file that ``write`` makes; it lies nowhere afterwards."""
    with private_folder() as folder:
        path = folder / name
        write(path)
        return path.read_bytes()


def csv_bytes(frame: "pd.DataFrame") -> bytes:
    """Return a table as CSV, safe against formulas in its cells."""
    return made_bytes("table.csv", partial(write_csv, frame))


def landmarks_bytes(recording: PoseRecording) -> bytes:
    """Return ``landmarks.npz``."""
    return made_bytes("landmarks.npz", partial(write_landmarks, recording))
