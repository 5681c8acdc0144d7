"""Asks for what the record may hold about a patient; only the code must be given."""

from datetime import UTC, date, datetime
from typing import Any, Final

import streamlit as st

from dashboard import words
from dashboard.components.choices import ask_one_of
from motion.clinic import PatientDetails, SexForNorms, joint_names
from motion.model import Side
from motion.texts import find_language, list_languages

__all__ = ["ask_details"]

_SIDES: Final[dict[Side | None, str]] = {
    None: "Not stated",
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.BOTH: "Both",
}
_FIRST_OPERATION: Final = date(1950, 1, 1)
_TEXTS: Final = {
    "brace": "Brace",
    "cast": "Cast",
    "prosthesis_or_absent_limb": "Prosthesis or absent limb",
}


def ask_details(details: PatientDetails, key: str) -> PatientDetails:
    """Show the fields with what is known, and return what they hold now."""
    given: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        given["code"] = st.text_input(
            "Code (required)",
            value=details.code,
            max_chars=64,
            help="A code of your own choice that does not tell who it is.",
            key=f"{key}-code",
        ).strip()
        given |= _ask_left(details, key)
    with right:
        given["name"] = st.text_input("Name (optional)", value=details.name, key=f"{key}-name")
        given |= _ask_right(details, key)
    given["withheld_joints"] = _ask_withheld(details, key)
    for name, title in (("precautions", "Precautions"), ("diagnosis_note", "Referral note")):
        given[name] = st.text_area(
            title, value=getattr(details, name), height=80, key=f"{key}-{name}"
        )
    return PatientDetails(**given)


def _ask_withheld(details: PatientDetails, key: str) -> tuple[str, ...]:
    names = joint_names()
    chosen = st.multiselect(
        "Joints that are never measured (absent limb, cast, brace or dressing over it)",
        names,
        default=details.withheld_joints,
        format_func=words.label,
        placeholder="None",
        help="The pose model draws a leg where there is none, and sounds sure of it.",
        key=f"{key}-withheld",
    )
    return tuple(name for name in names if name in chosen)


def _ask_left(details: PatientDetails, key: str) -> dict[str, Any]:
    birth_year = st.number_input(
        "Year of birth",
        min_value=1900,
        max_value=datetime.now(UTC).year,
        value=details.birth_year,
        step=1,
        key=f"{key}-birth",
    )
    height_cm = st.number_input(
        "Height in cm",
        min_value=30.0,
        max_value=260.0,
        value=details.height_cm,
        step=1.0,
        format="%.0f",
        key=f"{key}-height",
    )
    affected = ask_one_of("Affected side", _SIDES, details.affected_side, key)
    return {
        "birth_year": birth_year,
        "height_cm": height_cm,
        "affected_side": affected,
        "language": _ask_language(details.language, key),
        "aids": st.text_input("Aids", value=details.aids, key=f"{key}-aids"),
    }


def _ask_language(said: str, key: str) -> str:
    """Ask for one of the languages there are texts in; another that is known already may stay."""
    languages = list_languages()
    chosen = find_language(said)
    titles = {"": "Not stated", **{title: title for title in languages.values()}}
    known = languages[chosen] if chosen else said
    if known not in titles:
        titles[known] = f"{known} (no texts yet: English ones are shown)"
    return st.selectbox(
        "Language of the patient's pages",
        list(titles),
        index=list(titles).index(known),
        format_func=titles.__getitem__,
        key=f"{key}-language",
    )


def _ask_right(details: PatientDetails, key: str) -> dict[str, Any]:
    sexes = list(SexForNorms)
    given: dict[str, Any] = {
        "sex_for_norms": st.selectbox(
            "Sex, for published ranges",
            sexes,
            index=sexes.index(details.sex_for_norms),
            format_func=lambda s: "Not stated" if s is SexForNorms.UNKNOWN else words.label(s),
            key=f"{key}-sex",
        ),
        "operation_date": st.date_input(
            "Day of the operation",
            value=details.operation_date,
            min_value=_FIRST_OPERATION,
            format="YYYY-MM-DD",
            key=f"{key}-operation",
        ),
    }
    for name, title in _TEXTS.items():
        given[name] = st.text_input(title, value=getattr(details, name), key=f"{key}-{name}")
    return given
