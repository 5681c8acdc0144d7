"""What somebody sees who reaches the patients' server without a personal link that opens."""

import streamlit as st

from dashboard.visitor import KEY
from motion.texts import list_languages, load_texts

said = "link.unknown" if st.query_params.get(KEY) else "link.open_it"
for code in list_languages():
    texts = load_texts(code)
    st.title(texts.say("link.title"))
    st.markdown(texts.say(said))
