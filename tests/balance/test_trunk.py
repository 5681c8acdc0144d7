import math

import numpy as np
import pytest

from motion.balance import (
    TrunkSway,
    estimate_body_height,
    judge_trunk_sway,
    list_numbers,
    list_unseen,
    measure_sway,
    measure_trunk_sway,
    stands_upright,
)
from motion.balance.certainty import LARGEST_UNREST
from motion.kinematics.view import WARN_FROM_DEG
from motion.model import LANDMARKS, MeasureVerdict, Poses

RATE_HZ = 30.0
HEIGHT_PX = 400.0
DEFAULT_S = 40.0

# Heights over the floor as fractions of the body's, and half widths.
HEIGHTS = {
    "eye": 0.936, "shoulder": 0.818, "hip": 0.53, "knee": 0.285, "ankle": 0.039,
    "heel": 0.0, "foot_index": 0.0,
}  # fmt: skip
SWAYS = ("shoulder", "hip")


def standing(sway_px: np.ndarray, feet_px: np.ndarray | None = None) -> Poses:
    """Return a body seen from the front whose trunk goes sideways, and whose feet may."""
    n = len(sway_px)
    position = np.full((n, len(LANDMARKS), 2), np.nan)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for name, height in HEIGHTS.items():
            moves = sway_px if name in SWAYS else (np.zeros(n) if feet_px is None else feet_px)
            column = LANDMARKS.index(f"{side}_{name}")
            position[:, column, 0] = 320.0 + sign * 30.0 + moves
            position[:, column, 1] = 450.0 - height * HEIGHT_PX
    return Poses(
        time_s=np.arange(n) / RATE_HZ,
        position=position,
        confidence=np.full((n, len(LANDMARKS)), 0.95),
    )


def wave(hz: float, size_px: float, seconds: float = DEFAULT_S) -> np.ndarray:
    return size_px * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)


def measure(poses: Poses) -> TrunkSway:
    trunk = measure_trunk_sway(poses, RATE_HZ, HEIGHT_PX)
    assert trunk is not None
    return trunk


def test_the_height_in_the_picture_is_found_from_eyes_and_ankles() -> None:
    assert estimate_body_height(standing(wave(0.3, 4.0))).height_px == pytest.approx(HEIGHT_PX)


def test_a_hidden_head_gives_no_height() -> None:
    poses = standing(wave(0.3, 4.0))
    position = poses.position.copy()
    position[:, LANDMARKS.index("left_eye")] = np.nan
    hidden = Poses(time_s=poses.time_s, position=position, confidence=poses.confidence)

    assert math.isnan(estimate_body_height(hidden).height_px)


def test_slow_sway_is_measured_in_fractions_of_the_height() -> None:
    numbers = measure_sway(measure(standing(wave(0.3, 4.0))).sway)

    assert numbers.rms == pytest.approx(4.0 / math.sqrt(2) / HEIGHT_PX, rel=0.01)
    assert numbers.mean_frequency_hz == pytest.approx(0.3, rel=0.1)


def test_what_is_quicker_than_a_body_sways_is_taken_off() -> None:
    slow = measure_sway(measure(standing(wave(0.3, 4.0))).sway)
    shaken = measure_sway(measure(standing(wave(0.3, 4.0) + wave(9.0, 2.0))).sway)

    assert shaken.rms == pytest.approx(slow.rms, rel=0.01)
    assert shaken.mean_speed == pytest.approx(slow.mean_speed, rel=0.1)


def test_a_slow_drift_is_no_sway() -> None:
    drift = np.linspace(0.0, 15.0, int(DEFAULT_S * RATE_HZ))
    drifting = measure(standing(wave(0.3, 4.0) + drift)).sway

    assert measure_sway(drifting).rms == pytest.approx(4.0 / math.sqrt(2) / HEIGHT_PX, rel=0.02)


def test_who_sways_less_than_the_feet_seem_to_is_not_detectable() -> None:
    trunk = measure(standing(wave(0.3, 1.0), feet_px=wave(0.4, 2.0)))
    certainty = judge_trunk_sway(trunk, off_plane_deg=0.0)

    assert certainty.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "not detectable with this camera" in certainty.note
    assert all(math.isnan(n.value) for n in list_numbers(trunk.sway, certainty))


