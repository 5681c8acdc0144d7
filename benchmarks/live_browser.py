"""How a browser's camera keeps up: rate, dropped pictures and delay of a live take in Chromium.

    .venv/bin/python benchmarks/live_browser.py [--seconds 60] [--rate 30] [--size 640x480]

A real server, a real Chromium on the same machine whose camera shows the sample squat, and the
record's own figures of the take. Delays are counted from the quickest picture's arrival
(`dashboard/browser_frames.py`) to the finished feedback, before the drawn picture travels back.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motion.clinic import PatientDetails, add_patient, find_live_facts, list_takes, open_record
from motion.model import LiveFacts
from motion.paths import reference_dir

ROOT = Path(__file__).resolve().parents[1]
CODE = "BENCHMARK"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WAIT_MS = 120_000


def main() -> None:
    """Run one take and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--size", default="640x480")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTION_DATA_DIR"] = folder
        with open_record() as record:
            add_patient(record, PatientDetails(code=CODE, birth_year=1970))
        film = make_film(Path(folder), asked.size, asked.rate)
        with run_server() as url:
            exercise(url, film, asked.seconds)
        facts = read_facts()
    print(f"{asked.size} at {asked.rate} pictures a second for {asked.seconds:g} s")
    print(f"looked at {facts.rate_hz:.1f} a second, {facts.dropped_frames} left out")
    print(f"95 % of the feedback within {facts.delay_p95_ms:.0f} ms")


def make_film(folder: Path, size: str, rate: int) -> Path:
    """Write the sample as the raw pictures that Chromium plays in the place of a camera."""
    film = folder / "camera.y4m"
    sample = reference_dir() / "samples" / "squat.mp4"
    scale = f"fps={rate},scale={size.replace('x', ':')}"
    command = ["ffmpeg", "-v", "error", "-i", str(sample), "-vf", scale]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(film)], check=True)
    return film


@contextmanager
def run_server() -> Iterator[str]:
    """Run the dashboard, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py")]
    options = ["--server.port", str(port), "--server.fileWatcherType", "none"]
    running = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        running.terminate()
        running.wait(20)


def exercise(url: str, film: Path, seconds: float) -> None:
    """Do squats in front of the camera for a while, then stop and wait until they are stored."""
    from playwright.sync_api import sync_playwright

    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream",
                 "--use-fake-ui-for-media-stream",
                 f"--use-file-for-fake-video-capture={film}"]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(WAIT_MS)
        page.goto(f"{url}/live?patient={CODE}")
        begin(page)
        page.get_by_role("button", name="Pause").and_(page.locator(":enabled")).wait_for()
        page.wait_for_timeout(1000 * seconds)
        page.get_by_role("button", name="Stop").click()
        page.get_by_role("heading", name="How it went").wait_for()
        browser.close()


def begin(page: Any) -> None:
    """Fill in the page for many squats without the check of place and light, and start."""
    page.get_by_role("combobox", name="Exercise").fill("Squat")
    page.get_by_role("combobox", name="Exercise").press("Enter")
    page.get_by_text("Bend your knees as if to sit down").wait_for()
    page.wait_for_timeout(3000)
    repetitions = page.get_by_label("Repetitions in a set", exact=True)
    repetitions.fill("100")
    repetitions.press("Enter")
    page.get_by_text("sets of 100").wait_for()
    page.get_by_text("I have read this").click()
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_text("Check place and light first").click()
    start = page.get_by_role("button", name="Start", exact=True)
    start.and_(page.locator(":enabled")).click()


def read_facts() -> LiveFacts:
    """Return what the record knows of the take."""
    with open_record() as record:
        facts = find_live_facts(record, list_takes(record, CODE)[0].id)
    if facts is None:
        sys.exit("no live take was stored")
    return facts


if __name__ == "__main__":
    main()
