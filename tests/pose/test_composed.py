"""The makers of composed clips, and the functions that say whose body was measured."""

from pathlib import Path

import numpy as np
import pytest
from makers import hide, make_recording
from pose.composed import (
    SYNTHETIC,
    Actor,
    Composed,
    Person,
    Placed,
    compose,
    empty_room,
    read_points,
)
from pose.person_truth import DrawnBox, Verdict, match_box, match_truth, overlap, read_boxes
from video_makers import read_pictures

from motion.model import LANDMARKS, MIRROR, PoseRecording

needs_clips = pytest.mark.skipif(not SYNTHETIC.is_dir(), reason=f"{SYNTHETIC} is not there")

FRAMES = 4
AWAY_PX = 20.0
"""In each channel together: less than this is the room's own noise."""


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    """Compose a walker who goes over the picture in four frames, in front of a standing patient."""
    at = [Placed(24 * k, 320.0, 1.6, mirrored=True) for k in range(1, FRAMES)]
    walker = Actor("walker", "walk_over", [None, *at])
    patient = Actor("patient", "walk_over_f_medium", [Placed(49, 330.0)] * FRAMES)
    path = tmp_path_factory.mktemp("composed") / "crossing.mp4"
    return compose(path, (patient, walker), subject="patient", width_px=640)


@pytest.mark.validation
@needs_clips
def test_people_are_where_their_truth_says(crossing: Composed) -> None:
    pictures = read_pictures(crossing.path)
    assert len(pictures) == FRAMES
    assert {picture.shape for picture in pictures} == {(480, 640, 3)}
    room = empty_room("walk_treadmill")
    for person in crossing.people:
        middle = (person.points["mid_shoulder"] + person.points["mid_hip"]) / 2
        assert middle.shape == (FRAMES, 2)
        for k in np.flatnonzero(person.inside > 0.9):
            x, y = middle[k].astype(int)
            seen = np.abs(pictures[k][y, x].astype(float) - room[y, x]).sum()
            assert seen > AWAY_PX, (person.name, k)
    far = [room[:40], *(picture[:40] for picture in pictures)]
    assert max(np.abs(np.asarray(each, float) - far[0]).mean() for each in far) < 3  # no ghosts


@pytest.mark.validation
@needs_clips
def test_what_is_hidden_and_who_is_there(crossing: Composed) -> None:
    patient, walker = crossing.subject, crossing.others[0]
    assert (patient.name, walker.name) == ("patient", "walker")
    assert np.isnan(walker.points["nose"][0]).all()
    assert walker.inside[0] == 0
    assert patient.hidden[0] == 0
    assert patient.whole[0]
    assert patient.hidden.max() > 0.3
    assert np.nanmax(walker.hidden) == 0
    for person in crossing.people:
        for k in np.flatnonzero(person.inside > 0):
            x0, y0, x1, y1 = person.box_px[k]
            for name in ("left_knee", "right_elbow", "nose"):
                x, y = person.points[name][k]
                assert x0 - 3 <= x <= x1 + 3
                assert y0 - 3 <= y <= y1 + 3


@pytest.mark.validation
@needs_clips
def test_mirrored_people_have_their_sides_swapped(crossing: Composed) -> None:
    walker = crossing.others[0]
    before = read_points("walk_over")["left_foot_index"][24]
    expected = (320.0 - 1.6 * (before[0] - 320.0), 240.0 + 1.6 * (before[1] - 240.0))
    np.testing.assert_allclose(walker.points["right_foot_index"][1], expected)
    assert np.all(np.diff(walker.points["mid_hip"][1:, 0]) > 0)


# ---------------------------------------------------------------- whose body


def people_of(recording: PoseRecording, shifts_px: dict[str, float]) -> Composed:
    """Return the truth of people who all do the same, some pixels apart."""
    count = len(recording)
    people = []
    for name, shift_px in shifts_px.items():
        points = {
            point: recording.image_px[:, k] + [shift_px, 0] for k, point in enumerate(LANDMARKS)
        }
        for joint in ("shoulder", "hip"):
            points[f"mid_{joint}"] = (points[f"left_{joint}"] + points[f"right_{joint}"]) / 2
        none = np.zeros(count)
        people.append(Person(name, points, np.zeros((count, 4)), none, none + 1.0))
    return Composed(Path("none.mp4"), 30.0, (640, 480), tuple(people))


