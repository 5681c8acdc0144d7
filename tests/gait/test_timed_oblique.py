"""Timed tests seen off the side and in perspective: made-up views with exact answers."""

import math
from dataclasses import replace

import numpy as np
import pytest
from gait.timed_makers import METRES, TugPlan, make_tug, make_walk
from gait.walkers import Walker, film, walk
from makers import STARTED_AT, make_provenance

from motion.gait import GaitSettings, TimedTest
from motion.gait.scale import Ruler
from motion.gait.timed import TimedMotion, TimedResult, is_comparable, measure_timed_test
from motion.gait.timed_motion import SeenWay
from motion.library import load_gait_errors
from motion.measuring import measure_recording
from motion.model import (
    FloatArray,
    Measurement,
    MeasureVerdict,
    PoseRecording,
    Scale,
    ScaleSource,
    Side,
)
from motion.settings import AnalysisSettings

BODY_M, SIZE_PX, MIDDLE_PX = 1.3, 260.0, 960.0
SCALE_PX = 200.0


def see(motion: TimedMotion, off_deg: float, nearer: float = 0.0) -> TimedMotion:
    """Return a motion in metres as a camera sees it; ``nearer`` is how it grows with the way."""
    along = math.cos(math.radians(off_deg))

    def to_px(way_m: FloatArray) -> FloatArray:
        across_m = (way_m - 5.0) * along
        return np.asarray(MIDDLE_PX + across_m * SIZE_PX / (BODY_M - nearer * across_m))

    def ruler(sign: float) -> Ruler:
        return Ruler(
            body_m=BODY_M,
            size_at_middle=SIZE_PX,
            size_slope=sign * nearer,
            middle=sign * MIDDLE_PX,
            along=along,
        )

    last_s = float(motion.time_s[-1])
    turns_s = motion.walks[1].start_s if len(motion.walks) > 1 else last_s
    ways = [
        SeenWay(start_s=start_s, end_s=end_s, ruler=ruler(sign), sign=sign, off_plane_deg=off_deg)
        for start_s, end_s, sign in ((0.0, turns_s, 1.0), (turns_s, last_s + 1.0, -1.0))
    ]
    per_m = SIZE_PX / BODY_M
    return replace(
        motion,
        mid_hip=np.stack([to_px(motion.mid_hip[:, 0]), motion.mid_hip[:, 1] * per_m], axis=1),
        ankles=motion.ankles * per_m,
        trunk=motion.trunk * per_m,
        scale=Scale(m_per_unit=1.0 / per_m, source=ScaleSource.HEIGHT, relative_sd=0.05),
        ways=tuple(ways),
    )


def measure(motion: TimedMotion, test: TimedTest, go_s: float = math.nan) -> TimedResult:
    return measure_timed_test(motion, GaitSettings(test=test, go_s=go_s), load_gait_errors())


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize(
    ("off_deg", "nearer", "verdict"),
    [
        (0.0, 0.0, MeasureVerdict.MEASURED),
        (15.0, 0.02, MeasureVerdict.MEASURED),
        (35.0, 0.0, MeasureVerdict.UNCERTAIN),
        (35.0, 0.04, MeasureVerdict.UNCERTAIN),
    ],
)
def test_a_walk_off_the_side_is_timed_over_metres_of_the_way(
    off_deg: float, nearer: float, verdict: MeasureVerdict, back: bool
) -> None:
    motion = see(make_walk(1.25, way_m=10.0, back=back), off_deg, nearer)
    time, speed = measure(motion, TimedTest.WALK4).measurements

    assert time.value == pytest.approx(4.0 / 1.25, abs=0.02)
    assert speed.value == pytest.approx(1.25, abs=0.01)
    assert time.n_repetitions == 1 + back
    assert time.verdict is speed.verdict is verdict
    assert ("seen 35 degrees off the side" in time.note) is (off_deg > 20.0)
    assert "steady pace" in time.note, "the same speed, however it looks"


