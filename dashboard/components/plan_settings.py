"""What holds for all of a patient's plan: standing at home, pain, a guardian's consent."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.plan_words import UNDER_12
from motion.clinic import Patient, PlanSettings, change_plan_settings
from motion.exercise.prescription import MOST_PAIN

__all__ = ["ask_settings"]


def ask_settings(patient: Patient, settings: PlanSettings) -> None:
    """Show the settings, and store what was changed."""
    # As it was when the form was first shown: a rerun must not slip in a newer version.
    loaded: PlanSettings = st.session_state.setdefault(_place(patient), settings)
    if loaded.version != settings.version:
        st.warning(
            "Somebody else changed these settings meanwhile. Load theirs, then change them.",
            icon=":material/sync_problem:",
        )
        st.button("Load theirs", on_click=_forget, args=(patient,))
    key = f"plan-settings-{patient.id}-{loaded.version}"
    with st.form(key, border=False, enter_to_submit=False):
        changed = _ask(loaded, key)
        who = ask_who("Changed by", f"{key}-who")
        saved = st.form_submit_button("Save the settings", type="primary")
    if saved:
        write_record(
            lambda record: _forget(
                patient,
                change_plan_settings(record, patient.code, changed, author=author_of(who)),
            )
        )


def _ask(settings: PlanSettings, key: str) -> PlanSettings:
    standing = st.checkbox(
        "Standing exercises and tests are allowed at home",
        value=settings.standing_at_home,
        help="Off until you allow it: nobody is watching there.",
        key=f"{key}-standing",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pain_limit = st.number_input(
            "Pain limit of the plan (0 to 10)",
            min_value=0,
            max_value=MOST_PAIN,
            value=settings.pain_limit,
            step=1,
            help="Above this answer no set is resumed; the lower of plan and exercise holds.",
            key=f"{key}-pain",
        )
        consent_on = st.date_input(
            "Guardian's consent, given on",
            value=settings.guardian_consent_on,
            max_value=date.today(),
            format="YYYY-MM-DD",
            help=f"Needed under 18. {UNDER_12}",
            key=f"{key}-consent",
        )
    note = st.text_input(
        "Note for the patient, on top of the list",
        value=settings.note,
        max_chars=500,
        key=f"{key}-note",
    )
    return replace(
        settings,
        standing_at_home=standing,
        pain_limit=int(pain_limit),
        guardian_consent_on=consent_on,
        note=note.strip(),
    )


def _place(patient: Patient) -> str:
    return f"setting-plan-{patient.id}"


def _forget(patient: Patient, _stored: PlanSettings | None = None) -> None:
    st.session_state.pop(_place(patient), None)
