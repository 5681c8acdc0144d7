"""Range of motion of a take: each number with its error, its evidence and a verdict."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from motion.kinematics.error_figures import ErrorFigure
from motion.kinematics.evidence import (
    RangeEvidence,
    doubt_about_extension,
    doubt_about_number,
    doubts_about,
    reason_unmeasured,
    view_of,
)
from motion.kinematics.hand_numbers import without_figures
from motion.kinematics.left_out import curve_without, left_out_of, reason_left_out
from motion.kinematics.number_confidence import confidence_around, rests_on_hand
from motion.kinematics.view_error import widen_for_view
from motion.model import (
    AngleCurve,
    AngleTable,
    LeftOutTime,
    Measurement,
    MeasureVerdict,
    Repetition,
    RepetitionVerdict,
    Side,
)

__all__ = ["RangeEvidence", "measure_ranges"]

_BEST_N: Final = 3
_SAID: Final = "repetitions corrected by hand"


def measure_ranges(
    table: AngleTable, evidence: RangeEvidence, angles: Iterable[str], sides: Iterable[Side]
) -> tuple[Measurement, ...]:
    """Measure maximum, minimum and range of each wanted angle, overall and over repetitions.

    ``rom_max`` and ``rom_min`` are the extremes of the filtered curve over the whole take,
    ``rom_range`` their difference; ``sd`` is over the full repetitions. Where repetitions
    were counted, ``best_three_mean`` is the mean peak of the best three full ones and
    ``repetitions`` their number. The confidence is the number's own: that of the frames around
    the extreme, of the range the lower of its two ends', of a mean that of its repetitions. The
    95 % band of a value is that of its frame, of the range both ends' as independent errors. A
    number that was read where a landmark was placed by hand has neither band nor error figure, and
    says so. An angle that was not measured has rows without a value and a note that says why.
    What lies in a time that somebody took out (:mod:`motion.kinematics.left_out`) is no extreme,
    and the note says which time that is; where every repetition was taken out, nothing is given.

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
    time_s = evidence.poses.time_s
    said = (curve, time_s, evidence.left_out, evidence.repetitions)
    taken, kept = left_out_of(*said), curve_without(*said)
    values = kept.value_deg[np.isfinite(kept.value_deg)]
    reason = reason_unmeasured(curve, evidence) or reason_left_out(*said)
    if reason:
        return [
            _row(curve, name, math.nan, MeasureVerdict.NOT_MEASURABLE, note=reason)
            for name in ("rom_max", "rom_min", "rom_range")
        ]
    doubts = doubts_about(curve, evidence)
    verdict = MeasureVerdict.UNCERTAIN if doubts else MeasureVerdict.MEASURED
    note = "; ".join(doubts)
    figure = widen_for_view(evidence.figures, curve.angle, view_of(curve, evidence))
    repetitions = _full_repetitions(curve, evidence.repetitions)
    peaks = {d: [r.peak_deg for r in repetitions if r.direction == d] for d in (1, -1)}
    ranges = [r.rom_deg for r in repetitions]
    highest, lowest = float(np.max(values)), float(np.min(values))
    at_high, high_doubt = _rate_extreme(kept, int(np.nanargmax(kept.value_deg)), evidence)
    at_low, low_doubt = _rate_extreme(kept, int(np.nanargmin(kept.value_deg)), evidence)
    bent = doubt_about_extension(curve, lowest, evidence)
    either = dict.fromkeys([*high_doubt, *low_doubt])
    about_high, about_low = (
        float(kept.band95_deg[find(kept.value_deg)]) for find in (np.nanargmax, np.nanargmin)
    )
    rows = [
        _row(
            curve, "rom_max", highest, verdict, figure, peaks[1], note,
            confidence=at_high, band95=about_high,
        ),
        _row(
            curve, "rom_min", lowest, verdict, figure, peaks[-1], note,
            confidence=at_low, band95=about_low,
        ),
        _row(
            curve, "rom_range", highest - lowest, verdict, figure.of_range(), ranges, note,
            confidence=min(at_high, at_low), band95=math.hypot(about_high, about_low),
        ),
    ]  # fmt: skip
    also = (high_doubt, [*low_doubt, *bent], [*either])
    rows = [_doubt_too(row, more) for row, more in zip(rows, also, strict=True)]
    on_hand = [
        rests_on_hand(curve, time_s, time_s[find(kept.value_deg)])
        for find in (np.nanargmax, np.nanargmin)
    ]
    placed = (*on_hand, any(on_hand))
    rows = [without_figures(row) if of else row for row, of in zip(rows, placed, strict=True)]
    rows = [_say_taken(row, taken) for row in rows]
    return rows + _repetition_rows(curve, repetitions, verdict, figure, note, evidence)


