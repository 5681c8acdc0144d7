"""How a command speaks on a terminal: one-line errors, warnings, a progress bar."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from motion.errors import MotionError

__all__ = ["commands_fail_in_one_line", "quieten_native_logs", "run_app", "show_progress", "warn"]

EXIT_UNUSABLE = 2
_EXIT_STOPPED = 130

# Typer names only the leaves of its exceptions; this is the stem of those that are shown.
_ClickException: type[Exception] = typer.BadParameter.__mro__[2]


def run_app(app: typer.Typer, name: str) -> int:
    """Run a command line and return its exit code; bad usage too is said in one line."""
    try:
        code = app(prog_name=name, standalone_mode=False)
    except _ClickException as error:
        said = _one_line(str(getattr(error, "format_message", error.__str__)()))
        if said:  # nothing is left to say where the help was shown
            context = getattr(error, "ctx", None)
            command = context.command_path if context else name
            typer.echo(f"error: {said.rstrip('.')}; see `{command} --help`", err=True)
        return EXIT_UNUSABLE
    except typer.Abort:
        typer.echo("stopped", err=True)
        return _EXIT_STOPPED
    return code if isinstance(code, int) else 0


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
