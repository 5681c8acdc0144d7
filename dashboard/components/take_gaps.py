"""What of a take was not measured, and why, in plain words."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.components.take_tables import group_by_angle, is_measured
from motion.model import Analysis
from motion.report import LIGHTS, LOST, rate_frames

__all__ = ["list_gaps", "show_gaps", "show_warnings"]


def show_warnings(analysis: Analysis) -> None:
    """Show what is to be known of the take as a whole, all in one box."""
    said = [words.plain(warning) for warning in analysis.warnings]
    if len(said) == 1:
        st.warning(said[0], icon=":material/info:")
    elif said:
        listed = "\n".join(f"- {each}" for each in said)
        st.warning(f"What to know about this recording:\n{listed}", icon=":material/info:")


def show_gaps(analysis: Analysis) -> None:
    """Say what was not measured, each reason once."""
    gaps = list_gaps(analysis)
    if not gaps:
        return
    st.header("What was not measured, and why")
    st.markdown("\n".join(f"- **{words.plain(why)}.** {words.plain(what)}." for why, what in gaps))
    if analysis.warnings:
        st.caption("What else was noticed stands at the top of this page.")


def list_gaps(analysis: Analysis) -> list[tuple[str, str]]:
    """Return reasons, each with what it concerns: frames first, then whole angles."""
    return [*_frame_gaps(analysis), *_angle_gaps(analysis)]


def _frame_gaps(analysis: Analysis) -> Iterator[tuple[str, str]]:
    total = len(analysis.recording)
    curves = analysis.angles.measured
    if not curves:
        return
    lost = rate_frames(analysis, curves[0]) == LIGHTS.index(LOST)
    if lost.any():
        yield (
            f"The person was not in view, or not told from others, in {int(lost.sum())} of "
            f"{total} frames",
            "Nothing is measured or drawn there",
        )
    reasons: dict[str, list[str]] = {
        "Left out as too likely wrong": [],
        "Hidden, or not shown by the view": [],
    }
    for curve in curves:
        empty = np.isnan(curve.value_deg) & ~lost
        for found, names in zip(
            (curve.red & empty, empty & ~curve.red), reasons.values(), strict=True
        ):
            if found.any():
                title = words.short_title(curve.joint, curve.motion, curve.side)
                names.append(f"{title}: {int(found.sum())}")
    for reason, names in reasons.items():
        if names:
            yield f"{reason} (how many of the {total} frames)", "; ".join(names)


def _angle_gaps(analysis: Analysis) -> Iterator[tuple[str, str]]:
    reasons: dict[str, list[str]] = {}
    for group in group_by_angle(analysis.measurements):
        if not is_measured(group):
            title = words.short_title(group[0].joint, group[0].motion, group[0].side)
            reasons.setdefault(group[0].note, []).append(title)
    for reason, titles in reasons.items():
        said = f"{reason[:1].upper()}{reason[1:]}" if reason else "No reason is known"
        yield said, "; ".join(titles)
