"""A fake analysis for quick page tests, and a real server for the browser."""

import math
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser_visits import Visit
from certificate_makers import NAME
from clinic_makers import make_analysis, make_measurement, make_recording, make_repetition
from page_actions import open_tab
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.testing.v1 import AppTest
from walk_takes import make_walk

from dashboard import analysing
from motion.capture import hash_file
from motion.clinic import (
    PatientDetails,
    StoredTake,
    add_patient,
    ensure_patient,
    open_record,
    store_analysis,
)
from motion.errors import ModelError
from motion.model import (
    Analysis,
    AngleCurve,
    AngleTable,
    MeasureVerdict,
    RepetitionVerdict,
    Side,
)
from motion.pose.assets import find_model

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboard" / "app.py"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A name that is not this computer's, and a camera that shows a test picture.
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
    "--use-fake-device-for-media-stream",
)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, empty_record: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(empty_record, folder)
    monkeypatch.setenv("MOTION_DATA_DIR", str(folder))
    monkeypatch.delenv("MOTION_DATABASE_URL", raising=False)
    return folder


@pytest.fixture(autouse=True)
def failed_pages(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Let no page fail unseen: what nobody foresaw is a sentence there, and no exception."""
    yield
    failed = [each for each in caplog.get_records("call") if each.message == "a page failed"]
    assert not failed, failed[0].exc_text


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> Iterator[None]:
    """Look through the installed packages once: AppTest does so at each page that it opens.

    That took longer than the pages themselves.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan_component_manifests))
        yield


@pytest.fixture
def made() -> Analysis:
    """Three knee bends of which one is partial, with a gap, a filled run and a hidden side."""
    frames = 180
    recording = make_recording(frames)
    time_s = recording.time_s
    value = 45.0 - 35.0 * np.cos(2 * np.pi * time_s / 2.0)
    value[100:110] = np.nan
    confidence = np.where(np.arange(frames) < 150, 0.9, 0.6)
    knee = AngleCurve(
        joint="knee",
        motion="flexion",
        side=Side.LEFT,
        value_deg=value,
        confidence=confidence,
        filled=(np.arange(frames) > 30) & (np.arange(frames) < 36),
    )
    hidden = {
        "side": Side.RIGHT,
        "verdict": MeasureVerdict.NOT_MEASURABLE,
        "note": "the right side is the far side",
        "mdc95": math.nan,
    }
    return make_analysis(
        recording=recording,
        angles=AngleTable(time_s=time_s, curves=(knee,)),
        measurements=(
            make_measurement(80.4),
            make_measurement(12.3, measure="rom_min"),
            make_measurement(68.1, measure="rom_range", mdc95=13.7),
            make_measurement(3.0, measure="repetitions", unit="count"),
            *(make_measurement(math.nan, measure=m, **hidden) for m in ("rom_max", "rom_min")),
            make_measurement(math.nan, joint="hip", **hidden),
        ),
        repetitions=(
            make_repetition(1, 80.0, start_s=0.2, peak_s=1.0, end_s=1.8),
            make_repetition(
                2, 50.0, start_s=2.2, peak_s=3.0, end_s=3.8, verdict=RepetitionVerdict.PARTIAL
            ),
            make_repetition(3, 79.6, start_s=4.2, peak_s=5.0, end_s=5.8),
        ),
        warnings=("The camera stood about 12 degrees off a straight view.",),
    )


@pytest.fixture
def store(made: Analysis) -> Callable[..., StoredTake]:
    def put(analysis: Analysis | None = None, code: str = "P-1", **changes: Any) -> StoredTake:
        with open_record() as record:
            ensure_patient(record, code)
            return store_analysis(record, replace(analysis or made, **changes), code)

    return put


