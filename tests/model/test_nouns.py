import numpy as np
import pytest
from makers import make_curve, make_view

from motion.model import (
    EDGES,
    LANDMARKS,
    MIRROR,
    AngleTable,
    Mode,
    NearSide,
    Position,
    Repetition,
    RepetitionVerdict,
    Side,
    TakeConditions,
    ViewName,
    landmark_index,
)


def test_landmarks_stand_in_the_models_own_order() -> None:
    assert len(LANDMARKS) == len(set(LANDMARKS)) == 33
    places = {
        0: "nose", 7: "left_ear", 11: "left_shoulder", 12: "right_shoulder", 24: "right_hip",
        25: "left_knee", 27: "left_ankle", 29: "left_heel", 32: "right_foot_index",
    }  # fmt: skip

    assert {index: LANDMARKS[index] for index in places} == places
    assert all(landmark_index(name) == index for index, name in enumerate(LANDMARKS))


def test_the_mirror_image_of_the_mirror_image_is_the_body() -> None:
    assert [MIRROR[MIRROR[index]] for index in range(33)] == list(range(33))
    assert LANDMARKS[MIRROR[landmark_index("left_knee")]] == "right_knee"
    assert LANDMARKS[MIRROR[landmark_index("mouth_left")]] == "mouth_right"
    assert MIRROR[0] == 0


def test_bones_join_landmarks_that_exist() -> None:
    assert {name for bone in EDGES for name in bone} <= set(LANDMARKS)


def test_an_unknown_landmark_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="tail"):
        landmark_index("tail")


@pytest.mark.parametrize("position", list(Position))
def test_only_three_positions_are_lying(position: Position) -> None:
    assert position.lying == (position.value in {"supine", "prone", "side_lying"})


def test_takes_that_differ_say_in_what() -> None:
    standing = TakeConditions()
    other = TakeConditions(position=Position.SITTING, mode=Mode.PASSIVE, aid="cane")

    assert standing.differing_fields(standing) == ()
    assert standing.differing_fields(other) == ("position", "mode", "aid")


@pytest.mark.parametrize(
    ("name", "azimuth_deg", "near"),
    [
        (ViewName.SAGITTAL, 90, NearSide.LEFT),
        (ViewName.SAGITTAL, -90, NearSide.RIGHT),
        (ViewName.OBLIQUE, 30, NearSide.LEFT),
        (ViewName.FRONTAL, 10, NearSide.NONE),
        (ViewName.UNKNOWN, float("nan"), NearSide.UNKNOWN),
    ],
)
def test_near_side_of_a_view(name: ViewName, azimuth_deg: float, near: NearSide) -> None:
    assert make_view(name, azimuth_deg).near_side is near


def test_curves_are_known_by_the_stem_of_their_column() -> None:
    knee, trunk = make_curve([1.0, np.nan]), make_curve([np.nan] * 2, "trunk_flexion", Side.NONE)
    table = AngleTable(time_s=np.array([0.0, 0.1]), curves=(knee, trunk))

    assert (knee.name, trunk.name) == ("right_knee_flexion", "trunk_flexion")
    assert table["trunk_flexion"] is trunk
    assert table.measured == (knee,)
    assert knee.valid_fraction == 0.5
    assert make_curve([]).valid_fraction == 0.0
    with pytest.raises(KeyError, match="left_knee_flexion"):
        table["left_knee_flexion"]


def test_a_repetition_lasts_from_start_to_end() -> None:
    repetition = Repetition(
        repetition=1, joint="knee", motion="flexion", side=Side.LEFT, direction=1, start_s=1.25,
        peak_s=2.0, end_s=3.5, peak_deg=90, rom_deg=85, raise_s=0.7, hold_s=0.3, lower_s=1.25,
        smoothness_sparc=-1.4, confidence=0.9, verdict=RepetitionVerdict.FULL,
    )  # fmt: skip

    assert repetition.duration_s == 2.25


def test_verdicts_are_the_words_of_the_rules() -> None:
    assert [verdict.value for verdict in RepetitionVerdict] == [
        "full",
        "partial",
        "other_movement",
        "not_measurable",
    ]
