"""How well a movement was measured against known answers, and whether that validates it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from motion.errors import InputError

__all__ = [
    "EVIDENCE_COLUMNS",
    "LEAST_CLIPS_N",
    "LEAST_IN_BAND",
    "MOST_ERROR_DEG",
    "MovementEvidence",
    "judge_evidence",
    "parse_evidence",
]

MOST_ERROR_DEG: Final = 10.0
"""What a long goniometer cannot tell apart at the knee (Hancock et al. 2018)."""

LEAST_IN_BAND: Final = 0.8
"""Share of repetitions whose true peak must lie within the stated 95 % band: of the five or six
repetitions of few clips one may lie outside it."""

LEAST_CLIPS_N: Final = 2
"""One clip is a sample of nothing."""

EVIDENCE_COLUMNS: Final = (
    "motion",
    "movement",
    "angle",
    "clips_n",
    "held_out_n",
    "exact_n",
    "mae_deg",
    "peak_error_deg",
    "range_error_deg",
    "repetitions_n",
    "in_band_n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementEvidence:
    """Clips of one movement, the camera within 15 degrees of its plane, against known answers.

    Parameters
    ----------
    motion, movement, angle
        What was rendered, as what it was measured, and the counted angle.
    clips_n, held_out_n, exact_n
        Clips; those of bodies that nothing was fitted on; those with exactly their count.
    mae_deg, peak_error_deg, range_error_deg
        Means over clips: absolute error of the curve, result less truth of the repetitions'
        peaks and of the range.
    repetitions_n, in_band_n
        Repetitions, and those whose true peak lies within the stated 95 % band.
    """

    motion: str
    movement: str
    angle: str
    clips_n: int
    held_out_n: int
    exact_n: int
    mae_deg: float
    peak_error_deg: float
    range_error_deg: float
    repetitions_n: int
    in_band_n: int


def parse_evidence(row: Mapping[str, str]) -> MovementEvidence:
    """Return a row of ``data/validation/exercises.csv``.

    Raises
    ------
    InputError
        If a cell is missing or is no number: names the motion and the column.
    """
    name = row.get("motion") or "row without a motion"
    try:
        values: dict[str, Any] = {
            key: int(row[key]) if key.endswith("_n") else float(row[key])
            for key in EVIDENCE_COLUMNS
            if key.endswith(("_n", "_deg"))
        }
        return MovementEvidence(
            motion=row["motion"], movement=row["movement"], angle=row["angle"], **values
        )
    except (KeyError, TypeError, ValueError) as error:
        msg = f"evidence of exercises, {name}: not readable ({error}); write the table anew"
        raise InputError(msg) from error


def judge_evidence(rows: Sequence[MovementEvidence]) -> tuple[str, ...]:
    """Return why clips do not validate a movement; nothing where they do.

    There are :data:`LEAST_CLIPS_N` clips; every one has exactly its count, and one is of a body
    held out of every fit. Curve, peak and range are off by at most :data:`MOST_ERROR_DEG` on
    average, and the stated band keeps its word for :data:`LEAST_IN_BAND` of the repetitions.
    """
    if not rows:
        return ("no clip shows it",)
    clips_n = sum(row.clips_n for row in rows)
    missed = clips_n - sum(row.exact_n for row in rows)
    repetitions_n = sum(row.repetitions_n for row in rows)
    in_band_n = sum(row.in_band_n for row in rows)
    found = []
    if clips_n < LEAST_CLIPS_N:
        found.append(f"only {clips_n} clip")
    if missed:
        found.append(f"another count in {missed} of {clips_n} clips")
    if not any(row.held_out_n for row in rows):
        found.append("no body held out of every fit")
    for what, errors in (
        ("the curve", [row.mae_deg for row in rows]),
        ("the peak", [row.peak_error_deg for row in rows]),
        ("the range", [row.range_error_deg for row in rows]),
    ):
        weighted = zip(errors, (row.clips_n for row in rows), strict=True)
        mean_deg = math.fsum(error * clips for error, clips in weighted) / clips_n
        if not abs(mean_deg) <= MOST_ERROR_DEG:
            found.append(f"{what} is {abs(mean_deg):.1f} degrees off")
    if in_band_n < LEAST_IN_BAND * repetitions_n:
        found.append(f"the stated band holds {in_band_n} of {repetitions_n} repetitions")
    return tuple(found)
