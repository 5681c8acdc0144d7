"""Files from patients, received on the clinic's pages."""

from pathlib import Path

import pytest
from page_actions import button, texts
from plan_makers import GUIDED, MEASURED, at_home, did, live_take, make_plan, only_item

from motion.clinic import find_unsent, list_diary, list_takes, open_record
from motion.exchange.parcel import PARCEL, write_parcel, write_take_files


@pytest.fixture
def parcel(tmp_path: Path, data_dir: Path) -> bytes:
    """What a patient of this clinic saved at home: two takes and an entry of the diary."""
    with open_record(folder=data_dir) as record:
        make_plan(record, GUIDED, MEASURED)
    with at_home(tmp_path / "home", data_dir, tmp_path / "p.motionplan") as record:
        for frames in (60, 66):
            live_take(record, only_item(record, MEASURED), frames=frames)
        did(record, only_item(record, GUIDED).id)
        files = write_take_files(record, find_unsent(record, "P-1"), tmp_path / "out")
    path = tmp_path / f"all{PARCEL}"
    write_parcel(files, path)
    return path.read_bytes()


def receive(at, name: str, content: bytes):
    at.file_uploader[0].set_value([(name, content, "application/octet-stream")])
    return button(at, "Receive").click().run()


@pytest.mark.parametrize("page", ["patients", "plan"])
def test_what_was_done_at_home_is_stored_once(open_page, parcel, page):
    at = receive(open_page(page, patient="P-1"), f"P-1{PARCEL}", parcel)
    assert not at.exception
    assert len(at.success) == 2
    with open_record() as record:
        assert len(list_takes(record, "P-1")) == 2
        assert len(list_diary(record, "P-1")) == 1

    at = receive(open_page(page, patient="P-1"), f"P-1{PARCEL}", parcel)
    assert not at.success
    assert [error.value.count("already") for error in at.error] == [1, 1]


def test_what_is_no_such_file_and_no_file_at_all_are_said(open_page, parcel):
    at = receive(open_page("patients"), "x.motiontake", b"nothing")
    assert "is no take file" in texts(at).replace("\\", "")
    at = button(open_page("patients"), "Receive").click().run()
    assert "Choose the files first." in texts(at)
