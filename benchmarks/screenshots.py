"""Pictures of every page with the made-up clinic, and what a script can see to be wrong.

python benchmarks/screenshots.py --out FOLDER [--data FOLDER] [--only PATTERN]

Every page in a wide window and on a phone, light and dark. Looked for: tracebacks, errors in the
browser's console, requests to other machines, pages wider than the screen, controls without a name
for screen readers, text of too little contrast (WCAG 2.1, 1.4.3: 4.5, large text 3), axes without
a title. Needs Chromium and playwright. Ends with 1 where anything was found.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, sync_playwright

from motion.clinic import Record, list_patients, list_takes, open_record
from motion.demo.clinic import Wanted, make_clinic

ROOT: Final = Path(__file__).parent.parent
WIDTHS: Final = {"wide": 1280, "phone": 390}
TALLEST_PX: Final = 7000
PAGES: Final = (
    *("home", "flags", "patients", "analyse", "live", "exercises", "protocols", "error"),
)
WITH_SECTIONS: Final = ("DEMO-001",)
"""Whose every section is looked at: the patient of whom there is most."""
SECTIONS: Final = "[role=tab], [data-testid=stButtonGroup] button"
LEAST_CONTRAST: Final = 4.5

CHECKS: Final = (Path(__file__).parent / "screenshots.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page with its address, and whether each of its sections is looked at too."""

    name: str
    path: str
    sections: bool = False


def list_shots(record: Record) -> Iterator[Shot]:
    """Yield every page, those of a patient and a take for each kind that looks another way."""
    for page in PAGES:
        yield Shot(name=page, path="" if page == "home" else page)
    takes = {}
    for summary in list_patients(record):
        code = summary.patient.code
        takes[code] = list_takes(record, code)
        path = f"patient?{urlencode({'patient': code})}"
        yield Shot(name=f"patient-{code}", path=path, sections=code in WITH_SECTIONS)
    first = next(iter(takes))
    for page in ("plan", "today"):
        yield Shot(name=page, path=f"{page}?{urlencode({'patient': first})}")
    every = [take for each in takes.values() for take in each]
    wanted = {
        "angle": lambda take: take.movement == "heel_slide",
        "walk": lambda take: take.movement == "walking",
        "test": lambda take: take.movement == "five_sit_to_stand",
        "signed": lambda take: bool(take.signed_off_by),
        "excluded": lambda take: take.excluded_reason is not None,
        "front": lambda take: take.movement == "arm_raise_sideways",
    }
    for name, fits in wanted.items():
        found = next((take for take in every if fits(take)), None)
        if found is not None:
            path = f"take?{urlencode({'take': str(found.id)})}"
            yield Shot(name=f"take-{name}", path=path, sections=name in ("angle", "walk"))
    slides = [take for take in takes[first] if take.movement == "heel_slide"]
    both = {"a": str(slides[-1].id), "b": str(slides[0].id)}
    yield Shot(name="compare", path=f"compare?{urlencode(both)}")


class Visitor:
    """Opens pages in one window, takes their picture and notes what is wrong."""

    def __init__(self, browser: Any, url: str, out: Path, kind: str, scheme: str) -> None:
        self._size = {"width": WIDTHS[kind], "height": 900}
        self._context = browser.new_context(viewport=self._size, color_scheme=scheme)
        self._url, self._out, self._kind = url, out, f"{kind}-{scheme}"
        self._hosts: set[str] = set()
        self._troubles: list[str] = []

    def visit(self, shot: Shot) -> Iterator[str]:
        """Yield what is wrong with a page and with each of its sections."""
        page = self._context.new_page()
        page.on("request", lambda request: self._hosts.add(urlsplit(request.url).hostname or ""))
        page.on("pageerror", lambda error: self._troubles.append(f"page error: {error}"))
        page.on("console", self._note)
        try:
            page.goto(f"{self._url}/{shot.path}")
            yield from self._look(page, shot.name)
            for name in self._sections(page) if shot.sections else ():
                page.set_viewport_size(self._size)
                page.locator(SECTIONS).get_by_text(name, exact=True).first.click()
                yield from self._look(page, f"{shot.name}-{name.lower().replace(' ', '-')}")
        finally:
            page.close()

    def _sections(self, page: Page) -> list[str]:
        """Return the words of what is made one at a time: tabs, and a page's choice of sections."""
        found = [each.strip() for each in page.locator(SECTIONS).all_inner_texts()]
        return [each for each in dict.fromkeys(found) if each][1:]

    def _look(self, page: Page, name: str) -> Iterator[str]:
        _settle(page)
        height = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
        page.set_viewport_size({**self._size, "height": max(900, min(height + 20, TALLEST_PX))})
        _settle(page)
        page.screenshot(path=self._out / f"{name}-{self._kind}.png")
        for trouble in (*page.evaluate(CHECKS, LEAST_CONTRAST), *self._troubles):
            yield f"{name}-{self._kind}: {trouble}"
        self._troubles.clear()
        if others := self._hosts - {"127.0.0.1", ""}:
            yield f"{name}-{self._kind}: asked {', '.join(sorted(others))}"

    def _note(self, message: Any) -> None:
        if message.type == "error" and "status of 404" not in message.text:
            self._troubles.append(f"console: {message.text}")


def _settle(page: Page) -> None:
    page.wait_for_selector("h1, [data-testid=stAlert]", timeout=60_000)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]')"
        " && !document.querySelector('[data-stale=true]')",
        timeout=60_000,
    )
    page.wait_for_timeout(700)


@contextmanager
def serve(data: Path) -> Iterator[str]:
    """Run the dashboard on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = str(ROOT / "dashboard" / "app.py")
    command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.headless", "true", "--server.fileWatcherType", "none"],
        cwd=ROOT,
        env={**os.environ, "MOTION_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """Take the pictures and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--only", default="", help="only pages whose name matches this")
    parser.add_argument("--kinds", nargs="*", default=list(WIDTHS))
    parser.add_argument("--schemes", nargs="*", default=["light", "dark"])
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        data = chosen.data or Path(scratch)
        os.environ["MOTION_DATA_DIR"] = str(data)
        with open_record() as record:
            if not (data / "files").exists():
                make_clinic(record, Wanted(today=date.today()), on_progress=lambda *_: None)
            shots = [shot for shot in list_shots(record) if re.search(chosen.only, shot.name)]
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
        with serve(data) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for kind in chosen.kinds:
                for scheme in chosen.schemes:
                    visitor = Visitor(browser, url, chosen.out, kind, scheme)
                    for shot in shots:
                        for trouble in visitor.visit(shot):
                            print(trouble, flush=True)
                            found.append(trouble)
            browser.close()
    print(f"{len(list(chosen.out.glob('*.png')))} pictures, {len(found)} troubles")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
