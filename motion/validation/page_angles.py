"""The page's sections on angles: straight views, movements, goals, off the plane, repetitions."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from motion.validation.goals import GoalResult, read_goals
from motion.validation.markdown import angle_title, paragraph, table
from motion.validation.pooling import (
    OFF_CLASSES,
    STRAIGHT,
    pool,
    pool_by_key,
    pool_straight,
    select_moving,
)
from motion.validation.tabulating import share, signed, unsigned
from motion.validation.ways import PRODUCT, WAYS

__all__ = [
    "write_goals",
    "write_motions",
    "write_off_plane",
    "write_positions",
    "write_repetitions",
    "write_still",
    "write_straight",
]

_PLAIN = WAYS[1].name


def write_straight(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on straight views, by angle."""
    yield "## Straight views, by angle"
    yield ""
    yield from paragraph(
        """The camera stands within 5 degrees of the angle's own plane, and the angle moves by 12
        degrees or more. Bias and mean absolute error (MAE) are means over curves; the 95 % limits
        of agreement (bias ± 1.96 SD) are over frames. *Held out* is the MAE on bodies that nothing
        was fitted on (clips), *plain* is that of the landmarks as they are."""
    )
    headings = (
        "angle", "limb", "clips", "bias", "MAE", "RMSE", "limits of agreement", "range",
        "maximum", "minimum", "given", "held out", "plain: bias, MAE",
    )  # fmt: skip
    keys = ("angle", "limb")
    plain = pool_by_key(pool_straight(rows, _PLAIN), keys)
    held_out = pool_by_key(pool_straight(rows[rows["held_out"]]), keys)
    yield from table(
        headings,
        (
            (
                angle_title(row["angle"]),
                row["limb"] or "-",
                row["clips_n"],
                signed(row["bias_deg"]),
                unsigned(row["mae_deg"]),
                unsigned(row["rmse_deg"]),
                f"{signed(row['loa_low_deg'])} to {signed(row['loa_high_deg'])}",
                signed(row["rom_error_deg"]),
                signed(row["max_error_deg"]),
                signed(row["min_error_deg"]),
                share(row["detection_rate"]),
                _error_of(held_out.get(key)),
                _bias_and_error(plain.get(key)),
            )
            for key, row in pool_by_key(pool_straight(rows), keys).items()
        ),
    )


def _error_of(row: dict[str, Any] | None) -> str:
    return f"{unsigned(row['mae_deg'])} ({row['clips_n']})" if row else "-"


def _bias_and_error(row: dict[str, Any] | None) -> str:
    return f"{signed(row['bias_deg'])}, {unsigned(row['mae_deg'])}" if row else "-"


