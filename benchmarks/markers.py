"""Our angles on real marker files against those that the files' makers computed.

``python benchmarks/markers.py DIR`` with the folder of real recordings prints a table: the mean
difference (ours less theirs), the root mean square error with it and without it, and both ranges;
then how far the joints' centres lie from those of Plug-in-Gait's own model, and how far the angles
move where the file does not say the widths of knees and ankles.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from motion.library import load_marker_sets
from motion.looking import look_into_room
from motion.markers import read_markers, read_mot, recognise_set, to_recording
from motion.markers.c3d import read_c3d_angles
from motion.markers.landmarks import place_landmarks
from motion.markers.writing import COORDINATES
from motion.model import AngleTable, FloatArray, Side, landmark_index
from motion.pipeline_markers import analyse_markers
from motion.settings import AnalysisSettings

PLUG_IN_GAIT = {
    "hip_flexion": "HipAngles",
    "knee_flexion": "KneeAngles",
    "ankle_dorsiflexion": "AnkleAngles",
}
SEGMENT_ORIGINS = {"hip": "FEP", "knee": "FEO", "ankle": "TIO"}
Pair = tuple[str, FloatArray, FloatArray]


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    c3d = folder / "gait_c3d" / "PiG_Motion-FlatFoot-Full.c3d"
    trc, mot = (folder / "gait_trc" / f"subject01_walk{end}" for end in (".trc", "_IK.mot"))
    print("| file | angle | mean difference | RMSE | RMSE without it | ours | theirs |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, pairs in (
        ("C3D, Plug-in-Gait", compare_c3d(c3d)),
        ("TRC, OpenSim IK", compare_trc(trc, mot)),
    ):
        for angle, ours, theirs in pairs:
            print(f"| {name} | {angle} | {describe(ours, theirs)} |")
    print("\n| joint | mean distance from Plug-in-Gait's centre, mm |\n| --- | --- |")
    for joint, distance_mm in measure_centres(c3d):
        print(f"| {joint} | {distance_mm:.1f} |")
    print("\n| angle | largest change with the usual widths, degrees |\n| --- | --- |")
    for angle, change_deg in measure_usual_widths(c3d):
        print(f"| {angle} | {change_deg:.1f} |")


def describe(ours: FloatArray, theirs: FloatArray) -> str:
    """Return the figures of a pair of curves as cells of the table."""
    both = np.isfinite(ours) & np.isfinite(theirs)
    ours, theirs = ours[both], theirs[both]
    difference = ours - theirs
    figures = (np.mean(difference), np.sqrt(np.mean(difference**2)), np.std(difference))
    ranges = (f"{np.min(v):.1f} to {np.max(v):.1f}" for v in (ours, theirs))
    return " | ".join([*(f"{figure:+.1f}" if n == 0 else f"{figure:.1f}"
                         for n, figure in enumerate(figures)), *ranges])  # fmt: skip


def compare_c3d(path: Path) -> Iterator[Pair]:
    """Yield name, our curve and Plug-in-Gait's; frames that its model left at 0 are missing."""
    table = analyse_markers(path, AnalysisSettings()).angles
    theirs = read_c3d_angles(path)
    for angle, label in PLUG_IN_GAIT.items():
        for side in (Side.LEFT, Side.RIGHT):
            values = theirs[f"{side[0].upper()}{label}"]
            values = np.where(np.any(values != 0, axis=1), values[:, 0], np.nan)
            yield f"{side} {angle}", value_of(table, angle, side), values


def compare_trc(markers: Path, motion: Path) -> Iterator[Pair]:
    """Yield name, our curve and that of OpenSim's inverse kinematics, in our signs."""
    table = analyse_markers(markers, AnalysisSettings()).angles
    theirs = read_mot(motion)
    for angle in PLUG_IN_GAIT:
        coordinate, sign = COORDINATES[angle]
        for side in (Side.LEFT, Side.RIGHT):
            values = sign * theirs[f"{coordinate}_{side[0]}"]
            yield f"{side} {angle}", value_of(table, angle, side), values


def measure_centres(path: Path) -> Iterator[tuple[str, float]]:
    """Yield how far our joint centres lie from the origins of Plug-in-Gait's segments."""
    markers = read_markers(path)
    ours = place_landmarks(markers, recognise_set(markers.names, load_marker_sets()))
    for joint, origin in SEGMENT_ORIGINS.items():
        for side in (Side.LEFT, Side.RIGHT):
            theirs = markers.position_m[:, markers.names.index(f"{side[0].upper()}{origin}")]
            apart_m = np.linalg.norm(ours[:, landmark_index(f"{side}_{joint}")] - theirs, axis=1)
            yield f"{side} {joint}", 1000.0 * float(np.nanmean(apart_m))


def measure_usual_widths(path: Path) -> Iterator[tuple[str, float]]:
    """Yield how far each angle of the legs moves where the file's widths are taken away."""
    markers = read_markers(path)
    marker_set = recognise_set(markers.names, load_marker_sets())
    with_widths, without = (
        look_into_room(to_recording(each, marker_set), AnalysisSettings(), each.rate_hz).table
        for each in (markers, replace(markers, widths_m={}))
    )
    for angle in PLUG_IN_GAIT:
        change = [
            value_of(without, angle, side) - value_of(with_widths, angle, side)
            for side in (Side.LEFT, Side.RIGHT)
        ]
        yield angle, float(np.nanmax(np.abs(change)))


def value_of(table: AngleTable, angle: str, side: Side) -> FloatArray:
    """Return the values of one curve."""
    return next(c.value_deg for c in table.curves if c.angle == angle and c.side is side)


if __name__ == "__main__":
    main()
