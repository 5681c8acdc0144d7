"""Figures of walking from the rows of a validation, and the goals that they are held against."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from motion.model import FOOT_OFF, INITIAL_CONTACT
from motion.paths import reference_dir

__all__ = [
    "GaitGoal",
    "describe_events",
    "find_figures",
    "read_gait_goals",
    "tabulate_gait",
    "tabulate_gait_goals",
]

Tables = Mapping[str, pd.DataFrame]

_TIMES: Final = ("cadence", "step_time", "stride_time")
_LENGTHS: Final = ("step_length", "stride_length", "walking_speed")
_KINDS: Final = {"contacts": INITIAL_CONTACT, "offs": FOOT_OFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitGoal:
    """A goal of ``data/validation/goals_gait.csv`` and what was found.

    ``found`` is NaN where no recording says anything of it, infinite where a parameter that is
    known was not given.
    """

    measure: str
    recordings: str
    limit: float
    unit: str
    found: float

    @property
    def met(self) -> bool:
        """Whether the figure keeps within the limit."""
        return self.found <= self.limit


def describe_events(events: pd.DataFrame) -> dict[str, Any]:
    """Return how many events were found, and how far from the truth, in milliseconds.

    ``n`` counts the events that must be found. Errors are of those alone.
    """
    wanted = events[events["outcome"].isin(["found", "missed"])]
    error_ms = events.loc[events["outcome"] == "found", "error_ms"]
    return {
        "n": len(wanted),
        "found": int((wanted["outcome"] == "found").sum()),
        "missed": int((wanted["outcome"] == "missed").sum()),
        "extra": int((events["outcome"] == "extra").sum()),
        "mean_ms": float(error_ms.mean()),
        "sd_ms": float(error_ms.std(ddof=1)),
        "mae_ms": float(error_ms.abs().mean()),
        "worst_ms": float(error_ms.abs().max()),
    }


def find_figures(tables: Tables, source: str, group: str, scale: str = "") -> dict[str, float]:
    """Return every figure of one group of recordings by name; what nothing says is not there.

    Where a parameter that is known was not given, its largest error is infinite.

    Parameters
    ----------
    scale
        Where metres came from; empty takes all.
    """
    events = _select(tables["events"], source, group)
    parameters = _select(tables["parameters"], source, group, scale)
    steps = _select(tables["steps"], source, group, scale)
    angles = _select(tables["angles"], source, group)
    figures = dict(_list_event_figures(events)) if len(events) else {}
    figures |= _list_parameter_figures(parameters)
    figures |= _list_variant_figures(tables["variants"], group)
    figures["step_length_mae_m"] = float(steps["error_m"].abs().mean())
    for (angle, limb), rows in angles.groupby(["angle", "limb"]):
        given = rows[rows["n"] > 0]
        name = f"{str(angle).split('_', maxsplit=1)[0]}_{limb}_mae_deg"
        figures[name] = float((given["mae_deg"] * given["n"]).sum() / max(given["n"].sum(), 1))
    return {name: value for name, value in figures.items() if not math.isnan(value)}


def _select(table: pd.DataFrame, source: str, group: str, scale: str = "") -> pd.DataFrame:
    rows = table[(table["source"] == source) & (table["group"] == group)]
    return rows[rows["scale"] == scale] if scale and "scale" in rows else rows


def _list_event_figures(events: pd.DataFrame) -> Iterator[tuple[str, float]]:
    both = describe_events(events)
    yield from (("missed_n", both["missed"]), ("extra_n", both["extra"]))
    yield "worst_ms", both["worst_ms"]
    counted = events[events["left_out"].fillna("") == ""]
    yield "counted_worst_ms", describe_events(counted)["worst_ms"]
    for name, kind in _KINDS.items():
        own = describe_events(events[events["event"] == kind])
        yield f"{name}_mae_ms", own["mae_ms"]
        yield f"{name}_worst_ms", own["worst_ms"]


def _list_parameter_figures(rows: pd.DataFrame) -> dict[str, float]:
    def worst(measures: tuple[str, ...], column: str) -> float:
        errors = rows.loc[rows["measure"].isin(measures), column].abs()
        # A parameter that should be there and is not is no small error.
        return math.inf if errors.isna().any() else float(errors.max())

    lengths = rows[(rows["measure"] == "step_length") & (rows["side"] != "both")]
    person_m = lengths.groupby("walk")["error"].mean().abs()
    return {
        "time_error_percent": worst(_TIMES, "error_percent"),
        "stride_time_error_percent": worst(("stride_time",), "error_percent"),
        "stance_error_points": worst(("stance_percent",), "error"),
        "length_error_percent": worst(_LENGTHS, "error_percent"),
        "speed_worst_m_s": worst(("walking_speed",), "error"),
        "person_step_length_mae_m": float(person_m.mean()),
    }


def _list_variant_figures(variants: pd.DataFrame, group: str) -> dict[str, float]:
    """Return how many of a hundred parameters leave the whole walk's 95 % interval."""
    rows = variants[variants["group"] == group]
    if rows.empty:
        return {}
    mirrored = rows["variant"] == "mirrored"
    stated = rows[~mirrored & rows["ci95_low"].notna() & rows["found"].notna()]
    halves = stated["variant"].str.endswith("half")
    return {
        "mirrored_unequal_n": float((~rows.loc[mirrored, "inside"].astype(bool)).sum()),
        "halves_outside_percent": 100.0
        * float((~stated.loc[halves, "inside"].astype(bool)).mean()),
        "rates_outside_percent": 100.0
        * float((~stated.loc[~halves, "inside"].astype(bool)).mean()),
    }


def read_gait_goals(tables: Tables) -> Iterator[GaitGoal]:
    """Yield each goal with what the tables say of it."""
    for goal in _read_goals():
        figures = find_figures(tables, goal["source"], goal["group"], goal["scale"])
        yield GaitGoal(
            measure=goal["measure"],
            recordings=f"{goal['source']}: {goal['group']}",
            limit=float(goal["limit"]),
            unit=goal["unit"],
            found=figures.get(goal["quantity"], math.nan),
        )


@cache
def _read_goals() -> tuple[dict[str, str], ...]:
    path = reference_dir() / "validation" / "goals_gait.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def tabulate_gait(tables: Tables) -> list[dict[str, str]]:
    """Return a line for each source and kind of event, for the screen; errors in milliseconds."""
    return [
        {
            "source": str(source),
            "recordings": str(group),
            "event": str(event),
            **{name: _to_text(value) for name, value in describe_events(rows).items()},
        }
        for (source, group, event), rows in tables["events"].groupby(["source", "group", "event"])
    ]


def tabulate_gait_goals(tables: Tables) -> list[dict[str, str]]:
    """Return a line for each goal of walking of which something was found, for the screen."""
    return [
        {
            "recordings": goal.recordings,
            "measure": goal.measure,
            "goal": f"{goal.limit:g} {goal.unit}",
            "found": f"{goal.found:.3g}" if math.isfinite(goal.found) else "not given",
            "met": "yes" if goal.met else "no",
        }
        for goal in read_gait_goals(tables)
        if not math.isnan(goal.found)
    ]


def _to_text(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.0f}"
