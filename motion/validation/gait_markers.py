"""What is known of a marker file's walk: what its makers labelled, or what plates felt."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from motion.errors import InputError
from motion.markers import MarkerRecording
from motion.model import Analysis, Side
from motion.validation.gait_means import average_parameters
from motion.validation.gait_truth import KnownWalk, TrueEvent

__all__ = ["average_same_strides", "walk_of_markers"]

_END_S: Final = 0.1
"""An event so near the beginning or the end of a take may be missing."""

_SAME_S: Final = 0.1


def walk_of_markers(path: Path, known: Mapping[str, Any], markers: MarkerRecording) -> KnownWalk:
    """Return what is true of a marker file's walk, in seconds since its first frame.

    Raises
    ------
    InputError
        If its events should be labelled and none is.
    """
    first_s, last_s = float(markers.time_s[0]), float(markers.time_s[-1])

    def make(time_s: float, side: str, event: str, *, wanted: bool) -> TrueEvent:
        inside = first_s + _END_S < time_s < last_s - _END_S
        return TrueEvent(time_s=time_s, side=Side(side), event=event, wanted=wanted and inside)

    if known["events"] == "labelled":
        events = [
            make(each.time_s, each.side, each.event, wanted=True)
            for each in markers.events
            if each.event
        ]
        if not events:
            msg = f"{path}: expected labelled events, got none; export the trial with its events"
            raise InputError(msg)
    else:
        events = [
            make(each["time_s"] - markers.origin_s, each["side"], each["event"], wanted=True)
            for each in known["events"]
        ]
    events += [
        make(each["time_s"] - markers.origin_s, each["side"], each["event"], wanted=False)
        for each in known.get("also", ())
    ]
    return KnownWalk(
        name=path.stem,
        group=known["group"],
        events=tuple(sorted(events, key=lambda each: each.time_s)),
        only_listed=bool(known.get("only_listed")),
        parameters={
            (measure, Side(side)): float(value)
            for measure, values in known["parameters"].items()
            for side, value in values.items()
        },
    )


def average_same_strides(
    known: Mapping[str, Any], origin_s: float, analysis: Analysis
) -> dict[tuple[str, Side], float]:
    """Return the analysis's means over the strides that the known parameters are of.

    Empty where the file does not say which they are. The speed is that of both sides' strides.
    """
    wanted = {Side(side): ends for side, ends in known.get("strides", {}).items()}
    if not wanted or analysis.gait is None:
        return {}

    def is_meant(side: Side, end_s: float) -> bool:
        return side in wanted and abs(end_s + origin_s - wanted[side][1]) <= _SAME_S

    steps = [each for each in analysis.gait.steps if is_meant(each.side, each.end_s)]
    strides = [each for each in analysis.gait.strides if is_meant(each.side, each.end_s)]
    means = average_parameters(steps, strides)
    speeds = [each.length_m / each.time_s for each in strides]
    for each in strides:
        means["stride_length", each.side] = each.length_m
    if speeds:
        means["walking_speed", Side.BOTH] = sum(speeds) / len(speeds)
    return means