class FakeAnalyser:
    """Stands where the pipeline is; counts how often it was asked."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.asked = 0
        self.seen: list[Path] = []
        self.withheld: tuple[str, ...] = ()
        self.person = ""
        self.error: Exception | None = None

    def __call__(self, path: Path, settings: Any, *, on_progress: Any, **_: Any) -> Analysis:
        self.asked += 1
        self.seen.append(path)
        self.withheld = settings.withheld_joints
        self.person = settings.person
        if self.error is not None:
            raise self.error
        on_progress("Finding the body", 1, 2)
        file = replace(self.analysis.provenance.input, sha256=hash_file(path))
        return replace(
            self.analysis,
            movement=settings.movement,
            side=settings.side or Side.BOTH,
            provenance=replace(self.analysis.provenance, input=file, settings=settings.as_pairs()),
        )


@pytest.fixture
def analyser(made: Analysis, monkeypatch: pytest.MonkeyPatch) -> FakeAnalyser:
    fake = FakeAnalyser(made)
    monkeypatch.setattr(analysing, "analyse_video", fake)
    # The pages are tested without a model; whether there is one has its own test.
    monkeypatch.setattr("dashboard.components.model_state.find_model", lambda: Path("model"))
    return fake


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    def show(page: str = "", *, tab: str = "", **query: str) -> AppTest:
        """Open a page, a take at one of its tabs."""
        at = AppTest.from_file(str(APP), default_timeout=20)
        at.query_params.update(query)
        if tab:
            at.session_state[f"take-{query['take']}"] = tab
        if page:
            at.switch_page(f"app_pages/{page}.py")
        at.run()
        assert not at.exception
        return at

    return show


@pytest.fixture
def show(store, open_page):
    """Store a walk and open one of its tabs."""

    def at_tab(tab: str, analysis=None, code: str = "P-1"):
        take = store(analysis or make_walk(), code)
        at = open_page("take", take=str(take.id))
        return open_tab(at, take, tab), take

    return at_tab


@pytest.fixture
def analyse(analyser, open_page, monkeypatch) -> AppTest:
    import streamlit as st

    known = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: "127.0.0.1" if name == "server.address" else known(name)
    )
    with open_record() as record:  # AppTest cannot type a new code; the browser's test does
        for code in ("P-7", "P-8"):
            add_patient(record, PatientDetails(code=code))
    return open_page("analyse")


@pytest.fixture
def recording_file(tmp_path: Path) -> Path:
    """A file that only the fake analyser can read."""
    path = tmp_path / "Jane Doe squat.mp4"
    path.write_bytes(b"not really a video")
    return path


class Server:
    """A running dashboard that can be stopped and started again on the same data."""

    def __init__(self, data: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = data
        self._log = log
        self._env = {**os.environ, "MOTION_DATA_DIR": str(data)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(APP)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                # Not watching: a file that changes in the middle of a test would be loaded anew.
                [*command, "--server.port", str(self.port), "--server.fileWatcherType", "none"],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
            )
        for _ in range(300):
            if self._healthy():
                return
            time.sleep(0.1)
        pytest.fail(f"the dashboard did not start: {self.log()}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    _require_model()
    folder = tmp_path_factory.mktemp("server")
    running = Server(folder / "data", folder / "log.txt")
    running.start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def launch() -> Iterator[Callable[..., Any]]:
    """Start Chromium with further arguments; all that was started is closed at the end."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs Chromium: none of " + ", ".join(CHROMIUM) + " is installed")
    with _playwright() as playwright, ExitStack() as started:

        def start(*arguments: str) -> Any:
            every = [*CHROMIUM_ARGUMENTS, *arguments]
            browser = playwright.chromium.launch(executable_path=found, args=every)
            started.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="module")
def chromium(launch: Callable[..., Any]) -> Any:
    return launch()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Any]:
    visits: list[Visit] = []

    def begin(**options: Any) -> Visit:
        visits.append(Visit(chromium, **options))
        return visits[-1]

    yield begin
    for each in visits:
        each.context.close()


@contextmanager
def _playwright() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        yield playwright


def _require_model() -> None:
    try:
        find_model()
    except ModelError as error:
        pytest.skip(str(error))
