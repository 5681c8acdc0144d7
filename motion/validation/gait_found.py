"""What a validation of walking found: rows of the tables it writes."""

from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

__all__ = ["TABLES", "GaitFound"]

TABLES: Final = {
    "events": (
        "walk", "group", "source", "event", "side", "limb", "true_s", "found_s", "error_ms",
        "outcome", "confidence", "left_out",
    ),
    "parameters": (
        "walk", "group", "source", "scale", "measure", "side", "unit", "true", "found", "error",
        "error_percent", "n", "sd", "ci95_low", "ci95_high", "verdict",
    ),
    "steps": (
        "walk", "group", "source", "scale", "side", "true_s", "found_s", "true_length_m",
        "found_length_m", "error_m", "left_out",
    ),
    "angles": (
        "walk", "group", "source", "angle", "side", "limb", "frames_n", "n", "bias_deg", "mae_deg",
    ),
    "variants": (
        "walk", "group", "variant", "measure", "side", "whole", "ci95_low", "ci95_high", "found",
        "found_low", "found_high", "difference", "inside", "overlapping",
    ),
    "still": ("clip", "motion", "events_n", "numbers_n", "said"),
    "listed": (
        "recording", "time_s", "side", "event", "step_time_s", "confidence", "left_out", "by_eye",
    ),
}  # fmt: skip
"""The columns of each table; it is written as ``gait_{name}.csv``."""


@dataclass(slots=True)
class GaitFound:
    """Rows by table."""

    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in TABLES}
    )

    def table(self, name: str) -> pd.DataFrame:
        """Return one table with its columns, empty where nothing was found."""
        return pd.DataFrame(self.rows[name], columns=list(TABLES[name]))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        return {name: self.table(name) for name in TABLES}

    @property
    def empty(self) -> bool:
        """Whether nobody walked."""
        return not any(self.rows.values())
