"""Plans on the console: out to the patient's computer, and what was done there back again."""

import socket
from pathlib import Path

import pytest
from cli_runner import assert_one_line
from plan_makers import GUIDED, MEASURED, STANDING, did, live_take, make_plan, only_item

from motion.clinic import (
    end_item,
    find_patient_of_link,
    find_unsent,
    list_diary,
    list_items,
    list_takes,
    open_record,
    plan_settings,
)
from motion.exchange import adopt_plan, read_plan_file
from motion.exchange.parcel import PARCEL, unpack_parcel, write_parcel, write_take_files


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """The record that ``call`` uses, with a plan of two exercises."""
    folder = tmp_path / "data"
    with open_record(folder=folder) as record:
        make_plan(record, GUIDED, MEASURED)
    return folder


@pytest.fixture
def plan_file(call, clinic, tmp_path: Path) -> Path:
    out = tmp_path / "plans" / "p.motionplan"
    done = call("plan", "export", "--patient", "P-1", "--out", out)
    assert (done.code, done.err) == (0, "")
    assert "give it to the patient only" in done.out
    return out


@pytest.fixture
def home(plan_file: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    with open_record(folder=folder) as record:
        adopt_plan(record, read_plan_file(plan_file))
    return folder


@pytest.fixture
def taken(home: Path, tmp_path: Path) -> tuple[Path, ...]:
    """Two takes done at home, in a file each, both with an entry of the diary."""
    with open_record(folder=home) as record:
        measured = only_item(record, MEASURED)
        live_take(record, measured, frames=60)
        live_take(record, measured, frames=66)
        did(record, only_item(record, GUIDED).id)
        return write_take_files(record, find_unsent(record, "P-1"), tmp_path / "out")


def test_a_plan_is_listed_with_what_is_withheld_nowhere_in_the_clinic(call, clinic):
    with open_record(folder=clinic) as record:
        make_plan(record, STANDING)
    done = call("plan", "list", "--patient", "P-1")
    assert done.code == 0
    assert [line.split("  ", 1)[1] for line in done.out.splitlines()] == [
        f"{GUIDED} left: 2 x 10, 0 of 7 times this week",
        f"{MEASURED} left: 2 x 10, 0 of 7 times this week",
        f"{STANDING} both: 2 x 10, 0 of 7 times this week",
    ]
    with open_record(folder=clinic) as record:
        keys = {str(item.id) for item in list_items(record, "P-1")}
    assert {line.split("  ", 1)[0] for line in done.out.splitlines()} == keys


@pytest.mark.parametrize(
    "command", [("plan", "list"), ("plan", "link"), ("plan", "export", "--out", "x.motionplan")]
)
def test_a_patient_who_is_not_there_is_named(call, clinic, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert_one_line(call(*command, "--patient", "P-9"), "P-9")
    assert not (tmp_path / "x.motionplan").exists()


def test_an_empty_plan_is_not_exported(call, clinic, tmp_path):
    with open_record(folder=clinic) as record:
        for item in list_items(record, "P-1"):
            end_item(record, item)
    done = call("plan", "export", "--patient", "P-1", "--out", tmp_path / "p.motionplan")
    assert_one_line(done, "has no exercises")


def test_home_takes_the_plan_in_and_opens_that_patients_pages_only(
    call, plan_file, tmp_path, monkeypatch
):
    started = []
    monkeypatch.setattr(
        "motion.commands.dashboard.run_dashboard",
        lambda port, address, **named: started.append((port, address, named)),
    )
    call("patients")
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "home"))
    for _ in range(2):  # every day with the same file
        done = call("home", plan_file, "--port", 8999, "--no-browser")
        assert (done.code, done.out, done.err) == (0, "", "")
    (port, address, named) = started[-1]
    assert (port, address) == (8999, "127.0.0.1")
    assert named == {"open_browser": False, "told": {"MOTION_HOME_PATIENT": "P-1"}}
    with open_record() as record:
        assert plan_settings(record, "P-1").from_clinic
        assert len(list_items(record, "P-1")) == 2


