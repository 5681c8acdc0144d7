"""What must hold of the numbers of any take: from landmarks through the whole of measuring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import (
    STARTED_AT,
    Floats,
    hide,
    make_provenance,
    make_recording,
    mirror,
    pose_body,
    repetitions,
    uniform_times,
)

from motion.kinematics import JOINTS, find_joint, landmarks_under
from motion.measuring import measure_recording
from motion.model import LANDMARKS, Analysis, AngleCurve, NearSide, PoseRecording, Side
from motion.settings import AnalysisSettings

quick = settings(deadline=None, max_examples=15)
slow = settings(deadline=None, max_examples=6)

FOCAL_PX = 512.0
RATES_HZ = (15.0, 30.0, 60.0, 120.0)
AGAINST_GRAVITY = {joint.name for joint in JOINTS if joint.needs_upright}
OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
OTHER_NEAR = {NearSide.LEFT: NearSide.RIGHT, NearSide.RIGHT: NearSide.LEFT}


@dataclass(frozen=True)
class Motion:
    """A movement that can be filmed at any rate, and the camera before which it was done."""

    starts_s: tuple[float, ...]
    raise_s: float
    heights_deg: Mapping[str, float]
    azimuth_deg: float

    def move(self, rate_hz: float) -> tuple[Floats, dict[str, Floats]]:
        """Return the times and the angles at each of them."""
        time_s = uniform_times(self.starts_s[-1] + 2 * self.raise_s + 1.0, rate_hz)
        return time_s, {
            name: repetitions(time_s, self.starts_s, height, raise_s=self.raise_s)
            for name, height in self.heights_deg.items()
        }

    def film(self, rate_hz: float = 30.0, **camera: float | tuple[float, float]) -> PoseRecording:
        """Film it; the parameters of the camera are those of :func:`makers.make_recording`."""
        time_s, pose = self.move(rate_hz)
        where: Mapping[str, object] = {"azimuth_deg": self.azimuth_deg, **camera}
        return make_recording(pose, time_s, **where)  # type: ignore[arg-type]

    def film_in_perspective(self, aside_m: float, away_m: float) -> PoseRecording:
        """Film it ``aside_m`` to the right of the camera's axis, from ``away_m``.

        The model's metres show the body as it looks along the line of sight, as a model does
        that sees a picture cut out around the person.
        """
        time_s, pose = self.move(30.0)
        body, azimuth = pose_body(pose, len(time_s)), np.radians(self.azimuth_deg)
        right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
        towards = np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
        across, depth_m = body @ right + aside_m, away_m - body @ towards
        image_px = np.stack([across, -body[..., 1]], axis=-1) * FOCAL_PX / depth_m[..., None]
        slant_deg = float(np.degrees(np.arctan2(aside_m, away_m)))
        looks = make_recording(pose, time_s, azimuth_deg=self.azimuth_deg - slant_deg)
        return replace(looks, image_px=np.array([320.0, 240.0]) + image_px)


@st.composite
def motions(draw: st.DrawFn, heights: Mapping[str, tuple[float, float]], camera: str) -> Motion:
    raise_s = draw(st.floats(0.6, 1.2))
    pauses = draw(st.lists(st.floats(0.4, 1.0), min_size=1, max_size=2))
    starts = np.cumsum([1.0, *[2 * raise_s + pause for pause in pauses]])
    azimuths = {"side": (90.0, -90.0), "plain": (0.0, 180.0)}[camera]
    return Motion(
        starts_s=tuple(float(start) for start in starts),
        raise_s=raise_s,
        heights_deg={name: draw(st.floats(*span)) for name, span in heights.items()},
        azimuth_deg=draw(st.sampled_from(azimuths)),
    )


# One angle moves by more than any other: which of two equals is counted, rounding would decide.
from_side = motions(
    {
        "knee_flexion": (85.0, 110.0),
        "hip_flexion": (40.0, 80.0),
        "trunk_flexion": (10.0, 35.0),
        "elbow_flexion": (20.0, 80.0),
        "shoulder_flexion": (-30.0, 80.0),
    },
    "side",
)
from_front = motions(
    {
        "left_shoulder_abduction": (60.0, 100.0),
        "right_shoulder_abduction": (105.0, 150.0),
        "trunk_lateral_flexion": (-25.0, 25.0),
        "neck_lateral_flexion": (-25.0, 25.0),
        "right_hip_abduction": (5.0, 30.0),
    },
    "plain",
)


def analyse(recording: PoseRecording) -> Analysis:
    return measure_recording(recording, AnalysisSettings(), make_provenance(recording), STARTED_AT)


def assert_same_angles(
    found: Analysis, wanted: Analysis, shift_deg: Callable[[AngleCurve], float], atol: float
) -> None:
    assert wanted.angles.measured
    for curve in wanted.angles.curves:
        value = found.angles[curve.name].value_deg
        np.testing.assert_allclose(
            value, curve.value_deg + shift_deg(curve), atol=atol, err_msg=curve.name
        )


def unchanged(curve: AngleCurve) -> float:
    return 0.0


# ---------------------------------------------------------------- place, size, rotation


@quick
@given(st.one_of(from_side, from_front), st.floats(100.0, 240.0), st.floats(-40.0, 60.0))
def test_size_and_height_in_the_picture_change_no_number(
    motion: Motion, scale_px: float, down_px: float
) -> None:
    plain = analyse(motion.film(scale_px=170.0))
    moved = analyse(motion.film(scale_px=scale_px, centre_px=(320.0, 250.0 + down_px)))

    assert moved.view.azimuth_deg == pytest.approx(plain.view.azimuth_deg, abs=1e-6)
    assert_same_angles(moved, plain, unchanged, atol=1e-5)
    assert len(moved.repetitions) == len(plain.repetitions) == len(motion.starts_s)


@quick
@given(from_side, st.floats(-1.0, 1.0), st.floats(3.5, 6.0))
def test_where_the_person_stands_changes_no_angle_of_a_side_view(
    motion: Motion, aside_m: float, away_m: float
) -> None:
    """Aside in the picture means a slanted line of sight: this needs a camera with perspective.

    A limb that moves at one depth keeps its shape exactly. What is left is the azimuth, which is
    estimated within 3 degrees of itself (test_azimuth.py), and a trunk whose shoulders are wider
    than its hips: together less than half a degree.
    """
    middle = analyse(motion.film_in_perspective(0.0, 4.5))
    aside = analyse(motion.film_in_perspective(aside_m, away_m))

    assert_same_angles(aside, middle, unchanged, atol=0.5)


@quick
@given(st.one_of(from_side, from_front), st.floats(-15.0, 15.0))
def test_turning_the_picture_shifts_angles_against_gravity_by_just_that(
    motion: Motion, clockwise_deg: float
) -> None:
    plain, turned = (
        analyse(motion.film(scale_px=170.0, clockwise_deg=each)) for each in (0.0, clockwise_deg)
    )
    # Clockwise on the picture is forward for who faces right, and to the person's left for
    # who is seen from the front.
    sign = {0.0: -1.0, 180.0: 1.0, -90.0: 1.0, 90.0: -1.0}[motion.azimuth_deg]

    def shift_deg(curve: AngleCurve) -> float:
        if curve.angle in AGAINST_GRAVITY:
            return sign * clockwise_deg
        if curve.joint == "ankle":
            # Its zero is the flat foot's slope over a floor taken as level (clinical_rules.md 5):
            # the whole turn goes into it, until the foot is too slanted to count as flat.
            return slope_of_foot(plain, curve.side) - slope_of_foot(turned, curve.side)
        return 0.0

    # The camera's azimuth is an estimate, so that there may be foreshortening to take out where
    # none was. Stretching lines by k along the picture turns a line at an angle t by f(t) with
    # |f'| <= k - 1: each of an angle's two lines changes by (k - 1) times the turn at the most.
    assert turned.view.azimuth_deg == pytest.approx(plain.view.azimuth_deg, abs=1e-3)
    k = 1.0 / np.cos(np.radians(plain.view.off_plane_deg))
    assert_same_angles(turned, plain, shift_deg, atol=1e-4 + 2.0 * (k - 1.0) * abs(clockwise_deg))
    for name, slope_deg in plain.neutral.items():
        other_deg = turned.neutral[name]
        if np.isfinite(slope_deg) and np.isfinite(other_deg):
            assert other_deg == pytest.approx(slope_deg - sign * clockwise_deg, abs=1e-5)


def slope_of_foot(analysis: Analysis, side: Side) -> float:
    """Return what was taken off the ankle's angle."""
    return float(np.nan_to_num(analysis.neutral[f"{side}_foot_slope_deg"]))


