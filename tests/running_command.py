"""A command of the product that serves pages, started as a user starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["free_port", "served"]

_TO_START_S = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(data: Path, port: int, *arguments: object) -> Iterator[None]:
    """Run ``motion ...`` with a record in ``data`` until the block ends; it must open ``port``."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("MOTION_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from motion.cli import main; main()", *map(str, arguments)],
        env={**variables, "MOTION_DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + _TO_START_S
        while not _is_open(port):
            assert process.poll() is None, "the command ended at once"
            assert time.monotonic() < until, "nothing was served"
            time.sleep(0.1)
        yield
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the command and the server that it started: it passes the wish on, or is ended."""
    if os.name == "posix":
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(10)


def _is_open(port: int) -> bool:
    with socket.socket() as asking:
        asking.settimeout(2)
        return asking.connect_ex(("127.0.0.1", port)) == 0
