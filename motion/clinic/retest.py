"""A clinic's own test-retest: readings of unchanged people, and the error figures they give."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from motion.agreement import Retest, measure_retest
from motion.kinematics import ErrorFigure
from motion.kinematics.error_table import ErrorRow
from motion.model import FloatArray, Side, ViewName

__all__ = [
    "FEWEST_PEOPLE",
    "FEWEST_REPEATS",
    "Reading",
    "RetestResult",
    "RetestVerdict",
    "assess_retest",
    "figures_to_adopt",
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

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    RetestVerdict.ENOUGH: "enough people: may become the clinic's own figures",
    RetestVerdict.ONE_PATIENT: (
        "one patient: the error within one day for this patient only, to judge changes within "
        "that day by; not adopted for others"
    ),
    RetestVerdict.TOO_FEW: (
        f"too few: needs {FEWEST_PEOPLE} people in two sessions (or {FEWEST_REPEATS} repeats of "
        "one patient, for that patient); not adopted"
    ),
    RetestVerdict.NO_DIFFERENCE: (
        "the sessions do not differ by a tenth of a degree: are the values copies? not adopted"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one person in one session.

    ``series`` keeps apart what is not to be compared, such as two days of one person.
    Sessions of a series are in the order of ``session``. ``value_deg`` NaN: not measured then.
    """

    person: str
    session: str
    angle: str
    side: Side
    view: ViewName
    value_deg: float
    measure: str = "rom_max"
    series: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RetestResult:
    """What the repeated readings of one angle from one view give.

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

    @property
    def verdict(self) -> RetestVerdict:
        """What the figures may be used for."""
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

    A row is one limb of one person (in one series). As many first sessions are used as give the
    most degrees of freedom, people times (sessions - 1): one person's third session does not
    throw out everybody who had two.

    Left and right of one person are two rows, as in daily work, where either is measured; the
    people are what counts for "enough". The intervals take rows as independent, which the two
    limbs of one person are not quite: they are somewhat too narrow there.
    """
    groups: dict[tuple[str, str, ViewName], dict[_Row, list[tuple[str, float]]]] = {}
    for each in readings:
        rows = groups.setdefault((each.angle, each.measure, each.view), {})
        row = (each.person, each.side, each.series)
        rows.setdefault(row, []).append((each.session, each.value_deg))
    return tuple(_assess(*key, rows) for key, rows in sorted(groups.items()))


_Row = tuple[str, Side, str]


def figures_to_adopt(results: Iterable[RetestResult], day: date) -> tuple[ErrorRow, ...]:
    """Return the rows of the clinic's own table, from those results that are enough.

    The table has one figure for an angle in a view: of its two ends of range the larger error.
    """
    chosen: dict[tuple[str, ViewName], RetestResult] = {}
    for result in results:
        key = (result.angle, result.view)
        if result.verdict is RetestVerdict.ENOUGH and (
            key not in chosen or result.retest.sem > chosen[key].retest.sem
        ):
            chosen[key] = result
    return tuple(
        ErrorRow(
            angle=result.angle,
            view=result.view,
            figure=ErrorFigure(
                sem_deg=result.retest.sem,
                mdc95_deg=result.retest.mdc95,
                source=f"clinic retest {day:%Y-%m-%d}, n={result.people}",
                extra_at_45_deg=math.nan,
            ),
        )
        for result in chosen.values()
    )


def _assess(
    angle: str, measure: str, view: ViewName, rows: dict[_Row, list[tuple[str, float]]]
) -> RetestResult:
    series = {row: _in_order(found) for row, found in rows.items()}
    k = _sessions_used(list(series.values()))
    used = [row for row, values in series.items() if _measured(values, k)]
    values = np.array([series[row][:k] for row in used], dtype=float).reshape(len(used), k)
    return RetestResult(
        angle=angle,
        measure=measure,
        view=view,
        names=tuple(_name(person, side) for person, side, _ in used),
        values_deg=values,
        people=len({person for person, _, _ in used}),
        left_out=len(series) - len(used),
        retest=measure_retest(values),
    )


def _in_order(found: Sequence[tuple[str, float]]) -> list[float]:
    return [value for _, value in sorted(found, key=lambda each: _natural(each[0]))]


def _natural(label: str) -> tuple[int, int, str]:
    """Return a key by which session 10 comes after session 9, and dates in their order."""
    return (0, int(label), "") if label.isdecimal() else (1, 0, label)


def _sessions_used(series: Sequence[Sequence[float]]) -> int:
    most = max((len(values) for values in series), default=2)
    candidates = range(2, max(most, 2) + 1)
    return max(candidates, key=lambda k: (k - 1) * sum(_measured(v, k) for v in series))


def _measured(values: Sequence[float], k: int) -> bool:
    return len(values) >= k and all(math.isfinite(value) for value in values[:k])


def _name(person: str, side: Side) -> str:
    return f"{person}, {side}" if side in (Side.LEFT, Side.RIGHT) else person
