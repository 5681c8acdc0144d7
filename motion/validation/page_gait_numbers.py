"""The page's tables of the numbers made of a walk: parameters, steps, angles, and of it again."""

import math
from collections.abc import Iterator

import pandas as pd

from motion.validation.markdown import angle_title, decimal_text, paragraph, table

__all__ = [
    "write_angles",
    "write_markers",
    "write_parameters",
    "write_steps",
    "write_variants",
]


def write_markers(parameters: pd.DataFrame) -> Iterator[str]:
    """Yield the parameters of the marker files."""
    rows = parameters[parameters["source"] == "markers"]
    if rows.empty:
        return
    yield "### Parameters of the marker files"
    yield ""
    yield from paragraph(
        """Vicon's own parameters are of one stride of each foot: compared are the same strides.
        What is given over all strides stands in `gait_parameters.csv`."""
    )
    same = rows[rows["scale"] == "the same strides"]
    rows = rows[(rows["scale"] == "the same strides") | ~rows["walk"].isin(same["walk"])]
    yield from table(
        ("recordings", "strides", "parameter", "side", "true", "found", "error, %", "n"),
        (
            (
                row["group"],
                row["scale"],
                angle_title(row["measure"]),
                row["side"],
                f"{row['true']:.3f}",
                decimal_text(row["found"], 3),
                decimal_text(row["error_percent"], 1, sign=True),
                row["n"],
            )
            for row in rows.to_dict("records")
        ),
    )


def write_parameters(parameters: pd.DataFrame) -> Iterator[str]:
    """Yield the person means of the rendered walks."""
    rows = parameters[parameters["source"] == "camera"]
    if rows.empty:
        return
    yield "### Parameters of the rendered walks"
    yield ""
    yield from paragraph(
        """Person means against the truth, over walks and sides; those of the true points stand in
        `gait_parameters.csv`. *Given* is how many have a value;
        *inside* how many of the true values lie within the stated 95 % interval of the mean."""
    )
    keys = ["group", "scale", "measure"]
    yield from table(
        ("recordings", "metres from", "parameter", "given", "mean", "MAE", "worst",
         "inside", "unit"),
        (
            (
                group,
                scale,
                angle_title(str(measure)),
                f"{own['found'].notna().sum()} of {len(own)}",
                decimal_text(float(own["error"].mean()), 3, sign=True),
                decimal_text(float(own["error"].abs().mean()), 3),
                decimal_text(float(own["error"].abs().max()), 3),
                _inside(own),
                _unit(own),
            )
            for (group, scale, measure), own in rows.groupby(keys)
        ),
    )  # fmt: skip


def _unit(rows: pd.DataFrame) -> str:
    units = [unit for unit in rows["unit"].dropna() if unit]
    return str(units[0]) if units else "-"


def _inside(rows: pd.DataFrame) -> str:
    stated = rows[rows["ci95_low"].notna()]
    inside = (stated["ci95_low"] <= stated["true"]) & (stated["true"] <= stated["ci95_high"])
    return f"{int(inside.sum())} of {len(stated)}" if len(stated) else "-"


def write_steps(steps: pd.DataFrame) -> Iterator[str]:
    """Yield the lengths of single steps."""
    if steps.empty:
        return
    yield "### Step by step"
    yield ""
    yield from paragraph(
        """Each true step that is wholly in view. Person means are in the table above."""
    )
    yield from table(
        ("source", "recordings", "metres from", "steps", "with a length", "mean, m", "MAE, m",
         "worst, m"),
        (
            (
                source,
                group,
                scale,
                len(own),
                int(own["found_length_m"].notna().sum()),
                decimal_text(float(own["error_m"].mean()), 3, sign=True),
                decimal_text(float(own["error_m"].abs().mean()), 3),
                decimal_text(float(own["error_m"].abs().max()), 3),
            )
            for (source, group, scale), own in steps.groupby(["source", "group", "scale"])
        ),
    )  # fmt: skip


def write_angles(angles: pd.DataFrame) -> Iterator[str]:
    """Yield the angles of both legs while walking."""
    if angles.empty:
        return
    yield "### Angles while walking"
    yield ""
    yield from paragraph(
        """Degrees, over the frames from the first event in view to the last; ankles from their own
        medians. *Given* is the share of those frames with an angle."""
    )
    yield from table(
        ("source", "recordings", "angle", "leg", "given", "bias", "MAE", "worst walk"),
        (
            (
                source,
                group,
                angle_title(str(angle)),
                limb,
                f"{own['n'].sum() / own['frames_n'].sum():.0%}",
                decimal_text(_weigh(own, "bias_deg"), 1, sign=True),
                decimal_text(_weigh(own, "mae_deg"), 1),
                decimal_text(float(own["mae_deg"].max()), 1),
            )
            for (source, group, angle, limb), own in angles.groupby(
                ["source", "group", "angle", "limb"]
            )
        ),
    )


def _weigh(rows: pd.DataFrame, column: str) -> float:
    given = rows[rows["n"] > 0]
    frames_n = float(given["n"].sum())
    return float((given[column] * given["n"]).sum()) / frames_n if frames_n else math.nan


def write_variants(variants: pd.DataFrame) -> Iterator[str]:
    """Yield how alike the same walk is in halves, mirrored, at fewer frames."""
    if variants.empty:
        return
    yield "### The same walk again"
    yield ""
    yield from paragraph(
        """Each walk in halves, mirrored, and at fewer frames a second, through the whole measuring
        again; camera only. *Inside*: the mean lies within the whole walk's 95 % interval, of the
        mirrored walk that the value of the other side is equal. *Overlapping*: the two intervals
        do. Counted are the parameters for which both sides of the comparison are stated."""
    )
    yield from table(
        ("variant", "parameters", "not given", "inside", "overlapping"),
        (
            (
                variant,
                len(own),
                int(own["found"].isna().sum()),
                _count(own, "inside", "found"),
                _count(own, "overlapping", "found_low"),
            )
            for variant, own in variants.groupby("variant")
        ),
    )


def _count(rows: pd.DataFrame, column: str, needed: str) -> str:
    """Return how many are so, of those that can be."""
    mirrored = rows["variant"] == "mirrored"
    possible = rows[mirrored | (rows["ci95_low"].notna() & rows[needed].notna())]
    return f"{int(possible[column].astype(bool).sum())} of {len(possible)}"
