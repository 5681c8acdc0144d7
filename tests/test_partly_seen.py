"""What is said of people seen in part, turning, lying, or with a joint that is never measured."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from makers import (
    CAMERA_IN_FRONT,
    CAMERA_LEFT,
    STARTED_AT,
    hide,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
)

from motion.kinematics import Plane
from motion.measuring import measure_again, measure_recording
from motion.model import (
    LANDMARKS,
    Analysis,
    Measurement,
    MeasureVerdict,
    ModelInfo,
    PoseRecording,
    Position,
    Side,
    TakeConditions,
    ViewName,
)
from motion.settings import AnalysisSettings

TIME_S = uniform_times(9.0)
STARTS_S = [1.0, 4.0]
UPPER_BODY = [
    n for n in LANDMARKS if not any(p in n for p in ("hip", "knee", "ankle", "heel", "foot"))
]
LEGS = [n for n in LANDMARKS if n not in UPPER_BODY]


def analyse(recording: PoseRecording, **choices: Any) -> Analysis:
    provenance = make_provenance(recording)
    return measure_recording(recording, AnalysisSettings(**choices), provenance, STARTED_AT)


def row(analysis: Analysis, measure: str, angle: str, side: Side = Side.LEFT) -> Measurement:
    (found,) = (
        m
        for m in analysis.measurements
        if (m.measure, f"{m.joint}_{m.motion}", m.side) == (measure, angle, side)
    )
    return found


def bending_knee(azimuth_deg: float = CAMERA_LEFT, **pose: Any) -> PoseRecording:
    knee = repetitions(TIME_S, STARTS_S, 90.0, rest_deg=5.0)
    return make_recording({"knee_flexion": knee} | pose, TIME_S, azimuth_deg=azimuth_deg)


def test_legs_alone_are_measured() -> None:
    analysis = analyse(hide(bending_knee(), slice(None), UPPER_BODY))
    knee, hip = (row(analysis, "rom_max", a) for a in ("knee_flexion", "hip_flexion"))

    assert analysis.view.name is ViewName.SAGITTAL
    assert knee.value == pytest.approx(95.0, abs=0.5)
    assert hip.verdict is MeasureVerdict.NOT_MEASURABLE
    assert hip.note.startswith("the camera did not see: left shoulder")


def test_the_upper_body_alone_gives_the_neck() -> None:
    bend = 20.0 * np.sin(TIME_S)
    recording = make_recording({"neck_lateral_flexion": bend}, TIME_S, azimuth_deg=CAMERA_IN_FRONT)
    analysis = analyse(hide(recording, slice(None), LEGS))

    assert analysis.view.name is ViewName.FRONTAL
    assert row(analysis, "rom_max", "neck_lateral_flexion", Side.NONE).value == pytest.approx(
        20.0, abs=0.5
    )


def test_without_shoulders_and_hips_the_view_is_not_known() -> None:
    trunk = [f"{s}_{j}" for s in ("left", "right") for j in ("shoulder", "hip")]
    analysis = analyse(hide(bending_knee(), slice(None), trunk))

    assert analysis.person_found
    assert row(analysis, "rom_max", "knee_flexion").note == (
        "the view could not be told: neither shoulders nor hips were in the picture"
    )
    assert "The view could not be told: film shoulders or hips too." in analysis.warnings
    assert any(w.startswith("Nothing could be measured") for w in analysis.warnings)


def test_who_never_stops_turning_is_not_measured() -> None:
    knee = repetitions(TIME_S, STARTS_S, 90.0, rest_deg=5.0)
    frames = [
        make_recording({"knee_flexion": knee}, TIME_S, azimuth_deg=float(each))
        for each in 90.0 * TIME_S
    ]
    spinning = replace(
        frames[0],
        image_px=np.stack([f.image_px[n] for n, f in enumerate(frames)]),
        world_m=np.stack([f.world_m[n] for n, f in enumerate(frames)]),
    )
    analysis = analyse(spinning)

    assert analysis.view.name is ViewName.UNKNOWN
    assert analysis.repetitions == ()
    assert row(analysis, "rom_max", "knee_flexion").note.startswith("no steady view")


def test_naming_a_plane_does_not_turn_the_camera() -> None:
    analysis = analyse(bending_knee(), view=Plane.FRONTAL)

    assert all(not np.isfinite(m.value) for m in analysis.measurements)
    assert row(analysis, "rom_max", "hip_abduction").note == (
        "needs a view from the front; the camera stood too far off that"
    )


@pytest.mark.parametrize("azimuth_deg", [60.0, 115.0])
def test_the_far_leg_stays_empty_in_an_oblique_side_view(azimuth_deg: float) -> None:
    analysis = analyse(bending_knee(azimuth_deg))
    far = row(analysis, "rom_max", "knee_flexion", Side.RIGHT)

    assert analysis.view.name is ViewName.OBLIQUE
    assert far.note == (
        "the right side is the far side; record again with the right side to the camera"
    )
    assert np.isfinite(row(analysis, "rom_max", "knee_flexion").value)


def test_an_angle_seen_in_few_frames_is_not_measured() -> None:
    recording = hide(bending_knee(), slice(50, None), ["left_knee"])
    knee = row(analyse(recording), "rom_max", "knee_flexion")

    assert (knee.verdict, knee.note) == (
        MeasureVerdict.NOT_MEASURABLE,
        "the camera did not see: left knee",
    )


def test_a_withheld_joint_is_never_measured() -> None:
    first = analyse(bending_knee(), movement="knee_flexion")
    analysis = measure_again(
        first, AnalysisSettings(movement="knee_flexion", withheld_joints=("left_knee",))
    )
    knee = row(analysis, "rom_max", "knee_flexion")

    assert len(first.repetitions) == 2
    assert (analysis.repetitions, analysis.counted_on) == ((), "")
    assert knee.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "the patient's record says" in knee.note
    assert not np.any(np.isfinite(analysis.angles["left_knee_flexion"].value_deg))
    assert dict(analysis.provenance.settings)["withheld_joints"] == "left_knee"


def test_a_movement_measures_its_own_angles_only() -> None:
    analysis = analyse(bending_knee(), movement="knee_flexion")

    assert {c.angle for c in analysis.angles.measured} == {"knee_flexion"}


def test_lean_is_not_given_where_nobody_said_that_the_person_lies() -> None:
    lying = bending_knee(trunk_flexion=85.0)
    standing = TakeConditions(position=Position.STANDING)

    assert not np.isfinite(row(analyse(lying), "rom_max", "trunk_flexion", Side.NONE).value)
    said = analyse(lying, conditions=standing)
    assert row(said, "rom_max", "trunk_flexion", Side.NONE).value == pytest.approx(85.0, abs=0.5)


def test_a_seated_knee_is_doubted_where_it_straightens() -> None:
    knee = 88.0 - repetitions(TIME_S, STARTS_S, 70.0)
    seated = make_recording({"knee_flexion": knee, "hip_flexion": 90.0}, TIME_S)
    analysis = analyse(seated, movement="knee_extension")
    lowest, highest = (row(analysis, m, "knee_flexion") for m in ("rom_min", "rom_max"))

    assert lowest.verdict is MeasureVerdict.UNCERTAIN
    assert lowest.note == "a seated knee reads up to 17 degrees too bent when straightened"
    assert highest.verdict is MeasureVerdict.MEASURED


def test_a_lying_persons_unsaid_position_is_asked_for_and_never_named() -> None:
    recording = make_recording({"knee_flexion": 40.0}, uniform_times(3.0), clockwise_deg=-90.0)
    provenance = replace(
        make_provenance(recording), model=ModelInfo(name="pose_landmarker_full", sha256="0" * 64)
    )

    def knee_note(position: Position) -> str:
        settings = AnalysisSettings(conditions=TakeConditions(position=position))
        analysis = measure_recording(recording, settings, provenance, STARTED_AT)
        found = {(m.joint, m.motion, m.side, m.measure): m for m in analysis.measurements}
        return found["knee", "flexion", Side.LEFT, "rom_max"].note

    assert "not validated: say how the person lay" in knee_note(Position.UNKNOWN)
    assert "side lying" not in knee_note(Position.UNKNOWN)
    assert "not validated" not in knee_note(Position.SUPINE)