def _say_taken(row: Measurement, taken: Sequence[LeftOutTime]) -> Measurement:
    """Say which times a number was not read from; that alone makes it no less certain."""
    if not taken:
        return row
    said = f"left out by hand: {', '.join(each.text for each in taken)}"
    return replace(row, note="; ".join(text for text in (row.note, said) if text))


def _rate_extreme(curve: AngleCurve, row: int, evidence: RangeEvidence) -> tuple[float, list[str]]:
    """Return the confidence of a value read at a frame, and what is doubtful there."""
    time_s = evidence.poses.time_s
    confidence = confidence_around(curve, time_s, time_s[row])
    return confidence, doubt_about_number(curve, confidence, time_s[row], evidence)


def _doubt_too(row: Measurement, doubts: Sequence[str]) -> Measurement:
    if not doubts:
        return row
    note = "; ".join(text for text in (row.note, *doubts) if text)
    return replace(row, verdict=MeasureVerdict.UNCERTAIN, note=note)


def _repetition_rows(
    curve: AngleCurve,
    repetitions: Sequence[Repetition],
    verdict: MeasureVerdict,
    figure: ErrorFigure,
    note: str,
    evidence: RangeEvidence,
) -> list[Measurement]:
    rows: list[Measurement] = []
    if evidence.repetitions_said:
        note = "; ".join(text for text in (note, _SAID) if text)
    for direction, suffix in ((1, ""), (-1, "_down")):
        these = [r for r in repetitions if r.direction == direction]
        if not these:
            continue
        best = sorted(these, key=lambda r: -direction * r.peak_deg)[:_BEST_N]
        peaks = [r.peak_deg for r in best]
        sure = float(np.mean([r.confidence for r in best]))
        # Repetitions of one take err alike: their mean is no surer than one of them.
        about = float(np.mean([r.peak_band95_deg for r in best]))
        measure, mean_deg = f"best_three_mean{suffix}", float(np.mean(peaks))
        row = _row(
            curve, measure, mean_deg, verdict, figure, peaks, note,
            confidence=sure, band95=about,
        )  # fmt: skip
        time_s = evidence.poses.time_s
        on_hand = any(rests_on_hand(curve, time_s, r.peak_s) for r in best)
        rows.append(without_figures(row) if on_hand else row)
    if repetitions:
        count = float(len(repetitions))
        zeros = [0.0] * len(repetitions)
        seen = curve.confidence[np.isfinite(curve.value_deg)]
        usual = float(np.median(seen)) if len(seen) else math.nan
        rows.append(
            _row(curve, "repetitions", count, verdict, peaks=zeros, note=note, confidence=usual)
        )
    return rows


def _row(  # noqa: PLR0913, PLR0917 - a row of the table has as many cells
    curve: AngleCurve,
    measure: str,
    value: float,
    verdict: MeasureVerdict,
    figure: ErrorFigure | None = None,
    peaks: Sequence[float] = (),
    note: str = "",
    confidence: float = math.nan,
    band95: float = math.nan,
) -> Measurement:
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
        confidence=confidence,
        valid_fraction=curve.valid_fraction,
        verdict=verdict,
        note=note,
        band95=band95,
    )


def _full_repetitions(curve: AngleCurve, repetitions: Sequence[Repetition]) -> list[Repetition]:
    return [
        r
        for r in repetitions
        if (r.joint, r.motion, r.side) == (curve.joint, curve.motion, curve.side)
        and r.verdict is RepetitionVerdict.FULL
    ]
