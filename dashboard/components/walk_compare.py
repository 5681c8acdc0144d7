"""Two walks of a patient over each other: their curves, and their numbers with the verdict."""

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.styling import text_colour
from dashboard.components.tables import Cell, TextCell, show_table
from dashboard.components.walk_curves import Curves, show_angle_charts
from dashboard.gait_compare import ChangeRow, changes_between, obstacle_between, other_walks
from dashboard.gait_curves import DrawnCurve
from dashboard.gait_cycles import GAIT_ANGLES, curves_of_sides
from dashboard.gait_style import SIDES, STYLES
from dashboard.known_takes import takes_of
from motion.clinic import StoredTake, TakeSummary, find_patient, load_take, open_record
from motion.clinic.units import difference_text, number_text
from motion.model import Side

__all__ = ["show_comparison"]


def show_comparison(take: StoredTake, curves: Curves) -> None:
    """Ask for another walk of the patient and lay it over this one."""
    with open_record() as record:
        takes = takes_of(record, take.patient_code)
    own = next((each for each in takes if each.id == take.id), None)
    if own is None:
        return
    others = other_walks(takes, own)
    if not others:
        st.markdown("This patient has no other walk to compare with.")
        return
    titles = [_title(each, own) for each in others]
    chosen = st.selectbox("Compare with", range(len(others)), format_func=titles.__getitem__)
    other = others[chosen]
    obstacle = obstacle_between(own, other)
    if obstacle:
        st.warning(
            f"{words.plain(obstacle)}. No change is judged; look at the two side by side only.",
            icon=":material/compare_arrows:",
        )
    _show_curves(take, curves, other)
    _show_changes(*sorted((own, other), key=lambda each: each.started_at))


def _title(other: TakeSummary, own: TakeSummary) -> str:
    obstacle = obstacle_between(other, own)
    date = words.date_text(other.started_at)
    return f"{date} ({obstacle[0].lower()}{obstacle[1:]})" if obstacle else date


def _show_curves(take: StoredTake, curves: Curves, other: TakeSummary) -> None:
    with open_record() as record:
        analysis = load_take(record, other.id).analysis
    there = curves_of_sides(analysis)
    side = st.segmented_control(
        "Leg that is drawn",
        SIDES,
        default=first_leg(_affected_of(take), curves),
        format_func=words.side_title,
        required=True,
    )
    this, that = (words.date_text(at) for at in (take.analysis.started_at, analysis.started_at))
    drawn = {
        angle: [
            *_draw(there, angle, side, that, text_colour(), "dot"),
            *_draw(curves, angle, side, this, STYLES[side].colour, "solid"),
        ]
        for angle in GAIT_ANGLES
    }
    st.html(
        '<div class="pm-key">'
        f'<span class="pm-side"><i style="border-top:3px solid {STYLES[side].colour}"></i>'
        f'This take, {this}</span><span class="pm-side"><i style="border-top:3px dotted"></i>'
        f"The other, {that}</span><span>thin: each stride, upright line: foot off</span></div>"
    )
    show_angle_charts(drawn)


def first_leg(affected: Side | None, curves: Curves) -> Side:
    """Return which leg is drawn first: the affected one, else the one nearest the camera."""
    if affected in SIDES:
        return affected
    near = (side for side in SIDES for (_, s), own in curves.items() if s is side and len(own.near))
    return next(near, Side.LEFT)


def _affected_of(take: StoredTake) -> Side | None:
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
    return None if patient is None else patient.affected_side


def _draw(
    curves: Curves, angle: str, side: Side, date: str, colour: str, dash: str
) -> list[DrawnCurve]:
    own = curves.get((angle, side))
    if own is None:
        return []
    far = " (far leg: less certain)" if own.far_only else ""
    return [
        DrawnCurve(
            name=f"{date}{far}",
            mean_deg=own.mean_deg,
            near=own.near,
            far=own.far,
            foot_off_percent=own.foot_off_percent,
            colour=colour,
            dash=dash,
        )
    ]


def _show_changes(earlier: TakeSummary, later: TakeSummary) -> None:
    rows = changes_between(earlier, later)
    if not rows:
        st.markdown("The two walks have no number in common.")
        return
    first, second = (words.date_text(each.started_at) for each in (earlier, later))
    show_table(
        ("Parameter", first, second, "Change", "What the change amounts to"),
        [_row(row) for row in rows],
        "Numbers of the two walks; a change is held against the smallest detectable change",
    )
    st.caption(words.DIFFERENCES)


def _row(row: ChangeRow) -> list[Cell]:
    side = "" if row.side is Side.BOTH else words.side_title(row.side)
    values = (number_text(value, row.unit) for value in (row.earlier, row.later))
    return [
        (gait_words.parameter_title(row.measure), side),
        *values,
        difference_text(row.change, row.unit),
        TextCell(row.verdict),
    ]
