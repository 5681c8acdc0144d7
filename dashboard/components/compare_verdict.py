"""Whether two takes may be compared, and what the change of their main number amounts to."""

import math
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import words
from dashboard.components.take_list import main_measurement
from motion.clinic import (
    TakeSummary,
    comparability,
    difference_text,
    differences,
    follow,
    number_text,
)
from motion.clinic.change import figures_for
from motion.clinic.units import difference_of_shown
from motion.library import load_meaningful
from motion.model import Measurement

__all__ = ["Judged", "judge_takes", "show_verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What may be said of two takes.

    Parameters
    ----------
    obstacle
        ``Not comparable: position differs``; empty where the two may be compared.
    change
        The main number before and after with its verdict; empty where there is none in both.
    """

    obstacle: str = ""
    change: str = ""


def judge_takes(earlier: TakeSummary, later: TakeSummary) -> Judged:
    """Hold the later take's main number against the earlier one's, where they are comparable."""
    if any(take.excluded_reason is not None for take in (earlier, later)):
        return Judged(obstacle="Not comparable: a take is left out")
    before = main_measurement(earlier.movement, earlier.measurements, earlier.repetitions)
    after = None if before is None else _same_number(before, later)
    if before is None or after is None:
        return Judged(obstacle=_obstacle_of_takes(earlier, later))
    obstacle = comparability(earlier, before, later, after)
    if obstacle:
        return Judged(obstacle=obstacle)
    (line,) = follow(
        (replace(earlier, measurements=(before,)), replace(later, measurements=(after,))),
        load_meaningful(),
    )
    return Judged(change=_say_change(earlier.movement, before, after, line.points[-1].verdict))


def show_verdict(judged: Judged) -> None:
    """Show whether two takes may be compared, and the verdict of their change."""
    if judged.obstacle:
        st.warning(
            f"{words.plain(judged.obstacle)}. No change is judged; look at the two side by side "
            "only.",
            icon=":material/compare_arrows:",
        )
    elif judged.change:
        st.info(words.plain(judged.change), icon=":material/compare:")
    else:
        st.info(
            "Comparable, but no main number was measured in both: no change is judged.",
            icon=":material/compare:",
        )


def _same_number(wanted: Measurement, take: TakeSummary) -> Measurement | None:
    named = (wanted.measure, wanted.joint, wanted.motion, wanted.side)
    return next(
        (m for m in take.measurements if (m.measure, m.joint, m.motion, m.side) == named), None
    )


def _obstacle_of_takes(earlier: TakeSummary, later: TakeSummary) -> str:
    names = differences(earlier, later)
    if not names:
        return ""
    return f"Not comparable: {', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"


def _say_change(movement: str, before: Measurement, after: Measurement, verdict: str) -> str:
    title = words.result_title(before, movement)
    values = f"{words.reached(before, movement)} → {words.reached(after, movement)}"
    apart = difference_of_shown(after.value, before.value, before.unit)
    difference = difference_text(apart, before.unit)
    figures = [m.mdc95 for m in figures_for(before, after)]
    smallest = number_text(max(figures, default=math.nan), before.unit)
    held = f"; smallest detectable change {smallest}" if figures else ""
    return f"{title}: {values} ({difference}{held}). {verdict}."
