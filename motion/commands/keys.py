"""Single keys of a terminal, without Enter and without waiting."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["ReadKeys", "read_keys"]

ReadKeys = Callable[[], str]
"""Gives the keys pressed since it was last called; empty where none were."""


@contextmanager
def read_keys() -> Iterator[ReadKeys | None]:
    """Give a reader of keys for as long as the block lasts; None where nobody types."""
    if not sys.stdin.isatty():
        yield None
        return
    with _listening() as read:
        yield read


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _listening() -> Iterator[ReadKeys]:
        def read() -> str:
            pressed = ""
            while msvcrt.kbhit():
                pressed += msvcrt.getwch()
            return pressed

        yield read

else:
    import os
    import select
    import termios
    import tty

    @contextmanager
    def _listening() -> Iterator[ReadKeys]:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)  # Ctrl+C still interrupts

        def read() -> str:
            pressed = b""
            while select.select([terminal], [], [], 0.0)[0]:
                chunk = os.read(terminal, 64)
                if not chunk:
                    break
                pressed += chunk
            return pressed.decode("utf-8", errors="ignore")

        try:
            yield read
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
