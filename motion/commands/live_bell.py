"""The terminal's bell: GO of a timed test, and its end."""

import math
import sys
import threading
import time
from collections.abc import Callable

from motion.exercise.coach_state import Phase
from motion.live.snapshot import LiveSnapshot

__all__ = ["Bell", "ring"]


def ring() -> None:
    """Sound the bell, where a terminal is there to sound it."""
    if sys.stderr.isatty():
        sys.stderr.write("\a")
        sys.stderr.flush()


class Bell:
    """Rings at the moment from which a test is timed, and when an exercise is done.

    Parameters
    ----------
    sound
        What makes the sound.
    """

    def __init__(self, sound: Callable[[], None] = ring) -> None:
        self._sound = sound
        self._go_told = self._done_told = False

    def hear(self, moment: LiveSnapshot) -> None:
        """Take in a moment; the bell of GO rings when its time has come."""
        left_s = moment.setup.go_in_s if moment.setup else math.nan
        if math.isfinite(left_s) and not self._go_told:
            self._go_told = True
            due_s = moment.captured_s + left_s - time.monotonic()
            threading.Timer(max(0.0, due_s), self._sound).start()
        if moment.coach is not None and moment.coach.phase is Phase.DONE and not self._done_told:
            self._done_told = True
            self._sound()
