"""The words of a patient's pages: in the patient's language, or the one chosen on the page."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from motion.clinic import Patient
from motion.exercise.exercises import Exercise
from motion.exercise.hand_sign import find_hands
from motion.model import Side
from motion.texts import FALLBACK, Texts, find_language, list_languages, load_texts

__all__ = ["ExerciseWords", "choose_texts", "describe_exercise", "hand_text", "language_of"]

_CHOSEN: Final = "patient-language"


@dataclass(frozen=True, slots=True)
class ExerciseWords:
    """What a patient reads of an exercise: its name, how it is done, when to take care."""

    title: str
    how: str
    care: str


def language_of(patient: Patient) -> str:
    """Return the catalogue's code for the language in a patient's record: ``Deutsch`` is ``de``."""
    return find_language(patient.language) or FALLBACK


def choose_texts(patient: Patient) -> Texts:
    """Show the languages to choose from, and return the texts of the chosen one."""
    languages = list_languages()
    first = st.session_state.get(_CHOSEN) or language_of(patient)
    chosen = st.segmented_control(
        " / ".join(load_texts(code).say("page.language") for code in languages),
        list(languages),
        default=first,
        format_func=languages.__getitem__,
        required=True,
        label_visibility="collapsed",
        key="patient-language-chosen",
    )
    st.session_state[_CHOSEN] = chosen
    return load_texts(chosen)


def describe_exercise(exercise: Exercise, texts: Texts) -> ExerciseWords:
    """Return what a patient reads of an exercise; the clinic's own files bring their texts."""
    if exercise.own:
        own = exercise.patient.get(texts.language) or exercise.patient[FALLBACK]
        return ExerciseWords(own["title"], own["how"], own["care"])
    key = f"exercise.{exercise.name}"
    return ExerciseWords(*(texts.say(f"{key}.{part}") for part in ("title", "how", "care")))


def hand_text(exercise: Exercise, side: Side, texts: Texts) -> str:
    """Return how a lifted hand pauses and stops an exercise; empty where both arms are busy."""
    hands = find_hands(exercise, side)
    if not hands:
        return ""
    if len(hands) > 1:
        return texts.say("live.hand")
    return texts.say("live.hand_of", side=texts.say(f"side.{hands[0]}"))
