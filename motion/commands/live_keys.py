"""What the keys do during a live take: pause, pain and its answer, stop."""

from dataclasses import dataclass, field
from typing import Protocol

from motion.exercise.coach_state import Phase
from motion.exercise.prescription import MOST_PAIN
from motion.live.snapshot import LiveSnapshot

__all__ = ["Controls", "KeyPad"]


class Controls(Protocol):
    """What of a session the keys reach (:class:`motion.live.session.LiveSession`)."""

    def snapshot(self) -> LiveSnapshot:
        """Return the latest moment."""
        ...

    def pause(self) -> None:
        """Let the exercise stand still."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...

    def press_pain(self) -> None:
        """Stop the set and ask."""
        ...

    def answer_pain(self, score: int) -> None:
        """Take the answer."""
        ...

    def stop(self) -> None:
        """End the take."""
        ...

    def skip_setup_hand(self) -> None:
        """Begin without the lifted hand."""
        ...


@dataclass(slots=True)
class KeyPad:
    """Turns keys into what the session is to do.

    Space starts without the lifted hand during set-up, and pauses or goes on afterwards; ``p``
    says pain, and the answer is a number from 0 to 10 with Enter; ``q`` stops.
    """

    session: Controls
    typed: str = field(default="")
    """Digits of an answer that is being typed."""

    def press(self, keys: str) -> None:
        """Do what the keys say, one after another."""
        for key in keys:
            self._press(key)

    def _press(self, key: str) -> None:
        coach = self.session.snapshot().coach
        phase = coach.phase if coach else None
        if key == "q":
            self.session.stop()
        elif key == "p":
            self.typed = ""
            self.session.press_pain()
        elif key == " " and phase is None:
            self.session.skip_setup_hand()
        elif key == " ":
            (self.session.resume if phase is Phase.PAUSED else self.session.pause)()
        elif phase is Phase.PAIN:
            self._answer(key)

    def _answer(self, key: str) -> None:
        if key.isdecimal():
            self.typed = (self.typed + key)[-2:]
        elif key in "\r\n" and self.typed:
            score, self.typed = int(self.typed), ""
            if score <= MOST_PAIN:
                self.session.answer_pain(score)
        elif key in "\b\x7f":
            self.typed = self.typed[:-1]
