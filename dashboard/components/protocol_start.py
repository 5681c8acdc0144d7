"""The protocols as large buttons: one press begins a visit."""

from datetime import date

import streamlit as st

from dashboard import words
from dashboard.components.live_choice import setting_of_pages
from dashboard.components.notices import show_error
from dashboard.pages import open_protocol
from motion.clinic import Patient, ProtocolRun, list_runs, open_record, start_protocol
from motion.errors import MotionError
from motion.exercise.protocols import Protocol, plan_steps
from motion.protocol_library import list_protocols

__all__ = ["show_protocols"]

_LAST_N = 5


def show_protocols(patient: Patient) -> None:
    """Show a button for each protocol, what was begun today, and the last visits."""
    protocols = list_protocols()
    with open_record() as record:
        runs = list_runs(record, patient.code)
    today = date.today()
    # A visit that was only opened is taken up by its own button, and clutters nothing.
    begun = {run.protocol: run for run in reversed(runs) if run.is_open_on(today)}
    for run in begun.values():
        if run.notes:
            _offer_to_go_on(run, protocols.get(run.protocol), patient)
    with st.container(horizontal=True, key="protocols"):
        for protocol in protocols.values():
            pressed = st.button(
                words.plain(protocol.title),
                key=f"protocol-{protocol.name}",
                help=words.plain(protocol.about),
                icon=":material/play_circle:",
            )
            if pressed:
                _begin(patient, protocol, begun.get(protocol.name))
    earlier = [run for run in runs if run.notes and not run.is_open_on(today)]
    _show_last(earlier[:_LAST_N], protocols)


def _offer_to_go_on(run: ProtocolRun, protocol: Protocol | None, patient: Patient) -> None:
    if protocol is None:
        return
    planned = plan_steps(protocol, patient.affected_side)
    done_n = sum(run.find_note(each.key) is not None for each in planned)
    begun = f"{run.started_at.astimezone():%H:%M}"
    label = f"Go on: {protocol.title}, {done_n} of {len(planned)} steps done, begun at {begun}"
    if st.button(
        words.plain(label), key=f"go-on-{run.id}", type="primary", icon=":material/resume:"
    ):
        open_protocol(run.patient_code, run.id)


def _begin(patient: Patient, protocol: Protocol, open_run: ProtocolRun | None) -> None:
    if open_run is not None and not open_run.notes:
        open_protocol(patient.code, open_run.id)
    try:
        with open_record() as record:
            run = start_protocol(record, patient.code, protocol.name, setting_of_pages())
    except MotionError as error:
        show_error(error)
        return
    open_protocol(patient.code, run.id)


def _show_last(runs: list[ProtocolRun], protocols: dict[str, Protocol]) -> None:
    if not runs:
        return
    st.markdown("**Visits before**")
    for run in runs:
        known = protocols.get(run.protocol)
        title = known.title if known else words.label(run.protocol)
        when = words.date_text(run.started_at.astimezone())
        end = "" if run.ended_at else ", broken off"
        label = f"{title}, {when}{end}"
        if st.button(words.plain(label), key=f"visit-{run.id}", type="tertiary"):
            open_protocol(run.patient_code, run.id)
