"""How a command speaks on a terminal: one-line errors, warnings, a progress bar."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from motion.errors import MotionError

__all__ = ["commands_fail_in_one_line", "quieten_native_logs", "show_progress", "warn"]

EXIT_UNUSABLE = 2


def warn(text: str) -> None:
    """Write one warning on standard error."""
    typer.echo(f"warning: {_one_line(text)}", err=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def commands_fail_in_one_line() -> Iterator[None]:
    """Turn what the product knows to go wrong into one line and exit code 2."""
    try:
        yield
    except MotionError as error:
        typer.echo(f"error: {_one_line(str(error))}", err=True)
        raise typer.Exit(EXIT_UNUSABLE) from error


def quieten_native_logs() -> None:
    """Keep MediaPipe's and FFmpeg's own chatter from standing beside our one line.

    Both write to file descriptor 2 from C++ and offer no switch. Python's standard error goes
    on to the terminal; set ``MOTION_NATIVE_LOGS=1`` to see the libraries' words too.
    """
    if os.environ.get("MOTION_NATIVE_LOGS"):
        return
    sys.stderr.flush()
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 2)
    os.close(sink)


@contextmanager
def show_progress(unit: str = "frames") -> Iterator[Callable[[str, int, int], None]]:
    """Give a callback that draws a bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    count = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=max(total, done) or None)

        yield report