def test_body_is_the_nearest_persons() -> None:
    recording = make_recording({"knee_flexion": [0.0, 5.0, 10.0]}, [0.0, 0.1, 0.2])
    clip = people_of(recording, {"one": 0.0, "other": 150.0})
    assert match_truth(recording, clip) == Verdict(checked=3, others=0, whole=3, kept=3)
    wrong = match_truth(recording, clip, "other")
    assert (wrong.others, wrong.kept, wrong.other_frames) == (3, 0, (0, 1, 2))
    swapped = hide(recording, [1])
    lost = match_truth(swapped, clip)
    assert (lost.checked, lost.others, lost.kept, lost.missed_frames) == (2, 0, 2, (1,))


def test_swapped_sides_are_still_the_same_person() -> None:
    recording = make_recording({"hip_flexion": 20.0, "right_knee_flexion": 40.0}, azimuth_deg=30.0)
    clip = people_of(recording, {"one": 0.0, "other": 60.0})
    flipped = make_recording({"hip_flexion": 20.0, "right_knee_flexion": 40.0}, azimuth_deg=30.0)
    px = flipped.image_px[:, list(MIRROR)]
    swapped = PoseRecording(
        time_s=flipped.time_s,
        image_px=px,
        world_m=flipped.world_m,
        visibility=flipped.visibility,
        presence=flipped.presence,
        width_px=flipped.width_px,
        height_px=flipped.height_px,
    )
    assert match_truth(swapped, clip).kept == 1


def test_body_far_from_everybody_is_nobodys() -> None:
    recording = make_recording({})
    verdict = match_truth(recording, people_of(recording, {"one": 200.0, "other": -200.0}))
    assert (verdict.others, verdict.strays, verdict.kept) == (0, 1, 0)


def test_what_is_left_of_a_body_at_the_edge_is_judged_by_what_is_seen() -> None:
    recording = make_recording({})
    clip = people_of(recording, {"one": 0.0, "other": 150.0})
    seen = {"left_hip", "left_knee", "left_ankle", "left_wrist"}
    assert match_truth(hide(recording, [0], [n for n in LANDMARKS if n not in seen]), clip).kept
    one_foot = hide(recording, [0], [n for n in LANDMARKS if n != "left_ankle"])
    assert match_truth(one_foot, clip).checked == 0


def test_overlap() -> None:
    assert overlap((0, 0, 2, 2), (0, 0, 2, 2)) == 1.0
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (2, 2, 3, 3)) == 0.0


def test_boxes_tell_the_subject_from_others() -> None:
    recording = make_recording({}, [0.0, 0.1, 0.2, 0.3])
    seen = recording.image_px[0]
    x0, y0, x1, y1 = (float(v) for v in (*(seen.min(axis=0) - 8), *(seen.max(axis=0) + 8)))
    mine = (x0, y0, x1, y1)
    aside = (x0 + 200, y0, x1 + 200, y1)
    drawn = [
        DrawnBox("clip", 0, mine, "whole"),
        DrawnBox("clip", 1, aside, "whole"),
        DrawnBox("clip", 1, mine, "other"),
        DrawnBox("clip", 2, None, "absent"),
        DrawnBox("clip", 3, (x0, y0, x1, (y0 + y1) / 2), "partly"),
    ]
    verdict = match_box(recording, drawn)
    assert (verdict.checked, verdict.others, verdict.whole, verdict.kept) == (4, 2, 2, 1)
    assert verdict.other_frames == (1, 2)
    missing = match_box(hide(recording, [0, 2]), drawn)
    assert (missing.checked, missing.others, missing.missed_frames) == (2, 1, (0,))


@pytest.mark.parametrize(
    ("clip", "whole", "rows"),
    [("walk", 27, 57), ("single_cam01", 20, 20), ("single_cam02", 20, 20)],
)
def test_drawn_boxes_are_read(clip: str, whole: int, rows: int) -> None:
    boxes = read_boxes(clip)
    assert len(boxes) == rows
    assert sum(box.state == "whole" for box in boxes) == whole
    for box in boxes:
        assert (box.box_px is None) == (box.state == "absent")
        if box.box_px is not None:
            x0, y0, x1, y1 = box.box_px
            assert 0 <= x0 < x1
            assert 0 <= y0 < y1
