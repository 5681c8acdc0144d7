from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import (
    CAMERA_LEFT,
    hide,
    make_recording,
    make_view,
    repetitions,
    uniform_times,
)

from motion.kinematics import CleaningSettings, ConfidenceModel, clean_recording, measure_angles
from motion.kinematics.confidence import Ratings, rate_table
from motion.kinematics.confidence_evidence import EVIDENCE, azimuth_of_frames
from motion.library import load_confidence_model
from motion.model import (
    LANDMARKS,
    SEEN_CONFIDENCE,
    AngleTable,
    PoseRecording,
    Position,
    ViewPass,
    landmark_index,
)

TIME_S = uniform_times(6.0)
MODEL = load_confidence_model()
BEFORE = slice(0, 60)
SPOILED = slice(75, 105)


def bending_knee(raise_s: float = 1.0, **camera: float) -> PoseRecording:
    knee = repetitions(TIME_S, [0.5, 3.0], 90.0, raise_s=raise_s)
    return make_recording({"left_knee_flexion": knee}, TIME_S, **camera)  # type: ignore[arg-type]


def rate(
    recording: PoseRecording, azimuth_deg: float = CAMERA_LEFT, model: ConfidenceModel = MODEL
) -> tuple[AngleTable, Ratings]:
    filled, poses = clean_recording(recording, 30.0, CleaningSettings())
    table = measure_angles(poses, filled, make_view(), Position.STANDING)
    return rate_table(table, filled, azimuth_deg, model)


def knee_confidence(recording: PoseRecording, azimuth_deg: float = CAMERA_LEFT) -> np.ndarray:
    table, _ = rate(recording, azimuth_deg)
    return np.asarray(table["left_knee_flexion"].confidence)


def shake(recording: PoseRecording, rows: slice, by_px: float) -> PoseRecording:
    image = np.array(recording.image_px)
    count = len(range(*rows.indices(len(recording))))
    noise = np.random.default_rng(4).uniform(-by_px, by_px, (count, 2))
    image[rows, landmark_index("left_knee")] += noise
    return replace(recording, image_px=image)


def make_model(**given: float) -> ConfidenceModel:
    return ConfidenceModel(
        version="test",
        band_deg=10.0,
        chance=given.pop("chance", 0.1),
        intercept=given.pop("intercept", 4.0),
        weights=dict.fromkeys(EVIDENCE, 0.0) | given,
    )


# ------------------------------------------------------------------ the model

evidence_rows = st.lists(st.floats(0.0, 1.0), min_size=len(EVIDENCE), max_size=len(EVIDENCE))


@given(evidence_rows)
def test_a_confidence_lies_between_0_and_1(row: list[float]) -> None:
    (stated,) = MODEL.rate(np.array([row]))

    assert 0.0 <= stated <= 1.0


@pytest.mark.parametrize("column", range(len(EVIDENCE)), ids=list(EVIDENCE))
@given(row=evidence_rows, other=st.floats(0.0, 1.0))
def test_worse_evidence_never_raises_it(column: int, row: list[float], other: float) -> None:
    better, worse = np.array([row]), np.array([row])
    better[0, column], worse[0, column] = sorted([row[column], other])

    assert MODEL.rate(worse)[0] <= MODEL.rate(better)[0]


