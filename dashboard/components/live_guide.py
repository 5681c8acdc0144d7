"""Paces an exercise that the camera does not measure, and writes down what the patient says."""

import math
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.components.live_choice import Choice
from dashboard.components.today_diary import ask_done
from dashboard.patient_texts import describe_exercise
from motion.exercise.prescription import Dose
from motion.texts import Texts

__all__ = ["guide_data", "show_guide"]

_HERE: Final = Path(__file__).parent
_USUAL_S: Final = 2.0
"""Of a movement there or back, where the plan asks for no tempo."""


def show_guide(choice: Choice, texts: Texts) -> None:
    """Show the paced guide, and below it ask what was done."""
    st.info(texts.say("summary.guide_only"), icon=":material/videocam_off:")
    st.markdown(texts.say("safety.stop_signs"))
    _component()(data=guide_data(choice, texts), key=f"guide-{choice.exercise.name}")
    if choice.item is not None:
        ask_done(choice.item, texts)


def guide_data(choice: Choice, texts: Texts) -> dict[str, Any]:
    """Return what the browser paces: the phases of a repetition, how many, and the words."""
    dose = choice.prescription.dose
    counts = [
        texts.say("page.repetition", number="#repetition", wanted=str(dose.repetitions)),
        texts.say("page.set", number="#set", wanted=str(dose.sets)),
    ]
    return {
        "exercise": choice.exercise.name,
        "sets": dose.sets,
        "repetitions": dose.repetitions,
        "rest_s": dose.rest_s,
        "phases": _phases(dose),
        "words": {
            "title": describe_exercise(choice.exercise, texts).title,
            "raise": texts.say("live.move"),
            "hold": texts.say("live.hold"),
            "lower": texts.say("live.back"),
            "rest": texts.say("live.rest"),
            "all_done": texts.say("cue.all_done"),
            "counts": " · ".join(counts),
            "start": texts.say("live.guide_start"),
            "pause": texts.say("button.pause"),
            "resume": texts.say("button.resume"),
            "done": texts.say("live.guide_done"),
        },
    }


def _phases(dose: Dose) -> list[tuple[str, float]]:
    wanted = (("raise", dose.raise_s), ("hold", dose.hold_s), ("lower", dose.lower_s))
    usual = {name: _USUAL_S if math.isnan(seconds) else seconds for name, seconds in wanted}
    return [(name, seconds) for name, seconds in usual.items() if seconds > 0]


@cache
def _component() -> Any:
    html, css, js = (
        (_HERE / f"live_guide.{end}").read_text("utf-8") for end in ("html", "css", "js")
    )
    return st.components.v2.component("motion_live_guide", html=html, css=css, js=js)
