"""The journal of a live take: what is put down is read back, whatever becomes of the writer."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from journal_makers import RATE_HZ, make_header, make_pose, make_poses

from motion.errors import InputError, OutputError, SourceError
from motion.exercise.prescription import Prescription
from motion.kinematics import Plane
from motion.live.journal import EVENTS, HEADER, POSES, RECORD, Journal
from motion.live.journal_reading import (
    claim,
    discard,
    list_unfinished,
    read_journal,
)
from motion.model import (
    LiveEnd,
    Mirrored,
    Mode,
    ModelInfo,
    NeutralPose,
    Position,
    Side,
    TakeConditions,
)
from motion.settings import AnalysisSettings

TESTS = Path(__file__).resolve().parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")


def start_child(doing: str, root: Path, many: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(TESTS / "live" / "child.py"), doing, str(root), str(many)],
        env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def write(root: Path, many: int, end: LiveEnd | None = LiveEnd.FINISHED) -> Journal:
    journal = Journal.create(root, make_header())
    for pose in make_poses(many):
        journal.add(pose)
    if end is not None:
        journal.close(end)
    return journal


def assert_holds(folder: Path, many: int) -> None:
    recording = read_journal(folder).recording
    wanted = list(make_poses(many))
    np.testing.assert_array_equal(recording.time_s, [pose.time_s for pose in wanted])
    for name in ("image_px", "world_m", "visibility", "presence"):
        values = np.stack([getattr(pose, name) for pose in wanted])
        np.testing.assert_array_equal(getattr(recording, name), values.astype(np.float32))


def test_what_was_added_is_read_back(tmp_path: Path) -> None:
    journal = write(tmp_path, 40)
    take = read_journal(journal.folder)

    assert_holds(journal.folder, 40)
    assert (take.recording.width_px, take.recording.height_px) == (640, 480)
    assert take.recording.detected.sum() == 36
    assert take.end is LiveEnd.FINISHED
    assert (journal.folder / POSES).stat().st_size == 40 * (8 + 4 * 33 * 7)


def test_the_head_remembers_all_that_finishing_needs(tmp_path: Path) -> None:
    settings = AnalysisSettings(
        movement="squat",
        side=Side.LEFT,
        view=Plane.SAGITTAL,
        conditions=TakeConditions(position=Position.STANDING, mode=Mode.ASSISTED),
        withheld_joints=("left_ankle", "left_hip"),
        model_path=Path("own.task"),
        person="12,40@2",
    )
    journal = Journal.create(tmp_path, make_header(settings=settings, size_px=(0, 0)))
    journal.amend(
        size_px=(1280, 720), model=ModelInfo(name="full", sha256="ab"), mirrored=Mirrored.YES
    )
    journal.close(LiveEnd.STOPPED)
    header = read_journal(journal.folder).header

    wanted = replace(
        make_header(settings=settings),
        size_px=(1280, 720),
        model=ModelInfo(name="full", sha256="ab"),
        mirrored=Mirrored.YES,
        prescription=None,
    )
    assert replace(header, prescription=None) == wanted
    assert repr(header.prescription) == repr(make_header().prescription)  # NaN is not itself
    assert header.exercise == "squat"
    assert header.started_at.utcoffset() == make_header().started_at.utcoffset()


def test_a_head_without_a_prescription(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path, make_header(prescription=None))
    journal.close(LiveEnd.STOPPED)
    header = read_journal(journal.folder).header

    assert (header.prescription, header.exercise) == (None, "")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="must know its zone"):
        make_header(started_at=make_header().started_at.replace(tzinfo=None))


def test_notes_know_their_picture(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path, make_header())
    journal.note("begun")
    for number in range(3):
        journal.add(make_pose(number))
    neutral = NeutralPose(
        start_s=0.0, end_s=2.0, thigh_px=90.0, shank_px=80.0, trunk_px=float("nan"),
        upper_arm_px=60.0, roll_deg=-1.5, off_plane_deg=4.0,
    )  # fmt: skip
    journal.note("setup_done", {"neutral": neutral, "side": Side.LEFT})
    journal.close(LiveEnd.PAIN)
    take = read_journal(journal.folder)

    assert [note.kind for note in take.notes] == ["begun", "setup_done", "end"]
    assert np.isnan(take.notes[0].time_s)
    (done,) = take.find_notes("setup_done")
    assert done.time_s == 2 / RATE_HZ
    assert done.values["side"] == "left"
    assert done.values["neutral"]["shank_px"] == 80.0
    assert done.values["neutral"]["trunk_px"] is None
    assert take.end is LiveEnd.PAIN


@pytest.mark.parametrize("cut_bytes", [1, 500, RECORD.itemsize - 1])
def test_a_torn_last_record_is_left_out(tmp_path: Path, cut_bytes: int) -> None:
    folder = write(tmp_path, 12).folder
    with (folder / POSES).open("r+b") as file:
        file.truncate(12 * RECORD.itemsize - cut_bytes)

    assert_holds(folder, 11)


def test_zeros_after_a_power_failure_are_no_pictures(tmp_path: Path) -> None:
    folder = write(tmp_path, 12).folder
    with (folder / POSES).open("ab") as file:
        file.write(bytes(3 * RECORD.itemsize))

    assert_holds(folder, 12)


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    journal = write(tmp_path, 2, end=None)
    journal.note("pause")
    journal.close(LiveEnd.STOPPED)
    whole = (journal.folder / EVENTS).read_bytes()
    (journal.folder / EVENTS).write_bytes(whole[:-5])
    take = read_journal(journal.folder)

    assert [note.kind for note in take.notes] == ["pause"]
    assert take.end is None


def test_nothing_was_seen_yet(tmp_path: Path) -> None:
    folder = write(tmp_path, 0).folder

    assert len(read_journal(folder).recording) == 0


@posix
def test_a_killed_writer_loses_nothing_that_was_added(tmp_path: Path) -> None:
    child = start_child("write", tmp_path, 75)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    (folder,) = tmp_path.iterdir()
    assert list_unfinished(tmp_path) == ()  # it lives
    with pytest.raises(InputError, match="still running"):
        discard(folder)

    child.send_signal(signal.SIGKILL)
    child.communicate()

    assert list_unfinished(tmp_path) == (folder,)
    assert_holds(folder, 75)
    take = read_journal(folder)
    assert ([note.kind for note in take.notes], take.end) == (["pause"], None)
    discard(folder)
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_full_disk_is_said_once_and_the_take_until_then_is_kept(tmp_path: Path) -> None:
    child = start_child("full", tmp_path, 20 * RECORD.itemsize + 100)
    said, _ = child.communicate()
    (folder,) = tmp_path.iterdir()

    assert child.returncode == 2
    assert said.count("\n") == 1
    assert "cannot be written (File too large); free some space" in said
    assert list_unfinished(tmp_path) == (folder,)
    assert_holds(folder, 20)


def test_a_running_take_of_this_program_is_not_unfinished(tmp_path: Path) -> None:
    running, ended = write(tmp_path, 3, end=None), write(tmp_path, 3)

    assert list_unfinished(tmp_path) == (ended.folder,)
    assert running.folder != ended.folder
    running.close(LiveEnd.STOPPED)
    running.close(LiveEnd.CRASHED)
    assert read_journal(running.folder).end is LiveEnd.STOPPED


def test_no_journals_at_all(tmp_path: Path) -> None:
    assert list_unfinished(tmp_path / "none") == ()


def test_only_journals_are_discarded(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()

    with pytest.raises(InputError, match="no journal of a live take; nothing was done"):
        discard(tmp_path / "letters")
    assert (tmp_path / "letters").is_dir()


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (None, "not the head of a live take"),
        ("{", "not the head of a live take"),
        ("[]", "not the head of a live take"),
        ('{"version": 1, "started_at": "noon"}', "not the head of a live take"),
        ('{"version": 99}', "journal of version 99, expected 1; update the product"),
    ],
)
def test_what_is_no_journal(tmp_path: Path, head: str | None, said: str) -> None:
    if head is not None:
        (tmp_path / HEADER).write_text(head)

    with pytest.raises(SourceError, match=said):
        read_journal(tmp_path)


@posix
def test_nowhere_to_write() -> None:
    with pytest.raises(OutputError, match="the running take cannot be written"):
        Journal.create(
            Path("/dev/null/live"),
            make_header(prescription=Prescription(exercise="x", side=Side.NONE)),
        )


def test_what_ended_but_was_not_stored_is_unfinished_too(tmp_path):
    ended = Journal.create(tmp_path, make_header())
    ended.close(LiveEnd.CLOSED)
    running = Journal.create(tmp_path, make_header())
    assert list_unfinished(tmp_path) == (ended.folder,)
    running.close(LiveEnd.STOPPED)
    discard(ended.folder)
    assert list_unfinished(tmp_path) == (running.folder,)


def test_what_is_being_finished_is_nobody_elses(tmp_path: Path) -> None:
    folder = write(tmp_path, 3).folder
    with claim(folder):
        assert list_unfinished(tmp_path) == ()
        with pytest.raises(InputError, match="is being finished; wait for that"), claim(folder):
            pass
        with pytest.raises(InputError, match="still running"):
            discard(folder)
    assert list_unfinished(tmp_path) == (folder,)
    discard(folder)
    with pytest.raises(InputError, match="no journal of a live take"), claim(folder):
        pass


def test_a_take_of_nobody_goes_into_no_record(tmp_path: Path) -> None:
    patients = Journal.create(tmp_path, make_header(patient_code="P-1"))
    nobodys = Journal.create(tmp_path, make_header(patient_code=""))
    for journal in (patients, nobodys):
        journal.close(LiveEnd.CLOSED)

    assert set(list_unfinished(tmp_path)) == {patients.folder, nobodys.folder}
    assert list_unfinished(tmp_path, of_patients=True) == (patients.folder,)
    (nobodys.folder / HEADER).write_text("{")
    assert len(list_unfinished(tmp_path, of_patients=True)) == 2
