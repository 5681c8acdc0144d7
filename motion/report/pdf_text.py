"""Letters and paragraphs of a PDF: fonts that are embedded, and what they cannot draw.

DejaVu Sans, which matplotlib brings, has Latin with all its marks, Greek, Cyrillic, the degree
sign and arrows. It lacks the letters of Chinese, Japanese, Korean and the scripts of India, and
ReportLab sets no script that runs from right to left: such letters become an empty box, never
another letter.
"""

import re
import unicodedata
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
    "PALE",
    "REGULAR",
    "drawable",
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

_BOX: Final = "\N{WHITE SQUARE}"
_RIGHT_TO_LEFT: Final = ("R", "AL", "RLE", "RLO", "RLI")
_LEADING: Final = 1.28
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
    """Return a text on one line in which every letter that cannot be set is an empty box."""
    use_fonts()
    known = pdfmetrics.getFont(BOLD).face.charToGlyph
    plain = unicodedata.normalize("NFC", _BLANKS.sub(" ", text).strip())
    return "".join(letter if _can_be_set(letter, known) else _BOX for letter in plain)


def _can_be_set(letter: str, known: dict[int, int]) -> bool:
    return ord(letter) in known and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT


def shorten(text: str, letters: int) -> str:
    """Return a text of at most so many letters; what is cut off is marked."""
    plain = " ".join(text.split())
    return plain if len(plain) <= letters else f"{plain[: letters - 1].rstrip()}…"


def text_width(text: str, size_pt: float, font: str = REGULAR) -> float:
    """Return how wide a text is in points."""
    use_fonts()
    return float(pdfmetrics.stringWidth(text, font, size_pt))


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
