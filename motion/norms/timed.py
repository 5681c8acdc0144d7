"""Published times of timed tests, and the one sentence that may be said of a slower one."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motion.errors import InputError
from motion.norms.lookup import ADULT_FROM_Y
from motion.norms.rows import reading_row

__all__ = ["PublishedTime", "find_published_time", "parse_published_time", "say_if_slower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTime:
    """A published time of a test at an age.

    Parameters
    ----------
    measure
        ``tug_time``.
    age_from_y, age_to_y
        Completed years, both included.
    value_s
        The published figure, which the sentence names.
    slower_than_s
        From where on the source itself calls a time slower than it.
    source
        The full citation.
    note
        What must be known of the figure.
    """

    measure: str
    age_from_y: int
    age_to_y: int
    value_s: float
    slower_than_s: float
    source: str
    note: str = ""


def parse_published_time(row: Mapping[str, str]) -> PublishedTime:
    """Return a row of ``data/tests/published.csv`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the measure and the cell.
    """
    name = f"published time of {row.get('measure') or '?'}"
    with reading_row(name):
        time = PublishedTime(
            measure=row["measure"],
            age_from_y=int(row["age_from"]),
            age_to_y=int(row["age_to"]),
            value_s=float(row["value"]),
            slower_than_s=float(row["slower_than"]),
            source=row["source"],
            note=row["note"],
        )
        unit = row["unit"]
    if unit != "s" or not time.source:
        msg = f"{name}: expected seconds and a source, got unit {unit!r} and source {time.source!r}"
        raise InputError(msg)
    if not ADULT_FROM_Y <= time.age_from_y <= time.age_to_y:
        msg = f"{name}: ages {time.age_from_y} to {time.age_to_y} are no range of adults"
        raise InputError(msg)
    if not 0.0 < time.value_s <= time.slower_than_s < math.inf:
        msg = f"{name}: slower_than {time.slower_than_s:g} must not be below {time.value_s:g}"
        raise InputError(msg)
    return time


def find_published_time(
    times: Iterable[PublishedTime], measure: str, ages_y: Sequence[int]
) -> PublishedTime | None:
    """Return the published time that is for each of the years that may be completed."""
    if not ages_y:
        return None
    fitting = (
        time
        for time in times
        if time.measure == measure
        and all(time.age_from_y <= age_y <= time.age_to_y for age_y in ages_y)
    )
    return next(fitting, None)


def say_if_slower(
    times: Iterable[PublishedTime],
    measure: str,
    value_s: float,
    ages_y: Sequence[int],
    *,
    comparable: bool,
) -> str:
    """Return the sentence that may stand beside a slow time, or nothing (clinical_rules.md 17).

    For physiotherapists only: a patient's screen shows no cut-off. Nothing is said of a time that
    is not slower, of one that was not timed from GO, or where the age is not known or no figure
    is for it.

    Parameters
    ----------
    times
        Everything that is published (:func:`motion.library.load_published_times`).
    measure, value_s
        ``tug_time`` and the person's.
    ages_y
        The years that may be completed (:attr:`motion.norms.Subject.ages_y`).
    comparable
        Whether the test was done as published (:func:`motion.gait.timed.is_comparable`).
    """
    time = find_published_time(times, measure, ages_y)
    if not comparable or time is None or not value_s > time.slower_than_s:
        return ""
    return (
        f"Slower than the published figure for this age ({time.value_s:.1f} s); "
        "interpret with the full assessment."
    )
