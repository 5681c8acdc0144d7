"""Shows the few numbers by which a recovery is read, as cards side by side."""

from collections.abc import Iterable
from html import escape
from typing import Final

import streamlit as st

from dashboard.patient_numbers import Card
from motion.clinic.change import Outcome

__all__ = ["show_cards"]

_SIGNS: Final = {
    Outcome.IMPROVED: ("better", "✓"),
    Outcome.DECLINED: ("worse", "!"),
    Outcome.CHANGED: ("changed", "•"),
}
"""A sign beside the words, never in their place."""


def show_cards(cards: Iterable[Card]) -> None:
    """Show cards side by side, as many as fit."""
    st.html(f'<dl class="pm-cards">{"".join(map(_card, cards))}</dl>')


def _card(card: Card) -> str:
    kind, sign = _SIGNS.get(card.outcome, ("", "")) if card.outcome is not None else ("", "")
    mark = f'<span class="pm-sign" aria-hidden="true">{sign}</span> ' if sign else ""
    notes = "".join(f"<dd>{escape(note)}</dd>" for note in card.notes if note)
    return (
        f'<div class="pm-card {kind and f"pm-{kind}"}"><dt>{escape(card.title)}</dt>'
        f'<dd class="pm-card-value">{mark}{escape(card.value)}</dd>{notes}</div>'
    )
