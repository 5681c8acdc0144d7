"""The compact tables of a validation, as they are printed: text cells under their headings."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from motion.validation.groups import compare_groups
from motion.validation.pooling import pool, pool_by_key, select_moving
from motion.validation.ways import PRODUCT, WAYS

__all__ = [
    "share",
    "signed",
    "tabulate_angles",
    "tabulate_groups",
    "tabulate_real",
    "tabulate_variants",
    "unsigned",
]

_BY_ANGLE: Final = ("angle", "view", "limb", "off_class")
_BY_VARIANT: Final = ("angle", "motion", "yaw_deg", "subject", "skin", "light")


def unsigned(value: float) -> str:
    """Return a size in tenths of a degree; a dash where there is none."""
    return "-" if math.isnan(value) else f"{value:.1f}"


def signed(value: float) -> str:
    """Return a difference in tenths of a degree; a dash where there is none."""
    return "-" if math.isnan(value) else f"{round(value, 1) + 0.0:+.1f}"


def share(value: float) -> str:
    """Return a share in percent; a dash where there is none."""
    return "-" if math.isnan(value) else f"{value:.0%}"


def tabulate_angles(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return a line for each moving angle of rendered clips, limb and degrees off the plane."""
    product = select_moving(rows)
    plain = _pool(select_moving(rows, WAYS[1].name), _BY_ANGLE)
    held_out = _pool(product[product["held_out"]], _BY_ANGLE)
    return [
        {
            "angle": row["angle"],
            "view": row["view"],
            "limb": row["limb"],
            "off": row["off_class"],
            "clips": str(row["clips_n"]),
            **_figures(row),
            "in band": share(row["band95_frames_share"]),
            "held out": unsigned(held_out[key]["mae_deg"]) if key in held_out else "-",
            "plain": unsigned(plain[key]["mae_deg"]) if key in plain else "-",
        }
        for key, row in _pool(product, _BY_ANGLE).items()
    ]


def tabulate_variants(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return a line for each moving angle of rendered clips, motion, yaw, body, skin and light."""
    return [
        {
            "angle": row["angle"],
            "motion": row["motion"],
            "yaw": "-" if math.isnan(row["yaw_deg"]) else f"{row['yaw_deg']:+.0f}",
            "body, skin, light": f"{row['subject']} {row['skin']} {row['light']}".strip(),
            **_figures(row),
        }
        for row in _pool(select_moving(rows), _BY_VARIANT).values()
    ]


def _pool(rows: pd.DataFrame, keys: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return pool_by_key(pool(rows, keys), keys)


def _figures(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "bias": signed(row["bias_deg"]),
        "MAE": unsigned(row["mae_deg"]),
        "RMSE": unsigned(row["rmse_deg"]),
        "limits": f"{signed(row['loa_low_deg'])} {signed(row['loa_high_deg'])}",
        "range": signed(row["rom_error_deg"]),
        "given": share(row["detection_rate"]),
        "MDC95": share(row["mdc95_frames_share"]),
        "miscounted": f"{row['miscounted_n']} of {row['counted_n']}" if row["counted_n"] else "-",
    }


def tabulate_groups(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return a line for each level of body, skin and light in fully crossed sets."""
    return [
        {
            "differs in": f.factor,
            "angle": f.angle,
            "level": f.level,
            "curves": str(f.sets_n),
            "MAE": unsigned(f.mae_deg),
            "bias": signed(f.bias_deg),
        }
        for f in compare_groups(rows)
    ]


def tabulate_real(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return a line for each angle of the real recordings: RMSE (bias) against each reference."""
    real = rows[(rows["truth"] != "rendered") & (rows["n"] > 0)]
    truths = sorted(real["truth"].unique(), key=lambda name: ("mean" not in name, name))
    columns = [(PRODUCT, truth, truth) for truth in truths]
    columns += [(WAYS[1].name, truth, f"{WAYS[1].name}: {truth}") for truth in truths[:1]]
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    for row in real.to_dict("records"):
        start = {
            "recording": str(row["clip"]),
            "angle": f"{row['side']} {row['angle']}".replace("_", " "),
            "degrees off": "-" if math.isnan(off_deg := row["off_plane_deg"]) else f"{off_deg:.0f}",
            "given": "-",
            **{heading: "-" for _, _, heading in columns},
        }
        line = lines.setdefault((start["recording"], start["angle"]), start)
        if row["way"] == PRODUCT:
            line["given"] = share(row["detection_rate"])
        for way, truth, heading in columns:
            if (way, truth) == (row["way"], row["truth"]):
                line[heading] = f"{unsigned(row['rmse_deg'])} ({signed(row['bias_deg'])})"
    return list(lines.values())
