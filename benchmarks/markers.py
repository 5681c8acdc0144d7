"""Our angles on real marker files against those that the files' makers computed.

``python benchmarks/markers.py DIR`` with the folder of real recordings prints a table: the mean
difference (ours less theirs), the root mean square error with it and without it, and both ranges.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from motion.markers import read_mot
from motion.markers.c3d import read_c3d_angles
from motion.markers.writing import COORDINATES
from motion.model import AngleTable, FloatArray, Side
from motion.pipeline_markers import analyse_markers
from motion.settings import AnalysisSettings

PLUG_IN_GAIT = {
    "hip_flexion": "HipAngles",
    "knee_flexion": "KneeAngles",
    "ankle_dorsiflexion": "AnkleAngles",
}
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


def value_of(table: AngleTable, angle: str, side: Side) -> FloatArray:
    """Return the values of one curve."""
    return next(c.value_deg for c in table.curves if c.angle == angle and c.side is side)


if __name__ == "__main__":
    main()
