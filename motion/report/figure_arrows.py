"""Where a pictogram's arrows run: along what moves, beside what moves little, round what turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from motion.exercise.exercises import Exercise
from motion.model import FloatArray
from motion.report.figure import Figure, see
from motion.report.figure_props import Stroke
from motion.report.figure_scene import Scene

__all__ = ["Arrow", "find_arrows"]

_SHORTEST_M: Final = 0.26
_BESIDE_M: Final = 0.17
_RINGS_M: Final = {
    "head": ("head", 0.22, 0.09),
    "trunk": ("mid_shoulder", 0.34, 0.14),
    "hips": ("mid_hip", 0.2, 0.2),
    "wrist": ("wrist", 0.14, 0.14),
}
"""Where a ring of a turn lies, half its width and half its height: round an upright axis it is seen
from above, round one that points at the viewer it is a circle."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow through points ``(2,)`` in metres; one that turns has a head at both ends."""

    points: Sequence[FloatArray]
    both_ends: bool = False


def find_arrows(exercise: Exercise, scene: Scene, strokes: Sequence[Stroke]) -> list[Arrow]:
    """Return the arrows of an exercise: of its movement, and of its turn where it has one.

    Parameters
    ----------
    strokes
        What is drawn already: a short arrow is put where it covers least of it.
    """
    view, arrows = exercise.pictogram.view, []
    if len(scene.path):
        drawn = np.concatenate([_along(stroke.points) for stroke in strokes])
        arrows.append(Arrow(_lengthen([see(point, view) for point in scene.path], drawn)))
    if exercise.pictogram.turn:
        arrows.append(Arrow(_find_turn(exercise, scene.end), both_ends=True))
    return arrows


def _lengthen(way: list[FloatArray], bodies: FloatArray) -> list[FloatArray]:
    """Return a way that is too short to be seen as a longer one, where it covers no body."""
    chord = way[-1] - way[0]
    length = float(np.linalg.norm(chord))
    if length >= _SHORTEST_M:
        return way
    middle, along = (way[0] + way[-1]) / 2, chord / (length or 1.0)
    across = np.array([-along[1], along[0]])
    line = middle + _SHORTEST_M * np.linspace(-0.5, 0.5, len(way))[:, None] * along
    beyond = (_SHORTEST_M + length) / 2 + 0.5 * _BESIDE_M
    shifts = (_BESIDE_M * across, -_BESIDE_M * across, -beyond * along, beyond * along)

    def clearance(places: FloatArray) -> float:
        free = float(np.min(np.linalg.norm(places[:, None] - bodies, axis=2)))
        return min(free, float(places[:, 1].min()))

    best = max((line + shift for shift in shifts), key=clearance)
    return list(best)


def _along(points: Sequence[FloatArray]) -> FloatArray:
    """Return points along a line, close enough to tell what lies on it."""
    shares = np.linspace(0.0, 1.0, 6)[:, None]
    return np.concatenate(
        [np.array(points), *((1 - shares) * a + shares * b for a, b in pairwise(points))]
    )


def _find_turn(exercise: Exercise, figure: Figure) -> list[FloatArray]:
    """Return the lower, nearer half of a ring around what turns."""
    name, view = exercise.pictogram.turn, exercise.pictogram.view
    around, across_m, high_m = _RINGS_M[name.removeprefix("left_").removeprefix("right_")]
    centre = see(figure[around if name in _RINGS_M else name], view)
    return [
        centre + np.array([across_m * np.cos(angle), high_m * np.sin(angle)])
        for angle in np.linspace(np.radians(170.0), np.radians(370.0), 25)
    ]
