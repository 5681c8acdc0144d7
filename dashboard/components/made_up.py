"""Patients of a demonstration are labelled wherever they are named."""

from collections.abc import Collection, Iterable
from typing import Final

from dashboard import words
from motion.clinic import list_made_up, open_record

__all__ = ["MADE_UP", "made_up_among", "name_patient"]

MADE_UP: Final = ":gray-badge[made up]"
"""Beside the code of a patient of a demonstration."""


def made_up_among(codes: Iterable[str]) -> frozenset[str]:
    """Return which of the patients are made up."""
    with open_record() as record:
        return list_made_up(record, codes)


def name_patient(code: str, made_up: Collection[str] | None = None) -> str:
    """Return a patient's code in bold as Markdown, labelled where nobody is behind it.

    Parameters
    ----------
    made_up
        Which patients are; None looks it up.
    """
    known = made_up_among((code,)) if made_up is None else made_up
    return f"**{words.plain(code)}**{f' {MADE_UP}' if code in known else ''}"
