"""Puts the figure of a pictogram on its floor: what rests stays, what moves leaves a path."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.exercises import Exercise, Pictogram
from motion.model import FloatArray, Position
from motion.report.figure import LYING, Figure, pose_figure

__all__ = ["RADII_M", "Scene", "set_scene"]

RADII_M: Final = {"trunk": 0.065, "limb": 0.035, "head": 0.095}
"""Half the thickness that parts are drawn with."""

_ON_FLOOR_M: Final = 0.03
_STEPS_N: Final = 24
Posture = Mapping[str, float]
_SIDES: Final = ("left", "right")
_RESTS_LYING: Final = (
    "mid_shoulder",
    "mid_hip",
    *(
        f"{side}_{name}"
        for side in _SIDES
        for name in ("shoulder", "elbow", "wrist", "knee", "heel", "toe")
    ),
)
_MOVERS: Final = {
    "shoulder": ("wrist",),
    "elbow": ("wrist",),
    "hip": ("mid_hip", "knee", "ankle"),
    "knee": ("mid_hip", "knee", "ankle"),
    "ankle": ("toe", "heel", "knee"),
    "trunk": ("head", "mid_hip", "wrist"),
    "neck": ("head",),
    "balance": ("ankle", "mid_hip", "head"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Both postures on one floor at height 0, the prop's place, the path of what moves most.

    Parameters
    ----------
    start, end
        The figures; the same where nothing moves.
    path
        ``(n, 3)`` of the point that moves most of the exercise's region; empty where none does.
    step_m
        Height of the step; 0 without one.
    """

    start: Figure
    end: Figure
    path: FloatArray
    step_m: float


def set_scene(exercise: Exercise) -> Scene:
    """Return the two postures of an exercise where they belong on the floor.

    Feet that stand in both postures do not slip, nor do the shoulders of somebody who lies; with a
    step the right foot stays on it.
    """
    pictogram, position = exercise.pictogram, exercise.position
    start, end = (
        _ground(pose_figure(posture, pictogram.view, position), position, _SIDES)
        for posture in (pictogram.start, pictogram.end)
    )
    step_m = _lowest(start, ("right",)) if pictogram.prop == "step" else 0.0
    standing = ("right",) if step_m > 0 else _find_standing(pictogram, start, end)
    start = start if step_m > 0 else _ground(start, position, standing or _SIDES)
    frames = []
    for share in np.linspace(0.0, 1.0, _STEPS_N + 1):
        posture = _between(pictogram.start, pictogram.end, float(share))
        figure = pose_figure(posture, pictogram.view, position)
        figure = _ground(figure, position, standing or _SIDES)
        frames.append(_settle(figure, start, position, standing, step_m))
    return Scene(start, frames[-1], _find_path(frames, exercise), step_m)


def _between(start: Mapping[str, float], end: Mapping[str, float], share: float) -> Posture:
    return {
        name: (1 - share) * start.get(name, 0.0) + share * end.get(name, 0.0)
        for name in {*start, *end}
    }


def _find_standing(pictogram: Pictogram, start: Figure, end: Figure) -> tuple[str, ...]:
    """Return the sides whose feet stay on the floor: of legs that are kept as they are, or all."""
    down = tuple(
        side for side in _SIDES if max(_lowest(start, (side,)), _lowest(end, (side,))) < _ON_FLOOR_M
    )
    kept = tuple(
        side
        for side in down
        if all(
            pictogram.start.get(f"{side}_{joint}", 0.0) == pictogram.end.get(f"{side}_{joint}", 0.0)
            for joint in ("hip", "knee", "ankle")
        )
    )
    return kept or down


def _ground(figure: Figure, position: Position, standing: tuple[str, ...]) -> Figure:
    if position in LYING:
        trunk = ("mid_shoulder", "mid_hip")
        low = min(
            float(figure[name][1]) - RADII_M["trunk" if name in trunk else "limb"]
            for name in _RESTS_LYING
        )
    else:
        low = _lowest(figure, standing)
    return _move(figure, np.array([0.0, -low, 0.0]))


def _lowest(figure: Figure, sides: tuple[str, ...]) -> float:
    ends = (figure[f"{side}_{end}"] for side in sides for end in ("heel", "toe"))
    return min(float(end[1]) for end in ends) - RADII_M["limb"]


def _settle(
    figure: Figure, start: Figure, position: Position, standing: tuple[str, ...], step_m: float
) -> Figure:
    """Shift a figure so that what rests on the floor rests where it did at the start."""
    names = [f"{side}_toe" for side in standing] or ["mid_hip"]
    if position in LYING:
        names = ["mid_shoulder"]
    slip = np.mean([start[name] - figure[name] for name in names], axis=0)
    return _move(figure, slip * [1.0, 1.0 if step_m > 0 else 0.0, 1.0])


def _move(figure: Figure, by: FloatArray) -> Figure:
    return {name: point + by for name, point in figure.items()}


def _find_path(frames: list[Figure], exercise: Exercise) -> FloatArray:
    names = [
        point
        for mover in _MOVERS[exercise.region.value]
        for point in ((mover,) if mover in frames[0] else (f"right_{mover}", f"left_{mover}"))
    ]
    paths = {name: np.array([frame[name] for frame in frames]) for name in names}
    ways = {name: float(np.linalg.norm(path[-1] - path[0])) for name, path in paths.items()}
    most = max(ways, key=lambda name: ways[name])
    return paths[most] if ways[most] > _ON_FLOOR_M else np.zeros((0, 3))
