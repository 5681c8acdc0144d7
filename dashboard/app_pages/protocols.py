"""Protocols: the visits there are, step by step, and where a clinic's own files lie."""

import streamlit as st

from dashboard import words
from dashboard.components.protocol_start import show_protocols
from dashboard.components.source import choose_patient
from dashboard.opening import find_asked_patient
from dashboard.protocol_words import has_sides, how_text
from motion.exercise.protocols import FirstSide
from motion.protocol_library import list_protocols, list_unusable_protocols, own_protocols_dir

_FIRST = {
    FirstSide.UNAFFECTED: "The unaffected side comes first.",
    FirstSide.AFFECTED: "The affected side comes first.",
}

st.title("Protocols")
st.markdown(
    "One press leads through a whole visit: both sides, the positions that are needed, and pain. "
    "Steps on both sides that follow each other in one position are done on the first side "
    "together, so that the patient turns once."
)
code = choose_patient()
patient = find_asked_patient(code)
if patient is not None:
    show_protocols(patient)
st.header("What they hold")
for protocol in list_protocols().values():
    with st.container(border=True):
        st.subheader(words.plain(protocol.title), anchor=False)
        said = [_FIRST[protocol.first_side]] if has_sides(protocol) else []
        said += ["Your clinic's own."] if protocol.own else []
        if said:
            st.caption(" ".join(said))
        st.markdown(words.plain(protocol.about))
        with st.expander("Steps", key=f"steps-{protocol.name}"):
            st.markdown(
                "\n".join(
                    f"{number}. **{words.plain(step.title)}**: {words.plain(how_text(step))}.  \n"
                    f"   {words.plain(step.how)}"
                    for number, step in enumerate(protocol.steps, 1)
                )
            )
for reason in list_unusable_protocols().values():
    st.warning(words.plain(reason), icon=":material/edit_off:")
st.divider()
st.caption(
    f"Your clinic's own protocols are files in `{own_protocols_dir()}`, one for each, written like "
    "the product's in `data/protocols`. They are read again as soon as they change."
)
