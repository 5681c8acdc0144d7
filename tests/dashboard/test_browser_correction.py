"""Landmarks and repetitions dragged in a real browser, stored, signed off, read in the trail."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from browser_visits import still_box
from makers import (
    CAMERA_LEFT,
    STARTED_AT,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
)

from motion.clinic import ensure_patient, load_take, open_record, store_analysis
from motion.measuring import measure_recording
from motion.model import Origin, landmark_index
from motion.settings import AnalysisSettings

pytestmark = [pytest.mark.browser, pytest.mark.model]

WIDE = {"width": 1280, "height": 1400}
PHONE = {"width": 390, "height": 844}
TIME_S = uniform_times(6.0)
KNEE = landmark_index("left_knee")
ROW = 60


@pytest.fixture
def take_id(server, monkeypatch) -> UUID:
    """A squat whose left knee was seen 40 pixels too far to the right at its deepest point."""
    share = repetitions(TIME_S, [1.0, 3.5], 1.0)
    pose = {"knee_flexion": 5.0 + 90.0 * share, "hip_flexion": 2.0 + 80.0 * share}
    recording = make_recording(pose, TIME_S, azimuth_deg=CAMERA_LEFT)
    image_px = np.array(recording.image_px)
    image_px[ROW - 6 : ROW + 7, KNEE, 0] += 40.0
    recording = replace(recording, image_px=image_px)
    chosen = AnalysisSettings(movement="squat")
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    analysis = measure_recording(recording, chosen, provenance, STARTED_AT)
    monkeypatch.setenv("MOTION_DATA_DIR", str(server.data))
    with open_record() as record:
        ensure_patient(record, "C-1")
        return store_analysis(record, analysis, "C-1").id


@pytest.fixture
def corrections(server, take_id, visit):
    def opened(**options: Any) -> Any:
        there = visit(**options)
        there.open(f"{server.url}/take?take={take_id}")
        there.page.get_by_role("tab", name="Corrections").click()
        there.page.get_by_role("application").wait_for()
        there.settle()
        return there

    return opened


def mark_of(page: Any) -> Any:
    return page.locator(f"svg.ground [data-landmark='{KNEE}']")


def drag(page: Any, mark: Any, by_px: float) -> None:
    """Drag by so many pixels of the picture, which is shown larger or smaller than it is."""
    box = still_box(mark)
    scale = page.locator("svg.ground").evaluate("s => s.getScreenCTM().a")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_px * scale / 2, y, steps=3)
    page.mouse.move(x + by_px * scale, y, steps=3)
    page.mouse.up()


def go_to(page: Any, row: int) -> None:
    """Go on frame by frame; the first that is shown is the peak of the first repetition."""
    clock = page.locator(".correct .clock")
    for _ in range(30):
        at = int(np.argmin(np.abs(TIME_S - float(clock.inner_text().split()[0]))))
        if at == row:
            return
        way = "forth" if at < row else "back"
        page.get_by_role("button", name=f"One frame {way}").click()
        wanted = TIME_S[at + (1 if at < row else -1)]
        page.locator(".correct .clock", has_text=f"{wanted:.2f} s of").wait_for()
    pytest.fail(f"frame {row} was not reached")


def stored(take_id: UUID) -> Any:
    with open_record() as record:
        return load_take(record, take_id)


def finish(page: Any, reason: str) -> None:
    page.get_by_label("Reason").last.fill(reason)
    page.get_by_label("Corrected by").fill("Bea")
    page.get_by_role("button", name="Store the corrections").click()
    page.get_by_role("heading", name="Corrections that are not stored yet").wait_for(
        state="detached"
    )


def test_a_landmark_is_dragged_to_where_it_belongs_and_stored(corrections, take_id, server):
    there = corrections(viewport=WIDE)
    page = there.page
    before = stored(take_id)
    go_to(page, ROW)
    drag(page, mark_of(page), -40.0)
    page.get_by_text("Left knee placed by hand at 2.00 s").wait_for()
    page.get_by_text("What the list would change").wait_for()
    assert page.locator(f"svg.ground polygon[data-landmark='{KNEE}']").count() == 1
    finish(page, "knee jumped to the chair")

    after = stored(take_id)
    assert after.analysis_id != before.analysis_id
    assert after.analysis.recording.placed[ROW, KNEE]
    truth_px = before.analysis.recording.image_px[ROW, KNEE] - (40.0, 0.0)
    # To the pixel that the mouse can be put on.
    assert after.analysis.recording.image_px[ROW, KNEE] == pytest.approx(truth_px, abs=1.0)
    assert after.analysis.angles["left_knee_flexion"].value_deg[ROW] == pytest.approx(95.0, abs=1.0)
    there.assert_clean()
    assert "Traceback" not in server.log()

    page.get_by_role("tab", name="Audit trail").click()
    page.get_by_text("Analysis 2 made from analysis 1").wait_for()
    page.get_by_text(re.compile("Bea . Reason: knee jumped to the chair")).wait_for()
    there.assert_clean()


def test_a_landmark_is_chosen_by_name_and_moved_by_the_keyboard(corrections, take_id):
    there = corrections(viewport=WIDE)
    page = there.page
    before = stored(take_id).analysis.recording
    go_to(page, ROW)
    page.get_by_label("Landmark that is placed").select_option(label="Left ankle")
    ground = page.get_by_role("application")
    ground.focus()
    for key in ("Shift+ArrowRight", "ArrowRight", "ArrowUp"):
        ground.press(key)
    page.get_by_text(re.compile("not on the list yet")).wait_for()
    ground.press("Enter")
    page.get_by_text("Left ankle placed by hand at 2.00 s").wait_for()
    finish(page, "ankle too far back")
    ankle = landmark_index("left_ankle")
    moved = stored(take_id).analysis.recording.image_px[ROW, ankle]
    assert moved == pytest.approx(before.image_px[ROW, ankle] + (11.0, -1.0), abs=1e-3)
    there.assert_clean()


def test_a_landmark_is_dragged_with_a_finger(corrections, take_id):
    there = corrections(viewport=PHONE, has_touch=True, is_mobile=True)
    page = there.page
    go_to(page, ROW)
    mark = mark_of(page)
    box = still_box(mark)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = there.context.new_cdp_session(page)
    for kind, at in (("touchStart", 0), ("touchMove", 12), ("touchMove", 24), ("touchEnd", None)):
        points = [] if at is None else [{"x": x - at, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.get_by_text("Left knee placed by hand at 2.00 s").wait_for()
    assert there.overflow_px() <= 0
    there.assert_clean()


def test_frames_are_gone_through_one_by_one(corrections):
    there = corrections(viewport=WIDE)
    page = there.page
    go_to(page, ROW)
    page.get_by_role("button", name="One frame forth").click()
    page.locator(".correct .clock", has_text=f"{TIME_S[ROW + 1]:.2f} s of").wait_for()
    page.get_by_role("button", name="One frame back").click()
    page.locator(".correct .clock", has_text=f"{TIME_S[ROW]:.2f} s of").wait_for()
    there.assert_clean()


def test_a_repetitions_start_is_dragged_on_the_curve(corrections, take_id):
    there = corrections(viewport=WIDE)
    page = there.page
    page.get_by_role("radio", name="Repetitions").click()
    handle = page.get_by_role("slider", name="Start of the repetition")
    handle.wait_for()
    field = page.get_by_label("Start, in seconds (s)")
    before_s = float(field.input_value())
    box = still_box(handle)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 25, y, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "before => [...document.querySelectorAll('[data-testid=stNumberInput] input')]"
        ".some(i => i.ariaLabel?.startsWith('Start') && Number(i.value) < before)",
        arg=before_s,
    )
    page.get_by_role("button", name="Put it on the list").click()
    page.get_by_text(re.compile("^Move a repetition: ")).wait_for()
    finish(page, "it began earlier")
    first = stored(take_id).analysis.repetitions[0]
    assert first.origin is Origin.BY_HAND
    assert first.start_s < before_s - 0.05
    there.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_fits_a_phone(corrections, scheme):
    there = corrections(viewport=PHONE, color_scheme=scheme)
    for part in ("Repetitions", "Left and right", "Circumstances", "Person", "Leave out"):
        there.page.get_by_role("radio", name=part, exact=True).click()
        there.settle()
        assert there.overflow_px() <= 0, part
    there.assert_clean()


def test_a_take_is_signed_off(corrections, take_id):
    there = corrections(viewport=WIDE)
    page = there.page
    page.get_by_text("Sign this take off", exact=True).click()
    page.get_by_label("Your name").fill("Bea")
    page.get_by_role("button", name="Sign off", exact=True).click()
    page.get_by_text("Signed off by").wait_for()
    there.assert_clean()