def write_motions(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on straight views, by movement."""
    yield "## Straight views, by movement"
    yield ""
    keys = ("motion", "angle", "limb")
    ways = []
    for way in WAYS:
        moving = select_moving(rows, way.name)
        ways.append(pool_by_key(pool(moving[moving["off_class"] == STRAIGHT], keys), keys))
    headings = (
        "movement", "angle", "limb", "clips", "bias, MAE", "range", "peak of a repetition",
        "plain: bias, MAE",
    )  # fmt: skip
    yield from table(
        headings,
        (
            (
                row["motion"].replace("_", " "),
                angle_title(row["angle"]),
                row["limb"] or "-",
                row["clips_n"],
                _bias_and_error(row),
                signed(row["rom_error_deg"]),
                signed(row["peak_bias_deg"]),
                _bias_and_error(ways[1].get(key)),
            )
            for key, row in ways[0].items()
        ),
    )


def write_positions(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on straight views, by how the person was placed."""
    yield "## Straight views, by position"
    yield ""
    keys = ("position", "angle", "limb")
    moving = select_moving(rows)
    straight = moving[moving["off_class"] == STRAIGHT]
    held_out = pool_by_key(pool(straight[straight["held_out"]], keys), keys)
    yield from table(
        ("position", "angle", "limb", "clips", "bias, MAE", "worst curve", "given", "held out"),
        (
            (
                row["position"].replace("_", " "),
                angle_title(row["angle"]),
                row["limb"] or "-",
                row["clips_n"],
                _bias_and_error(row),
                unsigned(row["worst_mae_deg"]),
                share(row["detection_rate"]),
                _error_of(held_out.get(key)),
            )
            for key, row in pool_by_key(pool(straight, keys), keys).items()
        ),
    )


def write_goals(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section that holds the figures against the goals."""
    yield "## Against the goals"
    yield ""
    yield from paragraph(
        """What the product aims at (`data/validation/goals.csv`): mean absolute error in degrees,
        for all bodies and for those held out of every fit. A goal is met where both meet it, as
        far as there are such clips. Walking clips are measured here without the movement Walking,
        which alone gives the angles of the leg away from the camera: how far they err then stands
        under [Goals of walking](#goals-of-walking)."""
    )
    found = zip(
        read_goals(rows, PRODUCT),
        read_goals(rows[rows["held_out"]], PRODUCT),
        read_goals(rows, _PLAIN),
        strict=True,
    )
    headings = (
        "measure", "goal", "curves", "MAE (bias, lowest angle)", "given", "held out: curves",
        "held out: MAE (bias, lowest angle)", "plain: MAE", "",
    )  # fmt: skip
    yield from table(
        headings,
        (
            (
                every.measure,
                every.goal,
                every.curves_n,
                _goal_figures(every),
                share(every.given),
                held_out.curves_n,
                _goal_figures(held_out),
                unsigned(plain.mae_deg),
                _judge(every, held_out),
            )
            for every, held_out, plain in found
        ),
    )


def _goal_figures(found: GoalResult) -> str:
    if not found.curves_n:
        return "-"
    ends = f"({signed(found.bias_deg)}, {signed(found.min_error_deg)})"
    return f"{unsigned(found.mae_deg)} {ends}"


def _judge(every: GoalResult, held_out: GoalResult) -> str:
    if not every.curves_n:
        return "not given" if every.clips_n else "no such clip"
    return "met" if every.met and (held_out.met or not held_out.clips_n) else "**not met**"


def write_off_plane(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on cameras that stand off the angle's plane."""
    yield "## Off the plane"
    yield ""
    yield from paragraph(
        """Mean absolute error, and in brackets the share of the frames that are given, by how many
        degrees the camera stood off the angle's own plane. Far limbs are left out."""
    )
    classes = [name for _, name in OFF_CLASSES]
    keys = ("angle", "off_class")
    chosen = select_moving(rows)
    cells = pool_by_key(pool(chosen[chosen["limb"] != "far"], keys), keys)
    yield from table(
        ("angle", *classes),
        (
            (angle_title(angle), *(_error_and_share(cells.get((angle, name))) for name in classes))
            for angle in sorted({angle for angle, _ in cells})
        ),
    )


def _error_and_share(row: dict[str, Any] | None) -> str:
    if row is None:
        return "-"
    clips = "clip" if row["clips_n"] == 1 else "clips"
    return f"{unsigned(row['mae_deg'])} ({share(row['detection_rate'])}, {row['clips_n']} {clips})"


def write_repetitions(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on counted repetitions."""
    yield "## Repetitions"
    yield ""
    chosen = select_moving(rows)
    counted = chosen[chosen["repetition_count_error"].notna()]
    wrong = counted[counted["repetition_count_error"] != 0]
    yield from paragraph(
        f"""With the movement named, {len(counted) - len(wrong)} of {len(counted)} clips have
        exactly their number of repetitions ({int(counted["repetitions_true"].sum())} in all)."""
    )
    for row in wrong.to_dict("records"):
        difference, true_n = int(row["repetition_count_error"]), int(row["repetitions_true"])
        yield f"- `{row['clip']}`: {difference:+d} of {true_n}."
    if len(wrong):
        yield ""


def write_still(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on angles that are held still."""
    yield "## Held still"
    yield ""
    yield from paragraph(
        """Angles that a clip moves by less than 12 degrees, in straight views: how far off a joint
        at rest is read. (The ankle is left out: it is compared from its own median.)"""
    )
    wanted = (rows["way"] == PRODUCT) & (rows["truth"] == "rendered") & ~rows["moving"]
    wanted &= (rows["limb"] != "far") & (rows["joint"] != "ankle")
    chosen = rows[wanted & (rows["off_class"] == STRAIGHT)]
    keys = ("angle", "limb")
    yield from table(
        ("angle", "limb", "clips", "bias, MAE", "worst curve", "given"),
        (
            (
                angle_title(row["angle"]),
                row["limb"] or "-",
                row["clips_n"],
                _bias_and_error(row),
                unsigned(row["worst_mae_deg"]),
                share(row["detection_rate"]),
            )
            for row in pool_by_key(pool(chosen, keys), keys).values()
        ),
    )