def test_home_refuses_what_is_no_plan_file(call, tmp_path):
    wrong = tmp_path / "notes.txt"
    wrong.write_text("no plan")
    assert_one_line(call("home", wrong, "--no-browser"), "notes.txt")
    assert_one_line(call("home", tmp_path / "none.motionplan", "--no-browser"), "none.motionplan")


def test_home_refuses_in_the_clinics_own_record(call, plan_file):
    done = call("home", plan_file, "--no-browser")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_what_was_done_is_sent_once(call, home, tmp_path, monkeypatch):
    monkeypatch.setenv("MOTION_DATA_DIR", str(home))
    with open_record() as record:
        live_take(record, only_item(record, MEASURED))
        did(record, only_item(record, GUIDED).id)
    out = tmp_path / "for the clinic"
    done = call("plan", "send", "--out", out)
    (path,) = out.iterdir()
    assert (done.code, done.out.strip(), done.err) == (0, str(path), "")
    assert path.read_bytes().startswith(b"MOTIONTAKE")
    # A short code may stand in sealed bytes by chance: a long word of the document does not.
    assert b"patient_code" not in path.read_bytes()

    done = call("plan", "send", "--out", out)
    assert (done.code, done.out, done.err) == (0, "", "warning: nothing new to send\n")
    done = call("plan", "send", "--all", "--out", out)
    assert done.out.strip() == str(path)


def test_the_diary_alone_is_sent_too(call, home, tmp_path, monkeypatch):
    monkeypatch.setenv("MOTION_DATA_DIR", str(home))
    with open_record() as record:
        did(record, only_item(record, GUIDED).id)
    done = call("plan", "send", "--patient", "P-1", "--out", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["diary.motiontake"]
    assert done.code == 0


def test_without_a_clinics_plan_there_is_nothing_to_send(call, clinic, tmp_path):
    assert_one_line(call("plan", "send", "--out", tmp_path), "no plan file was taken in here")
    done = call("plan", "send", "--patient", "P-1", "--out", tmp_path)
    assert_one_line(done, "came from no clinic")


def test_the_clinic_receives_what_was_done_at_home(call, clinic, taken):
    done = call("receive", *taken)
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == 2
    assert all(line.startswith("P-1: take of") for line in done.out.splitlines())
    with open_record(folder=clinic) as record:
        assert len(list_takes(record, "P-1")) == 2
        assert len(list_diary(record, "P-1")) == 1


def test_a_duplicate_is_refused_in_one_line(call, taken):
    assert call("receive", taken[0]).code == 0
    assert_one_line(call("receive", taken[0]), "already: not stored twice")


def test_damaged_and_foreign_files_are_refused_in_one_line(call, taken, tmp_path, monkeypatch):
    content = bytearray(taken[0].read_bytes())
    content[200] ^= 1
    damaged = tmp_path / "damaged.motiontake"
    damaged.write_bytes(content)
    assert_one_line(call("receive", damaged), "damaged")
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "another"))
    with open_record() as record:
        make_plan(record, GUIDED)
    assert call("plan", "export", "--patient", "P-1", "--out", tmp_path / "q.motionplan").code == 0
    assert_one_line(call("receive", taken[0]), "another clinic's key")


def test_of_several_files_those_are_stored_that_can_be(call, clinic, taken, tmp_path):
    wrong = tmp_path / "wrong.motiontake"
    wrong.write_bytes(b"nothing")
    done = call("receive", taken[0], wrong, tmp_path / "none.motiontake", taken[1], taken[1])

    assert done.code == 2
    assert len(done.out.splitlines()) == 2
    *warnings, last = done.err.splitlines()
    assert len(warnings) == 3
    assert all(line.startswith("warning: ") for line in warnings)
    assert last == "error: 3 of 5 take files were not stored; the warnings say why"
    with open_record(folder=clinic) as record:
        assert len(list_takes(record, "P-1")) == 2


