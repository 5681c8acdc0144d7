"""Letters and paragraphs of a PDF: fonts that are embedded, and what they cannot draw.

DejaVu Sans, which matplotlib brings, has Latin with all its marks, Greek, Cyrillic, the degree
sign and arrows. It lacks the letters of Chinese, Japanese, Korean and the scripts of India, and
ReportLab sets no script that runs from right to left: such letters become an upright box, never
another letter, and each page says what it stands for (:mod:`motion.report.pdf_pages`).
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

__all__ = [
    "BOLD",
    "FONT",
    "GREY",
    "INK",
    "MISSING",
    "PALE",
    "REGULAR",
    "drawable",
    "fit_lines",
    "noticing_missing",
    "paragraph",
    "shorten",
    "style",
    "text_width",
    "use_fonts",
]

REGULAR: Final = "DejaVuSans"
BOLD: Final = "DejaVuSans-Bold"
FONT: Final = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
"""Of the cells of a table, also of empty ones: each is given a font."""
INK: Final = HexColor("#111111")
GREY: Final = HexColor("#555555")
PALE: Final = HexColor("#e6e6e6")

MISSING: Final = "\N{WHITE VERTICAL RECTANGLE}"
"""In place of a letter that cannot be set; no box to tick, which is a square."""

_noticed: ContextVar[set[str] | None] = ContextVar("noticed", default=None)
_RIGHT_TO_LEFT: Final = ("R", "AL", "RLE", "RLO", "RLI")
_LEADING: Final = 1.28
_PARTING: Final = " ,;:"
"""Before what was cut off; where a list goes on it would stand there twice."""

_BLANKS: Final = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")


@cache
def use_fonts() -> None:
    """Make the fonts known to ReportLab, once."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, _font_file(name)))
    # ReportLab begins every drawing with a font of its own, which the file would name without
    # having it.
    STATE_DEFAULTS["fontName"] = REGULAR
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )


def _font_file(name: str) -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"


def drawable(text: str) -> str:
    """Return a text on one line in which every letter that cannot be set is an upright box."""
    use_fonts()
    known = pdfmetrics.getFont(BOLD).face.charToGlyph
    plain = unicodedata.normalize("NFC", _BLANKS.sub(" ", text).strip())
    lacking = {letter for letter in set(plain) if not _can_be_set(letter, known)}
    noticed = _noticed.get()
    if noticed is not None:
        noticed |= lacking
    return "".join(MISSING if letter in lacking else letter for letter in plain)


@contextmanager
def noticing_missing() -> Iterator[set[str]]:
    """Gather the letters that could not be set meanwhile, so that a document can say so."""
    found: set[str] = set()
    token = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(token)


def _can_be_set(letter: str, known: dict[int, int]) -> bool:
    return ord(letter) in known and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT


def shorten(text: str, letters: int) -> str:
    """Return a text of at most so many letters; what is cut off is marked."""
    plain = " ".join(text.split())
    return plain if len(plain) <= letters else f"{plain[: letters - 1].rstrip(_PARTING)}…"


def text_width(text: str, size_pt: float, font: str = REGULAR) -> float:
    """Return how wide a text is in points."""
    use_fonts()
    return float(pdfmetrics.stringWidth(text, font, size_pt))


def fit_lines(text: str, width_pt: float, size_pt: float, font: str, most: int) -> list[str]:
    """Return a text in at most so many lines of a width; what is cut off is marked.

    A word that is wider than a line is cut too.
    """
    lines, left = list[str](), text.split()
    while left and len(lines) < most:
        taken = len(left)
        while taken > 1 and text_width(" ".join(left[:taken]), size_pt, font) > width_pt:
            taken -= 1
        lines.append(" ".join(left[:taken]))
        left = left[taken:]
    if lines:
        lines[-1] = _cut(f"{lines[-1]}{'…' if left else ''}", width_pt, size_pt, font)
    return [_cut(line, width_pt, size_pt, font) for line in lines]


def _cut(line: str, width_pt: float, size_pt: float, font: str) -> str:
    kept = line
    while len(kept) > 1 and text_width(kept, size_pt, font) > width_pt:
        kept = f"{kept.rstrip('…')[:-1].rstrip()}…"
    return kept


@cache
def style(size_pt: float, *, bold: bool = False, grey: bool = False, indent_pt: float = 0) -> Any:
    """Return how a paragraph is set."""
    return ParagraphStyle(
        f"{size_pt}-{bold}-{grey}-{indent_pt}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size_pt,
        leading=size_pt * _LEADING,
        textColor=GREY if grey else INK,
        leftIndent=indent_pt,
        bulletIndent=0,
        bulletFontName=REGULAR,
        bulletFontSize=size_pt,
        splitLongWords=1,
    )


def paragraph(text: str, size_pt: float, *, bullet: str = "", **how: Any) -> Any:
    """Return a paragraph of plain text, whatever somebody typed into it."""
    use_fonts()
    indent = {"indent_pt": 1.1 * size_pt} if bullet else {}
    said = escape(drawable(text))
    return Paragraph(said, style(size_pt, **indent, **how), bulletText=bullet or None)
