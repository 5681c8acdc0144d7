"""A visit along a protocol in a real browser, whose camera shows a recording; nothing is typed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser_visits import Visit

from motion.clinic import PatientDetails, add_patient, list_runs, list_takes, open_record
from motion.model import Mode, Position, Side
from motion.paths import reference_dir

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.validation]

SQUAT = reference_dir() / "samples" / "squat.mp4"
FILE = """
title = "Short visit"
region = "knee"
about = "Pain, one squat on film, and nothing else."

[[step]]
key = "pain"
title = "Pain now"
do = "pain"
context = "now"
how = "Ask."

[[step]]
key = "squat"
title = "Squat"
do = "recording"
movement = "squat"
seconds = 6
how = "Stand with the side to the camera and bend both knees."

[[step]]
key = "turn"
title = "Hip turned inwards"
do = "by_hand"
angle = "hip_internal_rotation"
position = "sitting"
sides = "affected"
how = "Sit, and turn."
"""
"""A visit of a clinic's own that one recording is enough for."""


@pytest.fixture(scope="module")
def camera(launch: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        pytest.skip("needs ffmpeg: it is not installed")
    path = tmp_path_factory.mktemp("camera") / "squat.y4m"
    command = [ffmpeg, "-v", "error", "-i", str(SQUAT), "-vf", "fps=15,scale=480:360"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(path)], check=True)
    return launch(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )


@pytest.fixture
def patient(server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MOTION_DATA_DIR", str(server.data))
    folder = Path(server.data) / "protocols"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "short_visit.toml").write_text(FILE, encoding="utf-8")
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-7", affected_side=Side.LEFT))
    return "P-7"


def test_a_whole_visit_without_typing(camera: Any, server: Any, patient: str) -> None:
    there = Visit(camera, viewport={"width": 1280, "height": 800})
    page = there.page
    page.set_default_timeout(120_000)
    there.open(f"{server.url}/protocols")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name=patient).click()
    page.get_by_role("button", name=re.compile("Short visit")).click()
    page.get_by_text("Step 1 of 3: Pain now").wait_for()
    page.get_by_role("button", name="3", exact=True).click()

    page.get_by_text("Step 2 of 3: Squat").wait_for()
    # Set-up has a test of its own, and needs more pictures a second than a busy machine gives.
    page.get_by_text("Camera", exact=True).click()
    page.get_by_text("Check place and light first").click()
    there.settle()
    page.get_by_role("button", name="Start", exact=True).press("Enter")
    page.get_by_text("Step 3 of 3: Left hip turned inwards").wait_for(timeout=240_000)
    for value_deg in (5, 10, 15, 20):
        page.get_by_role("button", name="+5°").click()
        page.get_by_text(str(value_deg), exact=True).wait_for()
    page.get_by_role("button", name=re.compile("Save and go on")).click()

    page.get_by_role("button", name=re.compile("Finish")).wait_for()
    assert there.overflow_px() <= 0
    page.get_by_role("button", name=re.compile("Finish")).click()
    page.get_by_role("heading", name=patient).wait_for()
    there.assert_clean()
    there.context.close()
    with open_record() as record:
        (run,) = list_runs(record, patient)
        (take,) = list_takes(record, patient)
    assert run.ended_at is not None
    assert [note.step for note in run.notes] == ["pain", "squat", "turn-left"]
    assert run.notes[1].take_id == take.id
    assert (take.conditions.position, take.conditions.mode) == (Position.STANDING, Mode.ACTIVE)
    assert take.duration_s == pytest.approx(6.0, abs=2.0)
