"""Marker sets: those that come with the product, recognition, and files that say what cannot be."""

from typing import Any

import pytest

from motion.errors import InputError
from motion.library import load_marker_sets
from motion.markers import parse_marker_set, recognise_set

SETS = {each.name: each for each in load_marker_sets()}
FEET = ["LHEE", "RHEE", "LTOE", "RTOE"]


def table(**entries: object) -> dict[str, Any]:
    return {"title": "Feet", "needs": FEET, **entries}


def test_the_product_knows_four_sets() -> None:
    assert set(SETS) == {"plug_in_gait", "opensim_gait2354", "body_25", "landmarks"}
    assert all(len(each.sha256) == 64 for each in SETS.values())


@pytest.mark.parametrize("name", list(SETS))
def test_every_set_places_both_feet_and_hips(name: str) -> None:
    marker_set = SETS[name]
    feet = {f"{side}_{at}" for side in ("left", "right") for at in ("heel", "foot_index")}

    assert feet <= set(marker_set.landmarks)
    assert marker_set.pelvis or {"left_hip", "right_hip"} <= set(marker_set.landmarks)


@pytest.mark.parametrize("name", list(SETS))
def test_a_set_is_recognised_by_what_it_needs(name: str) -> None:
    assert recognise_set(SETS[name].needs, list(SETS.values())).name == name


def test_capitals_and_the_subject_do_not_count() -> None:
    names = ["Anna:lasi", "Anna:RASI", *(f"Anna:{foot}" for foot in FEET), "Anna:C7"]

    assert recognise_set(names, list(SETS.values())).name == "plug_in_gait"


def test_of_two_sets_the_one_that_needs_more_is_taken() -> None:
    feet = parse_marker_set("feet", table())
    names = [*FEET, "LASI", "RASI"]

    assert recognise_set(names, [feet, SETS["plug_in_gait"]]).name == "plug_in_gait"


def test_an_unknown_set_names_the_nearest_and_what_is_missing() -> None:
    with pytest.raises(
        InputError, match="nearest is Plug-in-Gait, of which lasi, rtoe are missing"
    ):
        recognise_set(["RASI", "LHEE", "LTOE", "RHEE", "Box"], list(SETS.values()))


def test_places_are_alternatives_of_middles() -> None:
    found = parse_marker_set("feet", table(landmarks={"left_wrist": ["LWRA + LWRB", "LWRI"]}))

    assert found.landmarks["left_wrist"] == (("lwra", "lwrb"), ("lwri",))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"colour": 1}, "unknown entry 'colour'"),
        ({"title": 3}, "title must be text, got 3"),
        ({"needs": []}, r"needs must be a list of markers, got \[\]"),
        ({"needs": [1]}, "needs must be text, got 1"),
        ({"landmarks": 3}, "landmarks must be a table"),
        ({"landmarks": {"left_toe": ["LTOE"]}}, "unknown landmark 'left_toe'"),
        ({"landmarks": {"left_heel": "LHEE"}}, "left_heel must be a list of markers"),
        ({"landmarks": {"left_heel": ["LHEE + "]}}, "left_heel must be text, got ''"),
        ({"pelvis": {"left_front": "LASI"}}, "right_front must be text, got None"),
        ({"outside": {"left_hip": {}}}, "unknown joint 'left_hip'"),
        ({"outside": {"left_knee": "LKNE"}}, "left_knee.marker must be text"),
        ({"clusters": {"both": {}}}, "unknown side 'both'"),
        ({"clusters": {"left": {"thigh": ["A", "B"]}}}, "left.thigh needs three markers, got 2"),
        ({"usual": {"hip_width_mm": 1}}, "unknown width 'hip_width_mm'"),
        ({"usual": {"knee_width_mm": -1}}, "knee_width_mm must be millimetres above 0, got -1"),
        ({"usual": {"knee_width_mm": True}}, "knee_width_mm must be millimetres above 0"),
        (
            {"outside": {"left_knee": {"marker": "LKNE", "wand": "LTHI"}}},
            "usual must say knee_width_mm",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(entries: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=f"marker set feet: {message}"):
        parse_marker_set("feet", table(**entries))
