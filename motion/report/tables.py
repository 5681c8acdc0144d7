"""The tables of a take as CSV: columns, rounding, and safety against formula injection."""

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.clinic.units import table_decimals
from motion.model import Analysis, AngleCurve, FloatArray, Side
from motion.norms import Subject, gate_scores
from motion.report.files import replace_file

__all__ = [
    "ANGLE_DECIMALS",
    "MEASUREMENT_COLUMNS",
    "REPETITION_COLUMNS",
    "angles_table",
    "measurements_table",
    "repetitions_table",
    "round_cells",
    "write_csv",
]

ANGLE_DECIMALS: Final = 2
_TIME_DECIMALS: Final = 6
_DECIMALS: Final = 3

MEASUREMENT_COLUMNS: Final = (
    "measure", "joint", "motion", "side", "value", "unit", "n_repetitions", "sd", "sem",
    "mdc95", "mdc_source", "view", "position", "mode", "near_side", "confidence",
    "valid_fraction", "verdict", "note", "setting", "weight_bearing", "aid",
    "footwear_orthosis", "mirrored", "band95",
)  # fmt: skip

REPETITION_COLUMNS: Final = (
    "repetition", "joint", "motion", "side", "direction", "start_s", "peak_s", "end_s",
    "peak_deg", "rom_deg", "duration_s", "raise_s", "hold_s", "lower_s", "smoothness_sparc",
    "confidence", "verdict", "peak_band95_deg",
)  # fmt: skip

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def angles_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per frame: time, each angle with its confidence, what was filled, bands."""
    table = analysis.angles
    columns: dict[str, FloatArray] = {"time_s": _tidy(table.time_s, _TIME_DECIMALS)}
    for curve in sorted(table.curves, key=_column_order):
        columns[f"{curve.name}_deg"] = _tidy(curve.value_deg, ANGLE_DECIMALS)
        columns[f"{curve.name}_confidence"] = _tidy(curve.confidence, 3)
    frame = pd.DataFrame(columns)
    for curve in sorted(table.curves, key=_column_order):
        frame[f"{curve.name}_filled"] = curve.filled.astype(int)
    for curve in sorted(table.curves, key=_column_order):
        frame[f"{curve.name}_band95_deg"] = _tidy(curve.band95_deg, ANGLE_DECIMALS)
    return frame


def _tidy(values: FloatArray, decimals: int) -> FloatArray:
    return np.round(values, decimals) + 0.0  # no "-0.0"


def _column_order(curve: AngleCurve) -> int:
    return 1 if curve.side is Side.NONE else 0


def measurements_table(analysis: Analysis, subject: Subject | None = None) -> pd.DataFrame:
    """Return one row per number, with its error, its evidence and the take's conditions.

    Parameters
    ----------
    subject
        Who was measured, None where nobody knows: how far a walk lies from the reference curves is
        as certain as they fit the person, and not given of a child.
    """
    conditions = analysis.conditions
    rows = [
        {
            **{name: getattr(m, name) for name in MEASUREMENT_COLUMNS if hasattr(m, name)},
            "view": analysis.view.name,
            "position": conditions.position,
            "mode": conditions.mode,
            "near_side": conditions.near_side,
            "setting": conditions.setting,
            "weight_bearing": conditions.weight_bearing,
            "aid": conditions.aid,
            "footwear_orthosis": conditions.footwear_orthosis,
            "mirrored": conditions.mirrored,
        }
        for m in gate_scores(analysis.measurements, subject.ages_y if subject else ())
    ]
    return _table(rows, MEASUREMENT_COLUMNS)


def repetitions_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per repetition."""
    rows = [{name: getattr(r, name) for name in REPETITION_COLUMNS} for r in analysis.repetitions]
    return _table(rows, REPETITION_COLUMNS)


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    rounded = [round_cells(row, _DECIMALS) for row in rows]
    return pd.DataFrame(rounded, columns=list(columns))


def round_cells(row: Mapping[str, Any], decimals: int) -> dict[str, Any]:
    """Return a row's cells for a table: numbers rounded, missing ones None, words as text.

    Parameters
    ----------
    decimals
        At least so many; more where the row's ``unit`` bears them, as of the walk ratio, which is
        a few thousandths.
    """
    kept = max(decimals, table_decimals(str(row.get("unit", ""))))
    return {name: _round(value, kept) for name, value in row.items()}


def _round(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return round(value, decimals) + 0.0 if math.isfinite(value) else None
    return str(value) if isinstance(value, str) else value


def write_csv(frame: pd.DataFrame, path: Path, *, decimal_comma: bool = False) -> None:
    """Write a table as UTF-8 CSV with a header, ``.`` decimals and empty cells for missing.

    A text cell that a spreadsheet would run as a formula gets an apostrophe in front;
    numbers, also negative ones, stay numbers.

    Parameters
    ----------
    decimal_comma
        For spreadsheets of countries that write 9,7: ``;`` between the cells, ``,`` in numbers,
        and a byte order mark, without which such a spreadsheet takes the letters for others.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(_disarm)
    with replace_file(path) as partial:
        safe.to_csv(
            partial,
            index=False,
            sep=";" if decimal_comma else ",",
            decimal="," if decimal_comma else ".",
            encoding="utf-8-sig" if decimal_comma else "utf-8",
            lineterminator="\n",
            quoting=csv.QUOTE_MINIMAL,
        )


def _disarm(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    safe = f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    # A lone carriage return is left unquoted by the csv module, and ends the row for a reader.
    return safe.replace("\r\n", "\n").replace("\r", "\n")
