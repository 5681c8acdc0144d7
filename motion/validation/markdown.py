"""Pieces of a Markdown page: paragraphs and tables."""

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["angle_title", "decimal_text", "paragraph", "table"]

_WIDTH: Final = 100


def paragraph(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph, whatever its breaks in the code, and an empty one."""
    yield from textwrap.wrap(" ".join(text.split()), _WIDTH, break_on_hyphens=False)
    yield ""


def table(headings: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a table, and an empty one."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{' --- |' * len(headings)}"
    for line in lines:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |"
    yield ""


def angle_title(name: str) -> str:
    """Return ``knee flexion`` for ``knee_flexion``."""
    return name.replace("_", " ")


def decimal_text(value: float, decimals: int, *, sign: bool = False) -> str:
    """Return a number with its decimals, if wanted with its sign; a dash of NaN."""
    return "-" if math.isnan(value) else f"{value:{'+' if sign else ''}.{decimals}f}"
