"""One movement away from rest and back: where it starts, tops out and ends."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import FloatArray

__all__ = ["BACK_AT_REST", "EDGE_LEVEL", "Excursion", "describe_excursion", "find_excursion"]

EDGE_LEVEL: Final = 0.1
_TOP_LEVEL: Final = 0.9
BACK_AT_REST: Final = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Excursion:
    """A movement away from rest, in degrees from rest.

    ``base_deg`` is the level it starts from; ``complete`` is False where the take begins or
    ends within it; ``unbroken`` where something is missing within it.
    """

    start_s: float
    peak_s: float
    end_s: float
    top_start_s: float
    top_end_s: float
    base_deg: float
    complete: bool
    unbroken: bool

    @property
    def raise_s(self) -> float:
        """Seconds from leaving rest to nine tenths of the way."""
        return self.top_start_s - self.start_s

    @property
    def hold_s(self) -> float:
        """Seconds in the last tenth."""
        return self.top_end_s - self.top_start_s

    @property
    def lower_s(self) -> float:
        """Seconds from nine tenths back to rest."""
        return self.end_s - self.top_end_s


def find_excursion(
    time_s: FloatArray,
    raw: FloatArray,
    bridged: FloatArray,
    limits: tuple[int, int, int],
) -> Excursion:
    """Describe the movement around one peak.

    Parameters
    ----------
    time_s
        ``(n,)`` uniform grid.
    raw
        ``(n,)`` degrees from rest; NaN where missing.
    bridged
        The same without NaN, for finding crossings.
    limits
        Rows of the peak before (or the first row), of the peak, and of the one after (or
        the last row).
    """
    before, peak, after = limits
    left = bridged[before : peak + 1][::-1]
    right = bridged[peak : after + 1]
    start_base, end_base = _base(left), _base(right)
    to_start = _first_below(left, _level(left, start_base, EDGE_LEVEL))
    to_end = _first_below(right, _level(right, end_base, EDGE_LEVEL))
    start, end = peak - to_start, peak + to_end
    at_start = start >= 0 and (before > 0 or start_base <= BACK_AT_REST * bridged[peak])
    at_end = end <= len(bridged) - 1 and (
        after < len(bridged) - 1 or end_base <= BACK_AT_REST * bridged[peak]
    )
    top = _level(bridged[peak : peak + 1], max(start_base, end_base), _TOP_LEVEL)
    rows = np.arange(len(time_s))
    inside = slice(max(0, int(np.floor(start))), int(np.ceil(end)) + 1)
    return Excursion(
        start_s=float(np.interp(start, rows, time_s)),
        peak_s=float(time_s[peak]),
        end_s=float(np.interp(end, rows, time_s)),
        top_start_s=float(np.interp(peak - _last_above(left, to_start, top), rows, time_s)),
        top_end_s=float(np.interp(peak + _last_above(right, to_end, top), rows, time_s)),
        base_deg=start_base,
        complete=bool(at_start and at_end),
        unbroken=bool(np.all(np.isfinite(raw[inside]))),
    )


def describe_excursion(
    time_s: FloatArray,
    raw: FloatArray,
    bridged: FloatArray,
    said_s: tuple[float, float, float],
    free_s: tuple[float, float],
) -> Excursion:
    """Describe a movement of which somebody said where it starts, tops out and ends.

    The parameters are those of :func:`find_excursion`, but for the times.

    Parameters
    ----------
    said_s
        Start, peak and end; a peak of NaN is the highest moment between.
    free_s
        The end of the movement before and the start of the next one: the valleys beside lie within.
    """
    start_s, peak_s, end_s = said_s
    before, first, last, after = (
        int(np.argmin(np.abs(time_s - each))) for each in (free_s[0], start_s, end_s, free_s[1])
    )
    if np.isfinite(peak_s):
        peak = int(np.clip(np.argmin(np.abs(time_s - peak_s)), first, last))
    else:
        peak = first + int(np.argmax(bridged[first : last + 1]))
    left, right = bridged[first : peak + 1][::-1], bridged[peak : last + 1]
    start_base = _base(bridged[min(before, first) : peak + 1][::-1])
    end_base = _base(bridged[peak : max(after, last) + 1])
    top = _level(bridged[peak : peak + 1], max(start_base, end_base), _TOP_LEVEL)
    rows = np.arange(len(time_s))
    return Excursion(
        start_s=start_s,
        peak_s=float(time_s[peak]) if np.isnan(peak_s) else peak_s,
        end_s=end_s,
        top_start_s=float(np.interp(peak - _last_above(left, peak - first, top), rows, time_s)),
        top_end_s=float(np.interp(peak + _last_above(right, last - peak, top), rows, time_s)),
        base_deg=start_base,
        complete=True,
        unbroken=bool(np.all(np.isfinite(raw[first : last + 1]))),
    )


def _base(flank: FloatArray) -> float:
    """Return the level a movement starts from: the valley beside it, or rest.

    From a deeper valley a tenth of the way up would lie below rest, and the wait at rest
    would count as movement: such a dip, or a movement to the other side, is not its base.
    """
    valley = float(np.min(flank))
    return valley if valley > -EDGE_LEVEL * float(flank[0]) else 0.0


def _level(flank: FloatArray, base: float, fraction: float) -> float:
    return base + fraction * (float(flank[0]) - base)


def _first_below(flank: FloatArray, level: float) -> float:
    """Return the fractional row at which a flank first falls to a level; infinite for never."""
    below = np.flatnonzero(flank <= level)
    if len(below) == 0:
        return float("inf")
    return _between(flank, int(below[0]), level)


def _last_above(flank: FloatArray, foot: float, level: float) -> float:
    """Return the fractional row where a flank is at a level last, before its foot."""
    above = np.flatnonzero(flank[: int(np.ceil(foot)) + 1] >= level)
    if len(above) == 0 or above[-1] + 1 >= len(flank):
        return 0.0
    return _between(flank, int(above[-1]) + 1, level)


def _between(flank: FloatArray, row: int, level: float) -> float:
    if row == 0:
        return 0.0
    high, low = flank[row - 1], flank[row]
    return row - 1 + float((high - level) / (high - low)) if high > low else float(row)
