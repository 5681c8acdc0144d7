"""What a take says about itself: its head, where its numbers come from, its files."""

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import words
from dashboard.components.tables import show_facts
from dashboard.downloads import csv_bytes, landmarks_bytes
from dashboard.subjects import subject_of
from motion.clinic import StoredTake
from motion.library import load_gait_norms
from motion.model import Analysis, Mirrored, NearSide
from motion.report import (
    angles_table,
    gait_cycles_table,
    gait_events_table,
    gait_parameters_table,
    measurements_table,
    repetitions_table,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["show_downloads", "show_facts_of", "show_provenance"]

_Table = tuple[str, str, "Callable[[Analysis], pd.DataFrame]"]

_MIRRORED: Final = {
    Mirrored.YES: "Yes, turned back",
    Mirrored.NO: "No",
    Mirrored.UNKNOWN: "Not known",
}


def show_facts_of(analysis: Analysis) -> None:
    """Show the conditions of a take."""
    said = analysis.conditions
    chosen = dict(analysis.provenance.settings)
    planned = str(chosen.get("side", analysis.side))
    title = "As the view shows" if planned == "auto" else words.label(planned)
    done = f"; it was the {analysis.side} side that did it" if chosen.get("done_side") else ""
    near = {
        NearSide.NONE: "Neither",
        NearSide.BOTH: "Each in turn",
        NearSide.UNKNOWN: "Not known",
    }
    show_facts(
        {
            "Planned side": f"{title}{done}",
            "Person measured": words.person_title(chosen.get("person")),
            "View": words.view_text(analysis.view),
            "Side to the camera": near.get(said.near_side, words.label(said.near_side)),
            "Position": _stated(said.position),
            "Movement was": words.label(said.mode),
            "Recorded at": words.label(said.setting),
            "Weight on the leg": _stated(said.weight_bearing),
            "Aid": _stated(said.aid),
            "Shoes, brace, orthosis": _stated(said.footwear_orthosis),
            "Mirror image": _MIRRORED[said.mirrored],
        }
    )


def _stated(value: str) -> str:
    return "Not stated" if value == "unknown" else words.label(value)


def show_provenance(take: StoredTake) -> None:
    """Show with what the numbers were made: enough to make them again."""
    provenance = take.analysis.provenance
    file = provenance.input
    show_facts(
        {
            "Recording (SHA-256)": file.sha256,
            "Frames": f"{file.frames}, {file.rate_hz:.1f} per second, {file.dropped} missing",
            "Length": words.seconds(file.duration_s),
            "Picture": f"{file.width_px} × {file.height_px} pixels",
            "Pose model": provenance.model.name,
            "Pose model (SHA-256)": provenance.model.sha256,
            "Software": provenance.software,
            "Stored": words.date_text(take.created_at.astimezone()),
            "Settings": ", ".join(f"{name} {value}" for name, value in provenance.settings),
        }
    )


def show_downloads(take: StoredTake) -> None:
    """Offer the tables and the landmarks of a take."""
    analysis = take.analysis
    stem = _file_stem(take)
    tables: tuple[_Table, ...] = (
        ("Angles", "angles", angles_table),
        (
            "Measurements",
            "measurements",
            lambda analysis: measurements_table(analysis, subject_of(take)),
        ),
        ("Repetitions", "repetitions", repetitions_table),
    )
    if analysis.gait is not None:
        tables = (*_walk_tables(take), *tables)
    with st.container(horizontal=True):
        for title, name, make in tables:
            st.download_button(
                f"{title} (CSV)",
                partial(_table_bytes, make, analysis),
                f"{stem}-{name}.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
        st.download_button(
            "Landmarks (NumPy)",
            lambda: landmarks_bytes(analysis.recording),
            f"{stem}-landmarks.npz",
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
        )


def _walk_tables(take: StoredTake) -> tuple[_Table, ...]:
    subject = subject_of(take)
    return (
        ("Gait events", "gait_events", gait_events_table),
        (
            "Gait parameters",
            "gait_parameters",
            lambda analysis: gait_parameters_table(analysis, load_gait_norms(), subject),
        ),
        ("Gait cycles", "gait_cycles", gait_cycles_table),
    )


def _table_bytes(make: Callable[[Analysis], "pd.DataFrame"], analysis: Analysis) -> bytes:
    return csv_bytes(make(analysis))


def _file_stem(take: StoredTake) -> str:
    code = re.sub(r"[^A-Za-z0-9-]+", "-", take.patient_code).strip("-") or "patient"
    return f"{code}-{take.analysis.started_at:%Y-%m-%d}"
