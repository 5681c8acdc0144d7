"""The goals that the product sets itself, and the published figures of its peers."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from motion.paths import reference_dir

__all__ = ["GoalResult", "list_peers", "read_goals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResult:
    """A goal, and what was found for some bodies.

    Figures are means over curves; NaN where nothing is given. ``given`` is the share of
    the frames that got a number.
    """

    measure: str
    goal: str
    clips_n: int
    curves_n: int
    mae_deg: float
    bias_deg: float
    min_error_deg: float
    given: float
    met: bool


@cache
def list_peers() -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/validation/peers.csv``: published figures, each with its source."""
    return _read("peers.csv")


def _read(name: str) -> tuple[dict[str, str], ...]:
    path = reference_dir() / "validation" / name
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def read_goals(rows: pd.DataFrame, way: str) -> Iterator[GoalResult]:
    """Yield each goal of ``data/validation/goals.csv`` with what the rows say of it.

    Parameters
    ----------
    rows
        Rows of ``validation.csv`` with ``off_class``; only rendered, moving angles count.
    way
        Which way of measuring.
    """
    chosen = rows[(rows["way"] == way) & (rows["truth"] == "rendered") & rows["moving"]]
    for goal in _read("goals.csv"):
        yield _judge(goal, _select(chosen, goal))


def _select(rows: pd.DataFrame, goal: Mapping[str, str]) -> pd.DataFrame:
    rows = rows[rows["off_class"] == goal["off_class"]]
    if goal["angle"]:
        rows = rows[(rows["angle"] == goal["angle"]) & (rows["limb"] == goal["limb"])]
    else:
        rows = rows[rows["limb"] != "far"]
    return rows[rows["motion"].isin(goal["motions"].split())] if goal["motions"] else rows


def _judge(goal: Mapping[str, str], rows: pd.DataFrame) -> GoalResult:
    given = rows[rows["n"] > 0]
    frames_n = rows["frames_n"].sum()
    share = float(rows["n"].sum() / frames_n) if frames_n else math.nan
    figures = {name: float(given[name].mean()) for name in ("mae_deg", "bias_deg", "min_error_deg")}
    limits = (
        (figures["mae_deg"], goal["goal_mae_deg"]),
        (figures["bias_deg"], goal["goal_bias_deg"]),
        (figures["min_error_deg"], goal["goal_min_error_deg"]),
    )
    met = all(abs(value) <= float(limit) for value, limit in limits if limit)
    met = met and (not goal["goal_given"] or share >= float(goal["goal_given"]))
    return GoalResult(
        measure=goal["measure"],
        goal=_in_words(goal),
        clips_n=int(rows["clip"].nunique()),
        curves_n=len(given),
        given=share,
        met=met and len(given) > 0,
        **figures,
    )


def _in_words(goal: Mapping[str, str]) -> str:
    words = [goal["goal_mae_deg"]]
    if goal["goal_bias_deg"]:
        words.append(f"bias within {goal['goal_bias_deg']}")
    if goal["goal_min_error_deg"]:
        words.append(f"lowest angle within {goal['goal_min_error_deg']}")
    if goal["goal_given"]:
        words.append(f"{float(goal['goal_given']):.0%} of the frames given")
    return ", ".join(words)
