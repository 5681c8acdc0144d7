"""Pictures of the docs, drawn by the product itself, and how long drawing the live screen takes.

A rendered squat is coached as live; one moment of it becomes docs/images/live.png. The pictograms
of the whole library become docs/images/exercises.png, which needs the machine's own Chromium.

    python benchmarks/live_picture.py [--out docs/images]
"""

import argparse
import shutil
import time
from pathlib import Path

import cv2
import numpy as np
from live_sources import CLIPS, run_session
from PIL import Image
from playwright.sync_api import sync_playwright

from motion.console import quieten_native_logs
from motion.exercise.coach_state import Phase
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise, list_exercises
from motion.live.snapshot import LiveSnapshot
from motion.model import LivePose, Side
from motion.report.coach_picture import CoachPicture
from motion.report.pictogram import draw_pictogram
from motion.texts import load_texts

DOSE = Dose(sets=2, repetitions=5, raise_s=2.0, lower_s=2.0)
SIZES = ((640, 480), (640, 616), (480, 640), (1280, 720))
DRAWN_N = 300
WATCHED_S = 14.0
COLUMNS_N, TILE_PX = 9, 132


def watch_squats() -> list[LiveSnapshot]:
    """Return the moments of a coached clip."""
    moments: list[LiveSnapshot] = []
    with run_session(CLIPS["640x480"], WATCHED_S, moments.append, dose=DOSE) as (session, _):
        session.wait(WATCHED_S + 60.0)
    return [m for m in moments if m.coach is not None and m.image_bgr is not None]


def choose_moment(moments: list[LiveSnapshot]) -> LiveSnapshot:
    """Return the deepest moment with a cue after the first repetition."""
    later = [m for m in moments if m.coach.repetition > 0 and m.coach.phase is Phase.RAISE]
    cued = [m for m in later if m.coach.cue is not None]
    return max(cued or later or moments, key=lambda m: np.nan_to_num(m.coach.angle_deg))


def screen_of(moment: LiveSnapshot, size_px: tuple[int, int]) -> CoachPicture:
    """Return what draws the moment's exercise at a size."""
    exercise = find_exercise("squat")
    asked = Prescription(
        exercise=exercise.name, side=Side.BOTH, dose=DOSE, target_deg=moment.coach.target_deg
    )
    return CoachPicture(exercise, asked, load_texts("en"), size_px)


def draw_live(moment: LiveSnapshot, target: Path) -> None:
    """Write the live screen of a moment, in few enough colours to be a small file."""
    # Without the line of its pace: that would say how busy this machine was.
    screen = screen_of(moment, (960, 720))
    drawn = screen.draw(moment.image_bgr, moment.pose, None, moment.coach, None)
    picture = Image.fromarray(cv2.cvtColor(drawn, cv2.COLOR_BGR2RGB))
    picture.quantize(256, method=Image.Quantize.FASTOCTREE).save(target, optimize=True)


def time_drawing(moment: LiveSnapshot) -> None:
    """Print the milliseconds that a picture takes, of a camera that has the screen's width.

    On one thread: the processor's own time, which others on the machine change little, and the
    time that passed.
    """
    cv2.setNumThreads(1)
    for width, height in SIZES:
        scale = width / moment.image_bgr.shape[1]
        image = cv2.resize(moment.image_bgr, None, fx=scale, fy=scale)
        pose = LivePose(
            time_s=moment.pose.time_s,
            image_px=moment.pose.image_px * scale,
            world_m=moment.pose.world_m,
            visibility=moment.pose.visibility,
            presence=moment.pose.presence,
        )
        screen = screen_of(moment, (width, height))
        spent = []
        for _ in range(DRAWN_N):
            before = time.thread_time(), time.perf_counter()
            screen.draw(image, pose, None, moment.coach, moment.stats)
            spent.append((time.thread_time() - before[0], time.perf_counter() - before[1]))
        (own, passed), (own_late, passed_late) = 1000.0 * np.percentile(spent, [50, 95], axis=0)
        print(
            f"{width}x{height}: processor median {own:.2f} ms, 95th percentile {own_late:.2f} ms; "
            f"passed {passed:.2f} ms, {passed_late:.2f} ms"
        )


def draw_exercises(target: Path) -> None:
    """Write the pictograms of the library on one sheet."""
    shown = [e for e in list_exercises().values() if e.pictogram.start or e.pictogram.end]
    shown.sort(key=lambda exercise: (exercise.region.value, exercise.name))
    tiles = "".join(
        f"<figure>{draw_pictogram(e, TILE_PX - 12)}<figcaption>{e.title}</figcaption></figure>"
        for e in shown
    )
    style = (
        f"body{{margin:0;width:{COLUMNS_N * TILE_PX}px;display:flex;flex-wrap:wrap}}"
        f"figure{{margin:0;width:{TILE_PX}px;height:{TILE_PX + 24}px;text-align:center}}"
        "figcaption{font:11px sans-serif;line-height:13px}"
    )
    rows = -(-len(shown) // COLUMNS_N)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(
            viewport={"width": COLUMNS_N * TILE_PX, "height": rows * (TILE_PX + 24)}
        )
        page.set_content(f"<style>{style}</style>{tiles}")
        page.screenshot(path=str(target))
        browser.close()
    Image.open(target).convert("RGB").quantize(48).save(target, optimize=True)


def main() -> None:
    """Write both pictures and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    folder = parser.parse_args().out
    quieten_native_logs()
    moment = choose_moment(watch_squats())
    draw_live(moment, folder / "live.png")
    time_drawing(moment)
    draw_exercises(folder / "exercises.png")


if __name__ == "__main__":
    main()
