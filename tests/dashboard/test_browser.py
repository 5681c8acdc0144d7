"""The journeys of a first visit, in a real browser against a real server."""

import re
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser_visits import Visit, wait_until

from motion.capture import Video
from motion.paths import reference_dir
from motion.report import VideoWriter

pytestmark = [pytest.mark.browser, pytest.mark.model]

SQUAT = reference_dir() / "samples" / "squat.mp4"
ARM_RAISE = reference_dir() / "samples" / "shoulder_abd_r.mp4"
PHONE = {"width": 390, "height": 844}
NASTY = "patient?patient=%21%5Bx%5D%28http%3A%2F%2Fexample.org%2Fx.png%29"  # a Markdown picture
PAGES = ("", "analyse", "patients", "error", "patient?patient=SAMPLE", "take", NASTY)


def open_tab(page: Any, name: str) -> None:
    """Open a part of a take."""
    page.get_by_role("tab", name=name).click()
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")


@pytest.fixture(scope="module")
def sample_take(chromium: Any, server: Any) -> str:
    """Try the sample on the first run, and return the address of its take."""
    first = Visit(chromium, viewport={"width": 1280, "height": 900})
    first.open(server.url)
    first.page.get_by_text("Nothing is recorded yet").wait_for()
    first.page.get_by_role("button", name="Try it with the sample").click()
    first.page.wait_for_url("**/take?take=*", timeout=60_000)
    first.page.locator(".review .clock").wait_for()
    first.assert_clean()
    address = str(first.page.url)
    first.context.close()
    return address


def test_the_sample_shows_three_repetitions_even_after_a_restart(sample_take, server, visit):
    server.stop()
    server.start()
    again = visit(viewport={"width": 1280, "height": 900})
    again.open(sample_take)
    again.page.locator(".review .repetitions button").nth(2).wait_for()
    open_tab(again.page, "Numbers")
    repetitions = again.page.locator("table", has_text="Repetitions; angles").locator("tbody tr")
    repetitions.nth(2).wait_for()
    assert repetitions.count() == 3
    assert again.page.get_by_text("provisional error figure").count() > 0
    again.assert_clean()
    assert "Traceback" not in server.log()


def test_the_skeleton_plays_steps_and_counts(sample_take, visit):
    there = visit(viewport={"width": 1280, "height": 900})
    there.open(sample_take)
    clock = there.page.locator(".clock")
    clock.wait_for()
    assert clock.inner_text().startswith("0.00 s")
    slider = there.page.get_by_label("Moment of the recording")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    assert clock.inner_text().startswith("0.13 s")
    slider.press("ArrowLeft")
    assert slider.input_value() == "3"
    there.page.get_by_role("button", name="Play").click()
    wait_until(there.page, lambda: int(slider.input_value()) > 5, "it does not play")
    there.page.get_by_role("button", name="Pause").click()
    slider.fill(slider.get_attribute("max"))
    assert "repetitions so far: 3" in there.page.locator(".count").inner_text()
    drawn = there.page.locator("canvas.picture").evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0)"
    )
    assert drawn
    there.assert_clean()


@pytest.fixture(scope="module")
def one_squat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first three seconds of the sample: one repetition, quickly measured."""
    path = tmp_path_factory.mktemp("film") / "Jane Doe.mp4"
    with Video(SQUAT) as video:
        frames = list(islice(video, 85))
        with VideoWriter(path, 30.0, video.size_px) as writer:
            for frame in frames:
                writer.write(frame.image_bgr, frame.time_s)
    return path


def test_an_upload_is_measured_for_a_new_patient(server, visit, sample_take, one_squat):
    there = visit(viewport={"width": 1280, "height": 900})
    page = there.page
    there.open(f"{server.url}/analyse")
    page.locator("input[type=file]").set_input_files(str(one_squat))
    code = page.get_by_role("combobox", name=re.compile("Patient code"))
    code.fill("P-42")
    code.press("Enter")
    page.get_by_role("combobox", name="Exercise").fill("Squat")
    page.get_by_role("combobox", name="Exercise").press("Enter")
    page.get_by_text("Keep the annotated video").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/take?take=*", timeout=90_000)
    page.locator(".review video").wait_for()
    assert page.get_by_text("P-42").count() > 0
    page.wait_for_function(
        "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('video')"
        "?.videoWidth > 0)"
    )
    open_tab(page, "About this take")
    with page.expect_download() as download:
        page.get_by_role("button", name="Measurements (CSV)").click()
    assert download.value.suggested_filename.startswith("P-42-")
    there.assert_clean()
    assert "Traceback" not in server.log()


@pytest.fixture(scope="module")
def two_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two samples side by side for a moment: the squat at the left is the larger person."""
    path = tmp_path_factory.mktemp("film") / "two.mp4"
    with Video(SQUAT) as left, Video(ARM_RAISE) as right:
        pairs = list(islice(zip(left, right, strict=False), 40))
    with VideoWriter(path, 30.0, (1280, 480)) as writer:
        for one, other in pairs:
            writer.write(np.hstack([one.image_bgr, other.image_bgr]), one.time_s)
    return path


