"""The fields of an exercise of a plan; what the exercise usually is stands there already."""

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

import streamlit as st

from dashboard import words
from dashboard.components.plan_rule import ask_rule
from dashboard.plan_words import WEEKDAYS
from motion.clinic import ItemDetails, PlanItem, Weekday
from motion.exercise.exercises import Exercise, Sides
from motion.exercise.prescription import MOST_PAIN, Dose, Prescription
from motion.model import Side

__all__ = ["ask_item", "usual_item"]

Item = TypeVar("Item", bound=ItemDetails)

_SIDES: Final = {
    Sides.ONE: (Side.LEFT, Side.RIGHT),
    Sides.BOTH: (Side.BOTH,),
    Sides.NONE: (Side.NONE,),
}
_LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class _Fields:
    """The places of one form: each field has a key of its own."""

    key: str

    def number(
        self, name: str, label: str, value: float, least: int = 0, most: int | None = None
    ) -> int:
        """Ask for a whole number that must be there."""
        return int(
            st.number_input(
                label,
                min_value=least,
                max_value=most,
                value=int(value),
                step=1,
                key=f"{self.key}-{name}",
            )
        )

    def optional(self, name: str, label: str, value: float, help_text: str = "") -> float:
        """Ask for a number that may be missing; NaN where it is."""
        given = st.number_input(
            label,
            value=None if math.isnan(value) else float(value),
            step=1.0,
            format="%g",
            placeholder="Not set",
            help=help_text or None,
            key=f"{self.key}-{name}",
        )
        return math.nan if given is None else float(given)


def usual_item(exercise: Exercise, affected: Side | None) -> ItemDetails:
    """Return what is usually prescribed of an exercise, on the affected side where one is known."""
    sides = _SIDES[exercise.sides]
    return ItemDetails(
        prescription=Prescription(
            exercise=exercise.name,
            side=affected if affected in sides else sides[0],
            dose=exercise.dose,
            target_deg=exercise.target_deg if exercise.measured else math.nan,
            tolerance_deg=exercise.tolerance_deg,
        ),
        started_on=date.today(),
    )


def ask_item(details: Item, exercise: Exercise, key: str) -> Item:
    """Show the fields with what is known, and return what they hold now.

    Parameters
    ----------
    details
        What stands in the fields at first; an item of the record keeps its exercise and side.
    key
        Of the form: one for each exercise and each version of an item.
    """
    fields = _Fields(key)
    given = details.prescription
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = _ask_side(given, exercise, key, fixed=isinstance(details, PlanItem))
        sets = fields.number("sets", "Sets", given.dose.sets, 1, 20)
        repetitions = fields.number("repetitions", "Repetitions", given.dose.repetitions, 1, 200)
        times = fields.number("times", "Times a week", details.times_per_week, 1, 70)
    dose = replace(_ask_dose(given.dose, fields), sets=sets, repetitions=repetitions)
    prescription = replace(given, side=side, dose=dose)
    if exercise.measured:
        prescription = _ask_angles(prescription, fields)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pain_limit = fields.number("pain", "Pain limit (0 to 10)", given.pain_limit, 0, MOST_PAIN)
        started_on = st.date_input(
            "From", value=details.started_on, format="YYYY-MM-DD", key=f"{key}-from"
        )
    weekdays = _ask_weekdays(details, key)
    note = st.text_input(
        "Note for the patient", value=details.note, max_chars=_LONGEST_NOTE, key=f"{key}-note"
    )
    rule = ask_rule(details.rule, prescription, exercise, key)
    return replace(
        details,
        prescription=replace(prescription, pain_limit=pain_limit),
        times_per_week=times,
        weekdays=weekdays,
        started_on=started_on,
        note=note.strip(),
        rule=rule,
    )


def _ask_side(given: Prescription, exercise: Exercise, key: str, *, fixed: bool) -> Side:
    sides = _SIDES[exercise.sides]
    chosen: Side = st.selectbox(
        "Side",
        sides,
        index=sides.index(given.side) if given.side in sides else 0,
        format_func=lambda side: words.side_title(side) or "Trunk or neck",
        disabled=fixed or len(sides) == 1,
        help="To change the side, end it and prescribe it anew." if fixed else None,
        key=f"{key}-side",
    )
    return chosen


def _ask_dose(dose: Dose, fields: _Fields) -> Dose:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        hold_s = fields.number("hold", "Hold (s)", dose.hold_s)
        raise_s = fields.optional("raise", "There (s)", dose.raise_s, "Tempo; empty for any.")
        lower_s = fields.optional("lower", "Back (s)", dose.lower_s, "Tempo; empty for any.")
        rest_s = fields.number("rest", "Rest between sets (s)", dose.rest_s)
    return Dose(hold_s=float(hold_s), rest_s=float(rest_s), raise_s=raise_s, lower_s=lower_s)


def _ask_angles(given: Prescription, fields: _Fields) -> Prescription:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target_deg = fields.optional(
            "target", "Target (°)", given.target_deg, "With the sign of the camera's angle."
        )
        tolerance = fields.number("tolerance", "Tolerance (± °)", given.tolerance_deg, 1, 45)
        limit_deg = fields.optional(
            "limit",
            "Farther than this the joint may not go (°)",
            given.max_allowed_deg,
            "After a repair, a replacement or in a brace. At it the coach says that it is far "
            "enough, and never asks for more.",
        )
    return replace(
        given, target_deg=target_deg, tolerance_deg=float(tolerance), max_allowed_deg=limit_deg
    )


def _ask_weekdays(details: ItemDetails, key: str) -> tuple[Weekday, ...]:
    chosen = st.pills(
        "On these days; on any day where none is chosen",
        list(WEEKDAYS),
        selection_mode="multi",
        default=list(details.weekdays),
        format_func=WEEKDAYS.__getitem__,
        key=f"{key}-days",
    )
    return tuple(day for day in WEEKDAYS if day in chosen)
