"""The dashboard's entry: which pages there are, and how an error is shown on any of them."""

from pathlib import Path

import streamlit as st

from dashboard.components.notices import show_error, show_failed_page
from dashboard.components.styling import apply_style
from dashboard.live_recovery import recover_takes
from dashboard.pages import clinic_pages, linkless_pages, patient_pages
from dashboard.visitor import is_clinic, visiting_patient, welcome
from motion.errors import MotionError

st.set_page_config(page_title="Motion", page_icon=Path(__file__).parent / "components" / "icon.svg")
apply_style()
recover_takes()
welcome()
if is_clinic():
    pages = clinic_pages()
else:
    pages = patient_pages() if visiting_patient() else linkless_pages()
page = st.navigation(pages, position="top")
try:
    page.run()
except MotionError as error:
    show_error(error)
except Exception:  # noqa: BLE001  # or Streamlit's own words would be shown
    show_failed_page(pages[0])
