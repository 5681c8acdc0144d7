"""The angle of a take that is looked at, and its curve over time."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.charts import angle_figure
from dashboard.components.tables import light_html
from dashboard.reference_lines import ReferenceLine
from motion.model import Analysis, AngleCurve
from motion.report import LIGHTS, rate_frames

__all__ = ["CHART_CONFIG", "INK", "choose_curve", "show_curve"]

CHART_CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False}
INK: Final = {"light": "#1d2a2a", "dark": "#e6eeec"}
"""Plotly takes no colour by name from the theme: the text colours of config.toml."""


def choose_curve(analysis: Analysis) -> AngleCurve | None:
    """Ask for one of the measured angles, first the one that repetitions were counted on."""
    names = [curve.name for curve in analysis.angles.measured]
    if not names:
        return None
    first = names.index(analysis.counted_on) if analysis.counted_on in names else 0
    if len(names) == 1:
        return analysis.angles[names[0]]
    name = st.selectbox(
        "Angle that is shown",
        names,
        index=first,
        format_func=lambda name: words.curve_title(analysis, name),
    )
    return analysis.angles[name]


def show_curve(
    analysis: Analysis, curve: AngleCurve, references: Sequence[ReferenceLine] = ()
) -> None:
    """Show an angle over time, with its repetitions and what it may be held against."""
    title = words.angle_title(curve.joint, curve.motion, curve.side)
    own = [
        r
        for r in analysis.repetitions
        if (r.joint, r.motion, r.side) == (curve.joint, curve.motion, curve.side)
    ]
    rated = rate_frames(analysis, curve)
    st.markdown(f"**{words.plain(title)}**")
    st.plotly_chart(
        angle_figure(
            analysis.angles,
            curve,
            own,
            rated,
            ink=INK[st.context.theme.type or "light"],
            references=references,
        ),
        config=CHART_CONFIG,
        alt=f"{title} over time, with {len(own)} repetitions",
    )
    lights = [LIGHTS[place] for place in reversed(np.unique(rated))]
    key = "".join(light_html(light.word) for light in lights)
    st.html(f'<div class="pm-key">How far each moment may be trusted: {key}</div>')
    share = curve.valid_fraction
    if share < 1:
        st.caption(f"Measured in {share:.0%} of the frames; gaps are left open.")
