"""The time in which a live take runs: shows it, listens to keys, ends it when somebody says so."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from motion.commands.keys import read_keys
from motion.commands.live_asked import Asked, LiveChoices
from motion.commands.live_bell import Bell
from motion.commands.live_keys import KeyPad
from motion.commands.live_screen import show_moments
from motion.live.session import LiveSession
from motion.live.snapshot import LiveSnapshot
from motion.texts import Texts

__all__ = ["watch"]

_EVERY_S: Final = 0.1


def watch(
    session: LiveSession,
    asked: Asked,
    texts: Texts,
    choices: LiveChoices,
    on_warning: Callable[[str], None],
) -> None:
    """Stay with a session until it has ended; Ctrl+C ends it, and all is kept."""
    with ExitStack() as shown:
        read = shown.enter_context(read_keys())
        show = shown.enter_context(show_moments(texts, keys=read is not None))
        draw = None
        if choices.window:
            from motion.commands.live_window import has_display, open_window

            if has_display():
                draw = shown.enter_context(open_window(asked, texts))
            else:
                on_warning("--window: this machine has no screen; the take is measured without")
        pad, bell = KeyPad(session), Bell()
        while True:
            try:
                if session.wait(_EVERY_S):
                    return
                moment = session.snapshot()
                bell.hear(moment)
                if read is not None:
                    pad.press(read())
                if draw is not None:
                    pad.press(draw(moment))
                show(moment, pad.typed)
                if _is_over(moment, choices.seconds):
                    session.stop()
            except KeyboardInterrupt:
                session.stop()


def _is_over(moment: LiveSnapshot, seconds: float | None) -> bool:
    """Return whether the take has lasted as long as was asked for."""
    return seconds is not None and moment.pose is not None and moment.pose.time_s >= seconds
