"""Published counts of timed tests, and the one sentence that may be said of a lower one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motion.errors import InputError
from motion.norms.lookup import ADULT_FROM_Y
from motion.norms.rows import reading_row

__all__ = ["PublishedCount", "find_published_count", "parse_published_count", "say_if_fewer"]

_SEXES = ("female", "male")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCount:
    """How many times people of one sex and age do something in a test, at the least.

    Parameters
    ----------
    measure
        ``thirty_second_stands``.
    sex
        ``female`` or ``male``.
    age_from_y, age_to_y
        Completed years, both included.
    fewest
        The published figure: the source calls fewer below average.
    source
        The full citation.
    note
        What must be known of the figure.
    """

    measure: str
    sex: str
    age_from_y: int
    age_to_y: int
    fewest: int
    source: str
    note: str = ""


def parse_published_count(row: Mapping[str, str]) -> PublishedCount:
    """Return a row of ``data/tests/published_counts.csv`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the measure and the cell.
    """
    name = f"published count of {row.get('measure') or '?'}"
    with reading_row(name):
        count = PublishedCount(
            measure=row["measure"],
            sex=row["sex"],
            age_from_y=int(row["age_from"]),
            age_to_y=int(row["age_to"]),
            fewest=int(row["fewest"]),
            source=row["source"],
            note=row["note"],
        )
    if count.sex not in _SEXES or not count.source:
        msg = f"{name}: expected female or male, and a source, got {count.sex!r}, {count.source!r}"
        raise InputError(msg)
    if not ADULT_FROM_Y <= count.age_from_y <= count.age_to_y:
        msg = f"{name}: ages {count.age_from_y} to {count.age_to_y} are no range of adults"
        raise InputError(msg)
    if count.fewest < 1:
        msg = f"{name}: fewest must be at least 1, got {count.fewest}"
        raise InputError(msg)
    return count


def find_published_count(
    counts: Iterable[PublishedCount], measure: str, sex: str, ages_y: Sequence[int]
) -> PublishedCount | None:
    """Return what is published for this sex and each of the years that may be completed."""
    if not ages_y:
        return None
    fitting = (
        count
        for count in counts
        if (count.measure, count.sex) == (measure, sex)
        and all(count.age_from_y <= age_y <= count.age_to_y for age_y in ages_y)
    )
    return next(fitting, None)


def say_if_fewer(
    counts: Iterable[PublishedCount],
    measure: str,
    value: float,
    sex: str,
    ages_y: Sequence[int],
    *,
    comparable: bool,
) -> str:
    """Return the sentence that may stand beside a low count, or nothing (clinical_rules.md 17).

    For physiotherapists only, and only where age and sex are known, as with times
    (:func:`motion.norms.say_if_slower`).

    Parameters
    ----------
    counts
        Everything that is published (:func:`motion.library.load_published_counts`).
    measure, value
        ``thirty_second_stands`` and the person's.
    sex
        ``female``, ``male`` or ``unknown``.
    ages_y
        The years that may be completed (:attr:`motion.norms.Subject.ages_y`).
    comparable
        Whether the test was done as published (:func:`motion.model.is_comparable`).
    """
    count = find_published_count(counts, measure, sex, ages_y)
    if not comparable or count is None or not value < count.fewest:
        return ""
    return (
        f"Fewer than the published figure for this age and sex ({count.fewest}); "
        "interpret with the full assessment."
    )
