"""Real recordings: solutions of OpenSim, and what else is known of them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from makers import CAMERA_LEFT, make_recording, pose_body, repetitions
from scipy.spatial.transform import Rotation
from validation_makers import KNEE_DEG, MODEL, TIME_S, make_clip, make_truth

from motion.errors import InputError
from motion.validation.comparing import compare_clip
from motion.validation.landmarks import SeenVideo
from motion.validation.real import (
    KnownRecording,
    check_recording,
    find_recordings,
    load_solutions,
)
from motion.validation.several import KnownRig, check_rig, find_rigs, join_seen
from motion.validation.ways import WAYS

COLUMNS = ("hip_flexion", "hip_adduction", "knee_angle", "ankle_angle", "elbow_flex")
# No two repetitions are alike: the offset of the cameras stands out.
UNLIKE_DEG = repetitions(TIME_S, (0.5, 3.1, 7.4), [80.0, 45.0, 65.0], rest_deg=5.0)
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


def film(azimuth_deg: float) -> tuple[dict[str, object], SeenVideo]:
    """Return a calibration, z up, of a camera 4 m from a person who faces along x, and its view."""
    azimuth = np.radians(azimuth_deg)
    place = np.array([4.0 * np.cos(azimuth), 4.0 * np.sin(azimuth), 0.0])
    away = -place / 4.0
    right = np.cross(away, [0.0, 0.0, 1.0])
    axes = np.stack([right, np.cross(away, right), away])
    matrix = [[800.0, 0.0, 320.0], [0.0, 800.0, 240.0], [0.0, 0.0, 1.0]]
    camera = {
        "name": f"cam{azimuth_deg:.0f}", "size": [640.0, 480.0], "matrix": matrix,
        "distortions": [0.0, 0.0, 0.0, 0.0], "fisheye": False,
        "rotation": Rotation.from_matrix(axes).as_rotvec().tolist(),
        "translation": (-axes @ place).tolist(),
    }  # fmt: skip
    # The body's axes are left, up, forward; the room's x is forward, y left, z up.
    body = pose_body({"knee_flexion": UNLIKE_DEG, "trunk_flexion": UNLIKE_DEG / 8.0}, len(TIME_S))
    inside = (body[..., [2, 0, 1]] - place) @ axes.T
    image_px = inside[..., :2] / inside[..., 2:] * 800.0 + [320.0, 240.0]
    recording = replace(make_recording({}, TIME_S, azimuth_deg=azimuth_deg), image_px=image_px)
    return camera, SeenVideo(recording=recording, model=MODEL)


def test_cameras_together_give_the_angle_that_none_alone_sees_square(tmp_path: Path) -> None:
    filmed = [film(azimuth_deg) for azimuth_deg in (30.0, 70.0, 120.0)]
    lines = []
    for camera, _ in filmed:
        name = camera["name"]
        entries = [f"{key} = {json.dumps(value)}" for key, value in camera.items()]
        lines += [f"[{name}]", *entries]
    (tmp_path / "cameras.toml").write_text("\n".join(lines), encoding="utf-8")
    known = {"name": "together", "motion": "knee_flex_l", "calibration": "cameras.toml", "up": "z"}
    videos = tuple(tmp_path / f"{camera['name']}.mp4" for camera, _ in filmed)
    rig = KnownRig(videos=videos, known={**known, "goal_rmse_deg": {"knee_flexion": 6.0}})

    seen = join_seen(rig, [view for _, view in filmed])
    truth = make_truth(left_knee_flexion=UNLIKE_DEG - 2.0)
    about = {"motion": "free", "truth": "OpenSim, mean of 2"}
    compared = list(compare_clip(make_clip(truth, about), seen, WAYS))

    knee = next(c.row for c in compared if c.row["angle"] == "knee_flexion")
    assert knee["bias_deg"] == pytest.approx(2.0, abs=0.3)
    assert knee["rmse_deg"] == pytest.approx(2.0, abs=0.3)
    (check,) = check_rig(rig, compared)
    assert check["expected"] == "6 or less"
    assert check["found"].startswith("left 2.")


def test_a_rig_is_known_where_all_its_videos_are(tmp_path: Path) -> None:
    folder = tmp_path / "balance_4cam"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"single_cam0{number}.mp4").write_bytes(b"")
    assert list(find_rigs(tmp_path)) == []

    (folder / "single_cam04.mp4").write_bytes(b"")

    (rig,) = find_rigs(tmp_path)
    assert [video.name for video in rig.videos] == [f"single_cam0{n}.mp4" for n in (1, 2, 3, 4)]
    assert rig.recording.video == rig.videos[0]
