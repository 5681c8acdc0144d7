"""Hip, knee and ankle over the gait cycle, left beside right, with the reference curves."""

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.styling import text_colour
from dashboard.components.tables import Cell, show_table
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.gait_curves import DrawnCurve, cycle_figure, drawn_side
from dashboard.gait_cycles import GAIT_ANGLES, SideCurves
from dashboard.gait_reference import Reference
from dashboard.gait_rows import ParameterRow
from dashboard.gait_style import SIDES, key_html
from motion.clinic.units import number_text
from motion.model import Measurement, Side
from motion.norms import BandVerdict

__all__ = ["Curves", "show_angle_charts", "show_cycles", "show_scores"]

Curves = Mapping[tuple[str, Side], SideCurves]


def show_cycles(curves: Curves, reference: Reference) -> None:
    """Show a chart for each angle, and what must be known of them."""
    if not curves:
        st.markdown("No whole stride was measured, so there are no curves over the gait cycle.")
        return
    band = "; grey band: reference, mean ± 1 SD" if reference.curves else ""
    far = {s: " (far leg: less certain)" for (_, s), c in curves.items() if c.far_only}
    dotted = ", dotted: as the far leg" if any(c.far for c in curves.values()) else ""
    key = f"thin: each stride{dotted}; thick: mean; upright line: foot off{band}"
    st.html(key_html(key, far))
    drawn = {
        angle: [drawn_side(curves[angle, side]) for side in SIDES if (angle, side) in curves]
        for angle in GAIT_ANGLES
    }
    show_angle_charts(drawn, reference)
    for line in (*_say_reference(reference), *_say_curves(curves)):
        st.caption(words.plain(line))


def show_angle_charts(
    drawn: Mapping[str, Sequence[DrawnCurve]], reference: Reference | None = None
) -> None:
    """Show the charts side by side; on a phone they stand one under the other."""
    for column, (angle, title) in zip(st.columns(3), GAIT_ANGLES.items(), strict=True):
        with column:
            st.markdown(f"**{title}**")
            if not drawn.get(angle):
                st.caption("Not measured.")
                continue
            st.plotly_chart(
                cycle_figure(
                    drawn[angle],
                    reference.curves.get(angle) if reference else None,
                    motion=angle.partition("_")[2],
                    ink=text_colour(),
                ),
                config=CHART_CONFIG,
                alt=f"{title} over the gait cycle: " + ", ".join(c.name for c in drawn[angle]),
                key=f"cycle-{angle}",
            )


def show_scores(rows: Sequence[ParameterRow], reference: Reference) -> None:
    """Show how far the curves lie from the reference, where it is of such people."""
    if reference.use.verdict is not BandVerdict.BAND or not rows:
        return
    columns = ("Distance from the reference", "Left", "Right")
    show_table(
        columns,
        [[_score_title(row), _score_cell(row.left), _score_cell(row.right)] for row in rows],
        "How far the mean curves lie from the mean of the reference, in whole degrees",
    )
    st.caption(
        "The root mean square over the gait cycle, as in the gait variable score (Baker 2009); the "
        "mean difference of the hip is taken off first. All three together are from the side only, "
        "hip, knee and ankle: not comparable with published gait profile scores (GPS)."
    )


def _score_title(row: ParameterRow) -> str:
    return gait_words.parameter_title(row.measure).partition(",")[0]


def _score_cell(m: Measurement | None) -> Cell:
    if m is None or not math.isfinite(m.value):
        return words.NOT_MEASURED, m.note if m else ""
    return number_text(m.value, m.unit), gait_words.few_text(m)


def _say_reference(reference: Reference) -> list[str]:
    said = [f"{reference.use.words}."]
    if reference.use.verdict is BandVerdict.NONE:
        return said
    said[0] += f" Source: {reference.source}."
    hip = reference.curves.get("hip_flexion")
    if hip is not None:
        said.append(
            "Hip: measured is the thigh against the trunk (includes pelvis and low back), in the "
            f"reference against the pelvis. The band was moved by {hip.shift_deg:+.0f}° to the "
            "mean of these curves: compare shape and range, not height."
        )
    return said


def _say_curves(curves: Curves) -> list[str]:
    counts = []
    for side in SIDES:
        own = [c for (_, s), c in curves.items() if s is side]
        if own:
            counts.append(_say_side(max(own, key=lambda c: c.strides_n)))
    return [f"{'. '.join(counts)}."]


def _say_side(curves: SideCurves) -> str:
    said = f"{words.side_title(curves.side)}: {_strides(curves.strides_n)}"
    if curves.far_only:
        said += ", all as the far leg: less certain"
    elif curves.far:
        said += f", of them {len(curves.far)} as the far leg (dotted): less certain"
    left_out = gait_words.count_reasons(curves.left_out)
    return f"{said} (not drawn: {'; '.join(left_out)})" if left_out else said


def _strides(number: int) -> str:
    return "1 stride" if number == 1 else f"{number} strides"
