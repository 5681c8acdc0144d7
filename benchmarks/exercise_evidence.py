"""Which exercises of the library are validated: the figures of every movement with clips.

    motion validate DIR ... --out DIR
    python benchmarks/exercise_evidence.py DIR/validation.csv ... [--out exercises.csv]

Of a motion that stands in several tables the last counts. The table that is written is
``data/validation/exercises.csv``; ``motion.exercise.evidence.judge_evidence`` says what it allows.
"""

import argparse
from itertools import groupby
from pathlib import Path

import pandas as pd

from motion.exercise.evidence import EVIDENCE_COLUMNS, judge_evidence, parse_evidence
from motion.library import list_movements

STRAIGHT = ("0-5", "6-14")
"""Degrees off the plane: as straight as a camera at home stands."""


def read_counted(path: Path) -> pd.DataFrame:
    """Return the rows of the counted angle of each clip: straight views, the product's way."""
    rows = pd.read_csv(path)
    movements = list_movements()
    rows = rows[(rows["way"] == "product") & rows["off_class"].isin(STRAIGHT)]
    rows = rows[(rows["limb"] != "far") & (rows["peaks_n"] > 0) & rows["movement"].notna()]
    counted = rows["movement"].map(
        lambda name: movements[name].counted_angle if name in movements else ""
    )
    return rows[rows["angle"] == counted]


def tabulate_evidence(paths: list[Path]) -> pd.DataFrame:
    """Return one row per motion, with the columns of ``EVIDENCE_COLUMNS``."""
    found: dict[str, dict[str, object]] = {}
    for path in paths:
        for (motion, movement, angle), clips in read_counted(path).groupby(
            ["motion", "movement", "angle"]
        ):
            found[str(motion)] = {
                "motion": motion,
                "movement": movement,
                "angle": angle,
                "clips_n": len(clips),
                "held_out_n": int(clips["held_out"].astype(bool).sum()),
                "exact_n": int((clips["repetition_count_error"] == 0).sum()),
                "mae_deg": round(clips["mae_deg"].mean(), 1),
                "peak_error_deg": round(clips["peak_bias_deg"].mean(), 1),
                "range_error_deg": round(clips["rom_error_deg"].mean(), 1),
                "repetitions_n": int(clips["band95_repetitions_n"].sum()),
                "in_band_n": int(clips["band95_repetitions_inside"].sum()),
            }
    table = pd.DataFrame(list(found.values()), columns=list(EVIDENCE_COLUMNS))
    return table.sort_values(["movement", "motion"], ignore_index=True)


def main() -> None:
    """Print what each movement's clips allow; write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    table = tabulate_evidence(chosen.tables)
    print(table.to_string(index=False))
    rows = [parse_evidence(row) for row in table.astype(str).to_dict("records")]
    for movement, same in groupby(rows, key=lambda row: row.movement):
        print(f"{movement}: {'; '.join(judge_evidence(list(same))) or 'validated'}")
    if chosen.out:
        table.to_csv(chosen.out, index=False)


if __name__ == "__main__":
    main()
