"""The exercises of a plan: a table of them, and forms to prescribe, to change and to end one."""

from collections.abc import Sequence

import streamlit as st

from dashboard.chart_words import on_day
from dashboard.components.exercise_picture import show_pictogram
from dashboard.components.plan_fields import ask_item, usual_item
from dashboard.components.tables import Cell, show_table
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.plan_words import (
    dose_text,
    evidence_text,
    item_title,
    limit_text,
    often_text,
    rule_text,
    target_text,
    tempo_text,
)
from dashboard.target_words import day_text
from dashboard.words import label, plain
from motion.clinic import Patient, PlanItem, change_item, end_item, prescribe
from motion.exercise.exercises import Exercise, Region
from motion.library import find_exercise, list_exercises

__all__ = ["ask_prescription", "show_items"]

_PICTURE_PX = 180


def show_items(items: Sequence[PlanItem]) -> None:
    """Show what is prescribed, and the forms to change or end one of it."""
    if not items:
        st.markdown("Nothing is prescribed.")
        return
    show_table(
        ("Exercise", "Dose", "Target", "Often", "Note", "From"),
        [_row(item) for item in items],
        "What is prescribed; angles in whole degrees",
    )
    with st.expander("Change or end an exercise", icon=":material/edit:"):
        place = st.selectbox(
            "Exercise of the plan",
            range(len(items)),
            format_func=lambda place: item_title(items[place]),
            key="plan-chosen",
        )
        _ask_change(items[place])


def ask_prescription(patient: Patient) -> None:
    """Show the library's exercises, and the form of what is prescribed of the chosen one."""
    exercise = _choose_exercise()
    _show_exercise(exercise)
    key = f"prescribe-{patient.id}-{exercise.name}"
    # Enter belongs to the field: a half filled form would be a prescription without its limit.
    with st.form(key, border=False, enter_to_submit=False):
        details = ask_item(usual_item(exercise, patient.affected_side), exercise, key)
        who = ask_who("Prescribed by", f"{key}-who")
        # With its name: what was typed into the list above may not be what it chose.
        named = f"Prescribe: {plain(exercise.title)}"
        asked = st.form_submit_button(named, type="primary", icon=":material/add:")
    if asked:
        write_record(lambda record: prescribe(record, patient.code, details, author=author_of(who)))


def _choose_exercise() -> Exercise:
    library = list_exercises()
    regions = [region for region in Region if any(e.region is region for e in library.values())]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        region = st.selectbox(
            "Part of the body",
            [None, *regions],
            format_func=lambda each: label(each) if each else "All",
            key="plan-region",
        )
        names = [name for name, e in library.items() if region in (None, e.region)]
        name = st.selectbox(
            "Exercise",
            sorted(names, key=lambda name: library[name].title),
            format_func=lambda name: library[name].title,
            key="plan-exercise",
        )
    return library[name]


def _show_exercise(exercise: Exercise) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_pictogram(exercise, _PICTURE_PX)
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{plain(exercise.title)}** · {label(exercise.position).lower()}")
            st.caption(evidence_text(exercise))
            if exercise.contraindication:
                st.caption(f"Caution: {plain(exercise.contraindication)}")
            if exercise.standing or exercise.test:
                st.caption("At home only where the settings of the plan allow standing exercises.")


def _ask_change(item: PlanItem) -> None:
    # As it was when the form was first shown: a rerun must not slip in a newer version.
    loaded: PlanItem = st.session_state.setdefault(f"changing-{item.id}", item)
    if loaded.version != item.version:
        st.warning(
            "Somebody else changed this exercise meanwhile. Load their version, then change it.",
            icon=":material/sync_problem:",
        )
        st.button("Load their version", on_click=_forget, args=(item,))
    key = f"change-{loaded.id}-{loaded.version}"
    with st.form(key, border=False, enter_to_submit=False):
        details = ask_item(loaded, find_exercise(loaded.prescription.exercise), key)
        who = ask_who("Changed by", f"{key}-who")
        with st.container(horizontal=True):
            changed = st.form_submit_button("Save the change", type="primary")
            ended = st.form_submit_button("End this exercise")
    if changed:
        write_record(lambda record: _forget(change_item(record, details, author=author_of(who))))
    elif ended:
        write_record(lambda record: _forget(end_item(record, loaded, author=author_of(who))))


def _forget(item: PlanItem) -> None:
    st.session_state.pop(f"changing-{item.id}", None)


def _row(item: PlanItem) -> list[Cell]:
    given = item.prescription
    by = f" by {item.prescribed_by}" if item.prescribed_by else ""
    return [
        (item_title(item), rule_text(item.rule)),
        (dose_text(given.dose), tempo_text(given.dose)),
        (target_text(given), limit_text(given)),
        (often_text(item), f"pain limit {given.pain_limit}"),
        item.note,
        (on_day(item.started_on), f"prescribed {day_text(item.created_at)}{by}"),
    ]
