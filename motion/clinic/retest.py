"""A clinic's own test-retest: readings of unchanged people, and how far they repeat."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from motion.agreement import Retest, measure_retest
from motion.model import FloatArray, Side, ViewName

__all__ = [
    "FEWEST_PEOPLE",
    "FEWEST_REPEATS",
    "Reading",
    "RetestResult",
    "RetestVerdict",
    "assess_retest",
]

FEWEST_PEOPLE: Final = 10
"""In two sessions each; fewer give figures, but never the clinic's own (clinical.md 1.4)."""

FEWEST_REPEATS: Final = 3
"""Of one patient on one day, with the camera set up anew in between."""

_LEAST_SEM_DEG: Final = 0.1
"""No camera and no person repeats an angle to a tenth of a degree: such values are copies."""


class RetestVerdict(StrEnum):
    """What the figures of a retest may be used for."""

    ENOUGH = "enough"
    ONE_PATIENT = "one_patient"
    TOO_FEW = "too_few"
    NO_DIFFERENCE = "no_difference"
    MADE_UP = "made_up"

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    RetestVerdict.ENOUGH: "enough people: may become the clinic's own figures",
    RetestVerdict.ONE_PATIENT: (
        "one patient: the error between sessions like these, for this patient only; "
        "not adopted for others"
    ),
    RetestVerdict.TOO_FEW: (
        f"too few: needs {FEWEST_PEOPLE} people in two sessions (or {FEWEST_REPEATS} repeats of "
        "one patient, for that patient); not adopted"
    ),
    RetestVerdict.NO_DIFFERENCE: (
        "the sessions do not differ by a tenth of a degree: are the values copies? not adopted"
    ),
    RetestVerdict.MADE_UP: (
        "made-up people: a demonstration says nothing about this camera or these patients; never "
        "adopted"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one person in one session.

    ``series`` keeps apart what is not to be compared, such as two days of one person.
    ``value_deg`` NaN: not measured then. ``between_days`` says whether the sessions of its series
    were on different days, as visits are; False too where that is not known. ``method`` and
    ``conditions`` are how the number came about and how the patient moved, in words, empty
    where nobody said; ``of_today`` is whether today's numbers come about in that way. Nobody is
    behind a reading that is ``made_up``.
    """

    person: str
    session: str
    angle: str
    side: Side
    view: ViewName
    value_deg: float
    measure: str = "rom_max"
    series: str = ""
    between_days: bool = False
    method: str = ""
    conditions: str = ""
    of_today: bool = True
    made_up: bool = False


class _Group(NamedTuple):
    """What readings must have in common to give one error."""

    angle: str
    measure: str
    view: ViewName
    between_days: bool
    method: str
    conditions: str
    of_today: bool
    made_up: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RetestResult:
    """What the repeated readings of one angle from one view give, made in one way.

    Parameters
    ----------
    names
        Whose each row of ``values_deg`` is: ``P1`` or ``P1, left``.
    values_deg
        ``(n, k)`` degrees of the limbs that were measured in all of ``k`` sessions.
    people
        How many people these are of; both limbs of one are two rows.
    left_out
        Rows that were not measured in ``k`` sessions.
    """

    angle: str
    measure: str
    view: ViewName
    names: tuple[str, ...]
    values_deg: FloatArray
    people: int
    left_out: int
    retest: Retest
    between_days: bool
    method: str
    conditions: str
    of_today: bool
    made_up: bool

    @property
    def how(self) -> str:
        """By what method, in what conditions and with what between the sessions."""
        apart = "between days" if self.between_days else "same day"
        return ", ".join(part for part in (self.method, self.conditions, apart) if part)

    @property
    def verdict(self) -> RetestVerdict:
        """What the figures may be used for."""
        if self.made_up:
            return RetestVerdict.MADE_UP
        if self.retest.sem < _LEAST_SEM_DEG:
            return RetestVerdict.NO_DIFFERENCE
        if self.people >= FEWEST_PEOPLE:
            return RetestVerdict.ENOUGH
        if self.people == 1 and self.retest.k >= FEWEST_REPEATS:
            return RetestVerdict.ONE_PATIENT
        return RetestVerdict.TOO_FEW

    @property
    def mean_deg(self) -> FloatArray:
        """The mean of each row's first and last session."""
        mean: FloatArray = (self.values_deg[:, 0] + self.values_deg[:, -1]) / 2.0
        return mean

    @property
    def difference_deg(self) -> FloatArray:
        """Each row's last session less its first."""
        difference: FloatArray = self.values_deg[:, -1] - self.values_deg[:, 0]
        return difference


def assess_retest(readings: Iterable[Reading]) -> tuple[RetestResult, ...]:
    """Return SEM, MDC95, ICC(2,1) and limits of agreement for each angle, measure and view.

    Numbers of two methods or in two conditions are kept apart, as they are along one line of
    progress, and so are sessions of one day and of several: the error within a day is not that
    between visits.

    A row is one limb of one person (in one series). Sessions are the same by their label: who
    missed the first is not put there with the second. Where the labels are days or times, each
    row has its own order. As many first sessions are used as give the most degrees of freedom,
    people times (sessions - 1): one person's third session does not throw out everybody who
    had two.

    Left and right of one person are two rows, as in daily work, where either is measured; the
    people are what counts for "enough". The intervals take rows as independent, which the two
    limbs of one person are not quite: they are somewhat too narrow there.
    """
    groups: dict[_Group, dict[_Row, dict[str, float]]] = {}
    for each in readings:
        group = _Group(*(getattr(each, name) for name in _Group._fields))
        row = (each.person, each.side, each.series)
        groups.setdefault(group, {}).setdefault(row, {})[each.session] = each.value_deg
    return tuple(_assess(group, rows) for group, rows in sorted(groups.items()))


_Row = tuple[str, Side, str]


def _assess(group: _Group, rows: Mapping[_Row, Mapping[str, float]]) -> RetestResult:
    series = dict(zip(rows, _aligned(rows.values()), strict=True))
    k = _sessions_used(list(series.values()))
    used = [row for row, values in series.items() if _measured(values, k)]
    values = np.array([series[row][:k] for row in used], dtype=float).reshape(len(used), k)
    return RetestResult(
        **group._asdict(),
        names=tuple(_name(person, side) for person, side, _ in used),
        values_deg=values,
        people=len({person for person, _, _ in used}),
        left_out=len(series) - len(used),
        retest=measure_retest(values),
    )


def _aligned(rows: Collection[Mapping[str, float]]) -> list[list[float]]:
    """Return each row's values by session; NaN where it has no such session."""
    labels = sorted({label for found in rows for label in found}, key=_natural)
    if all(map(_is_moment, labels)):
        return [[found[label] for label in labels if label in found] for found in rows]
    return [[found.get(label, math.nan) for label in labels] for found in rows]


def _natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which S10 comes after S9, and days in their order."""
    parts = (part for part in re.split(r"([0-9]+)", label) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _is_moment(label: str) -> bool:
    try:
        datetime.fromisoformat(label)
    except ValueError:
        return False
    return True


def _sessions_used(series: Sequence[Sequence[float]]) -> int:
    most = max((len(values) for values in series), default=2)
    candidates = range(2, max(most, 2) + 1)
    return max(candidates, key=lambda k: (k - 1) * sum(_measured(v, k) for v in series))


def _measured(values: Sequence[float], k: int) -> bool:
    return len(values) >= k and all(math.isfinite(value) for value in values[:k])


def _name(person: str, side: Side) -> str:
    return f"{person}, {side}" if side in (Side.LEFT, Side.RIGHT) else person
