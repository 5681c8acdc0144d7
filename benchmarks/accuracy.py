"""How far `motion analyse` is from the known answers of the rendered clips.

Prints, for each clip and each angle that moves by 12 degrees or more, bias, mean absolute
error, the error of the maximum and of the minimum, and the repetitions counted.

    python benchmarks/accuracy.py [FOLDER]     (a folder of NAME.mp4 with NAME.csv)
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from motion.console import quieten_native_logs
from motion.model import Analysis, AngleCurve
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings

SYNTHETIC = Path(__file__).resolve().parents[2] / "shared" / "validation" / "synthetic"
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
SMALLEST_RANGE_DEG = 12.0

# Names in the truth files that differ from ours, with their sign.
OTHER_NAMES = {
    "trunk_flexion": ("trunk_forward_lean", 1.0),
    "trunk_lateral_flexion": ("trunk_lateral_lean_left", -1.0),
}


def find_truth(truth: pd.DataFrame, curve: AngleCurve) -> np.ndarray | None:
    """Return the true angle of a curve, or None where the clip does not know it."""
    name, sign = OTHER_NAMES.get(curve.name, (curve.name, 1.0))
    if name not in truth:
        return None
    values = sign * truth[name].to_numpy()
    # The truth's ankle contains the foot's own slope: it is compared from its standing value.
    return values - values[0] if curve.joint == "ankle" else values


def add_rows(table: Table, name: str, analysis: Analysis, truth: pd.DataFrame) -> None:
    """Add one row per angle that the clip moves."""
    for curve in analysis.angles.measured:
        true_deg = find_truth(truth, curve)
        if true_deg is None or np.ptp(true_deg) < SMALLEST_RANGE_DEG:
            continue
        value_deg = curve.value_deg
        if curve.joint == "ankle":
            value_deg = value_deg - np.nanmedian(value_deg[:5])
        error = value_deg - true_deg
        counted = len(analysis.repetitions) if curve.name == analysis.counted_on else ""
        table.add_row(
            name,
            curve.name,
            str(analysis.view.name),
            f"{np.nanmean(error):+.1f}",
            f"{np.nanmean(np.abs(error)):.1f}",
            f"{np.nanmax(value_deg) - np.max(true_deg):+.1f}",
            f"{np.nanmin(value_deg) - np.min(true_deg):+.1f}",
            str(counted),
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder or (SYNTHETIC if SYNTHETIC.is_dir() else SAMPLES)
    quieten_native_logs()
    headings = ("clip", "angle", "view", "bias", "MAE", "max error", "min error", "repetitions")
    table = Table(*headings, title="degrees; result less truth")
    for clip in sorted(folder.glob("*.mp4")):
        analysis = analyse_video(clip, AnalysisSettings())
        add_rows(table, clip.stem, analysis, pd.read_csv(clip.with_suffix(".csv")))
    Console(file=sys.stdout, width=120).print(table)


if __name__ == "__main__":
    main()
