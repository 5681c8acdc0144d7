"""A patient's recovery over time: one measure over comparable takes, and what its change means."""

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import gait_words, words
from dashboard.against import Against, gather
from dashboard.components.functional_test import functional_title
from dashboard.components.take_curves import CHART_CONFIG, INK
from dashboard.reference_lines import lines_of, lines_of_walk
from dashboard.target_words import distance, target_text
from dashboard.trend_chart import trend_figure
from motion.clinic import Line, Patient, Point, TakeSummary, Target
from motion.clinic.change import is_judged
from motion.model import FUNCTIONAL, GAIT, Side

__all__ = ["show_progress"]

_OPEN_MARK: Final = "Open mark: of too few strides to be judged. "


def show_progress(
    patient: Patient,
    takes: Sequence[TakeSummary],
    lines: Sequence[Line],
    targets: Sequence[Target],
) -> None:
    """Show a measure over the patient's comparable takes, with what it may be held against.

    Parameters
    ----------
    takes
        All of the patient's, for the other side.
    lines
        What there is to draw (:func:`dashboard.drawn_lines.lines_to_draw`).
    targets
        All of the patient's.
    """
    if not lines:
        return
    st.header("Over time")
    titles = [_title(line) for line in lines]
    chosen = st.selectbox("Measure", range(len(lines)), format_func=titles.__getitem__)
    line = lines[chosen]
    last = next(p for p in reversed(line.points) if math.isfinite(p.measurement.value))
    against = gather(patient, takes, last.take, last.measurement, targets)
    of_walking = line.measurement.joint == GAIT
    of_angle = line.measurement.joint not in (GAIT, FUNCTIONAL)
    drawn = lines_of_walk(patient, last.take, last.measurement) if of_walking else lines_of(against)
    st.plotly_chart(
        trend_figure(
            line,
            last.take.movement,
            drawn,
            ink=INK[st.context.theme.type or "light"],
        ),
        config=CHART_CONFIG,
        alt=f"{titles[chosen]} over {len(line.points)} takes",
    )
    _say_change(line)
    _say_target(against, last)
    reason = against.references.reason if of_angle else ""
    st.caption(
        "Bars: the smallest change between two takes that this camera detects. "
        + (f"{reason[:1].upper()}{reason[1:]}." if reason else "")
        + (_OPEN_MARK if any(not is_judged(p.measurement) for p in line.points) else "")
    )


def _say_change(line: Line) -> None:
    last = next(p for p in reversed(line.points) if math.isfinite(p.measurement.value))
    said = [f"Since the first of these takes: {last.verdict}."]
    if line.trend is not None and line.trend.is_clear:
        unit = line.measurement.unit
        said.append(f"{line.trend.sentence('degrees' if unit == 'deg' else unit)}.")
    st.markdown(words.plain(" ".join(said)))


def _say_target(against: Against, last: Point) -> None:
    if not math.isfinite(against.target_deg):
        return
    m, movement = last.measurement, last.take.movement
    target = target_text(m, against.target_deg, movement)
    reached = words.reached(m, movement)
    said = f"Target: {target}. Last: {reached}, {distance(m, against.target_deg, movement)}."
    st.markdown(words.plain(said))


def _title(line: Line) -> str:
    m = line.measurement
    take = line.points[0].take
    view = words.view_title(take.view).lower()
    if m.joint == GAIT:
        side = f", {words.side_title(m.side).lower()}" if m.side is not Side.BOTH else ""
        return f"{gait_words.parameter_title(m.measure)}{side} ({view})"
    if m.joint == FUNCTIONAL:
        return f"{functional_title(m)} ({view})"
    extreme = "largest" if m.measure == "rom_max" else "smallest"
    title = words.angle_title(m.joint, m.motion, m.side)
    return f"{title}, {extreme} ({words.movement_title(take.movement)}, {view})"
