"""Measures a stored take again from its landmarks: for methods and error figures of today."""

import math
from dataclasses import fields, replace

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from motion import __version__
from motion.clinic import StoredTake, add_analysis, find_patient, open_record
from motion.errors import MotionError
from motion.library import load_error_figures
from motion.measuring import measure_again
from motion.model import Analysis, ScaleSource
from motion.settings import AnalysisSettings, recall_settings

__all__ = ["show_remeasure"]

_REASON = "measured again from its landmarks, with the methods and error figures of that day"


def show_remeasure(take: StoredTake) -> None:
    """Offer to measure a take again; the analysis before is kept."""
    analysis = take.analysis
    if not analysis.person_found:
        return
    try:
        today = load_error_figures().name
    except MotionError as error:
        show_error(error)
        return
    used = str(dict(analysis.provenance.settings).get("error_figures", "not noted"))
    st.caption(
        f"Error figures of these numbers: {words.plain(used)}. In use today: {words.plain(today)}."
    )
    height_m = _ask_height(take)
    if st.button("Measure again as of today", icon=":material/refresh:"):
        _measure(take, height_m)


def _ask_height(take: StoredTake) -> float:
    """Ask for the height that a walk's metres come from; NaN where they do not."""
    known = dict(take.analysis.provenance.settings)
    before_m = known.get("gait_height_m")
    if known.get("gait_scale") != ScaleSource.HEIGHT or not isinstance(before_m, float):
        return math.nan
    height_cm = st.number_input(
        "Height that metres come from (cm)",
        min_value=50.0,
        max_value=250.0,
        value=100.0 * before_m,
        step=1.0,
        key=f"remeasure-height-{take.id}",
        help="Where it was mistyped, put in the right one and measure again.",
    )
    return height_cm / 100.0


def _as_text(analysis: Analysis) -> list[list[str]]:
    # A NaN is no other NaN's equal, but reads the same.
    return [[str(getattr(m, f.name)) for f in fields(m)] for m in analysis.measurements]


def _settings_of(take: StoredTake, height_m: float) -> AnalysisSettings:
    """Return a take's settings; never measured is what was so then, and what is so today."""
    settings = recall_settings(take.analysis)
    if settings.gait is not None and math.isfinite(height_m):
        settings = replace(settings, gait=replace(settings.gait, height_m=height_m))
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
    today = patient.withheld_joints if patient else ()
    withheld = dict.fromkeys((*settings.withheld_joints, *today))
    return replace(settings, withheld_joints=tuple(withheld))


def _measure(take: StoredTake, height_m: float) -> None:
    before = take.analysis
    try:
        with st.spinner("Measuring"):
            found = measure_again(before, _settings_of(take, height_m))
        if _as_text(found) == _as_text(before):
            st.info("Nothing would change.")
            return
        after = replace(
            found, provenance=replace(found.provenance, software=f"physio-motion {__version__}")
        )
        with open_record() as record:
            add_analysis(record, take.id, after, _REASON, expected=take.analysis_id)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()
