"""``motion dashboard``: starts Streamlit on this machine, with our own settings."""

import subprocess
import sys
import webbrowser
from importlib.util import find_spec
from pathlib import Path

from motion.errors import InputError

__all__ = ["dashboard_app", "run_dashboard"]


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


def run_dashboard(port: int, address: str, *, open_browser: bool) -> None:
    """Run the dashboard until it is stopped with Ctrl+C."""
    app = dashboard_app()
    url = f"http://{'localhost' if address == '127.0.0.1' else address}:{port}"
    print(f"The dashboard is at {url} - stop it with Ctrl+C.", flush=True)
    command = [
        sys.executable, "-m", "streamlit", "run", str(app),
        "--server.port", str(port),
        "--server.address", address,
        "--server.headless", "true",
    ]  # fmt: skip
    process = subprocess.Popen(command)
    try:
        if open_browser:
            webbrowser.open(url)
        process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
