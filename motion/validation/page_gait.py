"""The page's section on walking."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from motion.validation.gait_figures import read_gait_goals
from motion.validation.markdown import paragraph, table
from motion.validation.page_gait_events import (
    write_events,
    write_legs,
    write_listed,
    write_peer,
    write_worst,
)
from motion.validation.page_gait_numbers import (
    write_angles,
    write_markers,
    write_parameters,
    write_steps,
    write_variants,
)

__all__ = ["write_gait"]

Tables = Mapping[str, pd.DataFrame]

_DECIMALS: Final = {"m": 3, "m/s": 3, "s": 3}


def write_gait(tables: Tables) -> Iterator[str]:
    """Yield the section; nothing where nobody walked."""
    if all(rows.empty for rows in tables.values()):
        return
    yield "## Walking"
    yield ""
    yield from paragraph(
        """Contacts and foot offs, and what is made of them. *Markers* are marker files with the
        events that Vicon labelled or force plates felt. *Camera* is a rendered clip through the
        pose model; *true points* are the same clip's exact points in the picture, as a pose model
        without error would give them. *Walks at other speeds* were rendered for this page alone,
        by `benchmarks/render_walks.py`: 0.6 to 1.4 m/s, unevenly, there and back, a child's size,
        30 and 60 frames/s; no constant that times an event or measures a length was chosen on them.
        By how much an extremum may be wider than others before its event is left out as unclear
        was looked at on them too. The two constants that time the events are the same for all of
        these. Errors are found less true."""
    )
    yield from _write_goals(tables)
    yield from write_events(tables["events"])
    yield from write_legs(tables["events"])
    yield from write_worst(tables["events"])
    yield from write_markers(tables["parameters"])
    yield from write_parameters(tables["parameters"])
    yield from write_steps(tables["steps"])
    yield from write_angles(tables["angles"])
    yield from write_variants(tables["variants"])
    yield from _write_still(tables["still"])
    yield from write_listed(tables["listed"])
    yield from write_peer()


def _write_goals(tables: Tables) -> Iterator[str]:
    yield "### Goals of walking"
    yield ""
    goals = [goal for goal in read_gait_goals(tables) if not math.isnan(goal.found)]
    met = sum(goal.met for goal in goals)
    yield from paragraph(f"{met} of {len(goals)} are met.")
    yield from table(
        ("recordings", "measure", "goal", "found", ""),
        (
            (
                goal.recordings,
                goal.measure,
                f"{goal.limit:g} {goal.unit}".strip(),
                _say_found(goal.found, goal.unit),
                "met" if goal.met else "**not met**",
            )
            for goal in goals
        ),
    )


def _say_found(value: float, unit: str) -> str:
    if math.isinf(value):
        return "not all given"
    return f"{value:.{_DECIMALS.get(unit, 1)}f} {unit}" if unit else f"{value:g}"


def _write_still(still: pd.DataFrame) -> Iterator[str]:
    if still.empty:
        return
    yield "### Clips in which nobody walks"
    yield ""
    wrong = still[(still["events_n"] > 0) | (still["numbers_n"] > 0)]
    silent = still[still["said"].fillna("") == ""]
    yield from paragraph(
        f"""Measured as a walk, {len(still) - len(wrong)} of {len(still)} such clips give neither an
        event that counts nor a number of walking; {len(still) - len(silent)} of {len(still)} say
        that there is none."""
    )
    if len(wrong):
        yield from table(
            ("clip", "events", "numbers"),
            ((row["clip"], row["events_n"], row["numbers_n"]) for row in wrong.to_dict("records")),
        )
