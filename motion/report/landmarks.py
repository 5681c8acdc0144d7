"""Landmarks as one compressed NumPy file, and back."""

import zipfile
from pathlib import Path

import numpy as np

from motion.errors import SourceError
from motion.model import PoseRecording, Triangulated
from motion.report.files import replace_file

__all__ = ["read_landmarks", "write_landmarks"]

_ARRAYS = ("time_s", "image_px", "world_m", "visibility", "presence", "filled")


def write_landmarks(recording: PoseRecording, path: Path) -> None:
    """Write ``landmarks.npz``; positions in single precision, as the model gave them.

    Of several cameras it also holds ``position_m (n, 33, 3)`` in the calibration's axes,
    ``reprojection_px (n, 33)``, ``position_confidence (n, 33)``, ``sides_undecided (n,)`` and
    ``up (3,)``. Where somebody placed landmarks it holds ``by_hand (n, 33)``.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    arrays = {name: getattr(recording, name) for name in _ARRAYS}
    for name in ("image_px", "world_m", "visibility", "presence"):
        arrays[name] = arrays[name].astype(np.float32)
    if recording.triangulated is not None:
        arrays |= recording.triangulated.to_arrays()
    if np.any(recording.by_hand):
        arrays["by_hand"] = recording.by_hand
    size = np.array([recording.width_px, recording.height_px])
    with replace_file(path) as partial, partial.open("wb") as file:
        np.savez_compressed(file, size_px=size, **arrays)


def read_landmarks(path: Path) -> PoseRecording:
    """Read a ``landmarks.npz``.

    Raises
    ------
    SourceError
        If it is not such a file.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            width_px, height_px = (int(v) for v in held["size_px"])
            arrays = {name: held[name] for name in _ARRAYS}
            if "by_hand" in held:
                arrays["by_hand"] = held["by_hand"]
            room = Triangulated.from_arrays(held)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        msg = f"{path}: not a landmarks file of this product; choose a landmarks.npz"
        raise SourceError(msg) from error
    return PoseRecording(width_px=width_px, height_px=height_px, triangulated=room, **arrays)
