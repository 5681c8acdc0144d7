"""The page's section on walking: events, parameters, steps, angles, and the same walk again."""

import csv
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pandas as pd

from motion.model import FOOT_OFF, INITIAL_CONTACT
from motion.paths import reference_dir
from motion.validation.gait_figures import describe_events, read_gait_goals
from motion.validation.markdown import angle_title, paragraph, table

__all__ = ["write_gait"]

Tables = Mapping[str, pd.DataFrame]

_KINDS: Final = {INITIAL_CONTACT: "initial contact", FOOT_OFF: "foot off"}
_EVENT_HEADINGS: Final = ("n", "found", "missed", "extra", "mean", "SD", "MAE", "worst")
_FAR_MS: Final = 50.0
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
        30 and 60 frames/s; no constant was chosen on them. The two constants that time the events
        are the same for all of these. Errors are found less true."""
    )
    yield from _write_goals(tables)
    yield from _write_events(tables["events"])
    yield from _write_legs(tables["events"])
    yield from _write_worst(tables["events"])
    yield from _write_markers(tables["parameters"])
    yield from _write_parameters(tables["parameters"])
    yield from _write_steps(tables["steps"])
    yield from _write_angles(tables["angles"])
    yield from _write_variants(tables["variants"])
    yield from _write_still(tables["still"])
    yield from _write_listed(tables["listed"])
    yield from _write_peer()


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


def _write_events(events: pd.DataFrame) -> Iterator[str]:
    yield "### Events, every source"
    yield ""
    yield from paragraph(
        """n counts the events that must be found: those at least 0.1 s from either end of the take,
        with the whole body in the picture. Milliseconds."""
    )
    yield from table(
        ("source", "recordings", "event", *_EVENT_HEADINGS),
        (
            (source, group, _KINDS[str(event)], *_cells(describe_events(rows)))
            for (source, group, event), rows in events.groupby(["source", "group", "event"])
        ),
    )


def _write_legs(events: pd.DataFrame) -> Iterator[str]:
    yield "### Events, near and far leg, left and right"
    yield ""
    seen = events[events["source"] != "markers"].fillna({"limb": ""})
    seen = seen[seen["limb"] != ""]
    lines = [
        (source, _KINDS[str(event)], level, *_cells(describe_events(rows)))
        for split in ("limb", "side")
        for (source, event, level), rows in seen.groupby(["source", "event", split])
    ]
    yield from table(("source", "event", "leg", *_EVENT_HEADINGS), lines)


def _write_worst(events: pd.DataFrame) -> Iterator[str]:
    """Yield every event of a camera that was missed, is none, or lies more than 50 ms off."""
    chosen = events[events["source"] == "camera"]
    far = (chosen["outcome"] == "found") & (chosen["error_ms"].abs() > _FAR_MS)
    chosen = chosen[chosen["outcome"].isin(["missed", "extra"]) | far]
    if chosen.empty:
        return
    yield f"### Events of the camera missed, too many, or more than {_FAR_MS:g} ms off"
    yield ""
    yield from table(
        ("clip", "event", "foot", "leg", "true, s", "found, s", "error, ms", ""),
        (
            (
                row["walk"],
                _KINDS[row["event"]],
                row["side"],
                row["limb"] if isinstance(row["limb"], str) and row["limb"] else "-",
                _text(row["true_s"], 2),
                _text(row["found_s"], 2),
                _text(row["error_ms"], 0, sign=True),
                "too many" if row["outcome"] == "extra" else row["outcome"],
            )
            for row in chosen.to_dict("records")
        ),
    )


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("n", "found", "missed", "extra"):
        yield str(row[name])
    for name in ("mean_ms", "sd_ms", "mae_ms", "worst_ms"):
        value = row[name]
        sign = "+" if name == "mean_ms" else ""
        yield "-" if math.isnan(value) else f"{value:{sign}.0f}"


def _write_markers(parameters: pd.DataFrame) -> Iterator[str]:
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
                _text(row["found"], 3),
                _text(row["error_percent"], 1, sign=True),
                row["n"],
            )
            for row in rows.to_dict("records")
        ),
    )


def _text(value: float, decimals: int, *, sign: bool = False) -> str:
    return "-" if math.isnan(value) else f"{value:{'+' if sign else ''}.{decimals}f}"


def _write_parameters(parameters: pd.DataFrame) -> Iterator[str]:
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
                _text(float(own["error"].mean()), 3, sign=True),
                _text(float(own["error"].abs().mean()), 3),
                _text(float(own["error"].abs().max()), 3),
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


def _write_steps(steps: pd.DataFrame) -> Iterator[str]:
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
                _text(float(own["error_m"].mean()), 3, sign=True),
                _text(float(own["error_m"].abs().mean()), 3),
                _text(float(own["error_m"].abs().max()), 3),
            )
            for (source, group, scale), own in steps.groupby(["source", "group", "scale"])
        ),
    )  # fmt: skip


def _write_angles(angles: pd.DataFrame) -> Iterator[str]:
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
                _text(_weigh(own, "bias_deg"), 1, sign=True),
                _text(_weigh(own, "mae_deg"), 1),
                _text(float(own["mae_deg"].max()), 1),
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


def _write_variants(variants: pd.DataFrame) -> Iterator[str]:
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


def _write_listed(listed: pd.DataFrame) -> Iterator[str]:
    for recording, own in listed.groupby("recording"):
        yield f"### Every event of {recording}"
        yield ""
        yield from paragraph(
            """A real recording of which no event is known: what was found, to be held against the
            video by eye."""
        )
        yield from table(
            ("time, s", "foot", "event", "step time, s", "confidence", "left out"),
            (
                (
                    f"{row['time_s']:.2f}",
                    row["side"],
                    _KINDS[row["event"]],
                    _text(row["step_time_s"], 2),
                    _text(row["confidence"], 2),
                    row["left_out"] if isinstance(row["left_out"], str) else "",
                )
                for row in own.sort_values("time_s").to_dict("records")
            ),
        )


def _write_peer() -> Iterator[str]:
    lines = _read_peer()
    if not lines:
        return
    yield "### Another program on the same series"
    yield ""
    yield from paragraph(
        """The gait-event utility of pose2sim (BSD-3-Clause) with each of its three methods and its
        own defaults, on the same points written as TRC, and ours; figures of
        `benchmarks/gait_peers.py`. Points of the camera are in metres by the true scale. *Failed*
        counts the recordings on which it stopped with an error."""
    )
    headings = ("recordings", "method", "event", *_EVENT_HEADINGS, "failed")
    yield from table(headings, (tuple(line.values()) for line in lines))


@cache
def _read_peer() -> tuple[dict[str, str], ...]:
    path = reference_dir() / "validation" / "gait_peers.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
