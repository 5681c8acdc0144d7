"""The page's tables of contacts and foot offs."""

import csv
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pandas as pd

from motion.model import FOOT_OFF, INITIAL_CONTACT
from motion.paths import reference_dir
from motion.validation.gait_figures import describe_events
from motion.validation.markdown import decimal_text, paragraph, table

__all__ = ["write_events", "write_legs", "write_listed", "write_peer", "write_worst"]

_KINDS: Final = {INITIAL_CONTACT: "initial contact", FOOT_OFF: "foot off"}
_EVENT_HEADINGS: Final = ("n", "found", "missed", "extra", "mean", "SD", "MAE", "worst")
_FAR_MS: Final = 50.0


def write_events(events: pd.DataFrame) -> Iterator[str]:
    """Yield every source and kind of event, errors in milliseconds."""
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


def write_legs(events: pd.DataFrame) -> Iterator[str]:
    """Yield the events of near and far leg, of left and right."""
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


def write_worst(events: pd.DataFrame) -> Iterator[str]:
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
                decimal_text(row["true_s"], 2),
                decimal_text(row["found_s"], 2),
                decimal_text(row["error_ms"], 0, sign=True),
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


def write_listed(listed: pd.DataFrame) -> Iterator[str]:
    """Yield every event of the recordings of which none is known."""
    for recording, own in listed.groupby("recording"):
        yield f"### Every event of {recording}"
        yield ""
        seen = own["by_eye"].fillna("").iloc[0] or "Nobody has yet held this against the video."
        yield from paragraph(f"A real recording of which no event is known: what was found. {seen}")
        yield from table(
            ("time, s", "foot", "event", "step time, s", "confidence", "left out"),
            (
                (
                    f"{row['time_s']:.2f}",
                    row["side"],
                    _KINDS[row["event"]],
                    decimal_text(row["step_time_s"], 2),
                    decimal_text(row["confidence"], 2),
                    row["left_out"] if isinstance(row["left_out"], str) else "",
                )
                for row in own.sort_values("time_s").to_dict("records")
            ),
        )


def write_peer() -> Iterator[str]:
    """Yield another program's events on the same series."""
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
