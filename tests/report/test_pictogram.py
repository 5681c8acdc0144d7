"""Pictograms: a figure whose bones keep their length, stands on its floor and stays in its box."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_makers import make_exercise

from motion.exercise.exercises import (
    FIGURE_ANGLES,
    PROPS,
    TURNS,
    Exercise,
    Pictogram,
    Region,
    Sides,
)
from motion.exercise_library import list_exercises
from motion.model import Position, Side
from motion.report.figure import BONES_M, LYING, Figure, pose_figure, see
from motion.report.figure_scene import RADII_M, set_scene
from motion.report.pictogram import _END, _START, draw_pictogram

LIBRARY = list_exercises()
SVG = "{http://www.w3.org/2000/svg}"
BONES = {
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "foot": ("heel", "toe"),
}

postures = st.dictionaries(st.sampled_from(FIGURE_ANGLES), st.floats(-170, 170), max_size=12)
views = st.sampled_from(["side", "front"])
positions = st.sampled_from(Position)


def shown(view: str = "side", position: Position = Position.STANDING, **changes) -> Exercise:
    pictogram = Pictogram(view=view, **changes)
    return make_exercise(pictogram=pictogram, position=position)


def bone(figure: Figure, side: str, name: str) -> np.ndarray:
    start, end = BONES[name]
    return figure[f"{side}_{end}"] - figure[f"{side}_{start}"]


def trunk(figure: Figure) -> np.ndarray:
    return figure["mid_shoulder"] - figure["mid_hip"]


def turned_deg(start: np.ndarray, end: np.ndarray) -> float:
    """From one direction to another, counter-clockwise in the picture."""
    cross = start[0] * end[1] - start[1] * end[0]
    return float(np.degrees(np.arctan2(cross, start[:2] @ end[:2])))


# ---------------------------------------------------------------- the figure


@given(postures, views, positions)
def test_bones_keep_their_lengths(posture: dict, view: str, position: Position) -> None:
    figure = pose_figure(posture, view, position)
    for side in ("left", "right"):
        for name in BONES:
            assert np.linalg.norm(bone(figure, side, name)) == pytest.approx(BONES_M[name])
    assert np.linalg.norm(trunk(figure)) == pytest.approx(BONES_M["trunk"])
    assert all(np.isfinite(point).all() for point in figure.values())


def test_angles_are_those_that_were_asked_for() -> None:
    asked = {
        "trunk": 30.0,
        "right_shoulder": 70.0,
        "right_elbow": 50.0,
        "right_hip": 85.0,
        "right_knee": 60.0,
        "right_ankle": 15.0,
    }
    figure = pose_figure(asked, "side", Position.STANDING)
    up, down = np.array([0.0, 1.0, 0.0]), -trunk(figure)
    arm, thigh = bone(figure, "right", "upper_arm"), bone(figure, "right", "thigh")
    shank, foot = bone(figure, "right", "shank"), bone(figure, "right", "foot")
    # The figure looks to the right: forward is counter-clockwise of straight down.
    assert turned_deg(trunk(figure), up) == pytest.approx(30.0)
    assert turned_deg(down, arm) == pytest.approx(70.0)
    assert turned_deg(arm, bone(figure, "right", "forearm")) == pytest.approx(50.0)
    assert turned_deg(down, thigh) == pytest.approx(85.0)
    assert turned_deg(shank, thigh) == pytest.approx(60.0)
    assert turned_deg(shank, foot) - 90.0 == pytest.approx(15.0)


@pytest.mark.parametrize(("side", "sign"), [("right", -1.0), ("left", 1.0)])
def test_from_the_front_limbs_go_outwards(side: str, sign: float) -> None:
    asked = {f"{side}_shoulder": 70.0, f"{side}_elbow": 20.0, f"{side}_hip": 30.0}
    figure = pose_figure(asked, "front", Position.STANDING)
    down = np.array([0.0, -1.0, 0.0])
    arm = bone(figure, side, "upper_arm")
    assert turned_deg(down, arm) == pytest.approx(sign * 70.0)
    assert turned_deg(arm, bone(figure, side, "forearm")) == pytest.approx(sign * 20.0)
    assert turned_deg(down, bone(figure, side, "thigh")) == pytest.approx(sign * 30.0)


def test_from_the_front_the_trunk_leans_to_the_persons_right() -> None:
    standing = pose_figure({"trunk": 20.0}, "front", Position.STANDING)
    assert standing["head"][0] < -0.1
    assert standing["left_ankle"][0] == pytest.approx(-standing["right_ankle"][0])
    lying = pose_figure({"trunk": 90.0}, "front", Position.SIDE_LYING)
    assert lying["left_hip"][1] > lying["right_hip"][1]  # the right side is underneath
    assert lying["left_ankle"][0] > 0.8


@given(postures)
def test_from_the_front_swapped_sides_are_the_mirror_image(posture: dict) -> None:
    swap = {"left": "right", "right": "left"}

    def other(name: str) -> str:
        side, _, rest = name.partition("_")
        return f"{swap[side]}_{rest}" if side in swap else name

    swapped = {
        other(name): -value if name in ("trunk", "head") else value
        for name, value in posture.items()
    }
    first, second = (pose_figure(p, "front", Position.STANDING) for p in (posture, swapped))
    for name, point in first.items():
        np.testing.assert_allclose(second[other(name)], point * [-1.0, 1.0, 1.0], atol=1e-9)


def test_who_sits_points_the_thighs_at_the_viewer() -> None:
    figure = pose_figure({"left_knee": 90.0}, "front", Position.SITTING)
    np.testing.assert_allclose(bone(figure, "left", "thigh"), [0, 0, BONES_M["thigh"]], atol=1e-9)
    np.testing.assert_allclose(bone(figure, "left", "shank"), [0, -BONES_M["shank"], 0], atol=1e-9)
    knee = see(figure["left_knee"], "front") - see(figure["left_hip"], "front")
    assert knee[1] < -0.1  # so it is seen, a little from above


def test_who_lies_on_the_side_opens_a_bent_leg_at_the_knee() -> None:
    bent = {"trunk": -90.0, "right_knee": 60.0, "left_knee": 60.0}
    closed, opened = (
        pose_figure({**bent, "right_hip": hip}, "front", Position.SIDE_LYING) for hip in (0.0, 35.0)
    )
    assert opened["right_knee"][1] - closed["right_knee"][1] > 0.2
    assert opened["right_ankle"][1] - closed["right_ankle"][1] == pytest.approx(0.0, abs=0.03)


# ---------------------------------------------------------------- the floor


def lowest(figure: Figure, side: str) -> float:
    ends = figure[f"{side}_heel"][1], figure[f"{side}_toe"][1]
    return float(min(ends)) - RADII_M["limb"]


@pytest.mark.parametrize("name", LIBRARY)
def test_every_exercise_stands_on_its_floor(name: str) -> None:
    exercise = LIBRARY[name]
    scene = set_scene(exercise)
    ends = ["mid_shoulder", "mid_hip"]
    ends += [f"{s}_{p}" for s in ("left", "right") for p in ("knee", "heel", "toe", "wrist")]
    for figure in (scene.start, scene.end):
        low = min(figure[point][1] for point in ends)
        if exercise.position in LYING:
            assert low - RADII_M["trunk"] <= 1e-9
            assert low >= RADII_M["limb"] - 1e-9
        else:
            assert low == pytest.approx(RADII_M["limb"] + min(scene.step_m, low), abs=0.06)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_foot_that_stands_does_not_slip(name: str) -> None:
    exercise = LIBRARY[name]
    scene = set_scene(exercise)
    if exercise.position in LYING or exercise.pictogram.prop == "step":
        return
    both_down = [
        side
        for side in ("left", "right")
        if max(lowest(scene.start, side), lowest(scene.end, side)) < 0.01
    ]
    slips = [abs(scene.start[f"{s}_toe"][0] - scene.end[f"{s}_toe"][0]) for s in both_down]
    assert both_down, "somebody who does not lie stands or sits with a foot on the floor"
    assert min(slips) < 0.06


def test_the_standing_leg_stays_when_the_other_swings() -> None:
    swing = shown(start={"right_knee": 5.0}, end={"right_knee": 95.0, "right_hip": 10.0})
    scene = set_scene(replace(swing, region=Region.KNEE))
    for point in ("left_heel", "left_toe", "left_knee", "mid_hip"):
        np.testing.assert_allclose(scene.end[point], scene.start[point], atol=1e-9)
    np.testing.assert_allclose(scene.path[-1], scene.end["right_ankle"], atol=1e-9)


def test_a_step_stays_under_the_foot() -> None:
    step = shown(prop="step", start={"right_hip": 50.0, "right_knee": 50.0}, end={})
    scene = set_scene(step)
    assert scene.step_m == pytest.approx(0.43 * (1 - np.cos(np.radians(50.0))))
    np.testing.assert_allclose(scene.end["right_heel"], scene.start["right_heel"], atol=1e-9)
    assert lowest(scene.end, "left") == pytest.approx(scene.step_m)


# ---------------------------------------------------------------- the drawing


def read(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    return root


def numbers(svg: str) -> np.ndarray:
    paths = re.findall(r' d="([^"]+)"', svg)
    places = [re.findall(r"(-?[\d.]+) (-?[\d.]+)", path) for path in paths]
    return np.array([[float(x), float(y)] for path in places for x, y in path])


@pytest.mark.parametrize("name", LIBRARY)
def test_every_exercise_is_drawn_within_its_box(name: str) -> None:
    svg = draw_pictogram(LIBRARY[name])
    root = read(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == LIBRARY[name].title
    assert root.findtext(f"{SVG}desc")
    places = numbers(svg)
    assert places.min() >= 0.0
    assert places.max() <= 240.0
    assert np.ptp(places[:, 0]) > 60.0


def test_size_changes_the_frame_and_not_the_drawing() -> None:
    small, large = (draw_pictogram(LIBRARY["squat"], size) for size in (64, 240))
    assert read(small).get("width") == "64"
    assert read(small).get("viewBox") == read(large).get("viewBox")
    np.testing.assert_array_equal(numbers(small), numbers(large))


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    right, left = (
        read(draw_pictogram(LIBRARY["arm_raise_sideways"], side=side))
        for side in (Side.RIGHT, Side.LEFT)
    )
    group = f"{SVG}g"
    assert right.find(group).get("transform") is None
    assert left.find(group).get("transform") == "translate(240 0) scale(-1 1)"
    assert [x.attrib for x in right.find(group)] == [x.attrib for x in left.find(group)]


@pytest.mark.parametrize("name", [n for n, e in LIBRARY.items() if e.sides is Sides.ONE])
def test_files_show_the_right_side(name: str) -> None:
    picture = LIBRARY[name].pictogram
    moved = {
        angle.split("_")[0]
        for angle in {*picture.start, *picture.end}
        if picture.start.get(angle, 0.0) != picture.end.get(angle, 0.0)
    }
    # On one leg it is the side that is stood on that counts.
    assert "right" in moved or picture.turn.startswith("right") or name == "single_leg_stance"


def test_a_title_is_never_markup() -> None:
    svg = draw_pictogram(replace(LIBRARY["squat"], title='Up & <down> "slowly"'))
    assert read(svg).findtext(f"{SVG}title") == 'Up & <down> "slowly"'


def test_start_is_pale_and_end_dark_also_in_grey() -> None:
    def luma(ink: str) -> float:
        red, green, blue = (int(ink[k : k + 2], 16) for k in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert luma(_END.near) + 50 < luma(_END.far) < luma(_START.near) < luma(_START.far) < 250
    moving = draw_pictogram(LIBRARY["squat"])
    held = draw_pictogram(shown(start={"right_hip": 20.0}, end={"right_hip": 20.0}))
    assert _START.near in moving
    assert _END.near in moving
    assert _START.near not in held
    assert _END.near in held


@pytest.mark.parametrize("prop", PROPS)
@pytest.mark.parametrize("view", ["side", "front"])
@pytest.mark.parametrize("position", [Position.STANDING, Position.SITTING, Position.SUPINE])
def test_each_prop_is_seen(prop: str, view: str, position: Position) -> None:
    posture = {"right_hip": 50.0, "right_knee": 50.0}
    bare, with_prop = (
        len(numbers(draw_pictogram(shown(view, position, prop=p, start=posture, end={}))))
        for p in ("", prop)
    )
    assert with_prop > bare


@pytest.mark.parametrize("turn", TURNS)
def test_a_turn_is_shown_where_two_postures_cannot(turn: str) -> None:
    bare, turned = (draw_pictogram(shown("front", turn=t)) for t in ("", turn))
    assert "#c84b00" not in bare
    assert "#c84b00" in turned


@given(start=postures, end=postures, view=views, position=positions, region=st.sampled_from(Region),
       prop=st.sampled_from(("", *PROPS)), turn=st.sampled_from(("", *TURNS)))  # fmt: skip
def test_any_posture_is_drawn(start, end, view, position, region, prop, turn) -> None:
    exercise = shown(view, position, start=start, end=end, prop=prop, turn=turn)
    svg = draw_pictogram(replace(exercise, region=region))
    assert "nan" not in svg
    assert read(svg) is not None
