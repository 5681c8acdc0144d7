"""Takes that could not be measured well: how well each was in, a flag's occasion out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from motion.clinic.chart_values import FlagKind
from motion.clinic.flag_rules import Occasion, day_text
from motion.model import ViewName

__all__ = ["LOOKED_AT_N", "Look", "find_complaint", "find_low_quality"]

LOOKED_AT_N: Final = 2
"""One take of low quality is seen when it is made; two in a row need somebody to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How well a take could be measured.

    ``good``, ``fair`` and ``lost`` count its numbers: measured, measured with less certainty, and
    not measurable.
    """

    take_id: UUID
    day: date
    title: str
    person_found: bool
    view: ViewName
    good: int
    fair: int
    lost: int


def find_complaint(look: Look) -> str:
    """Return why a take is of low quality; empty where it is not.

    Nobody was found, the camera stood between side and front, nothing was measured, or more than
    half of what was measured is uncertain. Numbers that were not measurable beside others that
    were are no complaint: a camera at one side does not see the other.
    """
    if not look.person_found:
        return "nobody was found in the picture"
    if look.view is ViewName.OBLIQUE:
        return "filmed from between side and front"
    if not look.good + look.fair:
        return "nothing could be measured"
    if look.fair > look.good:
        return f"{look.fair} of {look.good + look.fair} numbers are only fair"
    return ""


def find_low_quality(looks: Sequence[Look]) -> Occasion | None:
    """Return the flag of a patient whose last two takes are both of low quality.

    Parameters
    ----------
    looks
        The patient's takes, the newest first.
    """
    last = looks[:LOOKED_AT_N]
    complaints = [find_complaint(look) for look in last]
    if len(last) < LOOKED_AT_N or not all(complaints):
        return None
    said = "; ".join(
        f"{day_text(look.day)}, {look.title}: {complaint}"
        for look, complaint in zip(last, complaints, strict=True)
    )
    return Occasion(
        kind=FlagKind.LOW_QUALITY,
        sentence=f"The last two takes are of low quality ({said})",
        about=last[0].take_id.hex,
        since=last[-1].day,
    )
