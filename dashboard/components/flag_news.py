"""What else is new beside the flags: each line leads to the patients whom it is about."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.button_names import named
from dashboard.components.made_up import MADE_UP, made_up_among
from dashboard.pages import PATIENTS, open_patient, open_plan
from motion.clinic import Lately, PatientCount

__all__ = ["show_lately"]

_NAMED_N: Final = 6


def show_lately(news: Lately) -> None:
    """Show open suggestions, what came from home and who was recorded, as far as there is any."""
    lines = (
        ("Suggestions that wait for a decision", "suggestion", news.suggestions),
        ("Received from home since yesterday", "take", news.from_home),
        ("Recorded in the clinic since yesterday", "take", news.recorded),
    )
    if not any(found for _, _, found in lines):
        return
    st.header("Also new")
    for title, unit, found in lines:
        if found:
            _show_line(title, unit, found)


def _show_line(title: str, unit: str, found: Sequence[PatientCount]) -> None:
    made_up = made_up_among(each.patient_code for each in found[:_NAMED_N])
    total = sum(each.count for each in found)
    more = f"; {len(found) - _NAMED_N} more patients" if len(found) > _NAMED_N else ""
    st.markdown(f"{title}: {_counted(total, unit)}{more}")
    with st.container(horizontal=True, vertical_alignment="center"):
        for each in found[:_NAMED_N]:
            code = words.plain(each.patient_code)
            label = f" {MADE_UP}" if each.patient_code in made_up else ""
            target = "plan" if unit == "suggestion" else "patient"
            if st.button(
                named(f"{code} · {each.count}{label}", title.lower()),
                key=f"new-{title}-{each.patient_code}",
                help=f"{_counted(each.count, unit)}: open the {target} of {code}",
            ):
                (open_plan if unit == "suggestion" else open_patient)(each.patient_code)
        if more:
            st.page_link(PATIENTS, label="All patients", icon=":material/groups:")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
