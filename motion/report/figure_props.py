"""What a pictogram shows beside the person: chair, table, wall, mat, step, band."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.exercises import Exercise
from motion.model import FloatArray, Position
from motion.report.figure import Figure, see
from motion.report.figure_scene import RADII_M, Scene

__all__ = ["Stroke", "draw_prop"]

_WOOD: Final = "#a39a8c"
_BAND: Final = "#8a5a9e"
_SEAT_HALF_M: Final = 0.24
_BACK_M: Final = 0.46


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points ``(2,)`` in metres, or a disc where there is one point only."""

    points: Sequence[FloatArray]
    ink: str
    width_m: float
    filled: bool = False


def draw_prop(exercise: Exercise, scene: Scene) -> list[Stroke]:
    """Return the lines of an exercise's prop; none where it has none."""
    draw = _PROPS.get(exercise.pictogram.prop)
    return draw(exercise, scene) if draw is not None else []


def _line(*points: tuple[float, float], width_m: float = 0.035) -> Stroke:
    return Stroke([np.array(point) for point in points], _WOOD, width_m)


def _draw_chair(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view, figure = exercise.pictogram.view, scene.start
    if exercise.position is not Position.SITTING:
        return _draw_support(figure, view)
    seat = float(figure["mid_hip"][1]) - RADII_M["trunk"] - 0.03
    middle = float(see(figure["mid_hip"], view)[0])
    left, right = middle - _SEAT_HALF_M, middle + _SEAT_HALF_M
    if view == "front":
        top = seat + _BACK_M
        back = _line((left, seat), (left, top), (right, top), (right, seat))
        return [back, _line((left, 0.02), (left, seat), (right, seat), (right, 0.02))]
    left = middle - 0.18
    right = left + 2 * _SEAT_HALF_M
    legs = [_line((x, 0.02), (x, seat)) for x in (left, right)]
    return [_line((left, seat + _BACK_M), (left, seat), (right, seat), width_m=0.05), *legs]


def _draw_support(figure: Figure, view: str) -> list[Stroke]:
    """Return a chair to hold on to: in front of somebody, or beside the limb that stands."""
    places = [see(point, view) for point in figure.values()]
    back = float(max(place[0] for place in places)) + 0.04
    seat, top, far = 0.45, 0.9, back + 2 * _SEAT_HALF_M - 0.08
    legs = [_line((x, 0.02), (x, seat)) for x in (back, far)]
    return [_line((back, top), (back, seat), (far, seat), width_m=0.05), *legs]


def _draw_table(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view = exercise.pictogram.view
    hands = np.array([see(f["right_wrist"], view) for f in (scene.start, scene.end)])
    top = float(hands[:, 1].min()) - 0.06
    left, right = float(hands[:, 0].min()) - 0.1, float(hands[:, 0].max()) + 0.1
    table = [_line((left, top), (right, top), width_m=0.05), _line((right, 0.02), (right, top))]
    return [*_draw_chair(exercise, scene), *table]


def _draw_wall(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view = exercise.pictogram.view
    places = np.array([see(p, view) for f in (scene.start, scene.end) for p in f.values()])
    return [_wall(float(places[:, 0].max()) + 0.06)]


def _draw_wall_behind(exercise: Exercise, scene: Scene) -> list[Stroke]:
    hip = see(scene.end["mid_hip"], exercise.pictogram.view)
    return [_wall(float(hip[0]) - RADII_M["trunk"] - 0.03)]


def _wall(x: float) -> Stroke:
    return _line((x, 0.0), (x, 1.75), width_m=0.05)


def _draw_mat(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view = exercise.pictogram.view
    places = np.array([see(p, view)[0] for f in (scene.start, scene.end) for p in f.values()])
    ends = (float(places.min()) - 0.05, -0.03), (float(places.max()) + 0.05, -0.03)
    return [_line(*ends, width_m=0.06)]


def _draw_step(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view, top = exercise.pictogram.view, scene.step_m
    heel, toe = (float(see(scene.start[f"right_{name}"], view)[0]) for name in ("heel", "toe"))
    left, right = heel - 0.08, toe + 0.12
    corners = [(left, 0.02), (left, top - 0.02), (right, top - 0.02), (right, 0.02)]
    return [_line(*corners)]


def _draw_band(exercise: Exercise, scene: Scene) -> list[Stroke]:
    view = exercise.pictogram.view
    ends = [see(scene.end[f"{side}_wrist"], view) for side in ("left", "right")]
    return [*_draw_chair(exercise, scene), Stroke(ends, _BAND, 0.025)]


_PROPS: Final[dict[str, Callable[[Exercise, Scene], list[Stroke]]]] = {
    "chair": _draw_chair,
    "table": _draw_table,
    "wall": _draw_wall,
    "wall_behind": _draw_wall_behind,
    "mat": _draw_mat,
    "step": _draw_step,
    "band": _draw_band,
}
