"""Who a patient is, at a glance: side, operation, precautions, the plan in brief, the targets."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from dashboard import words
from dashboard.components.patient_edit import show_edit
from dashboard.components.patient_sections import offer_sections
from dashboard.components.plan_brief import show_plan_in_brief
from dashboard.components.tables import show_facts
from dashboard.pages import open_plan
from dashboard.target_words import angle_named
from motion.clinic import Patient, PlanItem, PlanSuggestion, Target
from motion.texts import find_language, list_languages

__all__ = ["show_header", "since_operation"]

_DAYS_IN_WEEK = 7
_IN_DAYS_UNTIL = 14


def show_header(
    patient: Patient,
    items: Sequence[PlanItem],
    suggestions: Sequence[PlanSuggestion],
    targets: Sequence[Target],
) -> None:
    """Show who a patient is and what is prescribed, with a form to change the details."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(words.plain(patient.code), width="content")
        if patient.made_up:
            st.badge("Made up: no person is behind it", icon=":material/science:", color="gray")
    if patient.name:
        st.markdown(words.plain(patient.name))
    show_facts(_facts(patient, datetime.now().astimezone().date()))
    if patient.precautions:
        st.warning(f"Precautions: {words.plain(patient.precautions)}", icon=":material/warning:")
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None, key="plan-in-brief"):
            st.markdown("**Plan**")
            show_plan_in_brief(items, suggestions)
            if targets:
                st.markdown(f"Targets: {words.plain('; '.join(map(_target, targets)))}")
        if st.button("Open the plan", icon=":material/assignment:"):
            open_plan(patient.code)
    offer_sections(patient)
    with st.expander("Change these details", icon=":material/edit:"):
        show_edit(patient)


def since_operation(operation: date, day: date) -> str:
    """Return how long ago an operation was, on a day: ``8 weeks since the operation``.

    Whole weeks from two weeks on, days before.
    """
    days = (day - operation).days
    if days == 0:
        return "the day of the operation"
    apart = abs(days)
    in_days = apart < _IN_DAYS_UNTIL
    count, unit = (apart, "day") if in_days else (apart // _DAYS_IN_WEEK, "week")
    said = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{said} since the operation" if days > 0 else f"{said} before the operation"


def _facts(patient: Patient, today: date) -> dict[str, str]:
    side = patient.affected_side
    facts = {
        "Affected side": words.side_title(side) if side else "",
        "Referral note": patient.diagnosis_note,
        "Operation": _operation(patient.operation_date, today),
        "Born": str(patient.birth_year or ""),
        "Height": f"{patient.height_cm:.0f} cm" if patient.height_cm else "",
        "Aids": patient.aids,
        "Brace": patient.brace,
        "Cast": patient.cast,
        "Prosthesis or absent limb": patient.prosthesis_or_absent_limb,
        "Never measured": ", ".join(words.label(name) for name in patient.withheld_joints),
        "Language": _language(patient.language),
    }
    return {name: value for name, value in facts.items() if value}


def _language(said: str) -> str:
    """Return a language's name; one without texts keeps what was written."""
    code = find_language(said)
    return said if code is None else list_languages()[code]


def _operation(day: date | None, today: date) -> str:
    return f"{day.day} {day:%b %Y}, {since_operation(day, today)}" if day else ""


def _target(target: Target) -> str:
    end = words.end_of_range(target.measure).lower()
    named = angle_named(target.joint, target.motion, target.side)
    return f"{named}: {end} {words.degrees(target.target_deg)}"
