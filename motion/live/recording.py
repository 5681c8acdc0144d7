"""What is only recorded: counted down to, and over by itself after its time."""

import math
from dataclasses import dataclass

from motion.exercise.cues import Cue, CueKey

__all__ = ["GET_READY_S", "Recording", "RecordingState"]

GET_READY_S = 3.0
"""Our own choice: as long as set-up counts down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingState:
    """How far a recording is.

    ``begins_in_s`` is above 0 until it begins; ``left_s`` is how long it still goes on, infinite
    where nobody set an end. ``cue`` is what to say: the countdown, then that it has begun.
    """

    begins_in_s: float
    left_s: float
    cue: Cue | None = None


class Recording:
    """Times a recording by its pictures.

    Parameters
    ----------
    lasts_s
        After how long it is over; infinite where somebody ends it.
    get_ready_s
        How long is counted down from the first picture.
    """

    def __init__(self, lasts_s: float = math.inf, get_ready_s: float = 0.0) -> None:
        self._lasts_s, self._get_ready_s = lasts_s, get_ready_s
        self._first_s = math.nan

    def update(self, time_s: float) -> RecordingState:
        """Take in a picture and return how far the recording is."""
        if math.isnan(self._first_s):
            self._first_s = time_s
        since_s = time_s - self._first_s - self._get_ready_s
        begins_in_s = max(0.0, -since_s)
        return RecordingState(
            begins_in_s=begins_in_s,
            left_s=min(max(0.0, self._lasts_s - since_s), self._lasts_s),
            cue=self._find_cue(begins_in_s) if self._get_ready_s else None,
        )

    def _find_cue(self, begins_in_s: float) -> Cue:
        if begins_in_s > 0:
            return Cue(CueKey.COUNTDOWN, (("seconds", str(math.ceil(begins_in_s))),))
        return Cue(CueKey.GO)