def test_a_body_that_stands_still_is_not_detectable_however_quiet_the_feet_are() -> None:
    below = 0.9 * LARGEST_UNREST * HEIGHT_PX * math.sqrt(2)
    trunk = measure(standing(wave(0.3, below)))

    assert judge_trunk_sway(trunk, 0.0).verdict is MeasureVerdict.NOT_MEASURABLE


@pytest.mark.parametrize(
    ("size", "off_deg", "verdict"),
    [
        (1.5, 0.0, MeasureVerdict.UNCERTAIN),
        (4.0, 0.0, MeasureVerdict.MEASURED),
        (4.0, WARN_FROM_DEG, MeasureVerdict.UNCERTAIN),
    ],
)
def test_certainty_follows_the_unrest_and_the_view(
    size: float, off_deg: float, verdict: MeasureVerdict
) -> None:
    times_unrest = size * LARGEST_UNREST * HEIGHT_PX * math.sqrt(2)
    trunk = measure(standing(wave(0.3, times_unrest)))

    assert judge_trunk_sway(trunk, off_deg).verdict is verdict


def test_speed_and_frequency_are_never_certain() -> None:
    trunk = measure(standing(wave(0.3, 4.0)))
    rows = {n.measure: n for n in list_numbers(trunk.sway, judge_trunk_sway(trunk, 0.0))}

    assert rows["rms"].verdict is MeasureVerdict.MEASURED
    for name in ("path", "mean_speed", "mean_frequency", "median_frequency"):
        assert rows[name].verdict is MeasureVerdict.UNCERTAIN
        assert "low on rendered people" in rows[name].note
    assert all("not validated on real people" in row.note for row in rows.values())


def test_a_step_is_found_at_its_time() -> None:
    feet_px = np.where(np.arange(int(DEFAULT_S * RATE_HZ)) > 25 * RATE_HZ, 0.2 * HEIGHT_PX, 0.0)
    trunk = measure(standing(wave(0.3, 4.0), feet_px))

    assert trunk.step_at_s == pytest.approx(25.0, abs=0.3)
    assert math.isnan(measure(standing(wave(0.3, 4.0))).step_at_s)


def test_only_the_longest_stretch_without_a_gap_is_measured() -> None:
    poses = standing(wave(0.3, 4.0))
    position = poses.position.copy()
    position[300:330, LANDMARKS.index("left_hip")] = np.nan
    broken = Poses(time_s=poses.time_s, position=position, confidence=poses.confidence)
    trunk = measure(broken)

    assert trunk.sway.duration_s == pytest.approx(29.0, abs=0.2)
    assert trunk.sway.series.start_s == pytest.approx(11.0)
    assert trunk.valid_fraction == pytest.approx(870 / 1200)


def test_a_trunk_that_was_never_seen_gives_nothing() -> None:
    poses = standing(wave(0.3, 4.0))
    empty = np.full_like(poses.position, np.nan)
    nobody = Poses(time_s=poses.time_s, position=empty, confidence=poses.confidence)

    assert measure_trunk_sway(nobody, RATE_HZ, HEIGHT_PX) is None


def test_sitting_is_told_from_standing() -> None:
    poses = standing(wave(0.3, 4.0))
    position = poses.position.copy()
    for side in ("left", "right"):
        position[:, LANDMARKS.index(f"{side}_hip"), 1] = 450.0 - 0.32 * HEIGHT_PX
    seated = Poses(time_s=poses.time_s, position=position, confidence=poses.confidence)

    assert stands_upright(poses)
    assert not stands_upright(seated)


def test_what_the_camera_does_not_see_keeps_its_rows_without_values() -> None:
    rows = list_unseen("ap", "mm", "not seen")

    assert {row.axis for row in rows} == {"ap", "both"}
    assert all(math.isnan(row.value) for row in rows)
    assert all(row.verdict is MeasureVerdict.NOT_MEASURABLE for row in rows)
