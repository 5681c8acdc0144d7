"""How long a knee-replacement visit takes in a browser whose camera shows rendered people.

python benchmarks/protocol_visit.py --bend CLIP --straighten CLIP --walk CLIP [--out FOLDER]

The clips show the right side: a heel slide and a straightening lying on the back
(``heel_slide_r`` of render_fit.py, ``short_arc_r`` of render_exercises.py) and a walk from right to
left. The left side is the same clips mirrored; the walk goes back as its own mirror image. Before
each movement the person keeps still, as set-up and the two seconds before a recording ask. One
browser does the whole visit; only the file that its camera shows is exchanged between the steps,
while nothing runs. Prints the seconds and the presses of each step, and what was measured. With
OUT a picture of each step is kept. Needs Chromium, playwright and ffmpeg.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import TimeoutError as StuckError
from playwright.sync_api import sync_playwright
from screenshots import serve

from motion.clinic import PatientDetails, add_patient, list_runs, list_takes, open_record
from motion.model import GAIT, Side

RATE_HZ: Final = 15
STILL_S: Final = 12
"""Set-up, the count and the two still seconds are over by then."""

WAIT_MS: Final = 180_000
CODE: Final = "P-1"


@dataclass(slots=True)
class Visit:
    """A page on which a visit is done, with its clock and its count of presses."""

    page: Any
    out: Path | None
    presses: int = 0
    rows: list[tuple[str, float, int]] = field(default_factory=list)

    def do(self, name: str, *steps: Any) -> None:
        """Do the steps of one part of the visit and note how long and how many presses."""
        before_s, before_n = time.monotonic(), self.presses
        try:
            for step in steps:
                step()
        except StuckError:
            self._keep("stuck")
            raise
        took_s = time.monotonic() - before_s
        self.rows.append((name, took_s, self.presses - before_n))
        print(f"{name:32s} {took_s:6.1f} s {self.presses - before_n:3d} presses", flush=True)
        self._keep(str(len(self.rows)))

    def _keep(self, name: str) -> None:
        if self.out is not None:
            self.page.screenshot(path=self.out / f"{name}.png", full_page=True)

    def press(self, name: Any, *, exact: bool = False) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.presses += 1

    def key(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.presses += 1

    def wait(self, words: str) -> None:
        """Wait until something is said."""
        self.page.get_by_text(words).first.wait_for(timeout=WAIT_MS)

    def film(self, then: str, *, setup: bool) -> None:
        """Start the step's camera, begin as soon as it may, and wait for the next step."""
        self.press("Start", exact=True)
        if setup:
            begin = self.page.get_by_role("button", name=re.compile("Start now"))
            begin.wait_for(timeout=WAIT_MS)
            self.key("Space")
        self.wait(then)


def make_stream(clip: Path, out: Path, *, still_s: float, mirrored: bool) -> Path:
    """Write a clip as a camera's pictures: still first, then the movement six times."""
    change = f"fps={RATE_HZ},scale=480:360{',hflip' if mirrored else ''}"
    still = f"tpad=start_mode=clone:start_duration={still_s}"
    _run_ffmpeg("-stream_loop", "5", "-i", str(clip), "-vf", f"{change},{still}", str(out))
    return out


def make_walk(clip: Path, out: Path) -> Path:
    """Write a walk there, and back as its mirror image."""
    change = f"fps={RATE_HZ},scale=640:480,split[a][b];[b]hflip[c];[a][c]concat=n=2:v=1:a=0"
    _run_ffmpeg("-i", str(clip), "-filter_complex", change, str(out))
    return out


def _run_ffmpeg(*arguments: str) -> None:
    *given, out = arguments
    subprocess.run(["ffmpeg", "-v", "error", "-y", *given, "-pix_fmt", "yuv420p", out], check=True)


def main() -> int:
    """Do the visit and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bend", "straighten", "walk"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--height-cm", type=float, default=175.0)
    given = parser.parse_args()
    if given.out is not None:
        given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        data = folder / "data"
        os.environ["MOTION_DATA_DIR"] = str(data)
        with open_record() as record:
            height_cm = given.height_cm or None
            details = PatientDetails(code=CODE, affected_side=Side.LEFT, height_cm=height_cm)
            add_patient(record, details)
        sides = {"right": False, "left": True}
        streams = {
            (part, side): make_stream(
                getattr(given, part),
                folder / f"{part}-{side}.y4m",
                still_s=STILL_S,
                mirrored=mirrored,
            )
            for part in ("bend", "straighten")
            for side, mirrored in sides.items()
        }
        streams["walk", ""] = make_walk(given.walk, folder / "walk.y4m")
        with serve(data) as url:
            _visit(url, streams, folder / "camera.y4m", given.out)
        _say_results()
    return 0


def _visit(url: str, streams: dict[tuple[str, str], Path], camera: Path, out: Path | None) -> None:
    def show(part: str, side: str = "") -> None:
        # Another file under the same name: the browser opens it anew with each step.
        camera.unlink(missing_ok=True)
        camera.symlink_to(streams[part, side])

    show("bend", "right")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    arguments = [
        "--no-sandbox",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto(f"{url}/protocols")
        page.get_by_role("combobox").first.click()
        page.get_by_role("option", name=CODE).click()
        visit = Visit(page=page, out=out)
        page.get_by_role("button", name=re.compile("Knee replacement visit")).wait_for()
        visit.do(
            "Pressing the protocol",
            lambda: visit.press(re.compile("Knee replacement visit")),
            lambda: visit.wait("Step 1 of 7"),
        )
        visit.do("Pain", lambda: visit.press("2", exact=True), lambda: visit.wait("Step 2 of 7"))
        parts = [(part, side) for side in ("right", "left") for part in ("bend", "straighten")]
        for number, (part, side) in enumerate(parts, 3):
            show(part, side)
            following = f"Step {number} of 7"
            visit.do(f"{part}, {side}", partial(visit.film, following, setup=True))
        show("walk")
        visit.do("walk", lambda: visit.film("Step 7 of 7", setup=False))
        visit.do(
            "Leaving out the chair test",
            lambda: visit.press("Skip"),
            lambda: visit.press("Not needed today"),
            lambda: visit.wait("From the first press to the last stored result"),
        )
        browser.close()
    whole_s = sum(took_s for _, took_s, _ in visit.rows)
    print(f"{'together':32s} {whole_s:6.1f} s {visit.presses:3d} presses")


def _say_results() -> None:
    with open_record() as record:
        (run,) = list_runs(record, CODE)
        takes = {take.id: take for take in list_takes(record, CODE)}
    for note in run.notes:
        take = takes.get(note.take_id) if note.take_id else None
        if take is None:
            continue
        wanted = [m for m in take.measurements if m.joint in ("knee", GAIT)]
        for m in wanted:
            print(f"{note.step}: {m.measure} {m.joint} {m.side} {m.value:.1f} {m.unit} {m.verdict}")


if __name__ == "__main__":
    sys.exit(main())
