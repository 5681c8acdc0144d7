"""Reads C3D files (www.c3d.org) through ezc3d."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion.errors import SourceError
from motion.markers.c3d_form import find_fault
from motion.markers.recording import LabelledEvent, MarkerRecording
from motion.model import FloatArray, Side

__all__ = ["read_c3d", "read_c3d_angles"]

_TO_M: Final = {"mm": 1e-3, "cm": 1e-2, "m": 1.0}
_NOT_MARKERS: Final = ("ANGLES", "FORCES", "MOMENTS", "POWERS", "SCALARS", "REACTIONS")
"""Groups of labels that the C3D of a gait model keeps among its points, and that are no places."""

_HEAD_BYTES_N: Final = 512 * (255 + 255)
"""The parameters begin at the latest in block 255 and are 255 blocks long at the most."""

_AXES: Final = {"X": 0, "Y": 1, "Z": 2}
_SIDES: Final = {"left": Side.LEFT, "right": Side.RIGHT}
_WIDTHS: Final = {
    f"{side}_{joint}": f"{side[0].upper()}{joint.capitalize()}Width"
    for side in ("left", "right")
    for joint in ("knee", "ankle")
}
"""Parameter of Vicon's PROCESSING group by landmark."""


def read_c3d(path: Path) -> MarkerRecording:
    """Read the markers, the labelled events and what is said of the person.

    A marker is missing where its residual is negative or its place is exactly the origin. Points
    that are angles, forces, moments and powers of a model are left out, as the file's own groups
    name them.

    Raises
    ------
    SourceError
        If the file cannot be read, is no C3D file, or holds no markers.
    """
    content, parameters = _open(path)
    point = parameters["POINT"]
    points = np.transpose(content["data"]["points"][:3], (2, 1, 0))
    others = _other_labels(point)
    labels = _texts(point, "LABELS")[: points.shape[1]]
    kept = [n for n, label in enumerate(labels) if label not in others]
    rate_hz = float(content["header"]["points"]["frame_rate"])
    if not kept or not len(points):
        msg = f"{path}: no markers; export the trial with its trajectories"
        raise SourceError(msg)
    if not (np.isfinite(rate_hz) and rate_hz > 0):
        msg = f"{path}: the rate must be above 0 Hz, got {rate_hz:g}; export the trial again"
        raise SourceError(msg)
    position = points[:, kept]
    residual = content["data"]["meta_points"]["residuals"][0].T[:, kept]
    scale = _unit(path, point)
    seen = (residual >= 0) & np.all(np.isfinite(position), axis=2) & np.any(position != 0, axis=2)
    origin_s = int(content["header"]["points"]["first_frame"]) / rate_hz
    return MarkerRecording(
        time_s=np.arange(len(position)) / rate_hz,
        names=tuple(labels[n] for n in kept),
        position_m=np.where(seen[..., None], position * scale, np.nan),
        rate_hz=rate_hz,
        origin_s=origin_s,
        source_format="c3d",
        up=_up(point),
        events=_events(parameters.get("EVENT", {}), origin_s),
        widths_m=_widths(parameters.get("PROCESSING", {}), scale),
        warnings=_missing_frames(path, len(position)),
    )


def read_c3d_angles(path: Path) -> dict[str, FloatArray]:
    """Return the angles that a gait model left in a C3D file, each ``(n, 3)`` in degrees.

    Raises
    ------
    SourceError
        If the file cannot be read or is no C3D file.
    """
    content, parameters = _open(path)
    point = parameters["POINT"]
    labels = _texts(point, "LABELS")
    values = np.transpose(content["data"]["points"][:3], (1, 2, 0))
    return {
        name: np.asarray(values[labels.index(name)], dtype=np.float64)
        for name in _texts(point, "ANGLES")
        if name in labels[: len(values)]
    }


def _open(path: Path) -> tuple[Any, dict[str, Any]]:
    """Return the content, and its parameters without what ezc3d says about them."""
    import ezc3d

    fault = find_fault(_read_head(path))
    if fault:
        msg = f"{path}: not a whole C3D file, {fault}; export the trial again"
        raise SourceError(msg)
    try:
        content = ezc3d.c3d(str(path))
        parameters = content["parameters"]
        if "POINT" not in parameters:
            msg = f"{path}: no markers; export the trial with its trajectories"
            raise SourceError(msg)
    except (OSError, RuntimeError, ValueError, IndexError, KeyError, MemoryError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        msg = f"{path}: a C3D file that cannot be read ({reason}); export the trial again"
        raise SourceError(msg) from error
    return content, dict(parameters)


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES_N)
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); copy it to this computer"
        raise SourceError(msg) from error


def _missing_frames(path: Path, read_n: int) -> tuple[str, ...]:
    """Say so where the header promises more frames than there are.

    The header's numbers are of 16 bits, so that longer trials tell only the rest.
    """
    first, last = struct.unpack("<HH", _read_head(path)[6:10])
    promised = last - first + 1
    if last == 0xFFFF or promised <= read_n:
        return ()
    return (f"The file ends early: {read_n} of its {promised} frames were read.",)


def _texts(group: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts of a parameter; the format continues a long list in NAME2, NAME3 ..."""
    found: list[str] = []
    number = 1
    while (key := name if number == 1 else f"{name}{number}") in group:
        found.extend(str(text).strip() for text in group[key]["value"])
        number += 1
    return found


def _other_labels(point: Mapping[str, Any]) -> set[str]:
    return {label for group in _NOT_MARKERS for label in _texts(point, group)}


def _unit(path: Path, point: Mapping[str, Any]) -> float:
    units = _texts(point, "UNITS")
    unit = units[0].lower() if units else ""
    if unit not in _TO_M:
        msg = f"{path}: the unit of places must be one of {', '.join(_TO_M)}, got {unit!r}"
        raise SourceError(msg)
    return _TO_M[unit]


def _up(point: Mapping[str, Any]) -> FloatArray | None:
    """Return the axis that points up on the screen, which is how C3D files say it."""
    words = _texts(point, "Y_SCREEN")
    word = words[0].upper() if words else ""
    if word.lstrip("+-") not in _AXES:
        return None
    up = np.zeros(3)
    up[_AXES[word.lstrip("+-")]] = -1.0 if word.startswith("-") else 1.0
    return up


def _events(group: Mapping[str, Any], origin_s: float) -> tuple[LabelledEvent, ...]:
    """Return the EVENT group; its times are minutes and seconds of the trial's own clock."""
    labels, contexts = _texts(group, "LABELS"), _texts(group, "CONTEXTS")
    times = np.asarray(group["TIMES"]["value"] if "TIMES" in group else np.zeros((2, 0)))
    if times.ndim == 1 and len(times) % 2 == 0:  # some builds of ezc3d lay the columns in a row
        times = times.reshape(-1, 2).T
    if times.ndim != 2 or len(times) != 2:
        return ()
    found = [
        LabelledEvent(
            time_s=float(60.0 * minutes + seconds - origin_s),
            side=_SIDES.get(context.casefold(), Side.NONE),
            label=label,
        )
        for label, context, (minutes, seconds) in zip(labels, contexts, times.T, strict=False)
    ]
    return tuple(sorted(found, key=lambda event: event.time_s))


def _widths(group: Mapping[str, Any], scale: float) -> dict[str, float]:
    found = {}
    for landmark, name in _WIDTHS.items():
        value = np.ravel(group[name]["value"]) if name in group else np.zeros(0)
        if len(value) == 1 and np.isfinite(value[0]) and value[0] > 0:
            found[landmark] = float(value[0]) * scale
    return found
