"""The numbers of a take as tables: ranges, repetitions, and what was not measured."""

import math
from collections.abc import Iterable

import streamlit as st

from dashboard import words
from dashboard.components.tables import Cell, LightCell, show_table
from motion.model import GAIT, Analysis, Measurement, Repetition, Side

__all__ = ["group_by_angle", "is_measured", "show_ranges", "show_repetitions"]

_RANGES = ("rom_max", "rom_min", "rom_range")
_Angle = tuple[str, str, Side]


def show_ranges(analysis: Analysis) -> None:
    """Show how far each angle went, with its error and what may be said of it."""
    measured = [group for group in group_by_angle(analysis.measurements) if is_measured(group)]
    rows = [_range_row(group, analysis.movement) for group in measured]
    if not rows:
        st.markdown("No angle could be measured in this recording.")
        return
    show_table(
        (
            "Angle",
            "Largest",
            "Smallest",
            "Range",
            "Measurement error",
            "Smallest detectable change",
            "Confidence",
        ),
        rows,
        "Range of motion over the whole recording, in whole degrees",
    )
    if any(words.likely_range(m) for group in measured for m in group):
        st.caption(
            "Under a value: the range that held the true angle in 95 of 100 cases of rendered "
            "people. It holds neither clothing nor what differs from visit to visit, which the "
            "measurement error allows for: so it may be the narrower of the two. Of a real person "
            "whose limbs leave their plane fewer true angles lie within that range."
        )
    st.caption(
        "The range is of the angles before rounding. The measurement error (±) is the standard "
        "error of one measurement (SEM): about two takes of three lie within it. A change "
        "between two takes below the smallest detectable change (minimal detectable change, "
        "95 %) is not detectable with this camera; it does not mean that nothing changed. "
        "For knee and elbow 0° is straight; where they were to be straightened *lacks 10°* means "
        "that 10° of extension are missing."
    )
    st.caption(words.KNOWN_BIAS)


def show_repetitions(analysis: Analysis) -> None:
    """Show the repetitions in their order."""
    figures = {
        (m.joint, m.motion, m.side): m.mdc95
        for m in analysis.measurements
        if m.measure == "rom_min"
    }
    straightens = words.is_extension_test(analysis.movement)
    rows = [
        _repetition_row(r, figures.get((r.joint, r.motion, r.side), math.nan), straightens)
        for r in analysis.repetitions
    ]
    columns = ("Repetition", "Peak", "Range", "Duration", "Out · hold · back", "Result")
    show_table(columns, rows, "Repetitions; angles in whole degrees, times in seconds (s)")


def group_by_angle(measurements: Iterable[Measurement]) -> list[list[Measurement]]:
    """Return the measurements of angles, those of one angle of one side together.

    Curves of walking are compared in degrees too, which is no angle of a joint.
    """
    groups: dict[_Angle, list[Measurement]] = {}
    for m in measurements:
        if m.unit == "deg" and m.joint != GAIT:
            groups.setdefault((m.joint, m.motion, m.side), []).append(m)
    return list(groups.values())


def is_measured(group: Iterable[Measurement]) -> bool:
    """Return whether any of an angle's numbers could be measured."""
    return any(math.isfinite(m.value) for m in group)


def _range_row(group: list[Measurement], movement: str) -> list[Cell]:
    by_name = {m.measure: m for m in group}
    found = [by_name.get(name) for name in _RANGES]
    first = next(m for m in group if math.isfinite(m.value))
    error, source = words.error_figure(first)
    detectable = words.degrees(first.mdc95)
    over_range = by_name.get("rom_range")
    if over_range is not None and math.isfinite(over_range.mdc95):
        detectable = f"{detectable} (range:\N{NO-BREAK SPACE}{words.degrees(over_range.mdc95)})"
    note = f"{first.note[:1].upper()}{first.note[1:]}"
    return [
        words.angle_title(first.joint, first.motion, first.side),
        *((words.reached(m, movement), words.likely_range(m)) if m else "–" for m in found),
        (error, source),
        detectable,
        LightCell(words.verdict(first.verdict), note),
    ]


def _repetition_row(r: Repetition, error_deg: float, straightens: bool) -> list[Cell]:
    extended = straightens and r.direction < 0 and r.joint in words.EXTENDED_TO_ZERO
    peak = words.extension(r.peak_deg, error_deg) if extended else words.degrees(r.peak_deg)
    seconds = " · ".join(words.seconds(s) for s in (r.raise_s, r.hold_s, r.lower_s))
    title = words.angle_title(r.joint, r.motion, r.side)
    return [
        (f"{r.repetition}", title),
        peak if math.isfinite(r.peak_deg) else words.NOT_MEASURED,
        words.degrees(r.rom_deg),
        words.seconds(r.duration_s),
        seconds,
        words.repetition_verdict(r.verdict),
    ]