def test_a_walk_too_short_is_told_in_metres_of_the_way() -> None:
    result = measure(see(make_walk(1.25, way_m=6.2), 35.0), TimedTest.WALK10)

    assert "the longest walk in the picture is 6.2 m" in result.warnings[0]


def test_three_metres_are_three_metres_from_off_the_side_too() -> None:
    result = measure(see(make_tug(TugPlan(way_m=2.8)), 40.0), TimedTest.TUG, go_s=2.5)
    total = result.measurements[0]

    assert not any("The hips went" in warning for warning in result.warnings)
    assert total.verdict is MeasureVerdict.UNCERTAIN
    assert "seen 40 degrees off the side" in total.note
    assert not is_comparable(total)


def test_a_way_that_looks_like_three_metres_is_found_out() -> None:
    result = measure(see(make_tug(TugPlan(way_m=4.6)), 40.0), TimedTest.TUG, go_s=2.5)

    assert any("The hips went 4.6 m from the chair" in warning for warning in result.warnings)


def test_without_parts_the_positions_scale_alone() -> None:
    motion = make_walk(scale=METRES)
    x = np.array([1.0, np.nan, 3.0])

    assert motion.find_metres(x, x) == pytest.approx(x, nan_ok=True)
    assert np.all(np.isnan(replace(motion, scale=Scale()).find_metres(x, x)))


def film_off_side(walker: Walker, off_deg: float) -> PoseRecording:
    """Return a walk filmed from afar, so many degrees off the side."""
    walked = walk(walker, np.arange(0.0, 8.0, 1.0 / 30.0))
    position_m = walked.position_m
    middle_m = float(np.mean(position_m[..., 2]))
    x, z = position_m[..., 0], position_m[..., 2] - middle_m
    turn = math.radians(off_deg)
    seen = position_m.copy()
    seen[..., 0] = x * math.cos(turn) + z * math.sin(turn)
    seen[..., 2] = z * math.cos(turn) - x * math.sin(turn) + middle_m
    turned = replace(walked, position_m=seen)
    return film(turned, scale_px=SCALE_PX, distance_m=math.inf, far_visibility=0.95)


def measure_both(recording: PoseRecording, known: GaitSettings) -> dict[str, Measurement]:
    """Return the numbers of both sides of a whole measuring by name."""
    analysis = measure_recording(
        recording, AnalysisSettings(gait=known), make_provenance(recording), STARTED_AT
    )
    return {each.measure: each for each in analysis.measurements if each.side is Side.BOTH}


@pytest.mark.parametrize("off_deg", [0.0, 25.0, -35.0])
def test_through_the_whole_measuring_the_test_agrees_with_the_walk(off_deg: float) -> None:
    walker = Walker(strides=8)
    known = GaitSettings(height_m=walker.height_m, test=TimedTest.WALK4)

    found = measure_both(film_off_side(walker, off_deg), known)

    timed, walking = found["walk4_speed"], found["walking_speed"]
    assert timed.value == pytest.approx(walking.value, rel=0.01)
    assert timed.value == pytest.approx(walker.speed_m_s, rel=0.03)
    assert timed.verdict is walking.verdict
    assert ("degrees off the side" in timed.note) is bool(off_deg)


@pytest.mark.parametrize("off_deg", [0.0, 35.0])
def test_a_distance_on_the_floor_is_seen_as_oblique_as_the_walk(off_deg: float) -> None:
    walker = Walker(strides=8)
    recording = film_off_side(walker, off_deg)
    half_px = 1.5 * SCALE_PX * math.cos(math.radians(off_deg))
    middle_px = recording.width_px / 2.0
    known = GaitSettings(
        floor_m=3.0,
        floor_px=(middle_px - half_px, 700.0, middle_px + half_px, 700.0),
        test=TimedTest.WALK4,
    )

    found = measure_both(recording, known)

    for measure_name in ("walking_speed", "walk4_speed"):
        assert found[measure_name].value == pytest.approx(walker.speed_m_s, rel=0.02), measure_name
