"""What the browser is to say and to sound: gathered picture by picture, fetched now and then.

The page asks a few times a second, the coach speaks at every picture: what happened in between is
kept, numbered, until the page has had it.
"""

import math
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from motion.exercise.coach_state import CoachEvent
from motion.exercise.cues import Cue
from motion.live.snapshot import LiveSnapshot
from motion.texts import Texts

__all__ = ["Signal", "Signals"]

_KEPT_N: Final = 40
_COUNTED: Final = "seconds"
_SOUNDS: Final = {
    CoachEvent.REPETITION: "tick",
    CoachEvent.PARTIAL: "soft",
    CoachEvent.TARGET: "chime",
    CoachEvent.FAR_ENOUGH: "low",
    CoachEvent.SET_DONE: "done",
    CoachEvent.ALL_DONE: "done",
    CoachEvent.TIME_UP: "bell",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing to say (``kind`` is ``say``) or to sound (the name of the sound).

    ``due_s`` is when it is to sound, by ``time.monotonic()``; at once where that is past.
    """

    number: int
    kind: str
    text: str = ""
    due_s: float = -math.inf

    def to_data(self) -> dict[str, Any]:
        """Return it as the browser reads it."""
        in_s = max(0.0, self.due_s - time.monotonic())
        return {"number": self.number, "kind": self.kind, "text": self.text, "in_s": in_s}


class Signals:
    """The last things to say and to sound; filled by one thread, read by any."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._kept: deque[Signal] = deque(maxlen=_KEPT_N)
        self._lock = threading.Lock()
        self._number = 0
        self._cue: Cue | None = None
        self._go_told = False
        self._end_told = False

    def listen(self, snapshot: LiveSnapshot) -> None:
        """Take what a picture brought: its events, and its cue where that is another one."""
        coach, setup, recording = snapshot.coach, snapshot.setup, snapshot.recording
        if setup is not None and math.isfinite(setup.go_in_s) and not self._go_told:
            self._go_told = True
            self._add("go", "", snapshot.captured_s + setup.go_in_s)
        for event in coach.events if coach else ():
            if event in _SOUNDS:
                self._add(_SOUNDS[event], "")
        leading = coach or setup or recording
        cue = leading.cue if leading else None
        if recording is not None and not recording.left_s and not self._end_told:
            self._end_told = True
            self._add(_SOUNDS[CoachEvent.ALL_DONE], "")
        if cue is not None and cue != self._cue:
            self._add("say", self._spoken(cue))
        self._cue = cue

    def latest(self) -> list[Signal]:
        """Return the last ones; whoever asks knows by their numbers which are new."""
        with self._lock:
            return list(self._kept)

    def _spoken(self, cue: Cue) -> str:
        """Return what is said: of seconds that run down only the first time the whole sentence."""
        seconds = dict(cue.values).get(_COUNTED)
        if seconds is not None and self._cue is not None and self._cue.key == cue.key:
            return seconds
        return self._texts.cue(cue)

    def _add(self, kind: str, text: str, due_s: float = -math.inf) -> None:
        with self._lock:
            self._number += 1
            self._kept.append(Signal(self._number, kind, text, due_s))