# ---------------------------------------------------------------- mirror


@quick
@given(st.one_of(from_side, from_front), st.floats(-35.0, 35.0))
def test_mirroring_the_recording_swaps_sides_and_signs_exactly(
    motion: Motion, yaw_deg: float
) -> None:
    recording = replace(motion, azimuth_deg=motion.azimuth_deg + yaw_deg).film(scale_px=170.0)
    plain, mirrored = analyse(recording), analyse(mirror(recording))

    turned_deg = (mirrored.view.azimuth_deg + plain.view.azimuth_deg + 180.0) % 360.0 - 180.0
    assert turned_deg == pytest.approx(0.0, abs=1e-6)
    assert mirrored.view.name is plain.view.name
    near = plain.view.near_side
    assert mirrored.view.near_side is OTHER_NEAR.get(near, near)
    for curve in plain.angles.curves:
        sign = -1.0 if curve.motion == "lateral_flexion" else 1.0
        swapped = replace(curve, side=OTHER_SIDE.get(curve.side, curve.side)).name
        other = mirrored.angles[swapped]
        np.testing.assert_allclose(other.value_deg, sign * curve.value_deg, atol=1e-6)
        np.testing.assert_allclose(other.confidence, curve.confidence, atol=1e-6)
    assert_numbers_are_mirrored(plain, mirrored)


