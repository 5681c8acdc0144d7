"""`motion live`: what it writes, what it keeps when it is broken off, what it refuses."""

import csv
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cli_runner import Done, assert_one_line
from live_takes import RATE_HZ, as_bodies, bend_knee, leave_unfinished, write_clip
from video_makers import SAMPLES, SIZE, read_times

from motion.capture.frames import Image
from motion.clinic import (
    change_plan_settings,
    ensure_patient,
    find_live_facts,
    list_takes,
    load_take,
    open_record,
    plan_settings,
    store_live,
)
from motion.errors import SourceError
from motion.live.finishing import finish_take
from motion.live.journal_reading import list_unfinished
from motion.model import LiveEnd, LiveSource
from motion.paths import live_dir
from motion.pose import FakeEstimator

TABLES = {"angles.csv", "measurements.csv", "repetitions.csv", "landmarks.npz", "summary.json"}
NO_SETUP = ("--exercise", "heel_curl", "--side", "left", "--no-setup")
TESTS = Path(__file__).resolve().parent.parent


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4")


@pytest.fixture
def live(call: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run the command with an estimator that sees a knee bend, whatever the picture."""
    monkeypatch.setattr(
        "motion.commands.live.MediaPipeEstimator",
        lambda _path: FakeEstimator(as_bodies(bend_knee())),
    )
    return lambda *arguments: call("live", *arguments)


def read(path: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_played_as_live(live: Callable[..., Done], clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = live("--camera", clip, *NO_SETUP, "--out", out)

    assert done.code == 0, done.err
    assert {path.name for path in out.iterdir()} == TABLES | {"annotated.mp4", "live.json"}
    facts = read(out / "live.json")
    summary = read(out / "summary.json")
    assert (facts["exercise"], facts["side"], facts["source"]) == ("heel_curl", "left", "file")
    assert facts["end"] == "finished"
    seen_n = len(rows_of(out / "angles.csv"))
    assert seen_n + int(str(facts["dropped_frames"])) == round(4.0 * RATE_HZ) + 1
    assert summary["live"] == facts
    assert len(read_times(out / "annotated.mp4")) == seen_n
    assert f"{len(rows_of(out / 'repetitions.csv'))} repetitions" in done.out
    assert not list(live_dir().iterdir())


def test_without_an_exercise_all_is_measured_and_nothing_coached(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    done = live("--camera", clip, "--no-video", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert {path.name for path in (tmp_path / "out").iterdir()} == TABLES | {"live.json"}
    facts = read(tmp_path / "out" / "live.json")
    assert (facts["exercise"], facts["repetitions"], facts["difference"]) == ("", [], "")
    measured = {(r["joint"], r["side"]) for r in rows_of(tmp_path / "out" / "measurements.csv")}
    assert {("knee", "left"), ("hip", "left"), ("elbow", "left")} <= measured


def test_stored_under_a_patient_with_the_picture(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = live("--camera", clip, *NO_SETUP, "--patient", "P1", "--keep-video", "--out", out)

    assert done.code == 0, done.err
    assert len(read_times(out / "annotated.mp4")) == len(rows_of(out / "angles.csv"))
    with open_record() as record:
        (take,) = list_takes(record, "P1")
        stored = load_take(record, take.id)
        facts = find_live_facts(record, take.id)
        assert stored.annotated_digest is not None
    assert facts is not None
    assert (facts.exercise, facts.source, facts.end) == (
        "heel_curl",
        LiveSource.FILE,
        LiveEnd.FINISHED,
    )


def test_a_lost_camera_keeps_what_was_measured(
    live: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PulledOut:
        kind, name, silence_s, waits_for_reader = LiveSource.CAMERA, "camera 0", 60.0, True

        def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
            for number in range(40):
                stopped.wait(0.002)
                yield np.zeros((SIZE[1], SIZE[0], 3), dtype=np.uint8), 100.0 + number / RATE_HZ
            raise SourceError("camera 0: stopped sending pictures; plug it in again")

        def close(self) -> None:
            pass

    monkeypatch.setattr("motion.commands.live.open_source", lambda _name: PulledOut())
    done = live(*NO_SETUP, "--no-video", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert "warning: camera 0: stopped sending pictures; plug it in again" in done.err
    assert "was broken off; what was measured until then was kept" in done.err
    assert read(tmp_path / "out" / "live.json")["end"] == "source_lost"
    assert len(rows_of(tmp_path / "out" / "angles.csv")) > 10


def test_seconds_end_the_take(live: Callable[..., Done], clip: Path, tmp_path: Path) -> None:
    done = live("--camera", clip, *NO_SETUP, "--seconds", 1, "--no-video", "--out", tmp_path / "o")

    assert done.code == 0, done.err
    assert read(tmp_path / "o" / "live.json")["end"] == "stopped"
    assert len(rows_of(tmp_path / "o" / "angles.csv")) < round(4.0 * RATE_HZ)


def test_nobody_in_it(call: Callable[..., Done], clip: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motion.commands.live.MediaPipeEstimator", lambda _path: FakeEstimator([]))
        done = call("live", "--camera", clip, *NO_SETUP, "--no-video", "--out", tmp_path / "out")

    assert done.code == 2
    assert "no person was found; show the whole body in good light" in done.err
    assert {path.name for path in (tmp_path / "out").iterdir()} > TABLES
    assert not list(live_dir().iterdir())


def test_a_take_that_ends_in_set_up_measures_nothing(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    done = live("--camera", clip, *NO_SETUP[:-1], "--out", tmp_path / "out")

    assert done.code == 2
    assert "ended before the exercise began; nothing was measured" in done.err
    assert not list(live_dir().iterdir())


def test_another_side_moved(
    live: Callable[..., Done], clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "motion.commands.live.find_side_conflict", lambda _analysis: "the right knee moved"
    )
    done = live(
        "--camera", clip, *NO_SETUP, "--no-video", "--patient", "P1", "--out", tmp_path / "out"
    )

    assert done.code == 2
    assert "not stored under P1: the right knee moved; record again, or decide" in done.err
    assert (tmp_path / "out" / "summary.json").is_file()
    assert len(list_unfinished(live_dir())) == 1  # somebody decides later


def test_finishing_what_was_broken_off(live: Callable[..., Done], tmp_path: Path) -> None:
    film = bend_knee()
    journal = leave_unfinished(live_dir(), film)
    journal.close(LiveEnd.CLOSED)
    done = live("--unfinished", "--no-video", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert len(rows_of(tmp_path / "out" / "angles.csv")) == len(film)
    assert len(rows_of(tmp_path / "out" / "repetitions.csv")) == 2
    assert read(tmp_path / "out" / "live.json")["end"] == "closed"
    assert not list(live_dir().iterdir())
    assert_one_line(live("--unfinished", "--out", tmp_path / "out"), "no unfinished live take")


def store_and_leave(code: str) -> Path:
    """Store a take whose journal could not be removed any more."""
    journal = leave_unfinished(live_dir(), bend_knee(), patient_code=code)
    journal.close(LiveEnd.FINISHED)
    take = finish_take(journal.folder)
    with open_record() as record:
        ensure_patient(record, code)
        store_live(record, take.analysis, take.facts, code)
    return journal.folder


def test_a_take_that_was_stored_before_its_journal_went_is_not_stored_twice(
    live: Callable[..., Done], tmp_path: Path
) -> None:
    store_and_leave("P1")

    done = live("--unfinished", "--no-video", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert not list(live_dir().iterdir())
    with open_record() as record:
        assert len(list_takes(record, "P1")) == 1


def test_one_that_cannot_be_finished_holds_up_none_behind_it(
    live: Callable[..., Done], tmp_path: Path
) -> None:
    first = leave_unfinished(live_dir(), bend_knee())
    first.close(LiveEnd.CLOSED)
    (first.folder / "header.json").write_text("{")
    os.utime(first.folder / "header.json", (1.0, 1.0))
    second = leave_unfinished(live_dir(), bend_knee())
    second.close(LiveEnd.CLOSED)

    done = live("--unfinished", "--no-video", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert "not the head of a live take" in done.err
    assert list(live_dir().iterdir()) == [first.folder]
    assert_one_line(live("--unfinished", "--out", tmp_path / "out"), "not the head of a live take")


def test_at_home_the_safety_words_come_first(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    seated = ("--exercise", "seated_knee_extension", "--side", "left", "--no-setup", "--no-video")
    done = live("--camera", clip, *seated, "--setting", "home", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    first, second, *_, last = done.out.splitlines()
    assert first == "Nobody is watching live."
    assert second.startswith("Stop and call your emergency number")
    assert "repetitions" in last


def test_standing_at_home_only_where_the_plan_allows_it(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    home = ("--camera", clip, *NO_SETUP, "--no-video", "--setting", "home", "--patient", "P1")
    with open_record() as record:
        ensure_patient(record, "P1")
    assert_one_line(live(*home, "--out", tmp_path / "out"), "off at home until the patient's plan")

    with open_record() as record:
        settings = plan_settings(record, "P1")
        change_plan_settings(record, "P1", replace(settings, standing_at_home=True))
    done = live(*home, "--out", tmp_path / "out")

    assert done.code == 0, done.err


def test_a_new_take_says_that_another_is_unfinished(
    live: Callable[..., Done], clip: Path, tmp_path: Path
) -> None:
    leave_unfinished(live_dir(), bend_knee()).close(LiveEnd.CLOSED)
    done = live("--camera", clip, *NO_SETUP, "--no-video", "--out", tmp_path / "out")

    assert done.code == 0
    said = f"1 unfinished live take lies in {live_dir()}; see `motion live --unfinished`"
    assert said in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--camera", "gone.mp4"), "gone.mp4: no such file; check the path"),
        (("--camera", "98"), "camera 98: "),
        (("--camera", "ftp://x/y"), "expected an address of rtsp, rtsps, http, https"),
        (("--exercise", "flying"), "flying"),
        (("--exercise", "heel_curl"), "moves one side; say left or right"),
        (("--exercise", "heel_curl", "--side", "both"), "must be left or right, got both"),
        (("--exercise", "squat", "--side", "upper"), "--side: expected one of auto, left"),
        (("--exercise", "squat", "--sets", "0"), "sets must be"),
        (("--exercise", "squat", "--target-deg", "90", "--max-allowed-deg", "60"), "goes beyond"),
        (("--exercise", "quad_set", "--side", "left"), "the camera measures nothing of it"),
        (("--exercise", "single_leg_stance", "--side", "left"), "is guide only, not measured"),
        (
            ("--exercise", "squat", "--setting", "home"),
            "off at home until the patient's plan allows it",
        ),
        (("--side", "left"), "needs an exercise: name it with --exercise"),
        (("--repetitions", "5"), "needs an exercise: name it with --exercise"),
        (("--seconds", "0"), "--seconds: expected more than 0, got 0"),
        (("--keep-video", "--no-video"), "leave one out"),
        (("--plan-item", "x"), "--plan-item: needs --patient CODE"),
        (("--plan-item", "x", "--patient", "P1", "--sets", "2"), "leave those out"),
        (("--person", "nobody"), "nobody"),
    ],
)
def test_refused_in_one_line(
    live: Callable[..., Done], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert_one_line(live(*arguments, "--out", tmp_path / "out"), said)
    assert not live_dir().exists() or not list(live_dir().iterdir())


_CHILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored
from live_takes import as_bodies, bend_knee
from motion.pose import FakeEstimator
import motion.commands.live as command
command.MediaPipeEstimator = lambda _path: FakeEstimator(as_bodies(bend_knee(60.0)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_ctrl_c_stops_and_keeps_all(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", seconds=60.0)
    code = f"{_CHILD}\nfrom motion.cli import main; main()"
    data, out = tmp_path / "data", tmp_path / "out"
    child = subprocess.Popen(
        [
            *(sys.executable, "-c", code, "live", "--camera", str(clip)),
            *(*NO_SETUP, "--no-video", "--out", str(out)),
        ],
        env=os.environ
        | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}", "MOTION_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while child.poll() is None and not any(
        path.stat().st_size > 20_000 for path in data.glob("live/*/poses.bin")
    ):
        threading.Event().wait(0.05)
    child.send_signal(signal.SIGINT)
    said, complained = child.communicate(timeout=120)

    assert child.returncode == 0, complained
    assert "repetitions" in said
    assert read(out / "live.json")["end"] == "stopped"
    assert len(rows_of(out / "angles.csv")) >= 20_000 // 932
    assert not list((data / "live").iterdir())


@pytest.mark.usefixtures("model")
@pytest.mark.model
def test_the_real_model_on_the_sample(run: Callable[..., Done], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(
        "live", "--camera", SAMPLES / "squat.mp4", "--exercise", "squat", "--no-setup", "--out", out
    )

    assert done.code == 0, done.err
    facts = read(out / "live.json")
    angles = rows_of(out / "angles.csv")
    assert len(angles) + int(str(facts["dropped_frames"])) == 225
    knee = [float(r["left_knee_flexion_deg"]) for r in angles if r["left_knee_flexion_deg"]]
    assert max(knee) == pytest.approx(90.0, abs=15.0)
