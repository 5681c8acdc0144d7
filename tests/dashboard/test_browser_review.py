"""The review of a take in a real browser: picture and curve at one moment, tools, two takes."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser_visits import still_box
from clinic_makers import make_provenance
from video_makers import numbered, read_number

from motion.clinic import (
    StoredTake,
    ensure_patient,
    list_manual,
    open_record,
    store_analysis,
)
from motion.model import Analysis
from motion.report import LIGHTS, VideoWriter, rate_frames

pytestmark = [pytest.mark.browser, pytest.mark.model]

WIDE = {"width": 1280, "height": 1100}
PHONE = {"width": 390, "height": 844}
VIDEO_PX = (640, 480)
CURVE_LEFT_PX, CURVE_RIGHT_PX = 50, 14

# The picture that the video element shows, as rows of red, green and blue.
SHOWN = """async (video) => {
  while (video.seeking || video.readyState < 2) await new Promise((go) => setTimeout(go, 20));
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const canvas = new OffscreenCanvas(160, 120), pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 160, 120);
  return [...pen.getImageData(0, 0, 160, 120).data];
}"""


@contextmanager
def record_of(server: Any) -> Iterator[Any]:
    before = os.environ.get("MOTION_DATA_DIR")
    os.environ["MOTION_DATA_DIR"] = str(server.data)
    try:
        with open_record() as record:
            yield record
    finally:
        if before is not None:
            os.environ["MOTION_DATA_DIR"] = before


@pytest.fixture
def put(server: Any, made: Analysis, tmp_path: Path) -> Any:
    """Store a take where the server finds it, with the video of its frames' numbers or without."""

    def store(number: int, *, filmed: bool = False, code: str = "REVIEW") -> StoredTake:
        analysis = replace(
            made,
            movement="squat",
            provenance=make_provenance(f"{number:064x}"),
            started_at=made.started_at + timedelta(days=number),
        )
        path = tmp_path / f"{number}.mp4"
        if filmed:
            with VideoWriter(path, 30.0, VIDEO_PX) as writer:
                for time_s, picture in zip(
                    made.recording.time_s, numbered(len(made.recording), VIDEO_PX), strict=True
                ):
                    writer.write(np.ascontiguousarray(picture[..., ::-1]), float(time_s))
        with record_of(server) as record:
            ensure_patient(record, code)
            return store_analysis(record, analysis, code, annotated=path if filmed else None)

    return store


@pytest.fixture
def at_take(visit: Any, server: Any) -> Any:
    def begin(take: StoredTake, query: str = "", **options: Any) -> Any:
        there = visit(**{"viewport": WIDE, **options})
        there.open(f"{server.url}/take?take={take.id}{query}")
        there.page.locator(".review .clock").get_by_text("s of").wait_for()
        return there

    return begin


def clock_s(page: Any) -> float:
    return float(page.locator(".clock").inner_text().split(" s of")[0])


def frame(page: Any) -> int:
    return int(page.get_by_label("Moment of the recording").input_value())


def shown_frame(page: Any) -> int:
    rgba = page.locator("video").evaluate(SHOWN)
    return read_number(np.array(rgba, dtype=np.uint8).reshape(120, 160, 4)[..., :3])


def click_at_second(page: Any, second: float, last_s: float, height: float = 0.5) -> None:
    box = still_box(page.locator("canvas.curve"))
    across = box["width"] - CURVE_LEFT_PX - CURVE_RIGHT_PX
    page.mouse.click(
        box["x"] + CURVE_LEFT_PX + across * second / last_s, box["y"] + box["height"] * height
    )


def test_a_click_on_the_curve_moves_the_picture_and_steps_go_by_frames(put, at_take, made):
    times_s = made.recording.time_s
    there = at_take(put(1, filmed=True))
    page = there.page
    page.wait_for_function(
        "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('video')"
        "?.videoWidth > 0)"
    )
    click_at_second(page, 3.0, float(times_s[-1]))
    there_now = frame(page)
    assert times_s[there_now] == pytest.approx(3.0, abs=0.05)
    assert shown_frame(page) == there_now

    page.get_by_role("button", name="One frame forth").click()
    assert (frame(page), shown_frame(page)) == (there_now + 1, there_now + 1)
    assert clock_s(page) == pytest.approx(times_s[there_now + 1], abs=0.006)
    for _ in range(3):
        page.get_by_role("button", name="One frame back").click()
    assert (frame(page), shown_frame(page)) == (there_now - 2, there_now - 2)
    there.assert_clean()


