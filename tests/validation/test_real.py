"""Real recordings: solutions of OpenSim, and what else is known of them."""

import json
from pathlib import Path

import numpy as np
import pytest
from makers import CAMERA_LEFT, make_recording
from validation_makers import KNEE_DEG, MODEL, TIME_S

from motion.errors import InputError
from motion.validation.landmarks import SeenVideo
from motion.validation.real import (
    KnownRecording,
    check_recording,
    find_recordings,
    load_solutions,
)

COLUMNS = ("hip_flexion", "hip_adduction", "knee_angle", "ankle_angle", "elbow_flex")
HEAD = "Coordinates\nversion=1\nnRows=3\ninDegrees=yes\n\nendheader\n"


def write_solution(path: Path, values_deg: list[float], head: str = HEAD) -> Path:
    names = [f"{name}_{side}" for side in "rl" for name in COLUMNS]
    rows = ["\t".join(["0.1", *([str(value)] * len(names))]) for value in values_deg]
    path.write_text(head + "\n".join(["\t".join(["time", *names]), *rows]) + "\n", encoding="utf-8")
    return path


def balance(folder: Path) -> KnownRecording:
    known = {"motion": "balance", "angles": ["a.mot", "b.mot"], "azimuth_deg": 90.0}
    return KnownRecording(video=folder / "cam.mp4", known=known)


def see(knee_deg: object, azimuth_deg: float = CAMERA_LEFT) -> SeenVideo:
    recording = make_recording({"knee_flexion": knee_deg}, TIME_S, azimuth_deg=azimuth_deg)
    return SeenVideo(recording=recording, model=MODEL)


def test_two_solutions_give_their_mean_and_each_alone(tmp_path: Path) -> None:
    write_solution(tmp_path / "a.mot", [10.0, 20.0, 30.0])
    write_solution(tmp_path / "b.mot", [14.0, 20.0, 20.0])

    clips = {clip.about["truth"]: clip for clip in load_solutions(balance(tmp_path))}

    assert list(clips) == ["OpenSim, mean of 2", "OpenSim, a", "OpenSim, b"]
    knee_deg = clips["OpenSim, mean of 2"].truth_of("left_knee_flexion")
    np.testing.assert_allclose(knee_deg, [12.0, 20.0, 25.0])
    np.testing.assert_allclose(clips["OpenSim, a"].truth_of("right_elbow_flexion"), [10, 20, 30])


def test_adduction_is_abduction_the_other_way(tmp_path: Path) -> None:
    write_solution(tmp_path / "a.mot", [10.0])
    write_solution(tmp_path / "b.mot", [10.0])

    clip = next(load_solutions(balance(tmp_path)))

    np.testing.assert_allclose(clip.truth_of("left_hip_abduction"), [-10.0])


@pytest.mark.parametrize("head", [HEAD.replace("=yes", "=no"), ""])
def test_a_solution_that_does_not_promise_degrees_is_refused(tmp_path: Path, head: str) -> None:
    write_solution(tmp_path / "a.mot", [10.0], head)

    with pytest.raises(InputError, match=r"a\.mot: not an OpenSim motion in degrees"):
        list(load_solutions(balance(tmp_path)))


def test_solutions_of_other_lengths_are_refused(tmp_path: Path) -> None:
    write_solution(tmp_path / "a.mot", [10.0])
    write_solution(tmp_path / "b.mot", [10.0, 11.0])

    with pytest.raises(InputError, match=r"a\.mot, b\.mot differ in rows"):
        list(load_solutions(balance(tmp_path)))


def test_repetitions_and_direction_stand_beside_what_is_expected(tmp_path: Path) -> None:
    known = {
        "motion": "squat", "movement": "squat", "repetitions": 3, "incomplete": 0, "facing": "left",
    }  # fmt: skip
    recording = KnownRecording(video=tmp_path / "x.mp4", known=known)

    rows = {row["what"]: row for row in check_recording(recording, see(KNEE_DEG))}

    assert (rows["repetitions"]["expected"], rows["repetitions"]["found"]) == ("3", "3")
    assert rows["facing"]["found"] == "left"
    assert rows["frames with the person"]["found"] == "100%"


def test_landmarks_are_held_against_those_of_others(tmp_path: Path) -> None:
    seen = see(KNEE_DEG)
    other_px = np.array(seen.recording.image_px)
    other_px[:10, 0, 0] += 40.0
    (tmp_path / "o.json").write_text(json.dumps(other_px.tolist()), encoding="utf-8")
    known = {"motion": "squat", "landmarks": "o.json", "tolerance_px": 31.0}
    recording = KnownRecording(video=tmp_path / "x.mp4", known=known)

    rows = {row["what"]: row["found"] for row in check_recording(recording, seen)}

    n = 33 * len(TIME_S)
    assert rows["landmarks within 31 px of Google's"] == f"{n - 10} of {n}"
    assert rows["median and largest distance, px"] == "0, 40"


@pytest.mark.parametrize("content", ["{", "[[1, 2]]", "[]"])
def test_landmarks_that_do_not_fit_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "o.json").write_text(content, encoding="utf-8")
    known = {"motion": "squat", "landmarks": "o.json", "tolerance_px": 31.0}

    with pytest.raises(InputError, match=r"o\.json: "):
        list(check_recording(KnownRecording(video=tmp_path / "x.mp4", known=known), see(KNEE_DEG)))


def test_recordings_are_known_by_their_folder_and_name(tmp_path: Path) -> None:
    for name in ("walk_sagittal/walk.mp4", "other/walk.mp4"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(b"")

    found = list(find_recordings(tmp_path))

    assert [each.video.parent.name for each in found] == ["walk_sagittal"]
    assert found[0].known["facing"] == "left"
