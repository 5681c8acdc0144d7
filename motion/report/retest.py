"""A retest as a table, one row for each angle and view, and way in which it was made."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from motion.agreement import Interval
from motion.clinic import RetestResult

__all__ = ["RETEST_COLUMNS", "retest_table"]

RETEST_COLUMNS: Final = (
    "angle", "measure", "view", "interval", "method", "conditions",
    "n_people", "n_rows", "sessions", "left_out", "mean_deg",
    "icc21", "icc21_low", "icc21_high", "sem_deg", "sem_low_deg", "sem_high_deg",
    "sem_consistency_deg", "mdc95_deg", "bias_deg", "bias_low_deg", "bias_high_deg",
    "loa_low_deg", "loa_low_low_deg", "loa_low_high_deg",
    "loa_high_deg", "loa_high_low_deg", "loa_high_high_deg", "verdict", "note",
)  # fmt: skip

_DECIMALS: Final = 3


def retest_table(results: Iterable[RetestResult]) -> pd.DataFrame:
    """Return ICC, errors, bias and limits of each result, each with its 95 % interval.

    ``bias`` and limits are of the last session less the first. What could not be found is NaN.
    """
    table = pd.DataFrame([_row(result) for result in results], columns=list(RETEST_COLUMNS))
    return table.round(_DECIMALS)


def _row(result: RetestResult) -> dict[str, Any]:
    retest, agreement = result.retest, result.retest.agreement
    return {
        "angle": result.angle,
        "measure": result.measure,
        "view": result.view.value,
        "interval": "between_days" if result.between_days else "same_day",
        "method": result.method,
        "conditions": result.conditions,
        "n_people": result.people,
        "n_rows": retest.n,
        "sessions": retest.k,
        "left_out": result.left_out,
        "mean_deg": float(result.values_deg.mean()) if retest.n else float("nan"),
        "icc21": retest.icc21,
        **_ends("icc21", retest.icc21_ci, ""),
        "sem_deg": retest.sem,
        **_ends("sem", retest.sem_ci),
        "sem_consistency_deg": retest.sem_consistency,
        "mdc95_deg": retest.mdc95,
        "bias_deg": agreement.bias,
        **_ends("bias", agreement.bias_ci),
        "loa_low_deg": agreement.loa_low,
        **_ends("loa_low", agreement.loa_low_ci),
        "loa_high_deg": agreement.loa_high,
        **_ends("loa_high", agreement.loa_high_ci),
        "verdict": result.verdict.value,
        "note": result.verdict.sentence,
    }


def _ends(name: str, interval: Interval, unit: str = "_deg") -> dict[str, float]:
    return {f"{name}_low{unit}": interval.low, f"{name}_high{unit}": interval.high}
