"""Range of motion of a take: each number with its error, its evidence and a verdict."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from motion.kinematics.error_figures import ErrorFigure
from motion.kinematics.evidence import (
    RangeEvidence,
    doubt_about_extension,
    doubts_about,
    reason_unmeasured,
)
from motion.kinematics.view_error import widen_for_view
from motion.model import (
    AngleCurve,
    AngleTable,
    Measurement,
    MeasureVerdict,
    Repetition,
    RepetitionVerdict,
    Side,
)

__all__ = ["RangeEvidence", "measure_ranges"]

_BEST_N: Final = 3


def measure_ranges(
    table: AngleTable, evidence: RangeEvidence, angles: Iterable[str], sides: Iterable[Side]
) -> tuple[Measurement, ...]:
    """Measure maximum, minimum and range of each wanted angle, overall and over repetitions.

    ``rom_max`` and ``rom_min`` are the extremes of the filtered curve over the whole take,
    ``rom_range`` their difference; ``sd`` is over the full repetitions. Where repetitions
    were counted, ``best_three_mean`` is the mean peak of the best three full ones and
    ``repetitions`` their number. An angle that was not measured has rows without a value
    and a note that says why.

    Parameters
    ----------
    table
        Curves of the take.
    evidence
        View, landmarks, error figures and repetitions.
    angles
        Names such as ``knee_flexion``.
    sides
        Sides to report; trunk and neck are reported in any case.
    """
    wanted_angles, wanted_sides = set(angles), {*sides, Side.NONE}
    found: list[Measurement] = []
    for curve in table.curves:
        if curve.angle in wanted_angles and curve.side in wanted_sides:
            found.extend(_measure_curve(curve, evidence))
    return tuple(found)


def _measure_curve(curve: AngleCurve, evidence: RangeEvidence) -> list[Measurement]:
    values = curve.value_deg[np.isfinite(curve.value_deg)]
    reason = reason_unmeasured(curve, evidence)
    if reason:
        return [
            _row(curve, name, math.nan, MeasureVerdict.NOT_MEASURABLE, note=reason)
            for name in ("rom_max", "rom_min", "rom_range")
        ]
    doubts = doubts_about(curve, evidence)
    verdict = MeasureVerdict.UNCERTAIN if doubts else MeasureVerdict.MEASURED
    note = "; ".join(doubts)
    figure = widen_for_view(evidence.figures, curve.angle, evidence.view)
    repetitions = _full_repetitions(curve, evidence.repetitions)
    peaks = {d: [r.peak_deg for r in repetitions if r.direction == d] for d in (1, -1)}
    ranges = [r.rom_deg for r in repetitions]
    highest, lowest = float(np.max(values)), float(np.min(values))
    low_doubt = doubt_about_extension(curve, lowest, evidence)
    low_verdict = MeasureVerdict.UNCERTAIN if low_doubt else verdict
    low_note = "; ".join([*doubts, *low_doubt])
    rows = [
        _row(curve, "rom_max", highest, verdict, figure, peaks[1], note),
        _row(curve, "rom_min", lowest, low_verdict, figure, peaks[-1], low_note),
        _row(curve, "rom_range", highest - lowest, verdict, figure.of_range(), ranges, note),
    ]
    return rows + _repetition_rows(curve, repetitions, verdict, figure, note)


def _repetition_rows(
    curve: AngleCurve,
    repetitions: Sequence[Repetition],
    verdict: MeasureVerdict,
    figure: ErrorFigure,
    note: str,
) -> list[Measurement]:
    rows = []
    for direction, suffix in ((1, ""), (-1, "_down")):
        peaks = sorted(r.peak_deg for r in repetitions if r.direction == direction)
        if not peaks:
            continue
        best = peaks[-_BEST_N:] if direction == 1 else peaks[:_BEST_N]
        rows.append(
            _row(
                curve, f"best_three_mean{suffix}", float(np.mean(best)), verdict, figure, best, note
            )
        )
    if repetitions:
        count = float(len(repetitions))
        zeros = [0.0] * len(repetitions)
        rows.append(_row(curve, "repetitions", count, verdict, peaks=zeros, note=note))
    return rows


def _row(
    curve: AngleCurve,
    measure: str,
    value: float,
    verdict: MeasureVerdict,
    figure: ErrorFigure | None = None,
    peaks: Sequence[float] = (),
    note: str = "",
) -> Measurement:
    seen = np.isfinite(curve.confidence)
    is_count = measure == "repetitions"
    return Measurement(
        measure=measure,
        joint=curve.joint,
        motion=curve.motion,
        side=curve.side,
        value=value,
        unit="count" if is_count else "deg",
        n_repetitions=len(peaks),
        sd=float(np.std(peaks, ddof=1)) if len(peaks) > 1 and not is_count else math.nan,
        sem=figure.sem_deg if figure else math.nan,
        mdc95=figure.mdc95_deg if figure else math.nan,
        mdc_source=figure.source if figure else "",
        confidence=float(np.median(curve.confidence[seen])) if np.any(seen) else math.nan,
        valid_fraction=curve.valid_fraction,
        verdict=verdict,
        note=note,
    )


def _full_repetitions(curve: AngleCurve, repetitions: Sequence[Repetition]) -> list[Repetition]:
    return [
        r
        for r in repetitions
        if (r.joint, r.motion, r.side) == (curve.joint, curve.motion, curve.side)
        and r.verdict is RepetitionVerdict.FULL
    ]
