"""Which error figures are in use, and where each comes from."""

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.tables import Cell, show_table
from motion.clinic.change import is_provisional
from motion.errors import MotionError
from motion.kinematics import JOINTS, ErrorFigure, ErrorFigures
from motion.library import load_error_figures, load_product_figures
from motion.model import ViewName
from motion.own_figures import own_figures_path, read_own_figures

__all__ = ["show_figures_in_use"]


def show_figures_in_use() -> None:
    """Show the figure of every angle; of a broken table of the clinic's what is wrong with it."""
    try:
        figures = load_error_figures()
        own = {(row.angle, row.view) for row in read_own_figures().rows}
    except MotionError as error:
        show_error(error)
        return
    rows = [_row(figures, joint.name, joint.plane.view) for joint in JOINTS]
    shown = {(joint.name, joint.plane.view) for joint in JOINTS}
    rows += [_row(figures, angle, view) for angle, view in sorted(own - shown)]
    show_table(
        ("Angle", "Seen", "Measurement error", "Smallest detectable change", "Source"),
        rows,
        "Error figures for new measurements, in whole degrees",
    )
    oblique = load_product_figures().find(JOINTS[0].name, ViewName.OBLIQUE)
    st.caption(
        "The measurement error (±) is the standard error of one measurement (SEM); a change below "
        "the smallest detectable change (MDC, 95 %) cannot be told from error. From a camera off "
        f"the straight view both grow; between side and front they are ± "
        f"{words.degrees(oblique.sem_deg)} and {words.degrees(oblique.mdc95_deg)} where the "
        "clinic has no figure of its own. Provisional figures are a proposal, until published "
        "ones or this clinic's own retest replace them; verdicts that use one say so."
    )
    st.caption(
        f"The clinic's own figures lie in `{own_figures_path()}` and may be edited there by hand. "
        "Takes that were measured before keep the figures of their time, until they are measured "
        "again (on the take's page, under *Where these numbers come from*)."
    )


def _row(figures: ErrorFigures, angle: str, view: ViewName) -> list[Cell]:
    figure = figures.find(angle, view)
    joint = next(joint for joint in JOINTS if joint.name == angle)
    return [
        joint.full_title,
        words.view_title(view),
        f"± {words.degrees(figure.sem_deg)}",
        words.degrees(figure.mdc95_deg),
        _source(figure),
    ]


def _source(figure: ErrorFigure) -> Cell:
    if is_provisional(figure.source):
        why = figure.source.partition(", ")[2]
        return ("Provisional", why) if why else "Provisional"
    return figure.source