def test_the_shipped_model_speaks_of_ten_degrees_and_tells_good_from_bad() -> None:
    best, worst = np.zeros((1, len(EVIDENCE))), np.ones((1, len(EVIDENCE)))

    assert MODEL.band_deg == 10.0
    assert MODEL.rate(best)[0] > 0.98
    assert MODEL.rate(worst)[0] < SEEN_CONFIDENCE
    assert MODEL.version


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"hidden": 1.0}, "weights must be"),
        (dict.fromkeys(EVIDENCE, -1.0), "weights must not be negative"),
        (dict.fromkeys(EVIDENCE, float("nan")), "weights must not be negative"),
    ],
)
def test_a_model_that_could_reward_bad_evidence_is_refused(
    weights: dict[str, float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        ConfidenceModel(version="", band_deg=10.0, chance=0.0, intercept=1.0, weights=weights)


def test_chance_is_a_share() -> None:
    with pytest.raises(ValueError, match=r"chance must be in 0..1, got 1.5"):
        make_model(chance=1.5)


# ------------------------------------------------------------------ from landmarks


def test_a_clean_take_is_sure_throughout() -> None:
    assert np.all(knee_confidence(bending_knee()) > 0.95)


def test_landmarks_that_jump_lower_it_where_they_do() -> None:
    clean = knee_confidence(bending_knee())
    some, more = (knee_confidence(shake(bending_knee(), SPOILED, px)) for px in (2.0, 6.0))

    assert np.mean(more[SPOILED]) < np.mean(some[SPOILED]) < np.mean(clean[SPOILED])
    np.testing.assert_allclose(more[BEFORE], clean[BEFORE], atol=0.02)


def test_a_hidden_landmark_lowers_it() -> None:
    visibility = np.array(bending_knee().visibility)
    visibility[SPOILED, landmark_index("left_ankle")] = 0.55
    hidden = knee_confidence(replace(bending_knee(), visibility=visibility))

    assert np.all(hidden[SPOILED] < knee_confidence(bending_knee())[SPOILED])


@pytest.mark.parametrize("off_deg", [0.0, 20.0, 40.0])
def test_a_view_farther_off_the_plane_lowers_it(off_deg: float) -> None:
    nearer = knee_confidence(bending_knee(), CAMERA_LEFT - off_deg)
    farther = knee_confidence(bending_knee(), CAMERA_LEFT - off_deg - 15.0)

    assert np.all(farther < nearer)


def test_a_straight_joint_suffers_less_from_an_oblique_view() -> None:
    oblique = knee_confidence(bending_knee(), CAMERA_LEFT - 40.0)
    square = knee_confidence(bending_knee())
    straight, bent = 0, int(1.5 * 30)

    assert square[bent] - oblique[bent] > square[straight] - oblique[straight]


def test_a_faster_movement_is_less_sure() -> None:
    moving = slice(18, 30)

    assert np.mean(knee_confidence(bending_knee(raise_s=0.4))[moving]) < np.mean(
        knee_confidence(bending_knee(raise_s=1.2))[moving]
    )


def test_the_pictures_edge_lowers_it() -> None:
    at_edge = knee_confidence(bending_knee(centre_px=(320.0, 285.0)))  # type: ignore[arg-type]

    assert np.mean(at_edge) < np.mean(knee_confidence(bending_knee()))


def test_a_bone_that_changes_its_length_lowers_it() -> None:
    world = np.array(bending_knee().world_m)
    knee, ankle = landmark_index("left_knee"), landmark_index("left_ankle")
    world[SPOILED, ankle] = world[SPOILED, knee] + 1.5 * (
        world[SPOILED, ankle] - world[SPOILED, knee]
    )
    stretched = knee_confidence(replace(bending_knee(), world_m=world))

    assert np.all(stretched[SPOILED] < knee_confidence(bending_knee())[SPOILED])


def test_what_was_filled_is_less_sure_and_still_measured() -> None:
    rows = slice(30, 33)
    table, _ = rate(hide(bending_knee(), rows, ["left_knee"]))
    curve = table["left_knee_flexion"]

    assert np.all(curve.filled[rows])
    assert np.all(np.isfinite(curve.value_deg[rows]))
    assert np.max(curve.confidence[rows]) < knee_confidence(bending_knee())[40]


def test_a_slow_camera_does_not_make_a_movement_a_jump() -> None:
    time_s = uniform_times(20.0, 5.0)
    knee = repetitions(time_s, [1.0, 8.0, 14.0], 90.0, raise_s=1.5)
    recording = make_recording({"left_knee_flexion": knee}, time_s)
    filled, poses = clean_recording(recording, 5.0, CleaningSettings())
    table = measure_angles(poses, filled, make_view(), Position.STANDING)
    rated, _ = rate_table(table, filled, CAMERA_LEFT, MODEL)

    assert np.min(rated["left_knee_flexion"].confidence) > 0.8


def test_legs_alone_are_as_sure() -> None:
    upper = [n for n in LANDMARKS if landmark_index(n) < landmark_index("left_hip")]
    legs = knee_confidence(hide(bending_knee(), slice(None), upper))

    assert np.all(legs > 0.95)


# ------------------------------------------------------------------ red frames


def test_red_frames_lose_their_value_and_keep_their_confidence() -> None:
    recording = shake(bending_knee(), SPOILED, 60.0)
    strict = make_model(intercept=1.0, rough=6.0, chance=0.0)
    before, _ = rate(recording, model=make_model(intercept=9.0))
    table, ratings = rate(recording, model=strict)
    curve = table["left_knee_flexion"]

    assert np.any(curve.red[SPOILED])
    assert not np.any(curve.red[BEFORE])
    assert np.all(np.isnan(curve.value_deg[curve.red]))
    assert np.all(curve.confidence[curve.red] < SEEN_CONFIDENCE)
    assert np.all(curve.confidence[np.isfinite(curve.value_deg)] >= SEEN_CONFIDENCE)
    assert not np.any(curve.filled[curve.red])
    assert ratings.name_doubt(curve, curve.red) == "landmarks jumping about"
    kept = np.isfinite(curve.value_deg)
    np.testing.assert_array_equal(
        curve.value_deg[kept], before["left_knee_flexion"].value_deg[kept]
    )


def test_what_was_not_measured_has_no_confidence() -> None:
    table, ratings = rate(hide(bending_knee(), slice(60, 120), ["left_knee"]))
    curve = table["left_knee_flexion"]

    assert np.all(np.isnan(curve.confidence[60:120]))
    assert not np.any(curve.red)
    assert np.all(np.isnan(table["right_knee_flexion"].confidence))
    assert ratings.name_doubt(table["right_knee_flexion"], np.ones(181, dtype=bool)) == ""
    assert ratings.name_doubt(curve, np.zeros(181, dtype=bool)) == ""


def test_nobody_in_the_picture_passes() -> None:
    table, ratings = rate(hide(bending_knee(), slice(None)))

    assert table.measured == ()
    assert ratings.heaviest == {}


@pytest.mark.parametrize("frames", [1, 2, 4, 5])
def test_very_short_recordings_are_rated(frames: int) -> None:
    recording = make_recording({"left_knee_flexion": 30.0}, np.arange(frames) / 30.0)
    table, _ = rate(recording)
    confidence = table["left_knee_flexion"].confidence

    assert confidence.shape == (frames,)
    assert np.all((confidence >= 0.0) & (confidence <= 1.0))


def test_each_pass_has_its_own_view_and_a_turn_has_none() -> None:
    left, right = make_view(), make_view(azimuth_deg=-60.0)
    passes = [
        ViewPass(first=0, stop=2, start_s=0.0, end_s=1.0, view=left),
        ViewPass(first=3, stop=5, start_s=3.0, end_s=4.0, view=right),
    ]

    np.testing.assert_array_equal(
        azimuth_of_frames(passes, 6), [90.0, 90.0, np.nan, -60.0, -60.0, np.nan]
    )
