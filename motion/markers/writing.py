"""Landmarks and angles as the text of OpenSim's tables."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from motion.markers.picture import find_side_axes
from motion.model import (
    LANDMARKS,
    AngleTable,
    BoolArray,
    FloatArray,
    PoseRecording,
    Scale,
    Side,
    Triangulated,
)

__all__ = ["COORDINATES", "format_mot", "format_trc", "place_in_plane", "place_in_room"]

COORDINATES: Final = {
    "trunk_flexion": ("pelvis_tilt", -1.0),
    "trunk_lateral_flexion": ("pelvis_list", 1.0),
    "hip_flexion": ("hip_flexion", 1.0),
    "hip_abduction": ("hip_adduction", -1.0),
    "knee_flexion": ("knee_angle", -1.0),
    "ankle_dorsiflexion": ("ankle_angle", 1.0),
    "shoulder_flexion": ("arm_flex", 1.0),
    "shoulder_abduction": ("arm_add", -1.0),
    "elbow_flexion": ("elbow_flex", 1.0),
}
"""OpenSim's coordinate of each angle, and the sign it has there: those of gait2392 and gait2354,
with the arms that Hamner, Seth, Delp 2010 (J Biomech 43:2709) gave to the same legs. Knee flexion
is negative, as is abduction."""

_SUFFIXES: Final = {Side.LEFT: "_l", Side.RIGHT: "_r", Side.NONE: ""}
_TO_OPENSIM: Final = np.array([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, -1.0]])
"""From right in the side view, down and away to OpenSim's forward, up and to the right."""


def place_in_room(body: Triangulated) -> FloatArray:
    """Return landmarks in OpenSim's axes, ``(n, 33, 3)`` in metres: x forward, y up, z right.

    Forward is where the person walks or, who stays in place, faces. The origin stays the file's
    or the calibration's.
    """
    axes = find_side_axes(body.position_m, body.up)
    return np.asarray(body.position_m @ (_TO_OPENSIM @ axes).T)


def place_in_plane(recording: PoseRecording, scale: Scale) -> FloatArray:
    """Return what one camera saw in OpenSim's axes, ``(n, 33, 3)`` in metres, all in one plane.

    x is right in the picture, y up from its lower edge, z is 0: of the depth one camera knows
    nothing.

    Parameters
    ----------
    recording
        Of one camera.
    scale
        Metres per pixel; NaN gives NaN.
    """
    x, y = np.moveaxis(recording.image_px.astype(np.float64), 2, 0)
    up = recording.height_px - y
    return np.stack([x, up, np.where(np.isfinite(x), 0.0, np.nan)], axis=2) * scale.m_per_unit


def format_trc(time_s: FloatArray, position_m: FloatArray, rate_hz: float, name: str) -> str:
    """Return the text of a TRC file in metres.

    Landmarks that no frame holds are left out; a cell without a value is empty.

    Parameters
    ----------
    time_s, position_m
        ``(n,)`` and ``(n, 33, 3)``.
    rate_hz
        Frames per second.
    name
        The file's name, which its head repeats.
    """
    seen: BoolArray = np.any(np.all(np.isfinite(position_m), axis=2), axis=0)
    names = [landmark for landmark, there in zip(LANDMARKS, seen, strict=True) if there]
    n, k = len(time_s), len(names)
    rate = f"{rate_hz:.6g}"
    head = [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame"
        "\tOrigNumFrames",
        f"{rate}\t{rate}\t{n}\t{k}\tm\t{rate}\t1\t{n}",
        "Frame#\tTime\t" + "\t\t\t".join(names),
        "\t\t" + "\t".join(f"{axis}{at}" for at in range(1, k + 1) for axis in "XYZ"),
        "",
    ]
    rows = [
        "\t".join([str(at), f"{time:.6f}", *(_cell(value, "") for value in places)])
        for at, (time, places) in enumerate(
            zip(time_s, position_m[:, seen].reshape(n, -1), strict=True), start=1
        )
    ]
    return "\n".join([*head, *rows, ""])


def format_mot(angles: AngleTable, name: str) -> str:
    """Return the text of a MOT file: every measured angle by OpenSim's name, sign and unit.

    Pelvis and trunk are one body in it: ``pelvis_tilt`` and ``pelvis_list`` are the trunk's, and
    ``hip_flexion`` is against the trunk. Cells without a value are ``NaN``, which OpenSim reads.

    Parameters
    ----------
    angles
        Angles of a take.
    name
        The file's name, which its head repeats.
    """
    columns = {}
    for curve in angles.curves:
        if curve.angle in COORDINATES and np.any(np.isfinite(curve.value_deg)):
            coordinate, sign = COORDINATES[curve.angle]
            columns[coordinate + _SUFFIXES[curve.side]] = sign * curve.value_deg
    table = np.column_stack([angles.time_s, *columns.values()])
    head = [
        name,
        "version=1",
        f"nRows={len(table)}",
        f"nColumns={table.shape[1]}",
        "inDegrees=yes",
        "endheader",
        "\t".join(["time", *columns]),
    ]
    return "\n".join([*head, *(_row(values) for values in table), ""])


def _row(values: Sequence[float] | FloatArray) -> str:
    return "\t".join(_cell(value, "NaN") for value in values)


def _cell(value: float, missing: str) -> str:
    return f"{value:.6f}" if np.isfinite(value) else missing
