"""What a live take knows besides its numbers: for the physiotherapist, on the page of the take."""

import math

import streamlit as st

from dashboard import words
from dashboard.components.tables import show_facts
from motion.clinic import StoredTake, find_live_facts, open_record
from motion.model import LiveEnd, LiveFacts

__all__ = ["live_facts_text", "show_live_facts"]

_ENDS = {
    LiveEnd.FINISHED: "All done",
    LiveEnd.STOPPED: "Stopped by the patient",
    LiveEnd.PAIN: "Stopped because of pain",
    LiveEnd.CLOSED: "Interrupted: the page was closed",
    LiveEnd.SOURCE_LOST: "Interrupted: the camera was lost",
    LiveEnd.CRASHED: "Interrupted: the program ended",
}


def show_live_facts(take: StoredTake) -> None:
    """Show how a live take was made and what the patient said; nothing of any other take."""
    with open_record() as record:
        facts = find_live_facts(record, take.id)
    if facts is None:
        return
    st.header("Live take")
    if facts.difference:
        st.info(words.plain(facts.difference), icon=":material/difference:")
    show_facts(live_facts_text(facts))
    if facts.note:
        st.markdown(f"**Note of the patient:** {words.plain(facts.note)}")


def live_facts_text(facts: LiveFacts) -> dict[str, str]:
    """Return what is known, by its names."""
    wanted = facts.sets_wanted * facts.repetitions_wanted
    full = sum(repetition.full for repetition in facts.repetitions)
    partial = len(facts.repetitions) - full
    counted = f"{full} of {wanted}" if wanted else f"{full}"
    helped = ", ".join(
        f"{words.label(each.name)} {each.count}× ({words.seconds(each.seconds)})"
        for each in facts.compensations
    )
    said = {
        "How it ended": _ENDS[facts.end],
        "Pictures from": words.label(facts.source),
        "Measured rate": f"{facts.rate_hz:.1f} per second",
        "Pictures left out": str(facts.dropped_frames),
        "Delay to feedback (95 %)": f"{facts.delay_p95_ms:.0f} ms"
        if math.isfinite(facts.delay_p95_ms)
        else "–",
        "Coach counted": f"{counted}, {partial} partial" if partial else counted,
        "Body helped out": helped,
        "Pain before": _score(facts.pain_before),
        "Pain during": _pain_during(facts),
        "Pain after": _score(facts.pain_after),
        "Exertion": _score(facts.exertion),
        "Neutral pose": "Held" if facts.neutral else "Skipped",
    }
    return {name: value for name, value in said.items() if value}


def _pain_during(facts: LiveFacts) -> str:
    if not facts.pain_pressed:
        return _score(facts.pain_during)
    if facts.pain_during is None:
        return "Pain pressed, not answered"
    return f"{_score(facts.pain_during)} (Pain pressed)"


def _score(score: int | None) -> str:
    return "Not answered" if score is None else f"{score} of 10"
