"""Bodies with known joints, dressed in markers, and files of them written by other hands."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from cameras_makers import room_body
from makers import Floats, uniform_times

from motion.markers import MarkerRecording
from motion.model import LANDMARKS

RATE_HZ = 100.0
KNEE_WIDTH_M, ANKLE_WIDTH_M, MARKER_M = 0.1, 0.07, 0.014
PELVIS_DEPTH_M = 0.15
LEFT, UP, FORWARD = np.eye(3)[[1, 2, 0]]


def walking_pose(time_s: Floats) -> dict[str, Floats]:
    """Return angles that swing about as in walking, the legs in turn."""
    swing = 2.0 * np.pi * time_s
    pose = {}
    for side, phase in (("left", 0.0), ("right", np.pi)):
        pose[f"{side}_hip_flexion"] = 10.0 + 20.0 * np.sin(swing + phase)
        pose[f"{side}_knee_flexion"] = 30.0 + 25.0 * np.sin(swing + phase + 1.0)
        pose[f"{side}_ankle_dorsiflexion"] = 15.0 * np.sin(swing + phase + 2.0)
    return pose


def walking_body(seconds: float = 2.0, speed_m_s: float = 1.0) -> tuple[Floats, Floats]:
    """Return times and ``(n, 33, 3)``: x forward, y left, z up, walking on at a steady speed."""
    time_s = uniform_times(seconds, RATE_HZ)
    body = room_body(walking_pose(time_s), len(time_s))
    return time_s, body + (speed_m_s * time_s)[:, None, None] * FORWARD


def joint(body: Floats, name: str) -> Floats:
    return np.asarray(body[:, LANDMARKS.index(name)])


def dress_pelvis(body: Floats) -> dict[str, Floats]:
    """Return front and back spines for which Harrington's regression gives the body's hips."""
    half_m = np.linalg.norm(joint(body, "left_hip") - joint(body, "right_hip"), axis=1)[0] / 2.0
    width_m = (half_m - 0.0073) / 0.33
    behind_m, below_m = 0.24 * PELVIS_DEPTH_M + 0.0099, 0.30 * width_m + 0.0109
    hips = (joint(body, "left_hip") + joint(body, "right_hip")) / 2.0
    front = hips + behind_m * FORWARD + below_m * UP
    back = front - PELVIS_DEPTH_M * FORWARD
    return {
        "LASI": front + width_m / 2.0 * LEFT,
        "RASI": front - width_m / 2.0 * LEFT,
        "LPSI": back + 0.04 * LEFT,
        "RPSI": back - 0.04 * LEFT,
    }


def dress_plug_in_gait(body: Floats) -> dict[str, Floats]:
    """Return Plug-in-Gait markers whose joints are the body's, for the widths above."""
    markers = dress_pelvis(body)
    for side, outwards in (("left", LEFT), ("right", -LEFT)):
        letter = side[0].upper()
        hip, knee, ankle, heel, toe, shoulder = (
            joint(body, f"{side}_{name}")
            for name in ("hip", "knee", "ankle", "heel", "foot_index", "shoulder")
        )
        markers[f"{letter}KNE"] = knee + (KNEE_WIDTH_M + MARKER_M) / 2.0 * outwards
        markers[f"{letter}ANK"] = ankle + (ANKLE_WIDTH_M + MARKER_M) / 2.0 * outwards
        markers[f"{letter}THI"] = (hip + knee) / 2.0 + 0.12 * outwards
        markers[f"{letter}TIB"] = (knee + ankle) / 2.0 + 0.1 * outwards
        markers |= {f"{letter}HEE": heel, f"{letter}TOE": toe, f"{letter}SHO": shoulder}
    return markers


def dress_clusters(body: Floats) -> dict[str, Floats]:
    """Return the markers of gait2354: three on each thigh, shank and foot, none on a joint."""
    pelvis = dress_pelvis(body)
    markers = {
        "L.ASIS": pelvis["LASI"],
        "R.ASIS": pelvis["RASI"],
        "V.Sacral": (pelvis["LPSI"] + pelvis["RPSI"]) / 2.0,
    }
    for side, outwards in (("left", LEFT), ("right", -LEFT)):
        letter = side[0].upper()
        hip, knee, ankle, heel, toe, shoulder = (
            joint(body, f"{side}_{name}")
            for name in ("hip", "knee", "ankle", "heel", "foot_index", "shoulder")
        )
        for name, top, end in (("Thigh", hip, knee), ("Shank", knee, ankle)):
            along = end - top
            ahead = np.cross(along, LEFT)
            markers[f"{letter}.{name}.Upper"] = top + 0.5 * along + 0.1 * outwards
            markers[f"{letter}.{name}.Front"] = top + 0.6 * along + 0.06 * outwards - 0.2 * ahead
            markers[f"{letter}.{name}.Rear"] = top + 0.7 * along + 0.09 * outwards + 0.1 * ahead
        foot = toe - heel
        markers |= {
            f"{letter}.Heel": heel,
            f"{letter}.Toe.Tip": toe,
            f"{letter}.Midfoot.Sup": heel + 0.6 * foot + 0.04 * np.cross(foot, LEFT),
            f"{letter}.Midfoot.Lat": heel + 0.5 * foot + 0.05 * outwards,
            f"{letter}.Toe.Lat": heel + 0.8 * foot + 0.05 * outwards,
            f"{letter}.Toe.Med": heel + 0.8 * foot - 0.03 * outwards,
            f"{letter}.Acromium": shoulder,
        }
    return markers


