"""The page's sections on the stated error, on groups of people, and on real recordings."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from motion.validation.groups import WORSE_DEG, compare_groups, describe_groups
from motion.validation.markdown import angle_title, paragraph, table
from motion.validation.pooling import pooled_coverage, select_moving
from motion.validation.tabulating import signed, tabulate_real, unsigned
from motion.validation.ways import PRODUCT

__all__ = ["write_groups", "write_real", "write_stated"]

_NAMES = ("band95_frames", "band95_repetitions", "mdc95_frames", "mdc95_repetitions")


def write_stated(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on how often the truth lies within what is stated."""
    yield "## The stated error"
    yield ""
    yield from paragraph(
        """Share of the errors within the stated 95 % band and within the stated MDC95 of these
        rendered people, with the 95 % interval after Wilson and the number. Frames of one curve
        are not independent, so the intervals over frames are too narrow."""
    )
    chosen = select_moving(rows)
    chosen = chosen[chosen["limb"] != "far"]
    parts = [("all angles", "all", chosen), ("all angles", "held out", chosen[chosen["held_out"]])]
    for angle in sorted(chosen["angle"].unique()):
        own = chosen[chosen["angle"] == angle]
        parts.append((angle_title(angle), "all", own))
        parts.append((angle_title(angle), "held out", own[own["held_out"]]))
    headings = (
        "angle", "bodies", "mean width of the band", "band: frames", "band: repetitions",
        "MDC95: frames", "MDC95: repetitions",
    )  # fmt: skip
    yield from table(
        headings,
        (
            (
                angle,
                bodies,
                unsigned(float(part["band95_width_deg"].mean())),
                *(_covered(part, name) for name in _NAMES),
            )
            for angle, bodies, part in parts
            if len(part)
        ),
    )


def _covered(rows: pd.DataFrame, name: str) -> str:
    found = pooled_coverage(rows, name)
    if not found.n:
        return "-"
    low, high = found.interval
    return f"{found.share:.1%} ({low:.1%} to {high:.1%}; {found.n})"


def write_groups(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the section on body shape, skin tone and light."""
    yield "## Groups of people"
    yield ""
    yield from paragraph(
        f"""Clips that differ in one thing only. Where the mean absolute error of a group is larger
        than another's by more than {WORSE_DEG:g} degree in an angle, that is said."""
    )
    figures = compare_groups(rows)
    for sentence in describe_groups(figures):
        yield f"- {sentence}"
    yield ""
    if figures:
        yield from table(
            ("differs in", "angle", "group", "curves", "MAE", "bias"),
            (
                (
                    f.factor,
                    angle_title(f.angle),
                    f.level,
                    f.sets_n,
                    unsigned(f.mae_deg),
                    signed(f.bias_deg),
                )
                for f in figures
            ),
        )


def write_real(rows: pd.DataFrame, checks: pd.DataFrame) -> Iterator[str]:
    """Yield the section on real recordings."""
    yield "## Real recordings"
    yield ""
    angles = tabulate_real(rows)
    if not angles and checks.empty:
        yield "None was at hand."
        yield ""
    if angles:
        yield from paragraph(
            """One man on one leg before four cameras, each camera alone and the four together. The
            reference is made of the four cameras' own poses, without markers; its two solutions
            differ, so each stands beside their mean. OpenSim's hip is against the pelvis, this
            product's against the trunk. Root mean square error (bias); *given* is the share of the
            frames."""
        )
        yield from table(list(angles[0]), (list(line.values()) for line in angles))
        yield from _say_coverage(rows)
    if not checks.empty:
        yield from table(
            ("recording", "what", "expected", "found"),
            ([_text(cell) for cell in row.values()] for row in checks.to_dict("records")),
        )


def _say_coverage(rows: pd.DataFrame) -> Iterator[str]:
    """Yield how often the bands, fitted on rendered people, hold the reference of a real one."""
    real = rows[(rows["truth"].str.contains("mean")) & (rows["way"] == PRODUCT)]
    found = pooled_coverage(real, "band95_frames")
    if found.n:
        yield from paragraph(
            f"""**The 95 % band holds this reference in {found.share:.0%} of {found.n} frames only**
            (one camera; frames in which a band is stated). It is fitted on rendered people whose
            limbs keep to their plane, and the reference has an error of its own."""
        )


def _text(cell: Any) -> str:
    return "-" if pd.isna(cell) or cell == "" else str(cell)