def test_the_cursor_follows_the_video_and_stops_where_it_stops(put, at_take, server):
    there = at_take(put(2, filmed=True))
    page = there.page
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "Number([...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.time'))"
        ".find(Boolean).value) > 20"
    )
    page.get_by_role("button", name="Pause").click()
    stopped = frame(page)
    assert stopped > 20
    assert shown_frame(page) == stopped
    there.assert_clean()
    assert "Traceback" not in server.log()


def test_the_skeleton_plays_at_the_speed_asked_for_and_loops_one_repetition(put, at_take):
    there = at_take(put(3), "&t=4.3")
    page = there.page
    assert clock_s(page) == pytest.approx(4.3, abs=0.04)
    chosen = page.locator(".repetitions button[aria-pressed=true]")
    assert chosen.inner_text() == "3"

    page.locator(".repetitions button").nth(0).click()
    assert clock_s(page) == pytest.approx(0.2, abs=0.04)
    page.get_by_label("Loop one repetition").check()
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(2500)  # five seconds of the take, thrice the repetition
    assert page.get_by_role("button", name="Pause").count() == 1
    page.get_by_role("button", name="Pause").click()
    assert 0.1 <= clock_s(page) <= 1.95
    there.assert_clean()


def test_the_value_is_read_out_and_gaps_are_said(put, at_take, made):
    there = at_take(put(4))
    page, times_s = there.page, made.recording.time_s
    slider = page.get_by_label("Moment of the recording")
    reading = page.locator(".readings li")
    slider.fill("30")
    value = made.angles["left_knee_flexion"].value_deg[30]
    light = LIGHTS[rate_frames(made, made.angles["left_knee_flexion"])[30]].word
    said = f"Left knee flexion: {value:.0f}° at {times_s[30]:.2f} s, {light}"
    assert reading.inner_text() == said
    slider.fill("105")
    assert f"not measured at {times_s[105]:.2f} s" in reading.inner_text()
    assert "not measured" in slider.get_attribute("aria-valuetext")
    there.assert_clean()


def test_keys_play_and_step(put, at_take):
    there = at_take(put(5))
    page = there.page
    page.get_by_label("Moment of the recording").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert frame(page) == 4
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_timeout(400)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play").wait_for()
    assert frame(page) > 8
    there.assert_clean()


def test_lines_drawn_by_hand_are_measured_and_saved_as_a_picture(put, at_take):
    there = at_take(put(6, filmed=True))
    page = there.page
    page.get_by_text("Draw on the picture").click()
    picture = page.locator("canvas.picture")
    size = still_box(picture)

    def point(x: float, y: float) -> None:
        picture.click(position={"x": size["width"] * x, "y": size["height"] * y})

    drawn = page.locator(".drawn li")
    page.get_by_role("button", name="Angle", exact=True).click()
    point(0.3, 0.2)
    point(0.3, 0.6)
    point(0.7, 0.6)
    assert drawn.nth(0).inner_text().startswith("90° angle between the lines")
    page.get_by_role("button", name="Ruler").click()
    point(0.2, 0.8)
    point(0.6, 0.8)
    page.get_by_label("Known length in centimetres").fill("40")
    page.get_by_role("button", name="Line", exact=True).click()
    point(0.8, 0.1)
    point(0.8, 0.1 + 0.2 * size["width"] / size["height"])
    said = drawn.nth(2).inner_text()
    assert said.startswith("Line: 0° from the picture's vertical, 20.0 cm long")
    assert "in the plane of the ruler only" in said
    assert page.get_by_text("carry no error figure").is_visible()
    assert page.get_by_text("Drawings are not stored").is_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture (PNG)").click()
    assert re.fullmatch(r"take-\d{4}-\d\d-\d\d-0\.00s\.png", download.value.suggested_filename)
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Take back").click()
    assert drawn.count() == 2
    page.get_by_role("button", name="Clear").click()
    assert drawn.count() == 0
    there.assert_clean()


