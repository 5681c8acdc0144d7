"""Sets and the rests between them: which repetition belongs to which set."""

import math

from motion.exercise.prescription import Dose

__all__ = ["SetCounter"]


class SetCounter:
    """Counts whole repetitions into sets, and times the rests.

    Parameters
    ----------
    dose
        Sets, repetitions, seconds of rest.
    """

    def __init__(self, dose: Dose) -> None:
        self._dose = dose
        self.number = 1
        """The set that is done, or that comes after the rest."""
        self.whole = 0
        """Whole repetitions of this set."""
        self.partial = 0
        """Partial repetitions of this set."""
        self._rest_until_s = math.nan
        self.done = False
        """Whether the last set is complete."""

    @property
    def resting(self) -> bool:
        """Whether it is a rest between two sets."""
        return not math.isnan(self._rest_until_s)

    def rest_left_s(self, time_s: float) -> float:
        """Return the seconds until the next set, 0 at least; NaN outside a rest."""
        return max(0.0, self._rest_until_s - time_s) if self.resting else math.nan

    def count(self, time_s: float, *, full: bool) -> bool:
        """Take in a repetition; return whether it was the set's last."""
        if not full:
            self.partial += 1
            return False
        self.whole += 1
        if self.whole < self._dose.repetitions:
            return False
        if self.number == self._dose.sets:
            self.done = True
        else:
            self._rest_until_s = time_s + self._dose.rest_s
        return True

    def begin_next(self) -> None:
        """End the rest and begin the next set."""
        self._rest_until_s = math.nan
        self.number += 1
        self.whole = self.partial = 0
