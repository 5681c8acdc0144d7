"""Tables that turn into cards on a phone, which Streamlit's own do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st

from motion.report import FAIR, GOOD, LIGHTS, LOST

__all__ = ["Cell", "LightCell", "SourcedCell", "TextCell", "light_html", "show_facts", "show_table"]

_SHAPES: Final = {GOOD.word: "full", FAIR.word: "half", LOST.word: "hatched"}
_COLOURS: Final = {light.word: light.css for light in LIGHTS}


@dataclass(frozen=True, slots=True)
class LightCell:
    """A coloured light with its word, and why it is not better."""

    word: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourcedCell:
    """A text that shows its source where the pointer or the keyboard rests on it."""

    text: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextCell:
    """A sentence: it wraps, and has the room to do so in few lines."""

    text: str


Cell = str | tuple[str, str] | LightCell | SourcedCell | TextCell
"""A number, a number with a text under it, a light, a text with its source, or a sentence."""


def light_html(word: str) -> str:
    """Return a light that differs in colour, in shape and in its word."""
    shape, colour = _SHAPES.get(word, "empty"), _COLOURS[word]
    dot = f'<span class="pm-dot pm-{shape}" style="--pm-light:{colour}" aria-hidden="true"></span>'
    return f'<span class="pm-light">{dot}{escape(word)}</span>'


def show_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str) -> None:
    """Show rows whose first cell names the row.

    Parameters
    ----------
    columns
        The headings.
    rows
        A cell for each column.
    caption
        Says what the table holds, for all readers.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{_row(columns, row)}</tr>" for row in rows)
    st.html(
        f'<table class="pm-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def show_facts(facts: Mapping[str, str]) -> None:
    """Show named values side by side, as many as fit."""
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts.items()
    )
    st.html(f'<dl class="pm-facts">{pairs}</dl>')


def _row(columns: Sequence[str], row: Sequence[Cell]) -> str:
    first, *others = row
    cells = [f'<th scope="row">{_cell(first)}</th>']
    cells += [
        f'<td class="{_kind(cell)}" data-label="{escape(name, quote=True)}">{_cell(cell)}</td>'
        for name, cell in zip(columns[1:], others, strict=True)
    ]
    return "".join(cells)


def _kind(cell: Cell) -> str:
    return "pm-number pm-text" if isinstance(cell, TextCell) else "pm-number"


def _cell(cell: Cell) -> str:
    if isinstance(cell, TextCell):
        text, small = escape(cell.text), ""
    elif isinstance(cell, LightCell):
        text, small = light_html(cell.word), cell.note
    elif isinstance(cell, SourcedCell):
        source = escape(cell.source, quote=True)
        text = f'<span class="pm-sourced" tabindex="0" title="{source}">{escape(cell.text)}</span>'
        small = cell.note
    else:
        text, small = (cell, "") if isinstance(cell, str) else cell
        text = escape(text)
    under = f'<span class="pm-small">{escape(small)}</span>' if small else ""
    return f"<div>{text}{under}</div>"
