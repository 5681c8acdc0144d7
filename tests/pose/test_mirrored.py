"""Left and right exchanged in a whole recording: what can be told, and what cannot."""

import numpy as np
import pytest
from makers import bump, hide, make_recording, mirror, uniform_times
from side_makers import KERAAL, KINDS, read_keraal, read_keraal_vicon, swap_frames, walk

from motion.model import LANDMARKS, PoseRecording, Side
from motion.pose.mirrored import find_first_side, suspect_mirrored, suspect_mirrored_order
from motion.pose.sides import repair_sides

keraal = pytest.mark.skipif(
    not KERAAL.is_dir(), reason="needs the Keraal recordings of ../shared/validation"
)
VIEWS = [0.0, 30.0, 90.0, -90.0, 180.0]


def raise_in_turn(first: str, second: str, delay_s: float = 2.0) -> PoseRecording:
    time_s = uniform_times(5.0)
    pose = {
        f"{first}_shoulder_abduction": 100.0 * bump(time_s, 0.5, 0.7),
        f"{second}_shoulder_abduction": 100.0 * bump(time_s, 0.5 + delay_s, 0.7),
    }
    return make_recording(pose, time_s, azimuth_deg=0.0)


@pytest.mark.parametrize("azimuth_deg", VIEWS)
def test_labels_exchanged_in_the_whole_take_are_suspected(azimuth_deg: float) -> None:
    plain = walk(azimuth_deg=azimuth_deg)
    exchanged, _ = swap_frames(plain, "whole body", slice(None))

    assert suspect_mirrored(plain) == ""
    assert "left and right may be exchanged" in suspect_mirrored(exchanged)


@pytest.mark.parametrize("azimuth_deg", VIEWS)
def test_legs_exchanged_in_the_whole_take_are_suspected(azimuth_deg: float) -> None:
    exchanged, _ = swap_frames(walk(azimuth_deg=azimuth_deg), "legs below the hip", slice(None))

    assert "legs may be exchanged" in suspect_mirrored(exchanged)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_take_is_never_turned_round_by_itself(kind: str) -> None:
    exchanged, _ = swap_frames(walk(azimuth_deg=30.0), kind, slice(None))

    assert repair_sides(exchanged).recording is exchanged


@pytest.mark.parametrize("azimuth_deg", VIEWS)
def test_a_mirrored_picture_is_right_in_itself(azimuth_deg: float) -> None:
    """No landmark can prove it: the body in a mirror is a whole body."""
    assert suspect_mirrored(mirror(walk(azimuth_deg=azimuth_deg))) == ""


def test_nobody_is_not_suspected() -> None:
    nobody = hide(walk(), slice(None))

    assert suspect_mirrored(nobody) == ""
    assert find_first_side(nobody) is Side.NONE


def test_which_side_moves_first() -> None:
    assert find_first_side(raise_in_turn("left", "right")) is Side.LEFT
    assert find_first_side(mirror(raise_in_turn("left", "right"))) is Side.RIGHT
    assert find_first_side(raise_in_turn("left", "right", delay_s=0.0)) is Side.BOTH
    assert find_first_side(make_recording({}, uniform_times(1.0))) is Side.NONE


@pytest.mark.parametrize("planned", [Side.LEFT, Side.RIGHT, Side.BOTH])
def test_another_side_first_than_planned_may_be_a_mirror(planned: Side) -> None:
    said = suspect_mirrored_order(raise_in_turn("left", "right"), planned)

    wrong = "the right side was to move first, but the left side did"
    assert said == (wrong if planned is Side.RIGHT else "")


# ---------------------------------------------------------------- Keraal


@keraal
@pytest.mark.validation
@pytest.mark.parametrize("exercise", ["CTK", "ELK"])
def test_keraal_is_clean_and_right_in_itself(exercise: str) -> None:
    recording = read_keraal(exercise)
    found = repair_sides(recording)

    assert not found.swapped.any()
    assert not found.ambiguous.any()
    assert suspect_mirrored(recording) == ""


@keraal
@pytest.mark.validation
@pytest.mark.parametrize("exercise", ["CTK", "ELK"])
def test_both_keraal_pictures_are_mirrored_against_their_vicon(exercise: str) -> None:
    """Not labels changed afterwards: points without a side move the other way too.

    Of a person facing the camera, the Vicon's left is right in the picture.
    """
    recording = read_keraal(exercise)
    vicon = read_keraal_vicon(exercise, len(recording))

    nose_px = recording.image_px[:, LANDMARKS.index("nose"), 0]

    assert np.corrcoef(nose_px, vicon["head"][:, 1])[0, 1] < -0.97


@keraal
@pytest.mark.validation
def test_the_planned_side_finds_keraal_elk_mirrored_and_ctk_not() -> None:
    """The Vicon says which hand went up first; in CTK both go up together."""
    for exercise, truly_first in (("ELK", Side.RIGHT), ("CTK", Side.BOTH)):
        recording = read_keraal(exercise)
        vicon = read_keraal_vicon(exercise, len(recording))
        hands = {side: vicon[f"{side}_wrist"][:, 2] for side in (Side.LEFT, Side.RIGHT)}
        risen = {side: int(np.argmax(z - z[0] > 300.0)) for side, z in hands.items()}
        together = abs(risen[Side.LEFT] - risen[Side.RIGHT]) < 10
        first = Side.BOTH if together else min(risen, key=risen.__getitem__)

        assert first is truly_first
        assert bool(suspect_mirrored_order(recording, first)) == (exercise == "ELK")


@keraal
@pytest.mark.validation
@pytest.mark.parametrize("exercise", ["CTK", "ELK"])
def test_keraal_with_exchanged_labels_is_suspected(exercise: str) -> None:
    exchanged, _ = swap_frames(read_keraal(exercise), "whole body", slice(None))

    assert "may be exchanged" in suspect_mirrored(exchanged)
