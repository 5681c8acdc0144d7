"""Watches for a movement that is done another way, picture by picture."""

import math
from collections import deque
from collections.abc import Mapping
from typing import Final

import numpy as np

from motion.exercise.compensation_signals import SIGNALS, read_signal
from motion.exercise.exercises import CompensationRule
from motion.model import Compensated, LivePose, Side, View

__all__ = ["CompensationWatch"]

_SHORTEST_S: Final = 0.3
"""For so long a signal must be beyond its limit before it counts."""

_OFF_BELOW: Final = 0.7
"""Of the limit: below it an active compensation ends."""

_REST_KEPT_S: Final = 2.0
_REST_ENOUGH_S: Final = 0.3
_LONGEST_STEP_S: Final = 0.5
"""Farther apart than this two pictures tell nothing of the time between them."""

_ROUNDING_S: Final = 1e-6


class CompensationWatch:
    """Tells which of an exercise's compensations are going on now, and how often each was.

    A signal is held against its own start: the median of the last 2 s of the rest before the
    repetition. It counts from 0.3 s beyond its limit on, and
    until it is below 0.7 of it. A value that is missing neither starts nor ends anything, and
    time that was not seen does not count. During a rest nothing is going on.

    Limits and times are a proposal of ours, which an exercise's file may change; no limit is
    less than twice the error of its signal (clinical_rules.md 21).

    Parameters
    ----------
    rules
        What to watch for.
    side
        The planned side, whose signals are read.
    """

    def __init__(self, rules: tuple[CompensationRule, ...], side: Side) -> None:
        self._side = side
        self._watched = tuple(_Watched(rule) for rule in rules)
        self._resting = False

    def read(
        self, pose: LivePose, angles: Mapping[str, float], view: View | None
    ) -> dict[str, float]:
        """Return the value of each watched signal in one picture, NaN where not seen.

        The parameters are those of
        :func:`motion.exercise.compensation_signals.read_signal`.
        """
        names = {watched.rule.signal for watched in self._watched}
        return {name: read_signal(name, pose, angles, self._side, view) for name in sorted(names)}

    def at_rest(self, time_s: float, values: Mapping[str, float]) -> None:
        """Take in a picture of the rest before a repetition.

        A rest in which a signal was seen for less than 0.3 s leaves its start as it was.
        """
        for watched in self._watched:
            if not self._resting:
                watched.begin_rest()
            watched.rest(time_s, values.get(watched.rule.signal, math.nan))
        self._resting = True

    def update(self, time_s: float, values: Mapping[str, float]) -> tuple[str, ...]:
        """Take in a picture of the movement and return the signals that are beyond their limits.

        Parameters
        ----------
        time_s
            Later than that of the picture before.
        values
            By the signal's name; one that is NaN or missing freezes its rule.
        """
        self._resting = False
        for watched in self._watched:
            watched.update(time_s, values.get(watched.rule.signal, math.nan))
        return self.active

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the signals beyond their limits now, each once, in the order of the rules."""
        return tuple(dict.fromkeys(rule.signal for rule in self.active_rules))

    @property
    def active_rules(self) -> tuple[CompensationRule, ...]:
        """The rules that are broken now, whose cues may be said."""
        return tuple(watched.rule for watched in self._watched if watched.active)

    def summary(self) -> tuple[Compensated, ...]:
        """Return what was seen so far: each compensation that began at least once."""
        seen: dict[str, Compensated] = {}
        for watched in self._watched:
            if watched.count:
                name = watched.rule.signal
                before = seen.get(name, Compensated(name=name, count=0, seconds=0.0))
                seen[name] = Compensated(
                    name=name,
                    count=before.count + watched.count,
                    seconds=before.seconds + watched.seconds,
                )
        return tuple(seen.values())


class _Watched:
    """One rule with what it remembers."""

    def __init__(self, rule: CompensationRule) -> None:
        self.rule = rule
        self.start = math.nan
        self.active = False
        self.count = 0
        self.seconds = 0.0
        self._beyond_s = math.nan
        self._seen_s = math.nan
        self._rest: deque[tuple[float, float]] = deque()

    def begin_rest(self) -> None:
        """Forget the rest before: a start is of one rest only."""
        self._rest.clear()
        self._beyond_s = self._seen_s = math.nan
        self.active = False

    def rest(self, time_s: float, value: float) -> None:
        """Take in a picture of a rest."""
        if not math.isfinite(value):
            return
        self._rest.append((time_s, value))
        while time_s - self._rest[0][0] > _REST_KEPT_S:
            self._rest.popleft()
        if time_s - self._rest[0][0] >= _REST_ENOUGH_S - _ROUNDING_S:
            self.start = float(np.median([each for _, each in self._rest]))

    def update(self, time_s: float, value: float) -> None:
        """Take in a picture of a movement."""
        beyond = self._beyond(value)
        if math.isnan(beyond):
            self._seen_s = math.nan
            return
        step_s = time_s - self._seen_s
        step_s = step_s if step_s <= _LONGEST_STEP_S else 0.0  # NaN is no step either
        self._seen_s = time_s
        if self.active:
            self.seconds += step_s
            self.active = beyond >= _OFF_BELOW
            self._beyond_s = math.nan
        elif beyond <= 1.0:
            self._beyond_s = math.nan
        else:
            self._wait(step_s)

    def _wait(self, step_s: float) -> None:
        """Count the time beyond the limit, from the first picture that is beyond it."""
        self._beyond_s = 0.0 if math.isnan(self._beyond_s) else self._beyond_s + step_s
        if self._beyond_s >= _SHORTEST_S - _ROUNDING_S:
            self.active = True
            self.count += 1
            self.seconds += self._beyond_s

    def _beyond(self, value: float) -> float:
        """Return how far the signal has left its start, in limits."""
        change = SIGNALS[self.rule.signal].change(value, self.start)
        change = abs(change) if self.rule.direction == 0 else self.rule.direction * change
        return change / self.rule.limit
