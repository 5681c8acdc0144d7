"""Whether one group of people is measured worse than another: clips alike in all but that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from motion.validation.ways import PRODUCT

__all__ = ["FACTORS", "WORSE_DEG", "GroupFigures", "compare_groups", "describe_groups"]

FACTORS: Final = {"subject": "body shape", "skin": "skin tone", "light": "light"}

WORSE_DEG: Final = 1.0
"""A group whose mean absolute error is larger than another's by more is named as worse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One level of one factor, over the sets of clips that have every level compared.

    ``sets_n`` counts angles of clips that differ in the factor alone.
    """

    factor: str
    angle: str
    level: str
    sets_n: int
    mae_deg: float
    bias_deg: float


def compare_groups(rows: pd.DataFrame) -> list[GroupFigures]:
    """Compare the levels of body, skin and light, over all moving angles and for each.

    A set is one angle of clips whose making differs in one factor only. Only sets with the
    largest number of levels that occurs are counted, so that every level stands in each
    (a fully crossed set); a factor without two levels anywhere has no figures.
    """
    chosen = rows[(rows["way"] == PRODUCT) & (rows["truth"] == "rendered") & rows["moving"]]
    chosen = chosen[(chosen["n"] > 0) & (chosen["made_with"] != "{}")]
    found: list[GroupFigures] = []
    for factor in FACTORS:
        crossed = _find_crossed(chosen, factor)
        for angle in ["all", *sorted(crossed["angle"].unique())] if len(crossed) else []:
            part = crossed if angle == "all" else crossed[crossed["angle"] == angle]
            for level, group in part.groupby(factor):
                found.append(
                    GroupFigures(
                        factor=factor,
                        angle=angle,
                        level=str(level),
                        sets_n=len(group),
                        mae_deg=float(group["mae_deg"].mean()),
                        bias_deg=float(group["bias_deg"].mean()),
                    )
                )
    return found


def _find_crossed(rows: pd.DataFrame, factor: str) -> pd.DataFrame:
    if rows.empty:
        return rows
    else_alike = rows["made_with"].map(lambda text: _without(text, factor))
    keyed = rows.assign(else_alike=else_alike)
    keyed = keyed.drop_duplicates(["else_alike", "angle", "side", factor])
    sets = keyed.groupby(["else_alike", "angle", "side"])[factor]
    levels = sets.transform(lambda group: " ".join(sorted(group)))
    levels_n = sets.transform("nunique")
    if levels_n.max() < 2:
        return rows.iloc[:0]
    most = levels_n == levels_n.max()
    # Of several level sets as large, the one with the most curves.
    chosen: pd.DataFrame = keyed[most & (levels == levels[most].mode().iloc[0])]
    return chosen


def _without(made_with: str, factor: str) -> str:
    parts = {k: v for k, v in json.loads(made_with).items() if k != factor}
    return json.dumps(parts, sort_keys=True)


def describe_groups(figures: list[GroupFigures]) -> list[str]:
    """Return a sentence for each factor, and one for each group that is worse."""
    said = []
    for factor, title in FACTORS.items():
        of_all = [f for f in figures if f.factor == factor and f.angle == "all"]
        if not of_all:
            said.append(f"{title.capitalize()}: no two clips differ in it alone.")
            continue
        spread = _spread(of_all)
        said.append(
            f"{title.capitalize()}: mean absolute error "
            + ", ".join(f"{f.level} {f.mae_deg:.1f}" for f in of_all)
            + f" degrees over {of_all[0].sets_n} curves each; spread {spread:.1f}."
        )
        angles = sorted({f.angle for f in figures if f.factor == factor} - {"all"})
        for angle in angles:
            levels = [f for f in figures if f.factor == factor and f.angle == angle]
            if _spread(levels) > WORSE_DEG:
                worst = max(levels, key=lambda f: f.mae_deg)
                best = min(levels, key=lambda f: f.mae_deg)
                said.append(
                    f"**{angle.replace('_', ' ').capitalize()} is measured worse by "
                    f"{_spread(levels):.1f} degrees with {title} {worst.level} "
                    f"({worst.mae_deg:.1f}) than with {best.level} ({best.mae_deg:.1f}).**"
                )
    return [*said, *_name_largest(figures)]


def _name_largest(figures: list[GroupFigures]) -> Iterator[str]:
    """Yield a sentence on the largest spread of any angle, if anything was compared."""
    sets: dict[tuple[str, str], list[GroupFigures]] = {}
    for each in figures:
        if each.angle != "all":
            sets.setdefault((each.factor, each.angle), []).append(each)
    if sets:
        factor, angle = max(sets, key=lambda key: _spread(sets[key]))
        spread_deg = _spread(sets[factor, angle])
        of_what = f"{angle.replace('_', ' ')} by {FACTORS[factor]}"
        yield f"The largest spread of one angle: {of_what}, {spread_deg:.1f} degrees."


def _spread(figures: list[GroupFigures]) -> float:
    errors = [f.mae_deg for f in figures]
    return max(errors) - min(errors)
