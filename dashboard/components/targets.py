"""A patient's targets: what holds, how far the last number is from it, and what held before."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components.tables import Cell, SourcedCell, show_table
from dashboard.components.target_form import ask_change, ask_target
from dashboard.target_words import angle_named, day_text, distance, source_of
from motion.clinic import Patient, TakeSummary, Target, find_target
from motion.clinic.idle import is_idle
from motion.model import Measurement, Side

__all__ = ["show_targets"]


def show_targets(patient: Patient, takes: Sequence[TakeSummary], targets: Sequence[Target]) -> None:
    """Show a patient's targets, with forms to set, correct and withdraw one.

    Parameters
    ----------
    takes
        All of the patient's, the newest first.
    targets
        All of the patient's, with those that were ended.
    """
    current = [target for target in targets if target.ended_at is None]
    if current:
        show_table(
            ("Angle", "Target", "Last measured", "Set", "Note"),
            [row for target in current for row in _rows(target, current, takes)],
            "Targets in whole degrees; a target is no limit",
        )
    else:
        st.markdown("No target is set.")
    with st.expander("Set a target", icon=":material/flag:"):
        ask_target(patient, takes)
    if current:
        with st.expander("Correct or withdraw a target", icon=":material/edit:"):
            ask_change(current)
    ended = [target for target in targets if target.ended_at is not None]
    if ended:
        with st.expander("Earlier targets", icon=":material/history:"):
            show_table(
                ("Angle", "Target", "Set", "Ended", "Note"),
                [_ended_row(target) for target in reversed(ended)],
                "Targets that were replaced or withdrawn",
            )


def _rows(
    target: Target, current: Sequence[Target], takes: Sequence[TakeSummary]
) -> list[list[Cell]]:
    """Return a row for each side that a target is for; one of both may hold for one only."""
    covered = (Side.LEFT, Side.RIGHT) if target.side is Side.BOTH else (target.side,)
    named = (target.measure, target.joint, target.motion)
    sides = [side for side in covered if find_target(current, *named, side) is target]
    if not sides:
        return [_row(target, target.side, "each side has its own", "–")]
    meant = "set for both sides" if target.side is Side.BOTH else ""
    return [_row(target, side, meant, _last(target, side, takes)) for side in sides]


def _row(target: Target, side: Side, meant: str, last: Cell) -> list[Cell]:
    end = words.end_of_range(target.measure).lower()
    return [
        (angle_named(target.joint, target.motion, side), f"{end}, {meant}" if meant else end),
        SourcedCell(words.degrees(target.target_deg), source_of(target)),
        last,
        _set(target),
        target.note,
    ]


def _last(target: Target, side: Side, takes: Sequence[TakeSummary]) -> Cell:
    """Return the last number of a target; of a limb that hung still meanwhile there is none."""
    named = (target.measure, target.joint, target.motion, side)
    for take in takes:
        if take.excluded_reason is not None:
            continue
        for m in take.measurements:
            same = (m.measure, m.joint, m.motion, m.side) == named and math.isfinite(m.value)
            if same and not is_idle(take, m):
                return _measured(target, take, m)
    return ("–", "Not measured yet")


def _measured(target: Target, take: TakeSummary, m: Measurement) -> Cell:
    movement = take.movement
    how = (
        words.movement_title(movement),
        words.label(take.conditions.mode).lower(),
        words.date_text(take.started_at),
    )
    apart = distance(m, target.target_deg, movement)
    return SourcedCell(words.reached(m, movement), ", ".join(how), apart)


def _set(target: Target) -> Cell:
    by = f"by {target.set_by}" if target.set_by else ""
    return (day_text(target.created_at), by)


def _ended_row(target: Target) -> list[Cell]:
    return [
        (
            angle_named(target.joint, target.motion, target.side),
            words.end_of_range(target.measure).lower(),
        ),
        words.degrees(target.target_deg),
        _set(target),
        day_text(target.ended_at) if target.ended_at else "",
        target.note,
    ]
