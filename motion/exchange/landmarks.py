"""Landmarks that came from elsewhere: unpacked within bounds, nothing in them is run or trusted."""

import io
import math
import re
import struct
import zipfile
import zlib
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from motion.errors import InputError
from motion.model import LANDMARKS, PoseRecording

__all__ = ["MOST_FRAMES", "unpack_foreign_landmarks"]

MOST_FRAMES: Final = 250_000
"""More than two hours at 30 frames a second."""

_SHAPES: Final[dict[str, tuple[int, ...]]] = {
    "time_s": (),
    "image_px": (len(LANDMARKS), 2),
    "world_m": (len(LANDMARKS), 3),
    "visibility": (len(LANDMARKS),),
    "presence": (len(LANDMARKS),),
    "filled": (len(LANDMARKS),),
}
"""What belongs to each frame."""

_LARGEST: Final = {"image_px": 1e6, "world_m": 100.0, "visibility": 1.0, "presence": 1.0}
_MAGIC: Final = b"\x93NUMPY\x01\x00"
_HEADER: Final = re.compile(
    rb"\{'descr': '(?P<type><f4|<f8|<i4|<i8|\|b1)', 'fortran_order': False,"
    rb" 'shape': \((?P<shape>\d{1,9},(?: \d{1,3},?){0,2})\), \} *\n"
)
"""How NumPy writes the form of the arrays that are meant here (numpy.lib.format, version 1.0)."""
_MOST_PX: Final = 16384
_FASTEST_S: Final = 1e-3
_LONGEST_S: Final = 4 * 3600.0


def unpack_foreign_landmarks(content: bytes) -> PoseRecording:
    """Return the landmarks of an ``.npz`` from another computer.

    Each array is unpacked only as far as its declared form is allowed to be long, so that a small
    file cannot fill the memory; arrays of objects are refused before anything of them is read.

    Raises
    ------
    InputError
        If anything in it is not as this product writes it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            arrays = {name: _read(held, name) for name in (*_SHAPES, "size_px")}
    except (
        *(zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, struct.error),
    ) as error:
        raise _damaged() from error
    _require_form(arrays)
    width_px, height_px = (int(size) for size in arrays["size_px"])
    return PoseRecording(
        time_s=arrays["time_s"],
        image_px=arrays["image_px"],
        world_m=arrays["world_m"],
        visibility=arrays["visibility"],
        presence=arrays["presence"],
        filled=arrays["filled"],
        width_px=width_px,
        height_px=height_px,
    )


def _read(held: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """Return one array of the archive; its form is checked before its values are unpacked."""
    if held.getinfo(f"{name}.npy").compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(name)
    with held.open(f"{name}.npy") as member:
        shape, dtype = _read_form(member)
        of_frame = _SHAPES.get(name, ())
        wanted = (2,) if name == "size_px" else (shape[0], *of_frame)
        if shape != wanted or dtype.kind not in _kinds_of(name) or shape[0] > MOST_FRAMES:
            raise ValueError(shape)
        size = math.prod(shape) * dtype.itemsize
        values = member.read(size)
        if shape[0] < 2 or len(values) != size or member.read(1):
            raise ValueError(size)
    return np.frombuffer(values, dtype=dtype).reshape(shape)


def _read_form(member: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Return shape and type of an array; its header is compared with a pattern, never evaluated."""
    start = member.read(len(_MAGIC) + 2)
    if start[: len(_MAGIC)] != _MAGIC:
        raise ValueError(start)
    found = _HEADER.fullmatch(member.read(int.from_bytes(start[len(_MAGIC) :], "little")))
    if found is None:
        raise ValueError(start)
    shape = tuple(int(size) for size in found["shape"].split(b",") if size)
    return shape, np.dtype(found["type"].decode("ascii"))


def _kinds_of(name: str) -> str:
    return "b" if name == "filled" else "i" if name == "size_px" else "f"


def _require_form(arrays: dict[str, NDArray[Any]]) -> None:
    """Check what the product's own arrays hold for certain."""
    time_s = arrays["time_s"]
    steps_s = np.diff(time_s)
    frames = {len(arrays[name]) for name in _SHAPES}
    sizes = arrays["size_px"]
    in_time = (
        bool(np.all(np.isfinite(time_s)))
        and time_s[0] >= 0
        and time_s[-1] <= _LONGEST_S
        and bool(np.all(steps_s >= _FASTEST_S))
    )
    bounded = all(not np.any(np.abs(arrays[name]) > largest) for name, largest in _LARGEST.items())
    if (
        len(frames) != 1
        or not in_time
        or not bounded
        or not np.all((sizes > 0) & (sizes <= _MOST_PX))
    ):
        raise _damaged()


def _damaged() -> InputError:
    return InputError("landmarks are damaged or not of this product: ask for the take file again")