def assert_numbers_are_mirrored(plain: Analysis, mirrored: Analysis) -> None:
    found = {(m.measure, m.joint, m.motion, m.side): m for m in mirrored.measurements}
    ends = {"rom_max": "rom_min", "rom_min": "rom_max"}
    for row in plain.measurements:
        bends = row.motion == "lateral_flexion"
        measure = ends.get(row.measure, row.measure) if bends else row.measure
        if bends and row.measure.startswith("best_three_mean"):
            continue  # the two directions change places, and their names with them
        other = found[measure, row.joint, row.motion, OTHER_SIDE.get(row.side, row.side)]
        sign = -1.0 if bends and row.measure in ends else 1.0
        assert other.value == pytest.approx(sign * row.value, abs=1e-6, nan_ok=True), row
        assert other.verdict is row.verdict, row
        assert other.sem == pytest.approx(row.sem, abs=1e-6, nan_ok=True), row


# ---------------------------------------------------------------- gaps


@quick
@given(
    st.one_of(from_side, from_front),
    st.integers(0, 120),
    st.integers(7, 60),  # from 0.23 s on: nothing is filled
    st.lists(st.sampled_from(LANDMARKS), min_size=1, max_size=8, unique=True),
)
def test_a_gap_never_creates_a_value(
    motion: Motion, first: int, frames: int, lost: list[str]
) -> None:
    recording = motion.film(scale_px=170.0)
    whole = analyse(recording)
    holed = analyse(hide(recording, slice(first, first + frames), lost))

    for curve in holed.angles.curves:
        appeared = np.isfinite(curve.value_deg) & np.isnan(whole.angles[curve.name].value_deg)
        assert not np.any(appeared), curve.name
        points = find_joint(curve.angle).points
        if any(name in lost for p in points for name in landmarks_under(p, curve.side)):
            within = curve.value_deg[first : first + frames]
            assert not np.any(np.isfinite(within)), curve.name
    numbers = {
        (m.measure, m.joint, m.motion, m.side): m for m in whole.measurements if m.unit == "deg"
    }
    for row in holed.measurements:
        before = numbers.get((row.measure, row.joint, row.motion, row.side))
        if before is not None and np.isnan(before.value):
            assert np.isnan(row.value), row
        if before is not None and row.measure == "rom_max" and np.isfinite(row.value):
            # What is left is a part of what was seen: it cannot reach farther, but for what the
            # filter makes of a gap's edge, where it has no neighbours on one side.
            assert row.value <= before.value + 1.0, row


# ---------------------------------------------------------------- frame rate


@slow
@given(st.one_of(from_side, from_front))
def test_any_frame_rate_gives_the_same_numbers(motion: Motion) -> None:
    takes = {rate_hz: analyse(motion.film(rate_hz, scale_px=170.0)) for rate_hz in RATES_HZ}
    finest = takes[RATES_HZ[-1]]

    for rate_hz, take in takes.items():
        assert_ranges_agree(take, finest, motion)
        assert len(take.repetitions) == len(finest.repetitions) == len(motion.starts_s), rate_hz
        assert take.counted_on == finest.counted_on
        for one, other in zip(take.repetitions, finest.repetitions, strict=True):
            for name in ("start_s", "peak_s", "end_s"):
                apart_s = abs(getattr(one, name) - getattr(other, name))
                assert apart_s <= 1.0 / RATES_HZ[0], (rate_hz, name)


def assert_ranges_agree(take: Analysis, finest: Analysis, motion: Motion) -> None:
    """Hold the extremes to each other: half a degree and 1 % of the movement.

    At 15 frames/s the two frames beside a peak lie up to 1/30 s from it; of a bump that rises
    in 0.6 s that costs 0.8 % of its height, and the outlier filter some more.
    """
    wanted = {(m.measure, m.joint, m.motion, m.side): m for m in finest.measurements}
    tallest_deg = max(abs(height) for height in motion.heights_deg.values())
    for row in take.measurements:
        if row.measure in ("rom_max", "rom_min"):
            other = wanted[row.measure, row.joint, row.motion, row.side]
            assert row.value == pytest.approx(
                other.value, abs=0.5 + 0.01 * tallest_deg, nan_ok=True
            ), row
