"""Today, for the clinic: whom to look at and why, and what else is new."""

from datetime import date

import streamlit as st

from dashboard.components.flag_groups import show_flags
from dashboard.components.flag_news import show_lately
from dashboard.known_flags import flags_of
from dashboard.plan_words import WEEKDAYS
from motion.clinic import Weekday, find_lately, open_record

today = date.today()
st.title("Today")
st.markdown(f"{WEEKDAYS[Weekday.of(today)]}, {today.day} {today:%B %Y}")
with open_record() as record:
    flags = flags_of(record, today)
    news = find_lately(record, today)

unseen = [flag for flag in flags if not flag.seen]
seen_n = len(flags) - len(unseen)
with_seen = bool(seen_n) and st.toggle(f"Show what was seen already ({seen_n})")
if unseen or with_seen:
    show_flags(flags if with_seen else unseen)
    st.caption(
        "Each line is a rule with its numbers and no diagnosis; the newest stands first, and the "
        "order says nothing of how urgent it is. What was seen comes back when something new "
        "happens."
    )
else:
    st.success(
        "Nobody stands here today: no pain above a plan's limit, no confirmed decline, no two "
        "sessions missed in a row, no takes of low quality"
        + (" that nobody has seen." if seen_n else "."),
        icon=":material/check_circle:",
    )
show_lately(news)
