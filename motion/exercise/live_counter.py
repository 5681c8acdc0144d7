"""Counts repetitions while they happen, by the rules of a finished take."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import savgol_filter

from motion.exercise.excursions import BACK_AT_REST, EDGE_LEVEL, find_excursion
from motion.exercise.live_rest import LiveRest
from motion.exercise.repetitions import (
    PARTIAL_BELOW,
    PROMINENCE,
    RETURNED,
    SMALLEST_DEG,
    aim,
)
from motion.model import FloatArray
from motion.signals import MAX_GAP_S

__all__ = ["Counted", "LiveCounter", "Moving"]

_TURNED_SHARE: Final = 0.1
_TURNED_DEG: Final = 4.0
_LEFT_DEG: Final = 5.0
_RETURNED_AT_FIRST: Final = 0.4
"""Of a peak: how far back the limb must be between two movements while no usual time between two is
known; later :data:`RETURNED` does, or half that time."""

_KEPT_S: Final = 3.0
_SMOOTH_N: Final = 7


class Moving(StrEnum):
    """Where a limb is on its way."""

    REST = "rest"
    AWAY = "away"
    """Has left rest and goes on, or stays there."""
    BACK = "back"
    """Comes back from the peak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A movement away from rest and back.

    ``amplitude_deg`` is from rest to the peak, always positive; ``measurable`` is False where
    more than a short gap was not seen within it.
    """

    start_s: float
    peak_s: float
    end_s: float
    peak_deg: float
    amplitude_deg: float
    direction: int
    measurable: bool


@dataclass(slots=True)
class _Open:
    """The movement that is under way."""

    direction: int
    peak_s: float
    peak_away_deg: float
    valley_away_deg: float = math.inf
    valley_s: float = math.nan
    counted: bool = False


class LiveCounter:
    """Follows one angle and tells each repetition as it comes back to rest.

    The rules are those of :func:`motion.exercise.repetitions.count_repetitions`: a peak stands out
    by 10 degrees or 0.3 of the curve's range so far; a movement ends where it is back within 0.15
    of its amplitude, or turns again without coming back; start and end are where the angle crosses
    a tenth of the amplitude, read off afterwards, so that the display's delay is not in them.
    What came before a larger movement showed how small it was is taken back at the end
    (:meth:`finish`).

    Parameters
    ----------
    rest
        Where the angle rests: ``low``, ``high`` or ``auto``.
    two_directions
        Whether movements to both sides of rest count.
    """

    def __init__(self, rest: str, two_directions: bool) -> None:
        self._rest = LiveRest(rest, two_directions)
        self._two_directions = two_directions
        self._rest_deg = math.nan
        self._open: _Open | None = None
        self._times_s: list[float] = []
        self._angles_deg: list[float] = []
        self._seen_s = math.nan
        self._intervals_s: list[float] = []
        self._found: list[Counted] = []
        self._low_away_deg = {1: 0.0, -1: 0.0}
        self.moving = Moving.REST
        """Where the limb is."""

    @property
    def rest_deg(self) -> float:
        """The level that the movement under way left; NaN before anything was seen."""
        return self._rest_deg

    @property
    def direction(self) -> int:
        """Which way the movement under way goes, or the next one will; 0 where not known."""
        if self._open is not None:
            return self._open.direction
        directions = self._rest.directions
        return directions[0] if len(directions) == 1 else 0

    def aim(self, angle_deg: float) -> float:
        """Return a target or limit for the way that the limb goes now."""
        return aim(angle_deg, self.direction, self._two_directions)

    @property
    def peak_deg(self) -> float:
        """Farthest angle of the movement under way; NaN at rest."""
        if self._open is None:
            return math.nan
        return self._rest_deg + self._open.direction * self._open.peak_away_deg

    @property
    def spread_deg(self) -> float:
        """How far the angle moved so far, between its 5th and 95th percentile."""
        low, high = self._rest.ends_deg
        return high - low if self._rest.known else 0.0

    @property
    def found(self) -> tuple[Counted, ...]:
        """The movements so far, each with its last known ends."""
        return tuple(self._found)

    def update(self, time_s: float, angle_deg: float) -> Counted | None:
        """Take in one angle (NaN where not measured); return the movement that it completes.

        A movement is told once, as soon as it is back near rest; its end may become exacter later.
        """
        if math.isnan(angle_deg):
            return None
        self._times_s.append(time_s)
        self._angles_deg.append(angle_deg)
        self._rest.add(time_s, angle_deg)
        self._seen_s = time_s
        if self._open is None:
            self._rest_deg = self._rest.level_deg
            self._forget()
            self._look_for_start(time_s, angle_deg)
            return None
        return self._follow(self._open, time_s, angle_deg)

    def finish(self, target_deg: float = math.nan) -> tuple[tuple[Counted, bool], ...]:
        """Return what counts of the whole, and whether each was full, as the offline counter says.

        Parameters
        ----------
        target_deg
            Where it was set, full is 0.6 of the way to it; else 0.6 of the farthest.
        """
        kept = [
            each for each in self._found if each.amplitude_deg >= self._smallest_deg(each.direction)
        ]
        return tuple((each, self.is_full(each, target_deg)) for each in kept)

    def is_full(self, counted: Counted, target_deg: float = math.nan) -> bool:
        """Return whether a movement went far enough to count as whole."""
        if not counted.measurable:
            return False
        wanted_deg = aim(target_deg, counted.direction, self._two_directions) - self._rest_deg
        wanted_deg *= counted.direction
        if not wanted_deg > 0:
            wanted_deg = max(
                each.amplitude_deg for each in self._found if each.direction == counted.direction
            )
        return counted.amplitude_deg >= PARTIAL_BELOW * wanted_deg

    def _smallest_deg(self, direction: int) -> float:
        """Return how far a movement must go to count; to each side of rest by its own range."""
        low, high = self._rest.ends_deg
        if self._two_directions:
            low, high = (self._rest_deg, high) if direction > 0 else (low, self._rest_deg)
        return max(SMALLEST_DEG, PROMINENCE * (high - low))

    def _look_for_start(self, time_s: float, angle_deg: float) -> None:
        for direction in self._rest.directions:
            away_deg = direction * (angle_deg - self._rest_deg)
            # Who has just come back within a tenth of a large movement has not left again.
            low_deg = max(0.0, min(self._low_away_deg[direction], away_deg))
            self._low_away_deg[direction] = low_deg
            if away_deg > low_deg + _LEFT_DEG:
                self._open = _Open(direction=direction, peak_s=time_s, peak_away_deg=away_deg)
                self.moving = Moving.AWAY
                return

    def _follow(self, under_way: _Open, time_s: float, angle_deg: float) -> Counted | None:
        away_deg = under_way.direction * (angle_deg - self._rest_deg)
        if away_deg > under_way.peak_away_deg and not under_way.counted:
            under_way.peak_away_deg, under_way.peak_s = away_deg, time_s
            under_way.valley_away_deg = math.inf
            self.moving = Moving.AWAY
            return None
        if away_deg < under_way.valley_away_deg:
            under_way.valley_away_deg, under_way.valley_s = away_deg, time_s
        if self._turns_again(under_way, away_deg):
            told = None if under_way.counted else self._close(under_way)
            self._begin_again(under_way, time_s, away_deg)
            return told
        peak_deg = under_way.peak_away_deg
        if peak_deg - away_deg > max(_TURNED_DEG, _TURNED_SHARE * peak_deg):
            self.moving = Moving.BACK
        if away_deg <= BACK_AT_REST * peak_deg:
            return self._arrive(under_way, away_deg)
        return None

    def _arrive(self, under_way: _Open, away_deg: float) -> Counted | None:
        """Count what is back near rest; end it at the last tenth, or drop what was no movement."""
        told = None
        if not under_way.counted:
            if under_way.peak_away_deg < self._smallest_deg(under_way.direction):
                if away_deg < _LEFT_DEG:
                    self._end()
                return None
            told = self._close(under_way)
        elif away_deg <= EDGE_LEVEL * under_way.peak_away_deg:
            self._found[-1] = self._describe(under_way)
            self._end()
        return told

    def _turns_again(self, under_way: _Open, away_deg: float) -> bool:
        """Return whether the limb goes away once more without having come to rest.

        Peaks nearer than half the usual time between two are one movement, unless the limb was
        nearly back between them.
        """
        smallest = self._smallest_deg(under_way.direction)
        valley = under_way.valley_away_deg
        if not math.isfinite(valley) or under_way.peak_away_deg - valley < smallest:
            return False
        if away_deg - valley < smallest:
            return False
        lower = min(under_way.peak_away_deg, away_deg)
        if not self._intervals_s:
            return valley <= _RETURNED_AT_FIRST * lower
        near_s = 0.5 * float(np.median(self._intervals_s))
        return self._seen_s - under_way.peak_s >= near_s or valley <= RETURNED * lower

    def _begin_again(self, under_way: _Open, time_s: float, away_deg: float) -> None:
        if under_way.counted:
            self._found[-1] = self._describe(under_way)
        self._open = _Open(direction=under_way.direction, peak_s=time_s, peak_away_deg=away_deg)
        self.moving = Moving.AWAY

    def _close(self, under_way: _Open) -> Counted:
        counted = self._describe(under_way)
        if self._found:
            self._intervals_s.append(counted.peak_s - self._found[-1].peak_s)
        self._found.append(counted)
        under_way.counted = True
        return counted

    def _end(self) -> None:
        self._open = None
        self._low_away_deg = {1: math.inf, -1: math.inf}
        self.moving = Moving.REST

    def _describe(self, under_way: _Open) -> Counted:
        """Read start, peak and end off the angles as they were, without a filter's delay."""
        times_s = np.asarray(self._times_s)
        away = under_way.direction * (np.asarray(self._angles_deg) - self._rest_deg)
        away = _smooth(away)
        before_s = self._found_peak_before(under_way)
        first = int(np.searchsorted(times_s, before_s)) if before_s > times_s[0] else 0
        last = len(times_s) - 1
        near = slice(max(first, 0), last + 1)
        around = np.abs(times_s[near] - under_way.peak_s) <= 0.5
        peak = first + int(np.argmax(np.where(around, away[near], -np.inf)))
        excursion = find_excursion(times_s, away, away, (first, peak, last))
        inside = times_s[(times_s >= excursion.start_s) & (times_s <= excursion.end_s)]
        period_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0
        longest_s = float(np.max(np.diff(inside))) - period_s if len(inside) > 1 else 0.0
        return Counted(
            start_s=excursion.start_s,
            peak_s=float(times_s[peak]),
            end_s=min(excursion.end_s, float(times_s[-1])),
            peak_deg=self._rest_deg + under_way.direction * float(away[peak]),
            amplitude_deg=float(away[peak]),
            direction=under_way.direction,
            measurable=longest_s <= MAX_GAP_S,
        )

    def _found_peak_before(self, under_way: _Open) -> float:
        earlier = self._found[:-1] if under_way.counted else self._found
        return earlier[-1].peak_s if earlier else -math.inf

    def _forget(self) -> None:
        """Let go of what lies farther back than a start is looked for, while at rest."""
        oldest_s = self._times_s[-1] - _KEPT_S
        if self._times_s[0] < oldest_s - _KEPT_S:
            keep = int(np.searchsorted(self._times_s, oldest_s))
            del self._times_s[:keep], self._angles_deg[:keep]


def _smooth(away_deg: FloatArray) -> FloatArray:
    """Take out single wild values and jitter, without shifting anything in time."""
    if len(away_deg) < _SMOOTH_N:
        return away_deg
    calm = median_filter(away_deg, size=3, mode="nearest")
    return np.asarray(savgol_filter(calm, _SMOOTH_N, 2))
