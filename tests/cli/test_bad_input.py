"""Whatever cannot be used ends in exit code 2 and one line; nothing is half-written."""

import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cli_runner import Done, assert_one_line
from video_makers import (
    constant_times,
    cut,
    large_video,
    nobody_video,
    numbered,
    numbered_video,
    set_frame_ticks,
    write_video,
)

from motion.clinic import open_record

Run = Callable[..., Done]

FAKE = """
import motion.pipeline
from motion.pose import FakeEstimator
motion.pipeline.MediaPipeEstimator = lambda path: FakeEstimator([])
"""
"""Runs the command with an estimator that finds nobody, for what has nothing to do with bodies."""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bogus"], "No such command 'bogus'; see `motion --help`"),
        (["analyse", "x.mp4"], "Missing option '--out'; see `motion analyse --help`"),
        (["analyse", "x.mp4", "--out", "o", "--bogus"], "No such option: --bogus"),
        (["analyse", "x.mp4", "--out", "o", "--position", "up"], "'up' is not one of 'standing'"),
        (["analyse", "x.mp4", "--out", "o", "--side", "up"], "expected one of auto, left, right"),
        (["analyse", "x.mp4", "--out", "o", "--view", "up"], "expected one of auto, sagittal"),
        (
            ["analyse", "x.mp4", "--out", "o", "--movement", "up"],
            "movement 'up': not known; choose one of shoulder_flexion",
        ),
        (["export", "--patient", "P9", "--out", "o/p.csv"], "P9"),
    ],
)
def test_bad_usage(
    call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_one_line(call(*arguments), said)
    assert not (tmp_path / "o" / "p.csv").exists()


def test_unusable_recordings(
    call: Run, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "text.mp4").write_text("knee\n" * 99)
    (tmp_path / "notes.txt").write_text("knee\n" * 99)
    cut(write_video(tmp_path / "cut.mp4", numbered(9), constant_times(9), faststart=False), 0.7)
    set_frame_ticks(numbered_video(tmp_path / "absurd.mp4"), 1)
    for name, said in (
        ("gone.mp4", "no such file; check the path"),
        ("empty.mp4", "the file is empty; copy or record it again"),
        ("text.mp4", "not a video that can be read"),
        ("notes.txt", "not a video that can be read"),
        ("cut.mp4", "not a video that can be read"),
        ("absurd.mp4", "convert the file with its true frame rate"),
        (".", "got a folder"),
    ):
        assert_one_line(call("analyse", name, "--out", "out"), said)
        assert list((tmp_path / "out").iterdir()) == []
    done = run("analyse", "text.mp4", "--out", "out", cwd=tmp_path)  # the libraries' words too
    assert_one_line(done, "not a video that can be read")


def test_error_stands_alone_on_a_terminal_too(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    script = "from motion.cli import main; main()"
    command = [sys.executable, "-c", script, "analyse", "gone.mp4", "--out", "out"]
    code = subprocess.run(command, stderr=theirs, cwd=tmp_path, check=False).returncode
    os.close(theirs)
    said = os.read(ours, 10_000).decode()
    os.close(ours)
    assert code == 2
    assert "error: gone.mp4: no such file; check the path" in said
    assert "Traceback" not in said


@pytest.mark.model
@pytest.mark.usefixtures("model")
def test_nobody(run: Run, tmp_path: Path) -> None:
    video, out = nobody_video(tmp_path / "noise.mp4"), tmp_path / "out"
    done = run("analyse", video, "--out", out, "--patient", "P1", "--movement", "squat")
    assert_one_line(done, f"error: {video}: no person was found; film the whole body")
    assert '"person_found": false' in (out / "summary.json").read_text()
    rows = (out / "angles.csv").read_text().splitlines()
    assert len(rows) == 13
    assert all(set(row.split(",")[1:35]) == {""} for row in rows[1:])
    values = [row.split(",")[4] for row in (out / "measurements.csv").read_text().splitlines()[1:]]
    assert set(values) <= {""}
    assert (out / "repetitions.csv").read_text().count("\n") == 1
    assert (out / "annotated.mp4").stat().st_size > 1000
    with sqlite3.connect(tmp_path / "data" / "motion.db") as database:
        (found,) = database.execute("SELECT person_found FROM analysis").fetchall()
    database.close()
    assert found == (0,)


def test_unwritable_output(call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    video = numbered_video(tmp_path / "clip.mp4")
    (tmp_path / "file").write_bytes(b"")
    for out in ("file", "file/below", "/proc/motion-out"):
        assert_one_line(call("analyse", video, "--out", out), "cannot be written (")
    done = call("export", "--patient", "P1", "--out", "file/below/p.csv")
    assert_one_line(done, "cannot be written (")


def test_full_disk(run: Run, tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))"
    video = nobody_video(tmp_path / "clip.mp4", 20)
    done = run("analyse", video, "--out", tmp_path / "out", preload=FAKE + limit)
    assert_one_line(done, "cannot be written (File too large)")
    # The video found no room; the numbers did, whole.
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    expected = [
        "angles.csv",
        "landmarks.npz",
        "measurements.csv",
        "repetitions.csv",
        "summary.json",
    ]
    assert names == expected


def test_record_that_cannot_be_used(call: Run, tmp_path: Path) -> None:
    video, out = numbered_video(tmp_path / "clip.mp4"), tmp_path / "out"
    (tmp_path / "data").write_bytes(b"no folder")
    # Said before the minutes of measuring: the record knows which joints may not be measured.
    assert_one_line(call("analyse", video, "--out", out, "--patient", "P1"), "data")
    assert not (out / "summary.json").exists()
    assert (tmp_path / "data").read_bytes() == b"no folder"


def test_locked_record(call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = partial(open_record, busy_timeout_s=0.2)
    opened().close()
    monkeypatch.setattr("motion.commands.storing.open_record", opened)
    other = sqlite3.connect(tmp_path / "data" / "motion.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    video, out = numbered_video(tmp_path / "clip.mp4"), tmp_path / "out"
    done = call("analyse", video, "--out", out, "--patient", "P1")
    other.execute("ROLLBACK")
    other.close()
    assert done.code == 2
    assert "is locked by another program" in done.err.splitlines()[-1]
    assert (out / "summary.json").is_file()


def test_two_processes_at_once(tmp_path: Path) -> None:
    script = f"{FAKE}\nfrom motion.cli import main; main()"
    environment = os.environ | {"MOTION_DATA_DIR": str(tmp_path / "data")}
    processes = []
    for number in range(2):
        video = numbered_video(tmp_path / f"clip{number}.mp4", 5 + number)
        arguments = ["analyse", video, "--out", tmp_path / f"o{number}", "--patient", "P1"]
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", script, *map(str, arguments)],
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
            )
        )
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 2
        assert "no person was found" in said.splitlines()[-1]
    with sqlite3.connect(tmp_path / "data" / "motion.db") as database:
        assert database.execute("SELECT count(*) FROM take").fetchone() == (2,)
    database.close()


def test_missing_model(run: Run, tmp_path: Path) -> None:
    video = numbered_video(tmp_path / "clip.mp4")
    done = run("analyse", video, "--out", "out", "--model", "gone.task", cwd=tmp_path)
    assert_one_line(done, "gone.task")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_large_clip_in_bounded_memory(run: Run, tmp_path: Path) -> None:
    frames = 40
    video = large_video(tmp_path / "large.mp4", frames)
    # The high-water mark of this process alone: ru_maxrss is handed down by whoever started it.
    measure = """
import atexit, pathlib, re
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
"""
    done = run("analyse", video, "--out", tmp_path / "out", preload=FAKE + measure)
    assert done.code == 2
    assert "no person was found" in done.err
    held_mb = frames * 3840 * 2160 * 3 / 1e6
    assert int(done.out) / 1e3 < 900 < held_mb
