"""The made-up walkers themselves: what the gait code is held against must be right first."""

import numpy as np
import pytest
from gait.walkers import CHILD, LEFT, RIGHT, SHUFFLING, Walked, Walker, film, walk
from makers import Floats, mirror, uniform_times, variable_times

from motion.kinematics import find_passes
from motion.model import FOOT_OFF, INITIAL_CONTACT, LANDMARKS, Side, ViewName
from motion.pose.sides import repair_sides

LIMPING = Walker(left_time_share=0.56, left_length_share=0.54)
THERE_AND_BACK = Walker(stands_s=1.0, there_and_back=True)
WALKERS = {
    "usual": Walker(),
    "fast": Walker(step_m=0.75, stride_s=1.0, stance_share=0.59),
    "shuffling": SHUFFLING,
    "child": CHILD,
    "limping": LIMPING,
    "starts and stops": Walker(stands_s=1.0),
    "there and back": THERE_AND_BACK,
    "treadmill": Walker(treadmill=True),
}
every_walker = pytest.mark.parametrize("walker", WALKERS.values(), ids=WALKERS)


def walk_all(walker: Walker, rate_hz: float = 100.0) -> Walked:
    return walk(walker, uniform_times(walker.duration_s, rate_hz))


def point(walked: Walked, side: Side, name: str) -> Floats:
    return walked.position_m[:, LANDMARKS.index(f"{side}_{name}")]


def list_stances(walked: Walked, side: Side) -> list[np.ndarray]:
    """Return the frames of each whole stance; standing between two passes is none."""
    stances = []
    for start_s in walked.times_of(INITIAL_CONTACT, side):
        off_s = min((t for t in walked.times_of(FOOT_OFF, side) if t > start_s), default=np.inf)
        if off_s - start_s < walked.walker.stride_s:
            stances.append(np.flatnonzero((walked.time_s >= start_s) & (walked.time_s <= off_s)))
    return stances


@every_walker
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_bones_keep_their_length(walker: Walker, side: Side) -> None:
    walked = walk_all(walker)
    bones = {"hip": "knee", "knee": "ankle", "ankle": "heel", "heel": "foot_index"}
    for start, end in bones.items():
        length_m = np.linalg.norm(point(walked, side, start) - point(walked, side, end), axis=1)
        assert np.ptp(length_m) < 1e-9


@every_walker
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_a_foot_on_the_floor_stays_where_it_is(walker: Walker, side: Side) -> None:
    walked = walk_all(walker)
    belt = walker.speed_m_s * walked.time_s if walker.treadmill else np.zeros(len(walked.time_s))
    heel, toe = (point(walked, side, name) for name in ("heel", "foot_index"))
    stances = list_stances(walked, side)
    assert stances
    for frames in stances:
        # Until the heel rises, and from when the sole lies flat.
        flat, rises = (frames[0] + round(share * len(frames)) for share in (0.16, 0.52))
        for foot, still in ((heel, slice(frames[0], rises)), (toe, slice(flat, frames[-1] + 1))):
            place = foot[still].copy()
            place[:, 2] += belt[still]
            assert np.ptp(place, axis=0).max() < 1e-9
            assert np.abs(place[:, 1]).max() < 1e-9


@every_walker
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_no_foot_is_under_the_floor_and_a_swinging_one_is_over_it(
    walker: Walker, side: Side
) -> None:
    walked = walk_all(walker)
    lowest = np.minimum(point(walked, side, "heel")[:, 1], point(walked, side, "foot_index")[:, 1])
    contacts, offs = (walked.times_of(event, side) for event in (INITIAL_CONTACT, FOOT_OFF))
    assert lowest.min() > -1e-9
    for off_s in offs:
        lands_s = min((t for t in contacts if t > off_s), default=np.inf)
        middle = (walked.time_s > off_s + 0.01) & (walked.time_s < lands_s - 0.01)
        if np.isfinite(lands_s):
            assert lowest[middle].min() > 1e-5


