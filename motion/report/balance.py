"""The files of a sway: its numbers, its time series and its summary."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.balance import BalanceNumber, Sway
from motion.report.files import replace_file
from motion.report.summary import plain
from motion.report.sway_figure import draw_sway
from motion.report.tables import write_csv

__all__ = ["BALANCE_COLUMNS", "balance_table", "sway_table", "write_balance"]

BALANCE_COLUMNS: Final = (
    "measure", "axis", "value", "unit", "sem", "mdc95", "mdc_source", "confidence",
    "valid_fraction", "verdict", "note",
)  # fmt: skip

_DIGITS: Final = 5


def balance_table(numbers: Sequence[BalanceNumber]) -> pd.DataFrame:
    """Return one row per number; five significant digits, empty where not measured."""
    rows = [{name: _cell(asdict(number)[name]) for name in BALANCE_COLUMNS} for number in numbers]
    return pd.DataFrame(rows, columns=list(BALANCE_COLUMNS))


def sway_table(sway: Sway) -> pd.DataFrame:
    """Return time and displacement about the mean, a column for each axis."""
    about_mean = sway.about_mean
    table = {"time_s": np.round(sway.series.time_s, 6)}
    for place, axis in enumerate(sway.axes):
        table[f"{axis}_{sway.unit}"] = np.round(about_mean[:, place], 6) + 0.0
    return pd.DataFrame(table)


def write_balance(
    numbers: Sequence[BalanceNumber], sway: Sway, summary: Mapping[str, Any], folder: Path
) -> None:
    """Write ``balance.csv``, ``sway.csv``, ``sway.png`` and, last, ``summary.json``.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    write_csv(balance_table(numbers), folder / "balance.csv")
    write_csv(sway_table(sway), folder / "sway.csv")
    draw_sway(sway, folder / "sway.png")
    text = json.dumps(plain(dict(summary)), indent=2, ensure_ascii=False, allow_nan=False)
    with replace_file(folder / "summary.json") as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") + 0.0 if np.isfinite(value) else None
    return str(value) if isinstance(value, str) else value
