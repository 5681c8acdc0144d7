"""A patient's exercise in a real browser, whose camera shows a recording: from page to record."""

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from browser_visits import Visit

from motion.clinic import (
    PatientDetails,
    add_patient,
    find_live_facts,
    list_takes,
    open_record,
)
from motion.model import LiveEnd
from motion.paths import reference_dir

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.validation]

SQUAT = reference_dir() / "samples" / "squat.mp4"
REPETITIONS = 3
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
FAKE = ("--use-fake-device-for-media-stream",)
STILL_S = 15, 25
"""How long the person stands before and after: set-up needs it, and the recording is repeated."""

RATE_HZ = 15
KEPT_WITHIN_S = 90.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a camera's pictures: standing still first, three squats, standing again."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        pytest.skip("needs ffmpeg: it is not installed")
    path = tmp_path_factory.mktemp("camera") / "squat.y4m"
    before_s, after_s = STILL_S
    still = (
        f"tpad=start_mode=clone:start_duration={before_s}:stop_mode=clone:stop_duration={after_s}"
    )
    changes = f"fps={RATE_HZ},scale=480:360,{still}"
    command = [ffmpeg, "-v", "error", "-i", str(SQUAT), "-vf", changes]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def camera(launch: Any, recording: Path) -> Any:
    return launch(
        *FAKE, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={recording}"
    )


@pytest.fixture(scope="module")
def patient(server: Any) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTION_DATA_DIR", str(server.data))
        with open_record() as record:
            add_patient(record, PatientDetails(code="P-1", birth_year=1970))
    return "P-1"


def open_live(browser: Any, server: Any, patient: str, viewport: dict[str, int]) -> Visit:
    there = Visit(browser, viewport=viewport)
    there.page.set_default_timeout(90_000)
    there.open(f"{server.url}/live?patient={patient}")
    return there


def fill_in(there: Visit, *, repetitions: int, check: bool = True) -> None:
    page = there.page
    page.get_by_role("combobox", name="Exercise").fill("Squat")
    page.get_by_role("combobox", name="Exercise").press("Enter")
    page.get_by_text("Bend your knees as if to sit down").wait_for()
    page.wait_for_function("document.querySelectorAll('input[aria-label=Sets]').length === 1")
    for label, number in (("Sets", 1), ("Repetitions in a set", repetitions)):
        page.get_by_label(label, exact=True).fill(str(number))
        page.get_by_label(label, exact=True).press("Enter")
    page.get_by_text(re.compile(f"1 set of {repetitions}")).wait_for()
    page.get_by_text("I have read this").click()
    page.get_by_role("radio", name="2", exact=True).click()
    if not check:
        page.get_by_text("Check place and light first").click()
    there.settle()


def start(there: Visit) -> None:
    there.page.get_by_role("button", name="Start", exact=True).click()
    there.page.get_by_role("button", name="Pain").wait_for()


def wait_for_repetitions(there: Visit, number: int) -> None:
    there.page.get_by_text(re.compile(rf"^Repetition {number} of")).wait_for(timeout=240_000)


def test_an_exercise_from_the_page_to_the_stored_take(camera, server, patient):
    there = open_live(camera, server, patient, DESKTOP)
    page = there.page
    fill_in(there, repetitions=10)
    start(there)
    page.get_by_role("button", name=re.compile("Start now")).click()
    wait_for_repetitions(there, REPETITIONS)
    video = page.frame_locator("iframe[title*=webrtc]").locator("video")
    assert video.evaluate("v => v.videoWidth") > 0
    page.wait_for_timeout(4000)  # the last one ends
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="How it went").wait_for()
    page.get_by_text(f"You did {REPETITIONS} of 10 repetitions.").wait_for()
    page.get_by_text("Saved for your clinic.").wait_for()
    page.get_by_role("radio", name="4", exact=True).first.click()
    page.get_by_label("A note to your physiotherapist").fill("Went well.")
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_text("Your answers are saved").wait_for()
    page.get_by_role("button", name=re.compile("All numbers of this take")).click()
    page.get_by_role("tab", name="About this take").click()
    page.get_by_role("heading", name="Live take").wait_for()
    page.get_by_text("Went well.").wait_for()
    page.get_by_role("tab", name="Numbers").click()
    rows = page.locator("table", has_text="Repetitions; angles").locator("tbody tr")
    rows.first.wait_for()
    assert rows.count() == REPETITIONS
    there.assert_clean()
    there.context.close()


def test_a_page_that_is_closed_in_the_middle_keeps_the_take(camera, server, patient, monkeypatch):
    there = open_live(camera, server, patient, PHONE)
    fill_in(there, repetitions=10, check=False)
    assert there.overflow_px() <= 0
    start(there)
    wait_for_repetitions(there, 1)
    assert there.overflow_px() <= 0
    there.page.close(run_before_unload=False)
    there.context.close()
    monkeypatch.setenv("MOTION_DATA_DIR", str(server.data))
    end_s = time.monotonic() + KEPT_WITHIN_S
    while LiveEnd.CLOSED not in list_ends(patient):
        assert time.monotonic() < end_s, "the take was not stored"
        time.sleep(1.0)


def list_ends(patient: str) -> list[LiveEnd]:
    """Return how the patient's live takes in the record ended."""
    with open_record() as record:
        facts = [find_live_facts(record, take.id) for take in list_takes(record, patient)]
    return [each.end for each in facts if each is not None]


def test_a_refused_camera_is_one_line_and_nothing_is_begun(launch, server, patient):
    there = open_live(launch(*FAKE), server, patient, DESKTOP)
    fill_in(there, repetitions=3)
    there.page.get_by_role("button", name="Start", exact=True).click()
    there.page.get_by_text("The browser may not use the camera.").wait_for()
    assert there.page.get_by_role("button", name="Start", exact=True).is_enabled()
    there.assert_clean()
    there.context.close()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("NotFoundError", "I cannot find a camera."),
        ("NotReadableError", "Another program is using the camera."),
    ],
)
def test_a_camera_that_is_missing_or_busy_is_one_line(camera, server, patient, error, said):
    there = Visit(camera, viewport=PHONE)
    there.page.set_default_timeout(90_000)
    there.context.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => {"
        f" throw new DOMException('for the test', '{error}'); }};"
    )
    there.open(f"{server.url}/live?patient={patient}")
    fill_in(there, repetitions=3)
    there.page.get_by_role("button", name="Start", exact=True).click()
    there.page.get_by_text(said).wait_for()
    assert there.overflow_px() <= 0
    there.assert_clean()
    there.context.close()