def test_a_parcel_is_received_like_its_files(call, clinic, taken, tmp_path):
    parcel = tmp_path / f"all{PARCEL}"
    write_parcel(taken, parcel)
    done = call("receive", parcel)
    assert (done.code, len(done.out.splitlines())) == (0, 2)
    done = call("receive", parcel)
    assert done.code == 2
    assert done.err.splitlines()[-1].startswith("error: 2 of 2 take files were not stored")


def test_a_damaged_parcel_is_refused_in_one_line(call, clinic, taken, tmp_path):
    parcel = tmp_path / f"all{PARCEL}"
    parcel.write_bytes(b"PK nothing")
    assert_one_line(call("receive", parcel), "is no parcel")
    write_parcel(taken, parcel)
    content = bytearray(parcel.read_bytes())
    content[100] ^= 1
    parcel.write_bytes(content)
    assert_one_line(call("receive", parcel), "damaged")


def test_squeezed_nonsense_is_refused_in_one_line(call, clinic, tmp_path):
    import zipfile

    parcel = tmp_path / f"all{PARCEL}"
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("1.motiontake", bytes(range(256)) * 40)
    content = bytearray(parcel.read_bytes())
    content[60:200] = bytes(each ^ 0xFF for each in content[60:200])
    parcel.write_bytes(content)
    assert_one_line(call("receive", parcel), "damaged; ask for the file again")


def test_a_file_of_a_parcel_is_named_by_the_parcel(call, clinic, tmp_path):
    foreign = tmp_path / "x.motiontake"
    foreign.write_bytes(b"nothing")
    parcel = tmp_path / f"all{PARCEL}"
    write_parcel((foreign,), parcel)
    assert_one_line(call("receive", parcel), f"error: {parcel}, file 1: is no take file")


@pytest.mark.parametrize("command", [("dashboard",), ("home", "x.motionplan")])
def test_a_port_that_cannot_be_is_refused(call, command):
    done = call(*command, "--port", "99999", "--no-browser")
    assert_one_line(done, "less than or equal to 65535")


def test_a_busy_port_is_refused_before_anything_is_said(call, monkeypatch):
    monkeypatch.setattr("subprocess.Popen", None)  # nothing is started
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = call("dashboard", "--port", port, "--no-browser")
    assert_one_line(done, f"port {port} at 127.0.0.1: another program uses it; choose another")
    assert done.out == ""


def test_names_in_a_parcel_lead_nowhere(tmp_path):
    import zipfile

    parcel, folder = tmp_path / f"all{PARCEL}", tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(parcel, "w") as written:
        written.writestr("../outside.motiontake", b"one")
        written.writestr("/absolute.motiontake", b"two")
    found = [(path.parent, path.read_bytes()) for path in unpack_parcel(parcel, folder)]

    assert found == [(folder, b"one"), (folder, b"two")]
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "outside.motiontake").exists()


def test_a_link_opens_that_patients_pages(call, clinic):
    done = call("plan", "link", "--patient", "P-1", "--server", "https://clinic.test:8501/")
    address, _, secret = done.out.strip().partition("/?key=")
    assert address == "https://clinic.test:8501"
    with open_record(folder=clinic) as record:
        assert find_patient_of_link(record, secret) == "P-1"
        call("plan", "link", "--patient", "P-1")
        assert find_patient_of_link(record, secret) is None


def test_the_patients_server_is_told_to_show_patients_pages_only(call, monkeypatch):
    started = []
    monkeypatch.setattr(
        "motion.commands.dashboard.run_dashboard", lambda *given, **named: started.append(named)
    )
    done = call("dashboard", "--patients", "--address", "0.0.0.0", "--no-browser")
    assert done.code == 0
    assert "no login" not in done.err
    assert "without HTTPS" in done.err
    assert started[0]["told"] == {"MOTION_PATIENTS_ONLY": "1"}
