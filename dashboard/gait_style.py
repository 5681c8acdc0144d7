"""How left and right look wherever walking is drawn: apart in colour, in line and in shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from motion.model import FOOT_OFF, INITIAL_CONTACT, Side

__all__ = ["GREY", "SIDES", "STYLES", "SideStyle", "key_html", "symbol_of"]

GREY: Final = "#7d8a8a"
SIDES: Final = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class SideStyle:
    """One side's colour, its dash in Plotly's words, and its pattern in a style sheet's."""

    colour: str
    dash: str
    css: str


# Middle tones of one lightness, orange and blue: told apart by colour-blind eyes, and legible on
# a light and on a dark page. The dash tells them apart without any colour.
STYLES: Final = {
    Side.LEFT: SideStyle("#c8551b", "solid", "solid"),
    Side.RIGHT: SideStyle("#1b7fa8", "dash", "dashed"),
}

_SYMBOLS: Final = {INITIAL_CONTACT: "triangle-down", FOOT_OFF: "triangle-up-open"}


def symbol_of(event: str) -> str:
    """Return the mark of an event: the foot comes down, full; it leaves, open."""
    return _SYMBOLS[event]


def key_html(more: str = "", notes: Mapping[Side, str] | None = None) -> str:
    """Return which line is left and which is right, for above a chart.

    Parameters
    ----------
    notes
        What is to be known of a side, said beside it.
    """
    lines = "".join(
        f'<span class="pm-side"><i style="border-top:3px {style.css} {style.colour}"></i>'
        f"{escape(side.value.capitalize())}{escape((notes or {}).get(side, ''))}</span>"
        for side, style in STYLES.items()
    )
    note = f"<span>{escape(more)}</span>" if more else ""
    return f'<div class="pm-key">{lines}{note}</div>'
