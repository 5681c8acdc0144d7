"""The clinic's journeys in a real browser: a new patient and a plan, progress, visits and reports.

A first visit, an upload, a review, a correction, a protocol and a live take have files of their
own beside this one.
"""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browser_visits import wait_until

from motion.clinic import open_record
from motion.demo.clinic import Wanted, make_clinic

pytestmark = [pytest.mark.browser, pytest.mark.model]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
BAR_PX = 40
WAYS = {
    "Measure by hand": "Measured by hand",
    "Enter a score or pain": "Scores and pain",
    "Reports": "Reports",
}


@pytest.fixture(scope="module")
def made_up(server: Any) -> str:
    """Return the code of a made-up patient with takes enough for guided visits."""
    with open_record(folder=server.data) as record:
        wanted = Wanted(today=date.today(), patients=1, takes=15)
        make_clinic(record, wanted, into_existing=True, on_progress=lambda *_: None)
    return "DEMO-001"


def test_a_new_patient_gets_a_plan(server, visit):
    there = visit(viewport=DESKTOP)
    page = there.page
    there.open(f"{server.url}/patients")
    page.get_by_text("Add a patient").click()
    page.get_by_role("textbox", name="Code (required)").fill("J-1")
    page.get_by_role("button", name="Add patient").click()
    page.wait_for_url("**/patient?patient=J-1*")
    page.get_by_role("heading", name="J-1").wait_for()
    there.open(f"{server.url}/plan?patient=J-1")
    exercise = page.get_by_role("combobox", name="Exercise")
    exercise.first.fill("Thigh press, lying")
    exercise.first.press("Enter")
    page.get_by_role("button", name="Prescribe: Thigh press, lying").click()
    page.get_by_text("Change or end an exercise").wait_for()
    there.assert_clean()
    there.open(f"{server.url}/patients")
    page.get_by_role("textbox", name="Search for a code or a name").fill("j-1")
    page.keyboard.press("Enter")
    page.get_by_test_id("stButton").get_by_role("button", name="Open").click()
    page.wait_for_url("**/patient?patient=J-1*")
    there.settle()
    assert page.get_by_text("Thigh press, lying").count() > 0
    there.assert_clean()


def test_progress_is_looked_at_and_leaves_as_pdf_and_table(server, visit, made_up, tmp_path):
    there = visit(viewport=DESKTOP)
    page = there.page
    there.open(f"{server.url}/patient?patient={made_up}")
    page.locator(".js-plotly-plot").first.wait_for()
    assert page.get_by_text("Made up").count() > 0
    assert page.get_by_text("Baseline").count() > 0
    there.open(f"{server.url}/patient?patient={made_up}&section=reports")
    pdf = _download(page, "(PDF)", tmp_path)
    assert pdf.startswith(b"%PDF")
    table = _download(page, "(CSV)", tmp_path)
    rows = list(csv.DictReader(table.decode("utf-8-sig").splitlines()))
    assert {row["patient_pseudo_id"] for row in rows} == {made_up}
    assert len(rows) > 20
    there.assert_clean()
    assert "Traceback" not in server.log()


def test_a_visit_is_gone_on_with_and_an_earlier_one_is_looked_at(server, visit, made_up):
    there = visit(viewport=DESKTOP)
    page = there.page
    there.open(f"{server.url}/patient?patient={made_up}&section=visits")
    page.get_by_role("button", name=re.compile("Go on: Knee replacement visit, 3 of 7")).click()
    page.get_by_text("Step 4 of 7: Right knee bend").wait_for()
    assert page.get_by_text("made up").count() > 0
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Not able to").click()
    page.get_by_text("Step 5 of 7: Right knee straightening").wait_for()
    page.get_by_role("button", name="End the visit here").click()
    page.get_by_text("Right knee bend, lying on the back: not able to").wait_for()
    there.assert_clean()
    page.get_by_role("button", name="To the patient's page").click()
    page.wait_for_url(f"**/patient?patient={made_up}*")
    there.open(f"{server.url}/patient?patient={made_up}&section=visits")
    page.get_by_role("button", name=re.compile(r"^Knee replacement visit, ")).last.click()
    table = page.locator("table", has_text="Both sides, and under each value")
    table.get_by_text("Knee straightening").wait_for()
    page.get_by_text("From the first press to the last stored result: 2 min").wait_for()
    there.assert_clean()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_way_near_the_top_brings_its_section_into_view(server, visit, made_up, screen):
    there = visit(viewport=screen)
    page = there.page
    there.open(f"{server.url}/patient?patient={made_up}")
    page.locator(".js-plotly-plot").first.wait_for()
    for way, section in WAYS.items():
        button = page.get_by_role("button", name=way, exact=True)
        button.scroll_into_view_if_needed()
        top_y_px = button.bounding_box()["y"]
        button.click()
        heading = page.get_by_role("heading", name=section, exact=True)
        heading.wait_for()
        _wait_for_view(heading, screen)
        there.settle()
        page.wait_for_timeout(2000)  # and it stays there while the page comes to rest
        assert _is_in_view(heading, screen)
        assert button.bounding_box()["y"] < top_y_px - screen["height"]
    there.assert_clean()


@pytest.mark.parametrize("path", ["flags", "patients", "patient?patient=DEMO-001"])
def test_the_full_pages_fit_a_phone(server, visit, made_up, path):
    there = visit(viewport=PHONE)
    there.open(f"{server.url}/{path}")
    there.page.get_by_text(made_up).first.wait_for()

    assert there.overflow_px() <= 0
    there.assert_clean()


def _wait_for_view(mark: Any, screen: dict[str, int]) -> None:
    wait_until(mark.page, lambda: _is_in_view(mark, screen), "the section did not come into view")


def _is_in_view(mark: Any, screen: dict[str, int]) -> bool:
    """Return whether a heading stands below the page's own bar, in the screen's upper half."""
    box = mark.bounding_box()
    return box is not None and BAR_PX <= box["y"] <= screen["height"] / 2


def _download(page: Any, word: str, folder: Path) -> bytes:
    """Make a report, save it and return what it holds."""
    named = re.escape(word)
    page.get_by_role("button", name=re.compile(f"Make .*{named}")).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"Save .*{named}")).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()
