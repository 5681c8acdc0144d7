"""One exercise of the library on the shelf: its picture, and all that a physiotherapist asks."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import exercise_words, words
from dashboard.components.exercise_picture import show_pictogram
from dashboard.components.tables import show_facts
from dashboard.plan_words import dose_text, evidence_text, tempo_text
from motion.exercise.exercises import Exercise
from motion.library import load_evidence, load_signals
from motion.model import ViewName
from motion.texts import Texts

__all__ = ["show_exercise"]

_PICTURE_PX: Final = 140


def show_exercise(exercise: Exercise, every: Mapping[str, Exercise], patient: Texts) -> None:
    """Show one exercise.

    Parameters
    ----------
    exercise
        The exercise.
    every
        All exercises by their names, for the title of the seated variant.
    patient
        The patients' texts.
    """
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="top"):
            show_pictogram(exercise, _PICTURE_PX)
            with st.container(width="stretch", gap="small"):
                _show_what_it_is(exercise)
        with st.expander("Details", key=f"details-{exercise.name}"):
            _show_details(exercise, every, patient)


def _show_what_it_is(exercise: Exercise) -> None:
    st.subheader(words.plain(exercise.title), anchor=False)
    place = f"{words.label(exercise.region)}, {words.label(exercise.position).lower()}"
    own = " Your clinic's own." if exercise.own else ""
    st.caption(f"{place}, {exercise_words.sides_text(exercise)}.{own}")
    icon = ":material/straighten:" if exercise.measured else ":material/menu_book:"
    st.markdown(f"{icon} {evidence_text(exercise)}")
    _show_what_is_done(exercise)


def _show_what_is_done(exercise: Exercise) -> None:
    dose = f"{dose_text(exercise.dose)}, {tempo_text(exercise.dose)}"
    facts = {"Usual dose": dose}
    if exercise.movement is not None:
        facts["Usual target"] = exercise_words.usual_target_text(exercise)
        facts["Camera"] = words.view_title(ViewName(exercise.movement.view))
    show_facts(facts)


def _show_details(exercise: Exercise, every: Mapping[str, Exercise], patient: Texts) -> None:
    lines = [f"**When not.** {words.plain(exercise.contraindication)}"]
    if exercise.movement is not None:
        lines.append(f"**Angles.** {exercise_words.measured_text(exercise)}.")
        if exercise.movement.note:
            lines.append(words.plain(exercise.movement.note))
    figures = exercise_words.figures_text(exercise, load_evidence().values())
    lines.append(f"**Evidence.** {words.plain(figures)}")
    if exercise.seated_variant:
        lines.append(f"**Seated.** {words.plain(every[exercise.seated_variant].title)}")
    said = (patient.say(f"exercise.{exercise.name}.{key}") for key in ("title", "how", "care"))
    lines.append(f"**The patient reads.** {words.plain(' · '.join(said))}")
    if exercise.compensations:
        lines.append("**The coach watches for**")
    st.markdown("\n\n".join(lines))
    signals = load_signals()
    for rule in exercise.compensations:
        st.markdown(f"- {words.plain(exercise_words.compensation_text(rule, signals, patient))}")
