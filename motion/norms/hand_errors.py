"""How far two readings of an instrument in somebody's hand lie apart, as published."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motion.errors import InputError
from motion.norms.rows import reading_row

__all__ = ["HandError", "find_hand_error", "parse_hand_error"]

_SAME_FIGURE_DEG = 0.1
_MDC95_BY_SEM = 1.96 * math.sqrt(2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandError:
    """The error of an angle by an instrument and a mode of movement.

    Parameters
    ----------
    angle, measure
        ``knee_flexion``, ``rom_max``.
    instrument, mode
        Words of the record: ``goniometer``, ``active``.
    sem_deg, mdc95_deg
        In degrees; MDC95 = 1.96 * sqrt(2) * SEM.
    source
        The full citation; begins with "provisional" where the people measured were unlike patients.
    """

    angle: str
    measure: str
    instrument: str
    mode: str
    sem_deg: float
    mdc95_deg: float
    population: str
    source: str
    note: str = ""


def parse_hand_error(row: Mapping[str, str]) -> HandError:
    """Return a row of ``data/mdc/by_hand.csv`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the angle and what is wrong.
    """
    name = f"error by hand of {row.get('angle') or '?'}"
    with reading_row(name):
        found = HandError(
            angle=row["angle"],
            measure=row["measure"],
            instrument=row["instrument"],
            mode=row["mode"],
            sem_deg=float(row["sem_deg"]),
            mdc95_deg=float(row["mdc95_deg"]),
            population=row["population"],
            source=row["source"],
            note=row["note"],
        )
    expected_deg = _MDC95_BY_SEM * found.sem_deg
    if not (found.sem_deg > 0.0 and abs(found.mdc95_deg - expected_deg) <= _SAME_FIGURE_DEG):
        msg = (
            f"{name}: mdc95_deg must be 1.96 x sqrt(2) x SEM = {expected_deg:.1f},"
            f" got {found.mdc95_deg:g}; an MDC90 is no MDC95"
        )
        raise InputError(msg)
    if not (found.population and found.source):
        msg = f"{name}: a figure without its population and source is never used"
        raise InputError(msg)
    return found


def find_hand_error(
    errors: Iterable[HandError], angle: str, measure: str, instrument: str, mode: str
) -> HandError | None:
    """Return what is published for an angle by an instrument, None where nothing is."""
    named = (angle, measure, instrument, mode)
    same = (e for e in errors if (e.angle, e.measure, e.instrument, e.mode) == named)
    return next(same, None)
