"""Files that a browser saves: the library writes them, this hands over their bytes."""

from typing import TYPE_CHECKING

from dashboard.uploads import private_folder
from motion.model import PoseRecording
from motion.report import write_csv, write_landmarks

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["csv_bytes", "landmarks_bytes"]


def csv_bytes(frame: "pd.DataFrame") -> bytes:
    """Return a table as CSV, safe against formulas in its cells."""
    with private_folder() as folder:
        path = folder / "table.csv"
        write_csv(frame, path)
        return path.read_bytes()


def landmarks_bytes(recording: PoseRecording) -> bytes:
    """Return ``landmarks.npz``."""
    with private_folder() as folder:
        path = folder / "landmarks.npz"
        write_landmarks(recording, path)
        return path.read_bytes()
