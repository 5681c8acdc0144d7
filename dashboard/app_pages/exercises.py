"""Exercises: the shelf from which a physiotherapist chooses."""

from enum import StrEnum

import streamlit as st

from dashboard import words
from dashboard.components.exercise_card import show_exercise
from motion.exercise.exercises import Exercise, Region
from motion.exercise_library import own_exercises_dir
from motion.library import list_exercises, list_unusable_exercises
from motion.model import Position
from motion.texts import FALLBACK, list_languages, load_texts


class _Kept(StrEnum):
    """What a filter leaves."""

    ALL = "All"
    MEASURED = "Measured"
    GUIDED = "Guide only"
    OWN = "Your clinic's own"


def _is_kept(exercise: Exercise, kept: str) -> bool:
    if kept == _Kept.MEASURED:
        return exercise.measured
    if kept == _Kept.GUIDED:
        return not exercise.measured
    return kept != _Kept.OWN or exercise.own


st.title("Exercises")
st.markdown(
    "Measured exercises were held against recordings with known answers; the camera counts them "
    "and gives angles. The others are shown and explained to the patient, and nothing is measured."
)
every = list_exercises()
regions = st.pills("Region", list(Region), selection_mode="multi", format_func=words.label)
positions = st.pills(
    "Position",
    [position for position in Position if any(e.position is position for e in every.values())],
    selection_mode="multi",
    format_func=words.label,
)
kept = st.segmented_control("Kind", [kind.value for kind in _Kept], default=_Kept.ALL.value)
with st.container(horizontal=True, vertical_alignment="bottom"):
    sought = st.text_input("Search", icon=":material/search:").strip().casefold()
    languages = list_languages()
    language = st.selectbox(
        "Language of the patient's texts",
        list(languages),
        index=list(languages).index(FALLBACK),
        format_func=lambda code: languages[code],
    )
patient = load_texts(language)

found = [
    exercise
    for exercise in sorted(every.values(), key=lambda e: (list(Region).index(e.region), e.title))
    if (not regions or exercise.region in regions)
    and (not positions or exercise.position in positions)
    and _is_kept(exercise, kept or _Kept.ALL)
    and sought in f"{exercise.title} {exercise.name}".casefold()
]
measured_n = sum(exercise.measured for exercise in found)
st.caption(
    f"{len(found)} of {len(every)} exercises; {measured_n} measured, "
    f"{len(found) - measured_n} guide only."
)
for exercise in found:
    show_exercise(exercise, every, patient)
if not found:
    st.markdown("No exercise is like that. Take one of the choices away.")

for reason in list_unusable_exercises().values():
    st.warning(words.plain(reason), icon=":material/edit_off:")
st.divider()
st.caption(
    f"Your clinic's own exercises are files in `{own_exercises_dir()}`. One is measured only where "
    "it says that it moves like a measured one, and is recorded like it."
)
