"""A walk in a real browser: pointed out, measured, looked at, corrected."""

import re
from typing import Any

import pytest
from browser_visits import Visit

from motion.paths import reference_dir

pytestmark = [pytest.mark.browser, pytest.mark.model]

WALK = reference_dir() / "samples" / "walk_over.mp4"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


LANDMARKS = {
    "Steps": "When each foot was on the floor",
    "Curves": "Gait cycle in percent",
    "Numbers": "Of each leg",
    "Compare": "no other walk to compare with",
    "Correct": "What is wrong?",
    "All angles": "Angle over time",
    "About this take": "Where these numbers come from",
}
"""What stands on each tab and on no other one."""


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    page.get_by_text(LANDMARKS[name]).first.wait_for()
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")


@pytest.fixture(scope="module")
def walk_take(chromium: Any, server: Any) -> str:
    """Upload a walk with a distance on the floor, and return the address of its take."""
    there = Visit(chromium, viewport=WIDE)
    page = there.page
    there.open(f"{server.url}/analyse")
    page.locator("input[type=file]").set_input_files(str(WALK))
    code = page.get_by_role("combobox", name=re.compile("Patient code"))
    code.fill("W-1")
    code.press("Enter")
    page.get_by_role("radio", name="Walking").click()
    page.get_by_role("radio", name="A known distance on the floor").click()
    metres = page.get_by_label("Distance in metres (m)")
    metres.fill("3")
    metres.press("Enter")
    picture = page.get_by_role("group", name=re.compile("known distance on the floor"))
    page.wait_for_function(
        "[...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.image')"
        "?.naturalWidth > 0)"
    )
    assert page.get_by_role("button", name="Start").is_disabled()
    size = picture.bounding_box()
    for number, (across, said) in enumerate(((0.2, "the other end"), (0.8, "Both ends are set"))):
        picture.click(position={"x": size["width"] * across, "y": size["height"] * 0.85})
        page.get_by_text(re.compile(said)).wait_for()
        assert picture.locator(".mark").nth(number).is_visible()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/take?take=*", timeout=90_000)
    page.get_by_role("heading", name="When each foot was on the floor").wait_for()
    there.assert_clean()
    address = str(page.url)
    there.context.close()
    return address


def test_the_walk_is_measured_with_the_floors_metres(walk_take, visit, server):
    there = visit(viewport=WIDE)
    there.open(walk_take)
    there.page.get_by_role("heading", name="Walking", exact=True).wait_for()
    there.page.get_by_text(re.compile(r"^\d\.\d\d\sm/s$")).wait_for()
    tab(there.page, "Numbers")
    there.page.get_by_text("Lengths come from a known distance on the floor.").wait_for()
    rows = there.page.locator("table", has_text="Of each leg").locator("tbody tr")
    assert rows.filter(has_text="Step length").count() == 1
    there.assert_clean()
    assert "Traceback" not in server.log()


INKED = """c => {
  const pen = c.getContext("2d"), all = pen.getImageData(0, 0, c.width, c.height).data;
  let inked = 0;
  for (let k = 3; k < all.length; k += 4) inked += all[k] > 0;
  return inked;
}"""


def test_the_body_is_drawn_in_the_replay_of_a_walk(walk_take, visit):
    there = visit(viewport=WIDE)
    there.open(walk_take)
    there.page.locator(".ticks .mark").first.click()
    assert there.page.locator("canvas.picture").evaluate(INKED) > 500
    there.assert_clean()


def test_marks_follow_the_replay_and_lead_to_their_moment(walk_take, visit):
    there = visit(viewport=WIDE)
    there.open(walk_take)
    marks = there.page.locator(".ticks .mark")
    marks.first.wait_for()
    assert marks.count() >= 6
    slider = there.page.get_by_label("Moment of the recording")
    mark = there.page.locator('.lane[data-side="left"] .mark').first
    mark.click()
    assert slider.input_value() == mark.get_attribute("data-index")
    assert "here" in mark.get_attribute("class")
    assert (
        there.page.locator(".happened").inner_text() == f"Last event: {mark.get_attribute('title')}"
    )
    thumb = slider.evaluate(
        "s => { const b = s.getBoundingClientRect();"
        " return b.left + 8 + (b.width - 16) * s.value / s.max; }"
    )
    middle = mark.evaluate(
        "m => { const b = m.getBoundingClientRect(); return b.left + b.width/2 }"
    )
    assert abs(thumb - middle) < 2
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    assert "here" not in mark.get_attribute("class")
    there.assert_clean()


def test_a_moment_of_the_replay_corrects_an_event_and_the_take_is_measured_again(
    walk_take, visit, server
):
    there = visit(viewport=WIDE)
    page = there.page
    there.open(walk_take)
    tab(page, "Correct")
    slider = page.get_by_label("Moment of the recording")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    before = page.get_by_label("Time in the recording, in seconds (s)").input_value()
    page.get_by_role("button", name="Use this moment").click()
    page.wait_for_function(
        "before => document.querySelector('[data-testid=stNumberInput] input').value !== before",
        arg=before,
    )
    page.get_by_role("button", name="Put it on the list").click()
    page.get_by_text(re.compile("^Move: ")).wait_for()
    page.get_by_label("Reason").fill("seen in the picture")
    page.get_by_role("button", name="Measure again with these").click()
    page.get_by_role("heading", name="Corrections until now").wait_for()
    assert page.get_by_text(re.compile("by hand.*seen in the picture")).count() >= 1
    tab(page, "Steps")
    marks = page.locator(".ticks .mark:visible")
    marks.first.wait_for()
    titles = marks.evaluate_all("all => all.map(m => m.title)")
    assert sum("set by hand" in title for title in titles) == 1
    there.assert_clean()
    assert "Traceback" not in server.log()


def test_hovering_a_hatched_bar_or_a_mark_says_what_it_is(walk_take, visit):
    there = visit(viewport=WIDE)
    there.open(walk_take)
    chart = there.page.locator(".js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    chart.locator(".scatterlayer .point").first.hover(force=True)
    said = there.page.locator(".hoverlayer").get_by_text(re.compile("(Left|Right) (initial|foot)"))
    said.first.wait_for()
    there.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_fits_a_phone(walk_take, visit, scheme):
    there = visit(viewport=PHONE, color_scheme=scheme)
    there.open(walk_take)
    for name in LANDMARKS:
        tab(there.page, name)
        assert there.overflow_px() <= 0, name
        there.assert_clean()
    tab(there.page, "Curves")
    charts = there.page.locator(".js-plotly-plot")
    charts.nth(2).wait_for()
    assert charts.count() == 3
    for n in range(3):
        assert charts.nth(n).bounding_box()["width"] > 250


def test_a_file_of_a_walk_is_saved(walk_take, visit):
    there = visit(viewport=WIDE)
    there.open(walk_take)
    tab(there.page, "About this take")
    with there.page.expect_download() as download:
        there.page.get_by_role("button", name="Gait events (CSV)").click()
    assert download.value.suggested_filename.startswith("W-1-")
    text = download.value.path().read_text("utf-8")
    assert text.splitlines()[0].startswith("time_s,side,event,confidence")
    assert "initial_contact" in text
    there.assert_clean()
