"""Says in plain sentences how well each angle is measured, from its figures alone."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from motion.kinematics import JOINTS
from motion.model import Position
from motion.validation.markdown import angle_title
from motion.validation.pooling import STRAIGHT, pool, pool_by_key, pool_straight, select_moving
from motion.validation.ways import PRODUCT

__all__ = ["describe_angles", "describe_limits", "describe_thresholds"]

WELL_MAE_DEG: Final = 5.0
"""A standard goniometer's own error (SEM 3.4 degrees) is no smaller than this on average."""

POOR_MAE_DEG: Final = 10.0
"""The minimum significant difference of a long goniometer (Hancock 2018): a change that matters
to a therapist disappears in a larger error."""

BIASED_DEG: Final = 3.0
ENOUGH_GIVEN: Final = 0.8
OFF_END_DEG: Final = 5.0


def describe_thresholds() -> str:
    """Return what the words mean."""
    return (
        f"*Well*: mean absolute error up to {WELL_MAE_DEG:g} degrees. *With care*: up to "
        f"{POOR_MAE_DEG:g}, which a long goniometer cannot tell apart either (Hancock 2018). "
        f"*Poorly*: more, or given in fewer than {ENOUGH_GIVEN:.0%} of the frames. A bias is named "
        f"from {BIASED_DEG:g} degrees on, an end of the movement from {OFF_END_DEG:g} on. All for "
        "a camera within 5 degrees of the angle's plane."
    )


def describe_angles(rows: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each angle and limb in straight views, the best first.

    Parameters
    ----------
    rows
        Rows of ``validation.csv`` with ``off_class``.
    """
    keys = ("angle", "limb")
    held_out = pool_by_key(pool_straight(rows[rows["held_out"]]), keys)
    pooled = pool_by_key(pool_straight(rows), keys)
    for key in sorted(pooled, key=lambda key: (_rank(pooled[key]), key)):
        yield _sentence(pooled[key], held_out.get(key))


def _rank(row: dict[str, Any]) -> int:
    if not row["curves_n"] or row["detection_rate"] < ENOUGH_GIVEN:
        return 3
    return 0 if row["mae_deg"] <= WELL_MAE_DEG else 1 if row["mae_deg"] <= POOR_MAE_DEG else 2


def _sentence(row: dict[str, Any], held_out: dict[str, Any] | None) -> str:
    limb = f" of the {row['limb']} limb" if row["limb"] else ""
    view = {"sagittal": "from the side", "frontal": "from the front"}[row["view"]]
    name = f"- **{angle_title(row['angle']).capitalize()}**{limb}, {view}:"
    if not row["curves_n"]:
        return f"{name} not given."
    new = held_out if held_out and held_out["curves_n"] else None
    judged = new or row
    words = ("measured well", "measured with care", "measured poorly", "measured poorly")
    parts = [f"{words[_rank(judged)]}, {judged['mae_deg']:.1f} degrees off on average"]
    if new:
        parts[0] += f" on bodies held out ({_clips(new)})"
        parts.append(f"{row['mae_deg']:.1f} on all")
    if row["worst_mae_deg"] > WELL_MAE_DEG >= judged["mae_deg"]:
        parts.append(f"{row['worst_mae_deg']:.1f} in the worst clip")
    parts += _faults(row)
    return f"{name} {'; '.join(parts)} ({_clips(row)})."


def _clips(row: dict[str, Any]) -> str:
    return f"{row['clips_n']} {'clip' if row['clips_n'] == 1 else 'clips'}"


def _faults(row: dict[str, Any]) -> Iterator[str]:
    if abs(row["bias_deg"]) >= BIASED_DEG:
        yield f"reads {abs(row['bias_deg']):.1f} {_way(row['bias_deg'])}"
    for end, column in (("largest", "max_error_deg"), ("smallest", "min_error_deg")):
        if abs(row[column]) >= OFF_END_DEG:
            yield f"its {end} value {abs(row[column]):.1f} too {_way(row[column])}"
    if row["detection_rate"] < ENOUGH_GIVEN:
        yield f"given in {row['detection_rate']:.0%} of the frames"


def _way(error_deg: float) -> str:
    return "low" if error_deg < 0 else "high"


def describe_limits(rows: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each thing that was measured badly, or not held against a truth.

    Parameters
    ----------
    rows
        Rows of ``validation.csv`` with ``off_class``.
    """
    moving = select_moving(rows)
    if not rows["held_out"].any():
        yield (
            "- **No body here was held out** of the fits behind the product: read the figures "
            "of rendered people as the best case."
        )
    off = pool(moving[moving["off_class"] != STRAIGHT], ("angle", "off_class"))
    poor = [row for row in off.to_dict("records") if _rank(_named(row)) >= 2]
    if poor:
        named = "; ".join(
            f"{angle_title(row['angle'])} at {row['off_class']} degrees ({_off_and_given(row)})"
            for row in poor
        )
        yield f"- **Off the plane**, measured poorly: {named}."
    real = rows[(rows["truth"] != "rendered") & (rows["way"] == PRODUCT) & (rows["n"] > 0)]
    if len(real):
        single = real[real["truth"].str.contains("mean") & real["off_plane_deg"].notna()]
        worst_n = int((single["rmse_deg"] > POOR_MAE_DEG).sum())
        yield (
            f"- **A real person whose limbs leave their plane**: of {len(single)} angles from one "
            f"camera each {worst_n} are more than {POOR_MAE_DEG:g} degrees (root mean square) from "
            "the reference. One camera does not measure such movements."
        )
    still = sorted({joint.name for joint in JOINTS} - set(moving["angle"]))
    if still:
        yield f"- **Not validated**, no clip moves it: {', '.join(map(angle_title, still))}."
    known = {Position.UNKNOWN, *moving["position"]}
    missing = [position.value.replace("_", " ") for position in Position if position not in known]
    if missing:
        yield f"- **Not validated positions**: {', '.join(missing)}."


def _off_and_given(row: dict[Any, Any]) -> str:
    if not row["curves_n"]:
        return "not given"
    return f"{row['mae_deg']:.1f}, given in {row['detection_rate']:.0%}"


def _named(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
