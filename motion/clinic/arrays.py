"""Landmarks and angle curves as compressed ``.npz`` bytes: too many numbers for rows."""

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motion.errors import RecordError
from motion.model import ROOM_ARRAYS, AngleCurve, AngleTable, PoseRecording, Side, Triangulated

__all__ = ["pack_angles", "pack_landmarks", "unpack_angles", "unpack_landmarks"]

_LATER = ("band95_deg", "by_hand")
"""What takes that were stored by earlier versions do not hold."""

_LANDMARK_ARRAYS = ("time_s", "image_px", "world_m", "visibility", "presence", "filled")


def pack_landmarks(recording: PoseRecording) -> bytes:
    """Return the bytes of a ``landmarks.npz``, with the size of the picture."""
    arrays = {name: getattr(recording, name) for name in _LANDMARK_ARRAYS}
    if recording.triangulated is not None:
        arrays |= recording.triangulated.to_arrays()
    if np.any(recording.by_hand):
        arrays["by_hand"] = recording.by_hand
    return _pack(arrays | {"size_px": np.array([recording.width_px, recording.height_px])})


def unpack_landmarks(content: bytes) -> PoseRecording:
    """Return the recording that :func:`pack_landmarks` packed, bit for bit."""
    arrays = _unpack(content, (*_LANDMARK_ARRAYS, "size_px"), (*ROOM_ARRAYS, "by_hand"))
    room = Triangulated.from_arrays(arrays)
    width_px, height_px = (int(size) for size in arrays.pop("size_px"))
    own = {name: arrays[name] for name in (*_LANDMARK_ARRAYS, "by_hand") if name in arrays}
    return PoseRecording(width_px=width_px, height_px=height_px, triangulated=room, **own)


def pack_angles(angles: AngleTable) -> bytes:
    """Return the bytes of an ``.npz`` with one row per angle and side."""
    shape = (len(angles.curves), len(angles.time_s))
    return _pack(
        {
            "time_s": angles.time_s,
            "names": np.array(
                [(c.joint, c.motion, str(c.side)) for c in angles.curves], dtype=np.str_
            ).reshape(len(angles.curves), 3),
            "value_deg": np.array([c.value_deg for c in angles.curves], float).reshape(shape),
            "confidence": np.array([c.confidence for c in angles.curves], float).reshape(shape),
            "filled": np.array([c.filled for c in angles.curves], bool).reshape(shape),
            "band95_deg": np.array([c.band95_deg for c in angles.curves], float).reshape(shape),
        }
        | _by_hand(angles)
    )


def _by_hand(angles: AngleTable) -> dict[str, NDArray[Any]]:
    """Return what was placed by hand under the angles; nothing where nothing was."""
    rows = np.array([c.by_hand for c in angles.curves], dtype=bool)
    return {"by_hand": rows} if np.any(rows) else {}


def unpack_angles(content: bytes) -> AngleTable:
    """Return the table that :func:`pack_angles` packed, bit for bit."""
    arrays = _unpack(content, ("time_s", "names", "value_deg", "confidence", "filled"), _LATER)
    unknown = np.full_like(arrays["value_deg"], np.nan)
    none = np.zeros(unknown.shape, dtype=bool)
    return AngleTable(
        time_s=arrays["time_s"],
        curves=tuple(
            AngleCurve(
                joint=str(joint),
                motion=str(motion),
                side=Side(str(side)),
                value_deg=arrays["value_deg"][row],
                confidence=arrays["confidence"][row],
                filled=arrays["filled"][row],
                band95_deg=arrays.get("band95_deg", unknown)[row],
                by_hand=arrays.get("by_hand", none)[row],
            )
            for row, (joint, motion, side) in enumerate(arrays["names"])
        ),
    )


def _pack(arrays: dict[str, NDArray[Any]]) -> bytes:
    # NumPy dates every member 1980-01-01, so equal arrays give equal bytes and one file.
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _unpack(
    content: bytes, names: tuple[str, ...], later: tuple[str, ...] = ()
) -> dict[str, NDArray[Any]]:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return {name: stored[name] for name in (*names, *(set(later) & set(stored.files)))}
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        msg = f"stored arrays hold no {', '.join(names)}: {error}; update this software"
        raise RecordError(msg) from error
