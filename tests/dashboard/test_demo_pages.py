"""Every page opens with the made-up clinic: nothing is raised, nothing is refused."""

import shutil
from pathlib import Path

import pytest
from page_actions import texts
from streamlit.testing.v1 import AppTest

from motion.clinic import Record, list_patients, list_takes, open_record

PAGES = ("home", "flags", "patients", "analyse", "live", "exercises", "protocols", "error")
SECTIONS = (
    *("takes", "sides", "repetitions", "tests", "dates", "scores"),
    *("visits", "done", "hand", "events", "targets", "reports"),
)
CODES = tuple(f"DEMO-{number:03d}" for number in range(1, 13))


@pytest.fixture(scope="module")
def made(usual_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: a page that is opened may write."""
    return Path(shutil.copytree(usual_clinic, tmp_path_factory.mktemp("demo") / "data"))


@pytest.fixture
def record(made: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MOTION_DATA_DIR", str(made))
    with open_record() as opened:
        yield opened


def opened(open_page, page: str, **query: str) -> AppTest:
    at = open_page(page, **query)
    assert [error.value for error in at.error] == []
    return at


@pytest.mark.parametrize("page", PAGES)
def test_the_clinics_pages_open(open_page, record: Record, page: str) -> None:
    assert texts(opened(open_page, page))


@pytest.mark.parametrize("code", CODES)
def test_every_made_up_patient_opens_and_is_called_so(open_page, record, code: str) -> None:
    at = opened(open_page, "patient", patient=code)

    assert code in texts(at)
    assert "ade up" in texts(at)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_the_fullest_patient_opens(open_page, record, section: str) -> None:
    assert "DEMO-001" in texts(opened(open_page, "patient", patient="DEMO-001", section=section))


@pytest.mark.parametrize("page", ["plan", "today"])
def test_the_plan_opens_for_the_clinic_and_the_patient(open_page, record, page: str) -> None:
    assert texts(opened(open_page, page, patient="DEMO-001"))


def test_a_take_of_every_movement_opens(open_page, record: Record) -> None:
    takes = [t for each in list_patients(record) for t in list_takes(record, each.patient.code)]
    one_of_each = {take.movement: take for take in takes}
    assert len(one_of_each) > 10

    for take in one_of_each.values():
        opened(open_page, "take", take=str(take.id))


def test_two_takes_are_set_side_by_side(open_page, record: Record) -> None:
    takes = [t for t in list_takes(record, "DEMO-001") if t.movement == "heel_slide"]

    at = opened(open_page, "compare", a=str(takes[-1].id), b=str(takes[0].id))
    assert "DEMO-001" in texts(at)
