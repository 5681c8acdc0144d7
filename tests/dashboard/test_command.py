"""`motion dashboard` and the Streamlit that it starts end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from motion.commands import dashboard

TO_START_S = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_open(port: int) -> bool:
    with socket.socket() as asking:
        asking.settimeout(2)
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def running() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    # A shell starts its jobs in the background deaf to interrupts, and tests may be one.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = f"{heed}; from motion.cli import main; main()"
    options = ("dashboard", "--port", str(port), "--no-browser")
    process = subprocess.Popen(
        [sys.executable, "-c", command, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + TO_START_S
        while not is_open(port):
            assert process.poll() is None, "the dashboard ended at once"
            assert time.monotonic() < until, "the dashboard did not start"
            time.sleep(0.1)
        yield process, port
    finally:
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what a failed test left running
        else:
            process.kill()
        process.wait(10)


@pytest.mark.skipif(os.name != "posix", reason="Windows ends a process without telling it")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_terminated_it_leaves_the_port(running, number: signal.Signals) -> None:
    process, port = running
    process.send_signal(number)
    assert process.wait(30) in (0, 128 + number)
    assert not is_open(port)


@pytest.mark.parametrize(("returned", "code"), [(0, 0), (1, 1), (-15, 143), (-9, 137)])
def test_the_exit_code_is_the_childs(returned: int, code: int) -> None:
    assert dashboard._exit_code(returned) == code
