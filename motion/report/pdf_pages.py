"""Sheets of paper: what stands on each, and a document that is built whole."""

import io
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, NamedTuple

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate

from motion.report.pdf_text import (
    MISSING,
    REGULAR,
    drawable,
    noticing_missing,
    text_width,
    use_fonts,
)

__all__ = ["About", "Built", "Paper", "build_pdf", "count_pages"]

_MARGIN: Final = 14 * mm
_FOOT: Final = 16 * mm
_RIM: Final = 6.0
_FOOT_PT: Final = 6.5


class Paper(StrEnum):
    """The size of a sheet."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = A4 if self is Paper.A4 else LETTER
        return float(width), float(height)

    @property
    def room_pt(self) -> float:
        """How wide the text is in points."""
        return self.size_pt[0] - 2 * float(_MARGIN)


class Built(NamedTuple):
    """A document and how many pages it has."""

    content: bytes
    pages: int


class About(NamedTuple):
    """What a document says of itself.

    Parameters
    ----------
    title
        For the window of a reader.
    across, left
        Two lines at the foot of each page.
    page
        Says which page of how many it is, right of the second line.
    language
        Of the words.
    missing
        Said at the foot of each page where the fonts lack a letter of the document.
    """

    title: str
    across: str
    left: str
    page: Callable[[int, int], str] = "Page {} of {}".format
    language: str = "en"
    missing: str = f"{MISSING} stands for a letter that this document cannot show: see the record."


def build_pdf(tell: Callable[[], list[Any]], paper: Paper, about: About) -> Built:
    """Return a document: the same bytes for the same content, whenever it is made.

    Parameters
    ----------
    tell
        Returns the story anew: laying it out uses it up.
    """
    use_fonts()
    with noticing_missing() as missing:
        pages = _build(tell(), paper, about, _Foot(0, "")).pages
    return _build(tell(), paper, about, _Foot(pages, about.missing if missing else ""))


def count_pages(tell: Callable[[], list[Any]], paper: Paper, about: About) -> int:
    """Return on how many pages a document would stand: half the work of building it."""
    use_fonts()
    return _build(tell(), paper, about, _Foot(0, "")).pages


class _Foot(NamedTuple):
    """What is known of a document only when it was laid out once."""

    total: int
    missing: str


def _build(story: list[Any], paper: Paper, about: About, foot: _Foot) -> Built:
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=paper.size_pt,
        # Within its margins the template keeps another rim of its own.
        leftMargin=_MARGIN - _RIM,
        rightMargin=_MARGIN - _RIM,
        topMargin=_MARGIN - _RIM,
        bottomMargin=_FOOT,
        title=drawable(about.title),
        author="physio-motion",
        lang=about.language,
        initialFontName=REGULAR,
        invariant=1,
    )

    def finish(canvas: Any, _document: Any) -> None:
        _write_foot(canvas, paper, about, canvas.getPageNumber(), foot)

    document.build(story, onFirstPage=finish, onLaterPages=finish)
    return Built(file.getvalue(), int(document.page))


def _write_foot(canvas: Any, paper: Paper, about: About, page: int, foot: _Foot) -> None:
    right = paper.size_pt[0] - _MARGIN
    canvas.saveState()
    canvas.setFont(REGULAR, _FOOT_PT)
    canvas.setLineWidth(0.4)
    canvas.line(_MARGIN, _FOOT - 2, right, _FOOT - 2)
    canvas.drawString(_MARGIN, _FOOT - 11, drawable(about.across))
    canvas.drawString(_MARGIN, _FOOT - 20, drawable(about.left))
    number = drawable(about.page(page, foot.total))
    canvas.drawString(right - text_width(number, _FOOT_PT), _FOOT - 20, number)
    canvas.drawString(_MARGIN, _FOOT - 29, foot.missing)
    canvas.restoreState()