@every_walker
def test_a_step_is_as_long_as_the_way_between_the_heels(walker: Walker) -> None:
    walked = walk_all(walker, rate_hz=1000.0)
    assert walked.steps
    for step in walked.steps:
        now = np.searchsorted(walked.time_s, step.end_s)
        other = LEFT if step.side is RIGHT else RIGHT
        earlier = np.searchsorted(walked.time_s, step.start_s)
        ahead_m = (
            point(walked, step.side, "heel")[now, 2] - point(walked, other, "heel")[earlier, 2]
        )
        if walker.treadmill:
            ahead_m += walker.speed_m_s * step.time_s
        assert abs(ahead_m) == pytest.approx(step.length_m, abs=3e-3)


def test_lengths_times_and_shares_are_those_asked_for() -> None:
    walked = walk_all(LIMPING)
    steps = {side: [step for step in walked.steps if step.side is side] for side in (LEFT, RIGHT)}
    assert [step.length_m for step in steps[LEFT]] == pytest.approx([0.648] * len(steps[LEFT]))
    assert [step.length_m for step in steps[RIGHT]] == pytest.approx([0.552] * len(steps[RIGHT]))
    assert [step.time_s for step in steps[LEFT]] == pytest.approx([0.616] * len(steps[LEFT]))
    contact_s = walked.times_of(INITIAL_CONTACT, LEFT)
    off_s = [t for t in walked.times_of(FOOT_OFF, LEFT) if t > contact_s[0]]
    shares = [(off - on) / 1.1 for on, off in zip(contact_s, off_s, strict=False)]
    assert shares == pytest.approx([0.62] * len(shares))


def test_pelvis_covers_a_stride_in_each_stride_and_rests_while_standing() -> None:
    walker = Walker(stands_s=1.0, strides=5)
    walked = walk_all(walker)
    hip = point(walked, LEFT, "hip")[:, 2]
    contacts = walked.times_of(INITIAL_CONTACT, RIGHT)
    at = np.interp(contacts[1:4], walked.time_s, hip)
    assert np.diff(at) == pytest.approx([1.2, 1.2], abs=1e-6)
    assert np.ptp(hip[walked.time_s < 1.0]) == 0.0
    assert np.ptp(hip[walked.time_s > walker.pass_s - 0.5]) < 1e-9


def test_the_way_back_is_the_way_there_turned_about() -> None:
    walked = walk_all(THERE_AND_BACK)
    second_s = THERE_AND_BACK.pass_s + THERE_AND_BACK.turn_s
    first = [each for each in walked.events if each.walk == 1]
    second = [each for each in walked.events if each.walk == 2]
    assert [(each.side, each.event) for each in first] == [(e.side, e.event) for e in second]
    later = [after.time_s - before.time_s for before, after in zip(first, second, strict=True)]
    assert later == pytest.approx([second_s] * len(later))
    hip = point(walked, LEFT, "hip")
    assert hip[-1, 2] == pytest.approx(0.0, abs=1e-9)
    assert hip[-1, 0] == pytest.approx(-hip[0, 0])


@pytest.mark.parametrize("direction", ["left", "right"])
@pytest.mark.parametrize("walker", [Walker(), CHILD, LIMPING], ids=["usual", "child", "limping"])
def test_the_camera_sees_a_side_view_and_the_sides_are_right(
    walker: Walker, direction: str
) -> None:
    walked = walk(walker, variable_times(walker.duration_s))
    recording = film(walked, direction=direction, distance_m=4.0, noise_px=1.0)
    (only,) = find_passes(recording)
    assert only.view.name is ViewName.SAGITTAL
    assert only.view.facing == direction
    repaired = repair_sides(recording)
    assert np.array_equal(repaired.recording.image_px, recording.image_px)


def test_the_other_direction_is_the_mirror_image_with_the_sides_exchanged() -> None:
    walked = walk_all(Walker())
    flipped = mirror(film(walked, direction="left"))
    exchanged = film(walked, direction="right")
    heel, other = (LANDMARKS.index(f"{side}_heel") for side in (LEFT, RIGHT))
    assert flipped.image_px[:, heel] == pytest.approx(exchanged.image_px[:, other])


def test_outside_the_picture_landmarks_are_unsure_and_then_nobody_is_there() -> None:
    recording = film(walk_all(Walker(strides=10)), width_px=960)
    assert not recording.detected[0]
    assert recording.detected[len(recording) // 2]
    edge = np.flatnonzero(recording.detected)[0]
    assert recording.visibility[edge].min() == pytest.approx(0.1)
