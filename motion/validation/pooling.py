"""Figures of many clips together: by angle, view, how far off the camera was, and whose body."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.validation.coverage import COVERAGES, Coverage
from motion.validation.ways import PRODUCT

__all__ = [
    "BODIES",
    "OFF_CLASSES",
    "STRAIGHT",
    "add_off_class",
    "pool",
    "pool_by_key",
    "pool_straight",
    "pooled_coverage",
    "select_moving",
    "summarise",
]

STRAIGHT: Final = "0-5"
OFF_CLASSES: Final[tuple[tuple[float, str], ...]] = (
    (5.5, STRAIGHT),
    (14.5, "6-14"),
    (30.5, "15-30"),
    (45.5, "31-45"),
    (60.5, "46-60"),
    (90.5, "61-90"),
)
"""Degrees between the camera and the angle's own plane: up to which, and what it is called."""


def add_off_class(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with ``off_class``; empty where the camera's place is not known."""

    def name_of(off_deg: float) -> str:
        return next((name for limit, name in OFF_CLASSES if off_deg < limit), "")

    return rows.assign(off_class=rows["off_plane_deg"].map(name_of))


def pool(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return one row per group of equal ``keys``.

    Bias, mean absolute error and the errors of extremes are means over curves, so that a long
    clip counts no more than a short one; RMSE, SD and the limits of agreement are over frames,
    each curve's own bias in the spread. Curves without any number count in ``detection_rate``
    (share of all frames that were given) only.

    Parameters
    ----------
    rows
        Rows of ``validation.csv`` with ``off_class``.
    keys
        Columns to group by.
    """
    if rows.empty:
        return pd.DataFrame(columns=[*keys, "clips_n", "curves_n"])
    groups = rows.groupby(list(keys), sort=True, dropna=False)
    return pd.DataFrame(
        [{**dict(zip(keys, key, strict=True)), **_pooled(group)} for key, group in groups]
    )


def pool_by_key(pooled: pd.DataFrame, keys: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the rows of :func:`pool` by the values of their keys, in order."""
    return {
        tuple(row[name] for name in keys): {str(name): value for name, value in row.items()}
        for row in pooled.to_dict("records")
    }


def select_moving(rows: pd.DataFrame, way: str = PRODUCT) -> pd.DataFrame:
    """Return the angles that rendered clips move, measured one way.

    A far limb counts where the product gives it; that it mostly does not is its rule.
    """
    chosen = rows[(rows["way"] == way) & (rows["truth"] == "rendered") & rows["moving"]]
    return chosen[(chosen["limb"] != "far") | (chosen["n"] > 0)]


def pool_straight(rows: pd.DataFrame, way: str = PRODUCT) -> pd.DataFrame:
    """Return the pooled figures of moving angles in straight views, by angle, view and limb."""
    chosen = select_moving(rows, way)
    return pool(chosen[chosen["off_class"] == STRAIGHT], ("angle", "view", "limb"))


def _pooled(group: pd.DataFrame) -> dict[str, Any]:
    given = group[group["n"] > 0]
    n = given["n"].to_numpy(dtype=float)
    total_n = float(np.sum(n))
    bias = _weighted(given["bias_deg"], n)
    square = _weighted(given["rmse_deg"] ** 2, n)
    sd = np.sqrt(max(square - bias**2, 0.0) * total_n / (total_n - 1.0)) if total_n > 1 else np.nan
    figures: dict[str, Any] = {
        "clips_n": group["clip"].nunique(),
        "curves_n": len(given),
        "frames_n": int(total_n),
        "detection_rate": _weighted(group["detection_rate"], group["frames_n"].to_numpy()),
        "bias_deg": given["bias_deg"].mean(),
        "mae_deg": given["mae_deg"].mean(),
        "worst_mae_deg": given["mae_deg"].max(),
        "rmse_deg": np.sqrt(square),
        "sd_deg": sd,
        "loa_low_deg": bias - 1.96 * sd,
        "loa_high_deg": bias + 1.96 * sd,
        "max_error_deg": given["max_error_deg"].mean(),
        "min_error_deg": given["min_error_deg"].mean(),
        "rom_error_deg": given["rom_error_deg"].mean(),
        "counted_n": int(group["repetition_count_error"].notna().sum()),
        "miscounted_n": int((group["repetition_count_error"].fillna(0) != 0).sum()),
        "peaks_n": int(given["peaks_n"].sum()),
        "peak_bias_deg": _weighted(given["peak_bias_deg"].fillna(0), given["peaks_n"].to_numpy()),
        "peak_mae_deg": _weighted(given["peak_mae_deg"].fillna(0), given["peaks_n"].to_numpy()),
        "band95_width_deg": given["band95_width_deg"].mean(),
    }
    for name in COVERAGES:
        found = pooled_coverage(given, name)
        low, high = found.interval
        figures |= {
            f"{name}_inside": found.inside,
            f"{name}_n": found.n,
            f"{name}_share": found.share,
            f"{name}_low": low,
            f"{name}_high": high,
        }
    return figures


def pooled_coverage(rows: pd.DataFrame, name: str) -> Coverage:
    """Return the coverage of several curves together."""
    return Coverage(int(rows[f"{name}_inside"].sum()), int(rows[f"{name}_n"].sum()))


def _weighted(values: "pd.Series[float]", weights: np.ndarray[Any, Any]) -> float:
    total = float(np.sum(weights))
    return float(np.sum(values.to_numpy(dtype=float) * weights) / total) if total else np.nan


BODIES: Final = {"all": (False, True), "held out": (True,), "fitted on": (False,)}
"""Everybody, those whom no figure was fitted on, and those whom figures were fitted on."""

_KEYS: Final = ("truth", "way", "angle", "view", "limb", "moving", "off_class")


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Return pooled figures by angle, and by angle and motion; each for all and for held out.

    ``motion`` is ``all`` where motions are pooled, ``body`` one of ``BODIES``.
    """
    parts = []
    for body, which in BODIES.items():
        chosen = rows[rows["held_out"].isin(which)]
        parts.append(pool(chosen.assign(motion="all"), (*_KEYS, "motion")).assign(body=body))
        parts.append(pool(chosen, (*_KEYS, "motion")).assign(body=body))
    first = [*_KEYS, "motion", "body"]
    table = pd.concat([pd.DataFrame(columns=first), *parts], ignore_index=True)
    return table[[*first, *(name for name in table.columns if name not in first)]]
