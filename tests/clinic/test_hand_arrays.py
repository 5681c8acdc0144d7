"""What was placed by hand survives the files of a take; older files hold none of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from clinic_makers import make_angles, make_recording

from motion.clinic.arrays import pack_angles, pack_landmarks, unpack_angles, unpack_landmarks
from motion.model import AngleTable, PoseRecording
from motion.report import read_landmarks, write_landmarks


def placed() -> PoseRecording:
    recording = make_recording()
    by_hand = np.zeros_like(recording.filled)
    by_hand[3, 25] = by_hand[4, 25] = True
    filled = np.zeros_like(recording.filled)
    filled[4, 25] = True
    return replace(recording, by_hand=by_hand, filled=filled)


def test_a_placed_landmark_survives_the_records_files() -> None:
    back = unpack_landmarks(pack_landmarks(placed()))
    assert np.argwhere(back.by_hand).tolist() == [[3, 25], [4, 25]]
    assert np.argwhere(back.placed).tolist() == [[3, 25]]


def test_a_placed_landmark_survives_a_landmarks_file(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.npz"
    write_landmarks(placed(), path)
    assert np.array_equal(read_landmarks(path).by_hand, placed().by_hand)
    with np.load(path) as held:
        assert held["by_hand"].shape == (6, 33)


def test_of_an_untouched_recording_nothing_more_is_written_than_before(tmp_path: Path) -> None:
    recording = make_recording()
    path = tmp_path / "landmarks.npz"
    write_landmarks(recording, path)
    with np.load(path) as held:
        assert "by_hand" not in held.files
    assert not read_landmarks(path).by_hand.any()
    assert not unpack_landmarks(pack_landmarks(recording)).by_hand.any()


def test_an_angle_over_a_placed_landmark_survives_the_records_files() -> None:
    table = make_angles(make_recording())
    marked = np.arange(len(table.time_s)) == 3
    first = replace(table.curves[0], by_hand=marked)
    touched = AngleTable(time_s=table.time_s, curves=(first, *table.curves[1:]))
    back = unpack_angles(pack_angles(touched))
    assert [c.by_hand.sum() for c in back.curves] == [1, 0]
    assert not any(c.by_hand.any() for c in unpack_angles(pack_angles(table)).curves)
    assert pack_angles(table) == pack_angles(unpack_angles(pack_angles(table)))