def test_who_is_clicked_on_is_measured(server, visit, two_people, tmp_path):
    there = visit(viewport={"width": 1280, "height": 900})
    page = there.page
    there.open(f"{server.url}/analyse")
    page.locator("input[type=file]").set_input_files(str(two_people))
    code = page.get_by_role("combobox", name=re.compile("Patient code"))
    code.fill("P-43")
    code.press("Enter")
    page.get_by_role("radio", name="All that is seen").click()
    page.get_by_role("radio", name="Click in the picture").click()
    picture = page.get_by_role("group", name=re.compile("Picture of the recording"))
    page.wait_for_function(
        "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.image')"
        "?.naturalWidth > 0)"
    )
    assert page.get_by_role("button", name="Start").is_disabled()
    size = picture.bounding_box()
    picture.click(position={"x": size["width"] * 0.75, "y": size["height"] * 0.42})
    page.get_by_text(re.compile("Measured is who was clicked on")).wait_for()
    assert picture.locator(".mark").is_visible()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/take?take=*", timeout=90_000)
    open_tab(page, "About this take")
    page.get_by_text("Clicked on at").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Landmarks (NumPy)").click()
    download.value.save_as(tmp_path / "landmarks.npz")
    across_px = np.load(tmp_path / "landmarks.npz")["image_px"][..., 0]
    assert np.nanmin(across_px) > 640  # nobody of the left half
    there.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_asks_no_other_host(server, visit, sample_take, scheme):
    there = visit(viewport=PHONE, color_scheme=scheme)
    for path in (*PAGES, sample_take.removeprefix(f"{server.url}/")):
        there.open(f"{server.url}/{path}")
        assert there.overflow_px() <= 0, path
        there.assert_clean()
        assert there.page.get_by_text("Deploy").count() == 0
    background = there.page.evaluate(
        "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    )
    assert background == {"light": "rgb(251, 252, 251)", "dark": "rgb(18, 25, 26)"}[scheme]


def retest_csv() -> bytes:
    rng = np.random.default_rng(3)
    lines = ["person,session,angle,side,view,value_deg,date"]
    for person in range(12):
        true_deg = rng.normal(110.0, 10.0)
        for session in (1, 2):
            value = true_deg + rng.normal(0.0, 2.0)
            row = f"V{person},{session},shoulder_flexion,left,sagittal,{value:.1f}"
            lines.append(f"{row},2026-11-0{session}")
    return "\n".join(lines).encode()


def test_a_retest_is_uploaded_looked_at_and_used(server, visit):
    there = visit(viewport={"width": 1280, "height": 900})
    page = there.page
    there.open(f"{server.url}/error")
    page.get_by_text("Upload a file").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "retest.csv", "mimeType": "text/csv", "buffer": retest_csv()}
    )
    page.locator(".js-plotly-plot .scatterlayer .point").first.hover(force=True)
    page.locator(".hoverlayer").get_by_text(re.compile(r"V\d+, left: \d+°, then")).wait_for()
    page.get_by_role("button", name="Use these figures").click()
    page.get_by_role("button", name="Yes, use them").click()
    figures = page.locator("table", has_text="Error figures for new measurements")
    figures.get_by_text(re.compile("clinic retest .*, n=12")).wait_for()
    there.assert_clean()
    assert "Traceback" not in server.log()


def test_a_goniometers_value_takes_a_number_and_enter(sample_take, visit):
    there = visit(viewport={"width": 1280, "height": 900})
    page = there.page
    there.open(sample_take)
    open_tab(page, "Numbers")
    degrees = page.get_by_label("Degrees, as read")
    degrees.fill("96")
    degrees.press("Enter")
    by_hand = page.locator("table", has_text="Measured by hand beside this take")
    by_hand.get_by_text("96°").wait_for()
    assert by_hand.get_by_text(re.compile(r"^[+-]\d+°$")).count() == 1
    there.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_target_takes_a_number_and_a_click_and_says_who_set_it(
    sample_take, server, visit, scheme
):
    there = visit(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = there.page
    there.open(f"{server.url}/patient?patient=SAMPLE")
    page.get_by_role("radio", name="Targets").click()
    page.get_by_text("Set a target").click()
    page.get_by_label("Target in degrees").fill("135")
    page.get_by_label("Set by").fill("A & <b>B</b>")
    page.get_by_role("button", name="Set target").click()
    set_targets = page.locator("table", has_text="Targets in whole degrees")
    set_targets.get_by_text("by A & <b>B</b>").wait_for()
    assert set_targets.get_by_text("135°").count() == 1  # the second one took the first one's place
    there.open(sample_take)
    said = re.compile(r"^Target 135°: target set \d+ \w+ \d{4} by A & <b>B</b>$")
    page.locator(".review .against").get_by_text(said).wait_for()
    there.assert_clean()
