"""A take is stored whole or not at all when the program is killed; and two may write at once."""

import signal
from pathlib import Path

import pytest
from clinic_makers import assert_same, make_analysis
from clinic_processes import run_child, start_child

from motion.clinic import ensure_patient, list_takes, load_take, open_record, store_analysis, sweep


@pytest.mark.parametrize(
    ("step", "stored"),
    [
        ("temporary written", False),
        ("renamed", False),
        ("before commit", False),
        ("after commit", True),
    ],
)
def test_killed_while_storing(url: str, tmp_path: Path, step: str, stored: bool) -> None:
    with open_record(url, tmp_path) as record:
        ensure_patient(record, "P1")

        code, said = run_child("kill", url, tmp_path, step)

        assert (code, said) == (-signal.SIGKILL, "")
    with open_record(url, tmp_path) as record:
        takes = list_takes(record, "P1")
        assert len(takes) == stored
        for take in takes:
            assert_same(load_take(record, take.id).analysis, make_analysis())
        swept = sweep(record, older_than_s=0)
        assert (swept == 0) is stored
        left = [p for p in record.files.folder.iterdir() if p.name not in (".database", ".swept")]
        assert len(left) == (2 if stored else 0)
        again = store_analysis(record, make_analysis(), "P1")
        assert_same(load_take(record, again.id).analysis, make_analysis())


def test_two_programs_write_at_once(url: str, tmp_path: Path) -> None:
    children = [start_child("store", url, tmp_path, mark) for mark in ("a", "b")]
    said = [(*child.communicate(timeout=60), child.returncode) for child in children]

    assert said == [("", None, 0)] * 2
    with open_record(url, tmp_path) as record:
        takes = list_takes(record, "P1")
        assert len(takes) == 10
        assert len({take.session_id for take in takes}) == 1
        assert {load_take(record, take.id).analysis.movement for take in takes} == {"knee_flexion"}
        assert sweep(record, older_than_s=0) == 0
