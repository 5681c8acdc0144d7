"""Which exercise is done: a line of the patient's plan, or one chosen freely."""

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

import streamlit as st

from dashboard.pain_today import hurt_today
from dashboard.visitor import is_clinic
from motion.clinic import Patient, Today, TodayItem, list_done, open_record, todays_list
from motion.exercise.exercises import Exercise, Sides
from motion.exercise.prescription import Prescription
from motion.library import list_exercises
from motion.model import Setting, Side
from motion.texts import Texts

__all__ = ["Choice", "choose_exercise", "find_planned", "limit_by_plan", "setting_of_pages"]

_SIDES: Final = {
    Sides.ONE: (Side.LEFT, Side.RIGHT),
    Sides.BOTH: (Side.BOTH,),
    Sides.NONE: (Side.NONE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is to be done; ``item`` is None where it is no part of a plan."""

    exercise: Exercise
    prescription: Prescription
    item: TodayItem | None = None


def setting_of_pages() -> Setting:
    """Return where these pages are used: a patient's own are used at home."""
    return Setting.CLINIC if is_clinic() else Setting.HOME


def find_planned(patient: Patient, asked: str, texts: Texts) -> Choice | None:
    """Return what an address asks for of a patient's plan, or say why it may not be done now."""
    try:
        item_id = UUID(asked)
    except ValueError:
        item_id = None
    day, setting = date.today(), setting_of_pages()
    with open_record() as record:
        today = todays_list(record, patient.code, day, setting)
        sessions = list_done(record, patient.code)
    found = next((each for each in today.items if each.item.id == item_id), None)
    if found is None:
        st.info(texts.say("live.ended_item"))
        return None
    if found.withheld is not None or found.exercise is None:
        st.warning(texts.say(f"withheld.{found.withheld}"), icon=":material/block:")
        return None
    if hurt_today(found, sessions, day, setting):
        st.warning(texts.say("pain.stops_here"), icon=":material/front_hand:")
        return None
    return Choice(exercise=found.exercise, prescription=found.prescription, item=found)


def choose_exercise(patient: Patient, texts: Texts) -> Choice:
    """Ask for an exercise of the library and its dose; each starts from what is usual.

    What the patient's plan says of the exercise holds here too: its limit, and its limit of pain.
    """
    with open_record() as record:
        today = todays_list(record, patient.code, date.today(), setting_of_pages())
    known = {name: e for name, e in list_exercises().items() if not _is_walk(e)}
    titles = {name: exercise.title for name, exercise in known.items()}
    names = sorted(known, key=lambda name: (not known[name].measured, titles[name]))
    name = st.selectbox(
        texts.say("live.exercise"), names, format_func=titles.__getitem__, key="live-exercise"
    )
    exercise = known[name]
    sides = _SIDES[exercise.sides]
    first, second, third, fourth = st.columns(4)
    with first:
        side = st.selectbox(
            texts.say("live.side"),
            sides,
            format_func=lambda each: texts.say(f"side_title.{each}"),
            key=f"live-side-{name}",
        )
    sets = _ask_number(second, texts.say("live.sets"), exercise.dose.sets, f"live-sets-{name}")
    repetitions = _ask_number(
        third, texts.say("live.repetitions"), exercise.dose.repetitions, f"live-reps-{name}"
    )
    target_deg = math.nan
    if exercise.measured:
        with fourth:
            target_deg = _ask_target(exercise, texts)
    prescription = Prescription(
        exercise=name,
        side=side,
        dose=replace(exercise.dose, sets=sets, repetitions=repetitions),
        target_deg=target_deg,
        tolerance_deg=exercise.tolerance_deg,
        pain_limit=today.settings.pain_limit,
    )
    return Choice(exercise=exercise, prescription=limit_by_plan(prescription, exercise, today))


def _ask_target(exercise: Exercise, texts: Texts) -> float:
    usual = exercise.target_deg if math.isfinite(exercise.target_deg) else 0
    label, key = texts.say("live.target"), f"live-target-{exercise.name}"
    target = st.number_input(label, -90, 180, round(usual), key=key)
    return float(target) if target else math.nan


def limit_by_plan(chosen: Prescription, exercise: Exercise, today: Today) -> Prescription:
    """Put the limits of the plan on what was chosen freely: they are the patient's."""
    wanted = (chosen.exercise, chosen.side)
    of_plan = (each.prescription for each in today.items)
    found = next((each for each in of_plan if (each.exercise, each.side) == wanted), None)
    if found is None:
        return chosen
    target_deg, limit_deg = chosen.target_deg, found.max_allowed_deg
    way = -1 if target_deg < exercise.start_deg else 1
    if way * (target_deg - limit_deg) > 0:
        target_deg = limit_deg
    return replace(
        chosen,
        target_deg=target_deg,
        max_allowed_deg=limit_deg,
        pain_limit=found.pain_limit,
    )


def _is_walk(exercise: Exercise) -> bool:
    return exercise.movement is not None and exercise.movement.gait


def _ask_number(
    place: "st.delta_generator.DeltaGenerator", label: str, usual: int, key: str
) -> int:
    return int(place.number_input(label, 1, 100, usual, key=key))