def test_an_angle_can_be_drawn_by_the_keyboard(put, at_take):
    there = at_take(put(7))
    page = there.page
    page.get_by_text("Draw on the picture").click()
    page.get_by_role("button", name="Angle", exact=True).click()
    page.locator("canvas.picture").focus()
    before = frame(page)
    for keys in (["ArrowUp"] * 10, ["ArrowDown"] * 10, ["ArrowRight"] * 10):
        for key in keys:
            page.keyboard.press(f"Shift+{key}")
        page.keyboard.press("Enter")
    assert page.locator(".drawn li").inner_text().startswith("90° angle between the lines")
    assert frame(page) == before, "the arrow keys moved the cross"
    there.assert_clean()


def test_a_drawn_angle_is_kept_beside_the_take(put, at_take, server):
    take = put(8)
    there = at_take(take)
    page = there.page
    page.get_by_text("Draw on the picture").click()
    keep = page.get_by_role("button", name="Keep the last angle")
    assert keep.is_disabled()
    picture = page.locator("canvas.picture")
    size = still_box(picture)
    page.get_by_role("button", name="Angle", exact=True).click()
    for x, y in ((0.3, 0.2), (0.3, 0.6), (0.7, 0.6)):
        picture.click(position={"x": size["width"] * x, "y": size["height"] * y})

    keep.click()
    page.get_by_text("90° between the lines, drawn on the picture at").wait_for()
    assert page.locator(".drawn li").count() == 1, "the drawing stays"
    page.get_by_label("Drawn by").fill("AB")
    page.get_by_role("button", name="Keep it as measured by hand").click()
    page.get_by_text("Kept: ").wait_for()

    with record_of(server) as record:
        (kept,) = list_manual(record, take.id)
    assert (kept.value_deg, kept.instrument, kept.measured_by) == (90.0, "angle_tool", "AB")
    there.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_review_fits_a_phone_with_targets_for_fingers(put, at_take, scheme):
    there = at_take(put(8, filmed=True), viewport=PHONE, color_scheme=scheme)
    assert there.overflow_px() <= 0
    picture = there.page.locator("canvas.picture").bounding_box()
    curve = there.page.locator("canvas.curve").bounding_box()
    assert curve["y"] >= picture["y"] + picture["height"], "one below the other"
    for button in there.page.locator(".review button:visible, .review select:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    there.assert_clean()


def test_two_takes_run_in_step(put, visit, server):
    first, second = put(9, filmed=True), put(10)
    there = visit(viewport=WIDE)
    page = there.page
    there.open(f"{server.url}/compare?a={first.id}&b={second.id}")
    said = page.locator(".said")
    page.wait_for_function(
        "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.compare')"
        " && e.shadowRoot.querySelector('.said').textContent)"
    )

    def seconds() -> list[float]:
        return [float(re.search(r"at ([\d.]+) s", text)[1]) for text in said.all_inner_texts()]

    assert seconds() == pytest.approx([0.2, 0.2], abs=0.02)
    page.get_by_label("Repetition of the second take").select_option("3")
    assert seconds() == pytest.approx([0.2, 4.2], abs=0.02)
    page.get_by_label("Second take later by, in seconds").fill("0.5")
    assert seconds() == pytest.approx([0.2, 3.7], abs=0.02)
    page.get_by_label("What is laid on each other").select_option("peak_s")
    assert seconds() == pytest.approx([1.0, 4.5], abs=0.02)
    page.get_by_label("What both run along").select_option("percent")
    page.get_by_label("Moment of both takes").fill("500")
    assert seconds() == pytest.approx([1.0, 5.0], abs=0.02)
    page.get_by_label("Speed").select_option("0.25")
    page.get_by_role("button", name="Play both").click()
    page.wait_for_function(
        "Number([...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.time'))"
        ".find(Boolean).value) > 560"
    )
    page.get_by_role("button", name="Pause both").click()
    one, other = seconds()
    assert one > 1.05
    assert other - one == pytest.approx(4.0, abs=0.05)
    there.assert_clean()
    assert "Traceback" not in server.log()
