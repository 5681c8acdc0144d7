"""Counts repetitions on a finished angle curve: which were whole, partial or not measurable."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import find_peaks

from motion.exercise.excursions import Excursion, find_excursion
from motion.exercise.movements import Movement
from motion.exercise.rest import estimate_rest
from motion.exercise.smoothness import measure_sparc
from motion.kinematics.bands import band_around
from motion.kinematics.number_confidence import confidence_around
from motion.model import (
    AngleCurve,
    FloatArray,
    IndexArray,
    Repetition,
    RepetitionVerdict,
    UniformSeries,
)
from motion.signals import differentiate, grid_rate, resample_uniform

__all__ = [
    "PARTIAL_BELOW",
    "PROMINENCE",
    "RETURNED",
    "SMALLEST_DEG",
    "RepetitionCount",
    "aim",
    "bridge_gaps",
    "count_repetitions",
    "describe_repetition",
]

SMALLEST_DEG: Final = 10.0
PROMINENCE: Final = 0.3
PARTIAL_BELOW: Final = 0.6
_SHORTEST_S: Final = 0.3
RETURNED: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionCount:
    """The repetitions of one curve.

    ``incomplete`` counts movements cut off by the beginning or the end of the take: they
    were seen, but are not repetitions.
    """

    repetitions: tuple[Repetition, ...]
    rest_deg: float
    incomplete: int


_NONE = RepetitionCount(repetitions=(), rest_deg=float("nan"), incomplete=0)


def count_repetitions(
    time_s: FloatArray, curve: AngleCurve, rate_hz: float, movement: Movement
) -> RepetitionCount:
    """Count the repetitions of a movement on one of its angle curves.

    A repetition goes from leaving rest to returning to it: its start and end are where the
    angle crosses a tenth of the repetition's amplitude. Peaks need a prominence of 10
    degrees or 0.3 of the curve's range (5th to 95th percentile; to one side of rest where
    both count), whichever is more. Peaks nearer than half the period that the
    autocorrelation shows are one, unless the angle returns to rest between them. A
    repetition of less than 0.6 of the target (without one, of the 95th percentile of the
    angle while it is away from rest), measured from rest, is partial. One with a gap in it
    is not measurable, and carries no angle.

    Parameters
    ----------
    time_s
        ``(n,)`` frame times.
    curve
        The angle, NaN where not measured.
    rate_hz
        Measured frame rate.
    movement
        Says where rest is, and whether both directions count.
    """
    seen = np.isfinite(curve.value_deg)
    if rate_hz <= 0 or np.sum(seen) < 4:
        return _NONE
    series = resample_uniform(time_s, curve.value_deg[:, None], grid_rate(rate_hz), 1.0 / rate_hz)
    low, high = np.percentile(curve.value_deg[seen], [5, 95])
    rest_deg = estimate_rest(series, movement.rest, movement.two_directions)
    directions = (1, -1) if movement.two_directions else (_direction(rest_deg, low, high),)
    whole: list[tuple[int, Excursion]] = []
    incomplete = 0
    for direction in directions:
        extent_deg = direction * ((high if direction == 1 else low) - rest_deg)
        span_deg = extent_deg if movement.two_directions else float(high - low)
        smallest_deg = max(SMALLEST_DEG, PROMINENCE * span_deg)
        for excursion in _find_excursions(series, rest_deg, direction, smallest_deg):
            if excursion.complete:
                whole.append((direction, excursion))
            else:
                incomplete += 1
    whole.sort(key=lambda found: found[1].start_s)
    speed = series.with_values(np.abs(differentiate(series)))
    repetitions = tuple(
        describe_repetition(number, direction, excursion, curve, time_s, speed, movement, rest_deg)
        for number, (direction, excursion) in enumerate(whole, start=1)
    )
    return RepetitionCount(repetitions=repetitions, rest_deg=rest_deg, incomplete=incomplete)


def aim(target_deg: float, direction: int, two_directions: bool) -> float:
    """Return the target of one way: of a movement to both sides it is as far to either."""
    if not two_directions or direction == 0:
        return target_deg
    return direction * abs(target_deg)


def _direction(rest_deg: float, low: float, high: float) -> int:
    return 1 if high - rest_deg >= rest_deg - low else -1


def _find_excursions(
    series: UniformSeries, rest_deg: float, direction: int, smallest_deg: float
) -> list[Excursion]:
    raw = direction * (series.values[:, 0] - rest_deg)
    bridged = bridge_gaps(raw)
    # A movement that the take cuts off must still show as a peak: rest is put at both ends.
    pad = round(series.rate_hz)
    padded = np.pad(bridged, pad)
    peaks, _ = find_peaks(
        padded,
        height=smallest_deg,
        prominence=smallest_deg,
        distance=max(1.0, _SHORTEST_S * series.rate_hz),
    )
    near_n = 0.5 * _find_period(bridged, series.rate_hz) * series.rate_hz
    peaks = _join_humps(padded, peaks, near_n, smallest_deg)
    indices = np.clip(peaks - pad, 0, len(bridged) - 1)
    limits = [0, *indices, len(bridged) - 1]
    return [
        find_excursion(series.time_s, raw, bridged, (limits[i], limits[i + 1], limits[i + 2]))
        for i in range(len(indices))
    ]


def _join_humps(
    values: FloatArray, peaks: IndexArray, near_n: float, smallest_deg: float
) -> IndexArray:
    """Keep the highest of the peaks that belong to one movement.

    Those are peaks without a valley between, as at both ends of an even hold, where each
    counts as prominent because neither is higher; and peaks nearer than ``near_n`` rows
    between which the angle does not return to rest. After a return the next peak is a
    repetition however soon it comes.
    """
    kept: list[int] = []
    for peak in peaks.tolist():
        if kept:
            valley = float(np.min(values[kept[-1] : peak]))
            lower = float(min(values[kept[-1]], values[peak]))
            near = peak - kept[-1] < near_n and valley > RETURNED * lower
            if near or lower - valley < smallest_deg:
                kept[-1] = max(kept[-1], peak, key=lambda row: float(values[row]))
                continue
        kept.append(peak)
    return np.array(kept, dtype=np.intp)


def bridge_gaps(values: FloatArray) -> FloatArray:
    """Join the ends of gaps by straight lines, to find structure only; never a result."""
    index = np.arange(len(values))
    seen = np.isfinite(values)
    return np.interp(index, index[seen], values[seen])


def _find_period(values: FloatArray, rate_hz: float) -> float:
    """Return the period, in seconds, of the highest autocorrelation peak; 0 for none."""
    centred = values - np.mean(values)
    length = len(centred)
    spectrum = np.fft.rfft(centred, 2 * length)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[: length * 2 // 3]
    if len(correlation) < 3 or correlation[0] <= 0:
        return 0.0
    peaks, found = find_peaks(correlation / correlation[0], height=0.1)
    if len(peaks) == 0:
        return 0.0
    return float(peaks[np.argmax(found["peak_heights"])] / rate_hz)


def describe_repetition(  # noqa: PLR0913, PLR0917 - one repetition gathers all that is known of it
    number: int,
    direction: int,
    excursion: Excursion,
    curve: AngleCurve,
    time_s: FloatArray,
    speed: UniformSeries,
    movement: Movement,
    rest_deg: float,
    *,
    of_hand: bool = False,
) -> Repetition:
    """Return a repetition with all that is measured of it.

    Parameters
    ----------
    number, direction, excursion
        Which one it is, whether it raises the angle, and where it begins, tops out and ends.
    speed
        The curve's unsigned speed on the grid of the excursion.
    of_hand
        Whether somebody put the peak where it is; otherwise it is the extreme of the frames.
    """
    rows = (time_s >= excursion.start_s) & (time_s <= excursion.end_s)
    values = direction * curve.value_deg[rows]
    measurable = excursion.unbroken and bool(np.any(np.isfinite(values)))
    at = 0
    if measurable and of_hand:  # the peak is where it was put
        known_s = np.where(np.isfinite(values), time_s[rows], np.inf)
        at = int(np.argmin(np.abs(known_s - excursion.peak_s)))
    elif measurable:
        at = int(np.nanargmax(values))
    peak = float(values[at]) if measurable else float("nan")
    peak_s = float(time_s[rows][at]) if measurable else excursion.peak_s
    return Repetition(
        repetition=number,
        joint=curve.joint,
        motion=curve.motion,
        side=curve.side,
        direction=direction,
        start_s=excursion.start_s,
        peak_s=peak_s,
        end_s=excursion.end_s,
        peak_deg=direction * peak,
        rom_deg=peak - direction * rest_deg - excursion.base_deg,
        raise_s=excursion.raise_s,
        hold_s=excursion.hold_s,
        lower_s=excursion.lower_s,
        smoothness_sparc=_smoothness(speed, excursion) if measurable else float("nan"),
        confidence=confidence_around(curve, time_s, peak_s) if measurable else 0.0,
        verdict=_judge(measurable, direction * peak, direction, curve, movement, rest_deg),
        peak_band95_deg=band_around(curve, time_s, peak_s) if measurable else float("nan"),
    )


def _judge(
    measurable: bool,
    peak_deg: float,
    direction: int,
    curve: AngleCurve,
    movement: Movement,
    rest_deg: float,
) -> RepetitionVerdict:
    if not measurable:
        return RepetitionVerdict.NOT_MEASURABLE
    moved = direction * (curve.value_deg[np.isfinite(curve.value_deg)] - rest_deg)
    target_deg = aim(movement.target_deg, direction, movement.two_directions)
    wanted = direction * (target_deg - rest_deg)
    if not wanted > 0:
        # Of the time away from rest: in a long take that mostly rests, the 95th percentile of
        # the whole would lie at rest, and every small movement would pass for a full one.
        wanted = float(np.percentile(moved[moved >= min(SMALLEST_DEG, np.max(moved))], 95))
    enough = direction * (peak_deg - rest_deg) >= PARTIAL_BELOW * wanted
    return RepetitionVerdict.FULL if enough else RepetitionVerdict.PARTIAL


def _smoothness(speed: UniformSeries, excursion: Excursion) -> float:
    """Return the smoothness of the way from rest to the peak."""
    rows = (speed.time_s >= excursion.start_s) & (speed.time_s <= excursion.peak_s)
    return measure_sparc(speed.values[rows, 0], speed.rate_hz)