def make_markers(
    time_s: Floats,
    markers: Mapping[str, Floats],
    *,
    up: Floats | None = None,
    widths: bool = True,
) -> MarkerRecording:
    """Return a recording of the markers; with the widths that they were dressed for, or none."""
    sides = ("left", "right")
    known = {f"{s}_knee": KNEE_WIDTH_M for s in sides} | {
        f"{s}_ankle": ANKLE_WIDTH_M for s in sides
    }
    return MarkerRecording(
        time_s=time_s,
        names=tuple(markers),
        position_m=np.stack(list(markers.values()), axis=1),
        rate_hz=RATE_HZ,
        origin_s=0.0,
        source_format="c3d",
        up=up,
        widths_m=known if widths else {},
    )


def write_c3d(
    path: Path,
    markers: Mapping[str, Floats],
    *,
    unit: str = "mm",
    first_frame: int = 0,
    y_screen: str = "+Z",
    events: Sequence[tuple[float, float, str, str]] = (),
    angles: Mapping[str, Floats] | None = None,
    processing: Mapping[str, float] | None = None,
) -> Path:
    """Write a C3D file; places ``(n, 3)`` in metres, events as minutes, seconds, side, label."""
    import ezc3d

    scale = {"mm": 1000.0, "cm": 100.0, "m": 1.0}.get(unit, 1.0)
    values = {name: scale * each for name, each in markers.items()} | dict(angles or {})
    points = np.stack([each.T for each in values.values()], axis=1)
    file = ezc3d.c3d()
    point = file["parameters"]["POINT"]
    point["RATE"]["value"] = [RATE_HZ]
    point["LABELS"]["value"] = tuple(values)
    point["UNITS"]["value"] = (unit,)
    file["data"]["points"] = np.concatenate([points, np.ones((1, *points.shape[1:]))])
    file["header"]["points"]["first_frame"] = first_frame
    if y_screen:
        file.add_parameter("POINT", "Y_SCREEN", [y_screen])
    if angles:
        file.add_parameter("POINT", "ANGLES", list(angles))
    if events:
        file.add_parameter("EVENT", "LABELS", [label for *_, label in events])
        file.add_parameter("EVENT", "CONTEXTS", [side for _, _, side, _ in events])
        file.add_parameter("EVENT", "TIMES", np.array([each[:2] for each in events]).T)
    for name, value in (processing or {}).items():
        file.add_parameter("PROCESSING", name, [value])
    file.write(str(path.with_suffix(".c3d")))  # it writes no other ending
    return path.with_suffix(".c3d").rename(path)


def write_trc(
    path: Path,
    markers: Mapping[str, Floats],
    *,
    unit: str = "mm",
    decimals: int = 6,
    first_s: float = 0.0,
    promised: int | None = None,
) -> Path:
    """Write a TRC file as OpenSim's own look; NaN is an empty cell."""
    scale = {"mm": 1000.0, "cm": 100.0, "m": 1.0}.get(unit, 1.0)
    values = np.concatenate([scale * each for each in markers.values()], axis=1)
    n = len(values)
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate",
        f"{RATE_HZ}\t{RATE_HZ}\t{promised or n}\t{len(markers)}\t{unit}\t{RATE_HZ}",
        "Frame#\tTime\t" + "\t\t\t".join(markers) + "\t\t",
        "\t\t" + "\t".join(f"{a}{k}" for k in range(1, len(markers) + 1) for a in "XYZ"),
        "",
    ]
    for at, row in enumerate(values):
        cells = ["" if np.isnan(value) else f"{value:.6f}" for value in row]
        lines.append("\t".join([str(at + 1), f"{first_s + at / RATE_HZ:.{decimals}f}", *cells]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
