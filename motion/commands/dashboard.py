"""``motion dashboard``: starts Streamlit on this machine, with our own settings."""

import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import Final

from motion.commands.certificate import Certificate
from motion.errors import InputError

__all__ = ["dashboard_app", "run_dashboard", "warn_of_others"]

_STOPPING: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")


def dashboard_app() -> Path:
    """Return the dashboard's entry file.

    Raises
    ------
    InputError
        If the dashboard is not installed beside this package.
    """
    spec = find_spec("dashboard")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        app = Path(place) / "app.py"
        if app.is_file():
            return app
    msg = "the dashboard is not installed; install the whole project, not only `motion`"
    raise InputError(msg)


def run_dashboard(
    port: int,
    address: str,
    *,
    open_browser: bool,
    certificate: Certificate | None = None,
    told: Mapping[str, str] | None = None,
) -> None:
    """Run the dashboard until it is stopped with Ctrl+C or a signal.

    Parameters
    ----------
    certificate
        With it the pages are served over HTTPS.
    told
        Variables for the pages (:mod:`motion.commands.serving`).

    Raises
    ------
    InputError
        If nobody can listen there, because another program does.
    SystemExit
        With Streamlit's own exit code, where it did not end in good order.
    """
    app = dashboard_app()
    _require_free(port, address)
    url = _url_of(port, address, certificate)
    print(f"The dashboard is at {url} - stop it with Ctrl+C.", flush=True)
    command = [
        sys.executable, "-m", "streamlit", "run", str(app),
        "--server.port", str(port),
        "--server.address", address,
        "--server.headless", "true",
    ]  # fmt: skip
    if certificate is not None:
        command += ["--server.sslCertFile", str(certificate.path)]
        command += ["--server.sslKeyFile", str(certificate.key)]
    process = subprocess.Popen(command, env={**os.environ, **(told or {})})
    with _stopped_together(process):
        try:
            if open_browser:
                webbrowser.open(url)
            process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
    if process.returncode:
        sys.exit(_exit_code(process.returncode))


def warn_of_others(
    address: str, *, encrypted: bool, patients_only: bool, on_warning: Callable[[str], None]
) -> None:
    """Say who gets in where the server listens to more than this computer, and what fails there."""
    if _is_this_computer(address):
        return
    if not patients_only:
        on_warning(
            f"there is no login: whoever reaches {address} on this network sees every patient and"
            " can change the record; let only the clinic's own computers reach it"
        )
    if not encrypted:
        on_warning(
            "without HTTPS what is shown can be read on the network, and other computers' browsers"
            " do not open their camera: give --certificate and --key"
        )


def _require_free(port: int, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        busy = error.errno == errno.EADDRINUSE
        why = "another program uses it" if busy else str(error.strerror or error)
        msg = f"port {port} at {address}: {why}; choose another with --port"
        raise InputError(msg) from error


def _is_this_computer(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _url_of(port: int, address: str, certificate: Certificate | None) -> str:
    """Return an address that a browser on this computer can open, by a name of the certificate."""
    host = "localhost" if address == "127.0.0.1" else address
    if certificate is None:
        return f"http://{host}:{port}"
    named = next((name for name in certificate.names if not name.startswith("*")), host)
    return f"https://{named}:{port}"


@contextmanager
def _stopped_together(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Pass on the wish to stop; else Streamlit would outlive the command and keep the port."""

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        process.terminate()

    # Only the main thread may listen, not every system knows every signal, and `nohup` ignores one.
    names = _STOPPING if current_thread() is main_thread() else ()
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    before = {number: signal.signal(number, pass_on) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit_code(returned: int) -> int:
    """Return 143 where signal 15 ended the process, as a shell would."""
    return 128 - returned if returned < 0 else returned
