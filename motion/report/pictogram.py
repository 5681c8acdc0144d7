"""The product's own picture of an exercise: a figure at its start and at its end, as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

import numpy as np

from motion.exercise.exercises import Exercise
from motion.model import FloatArray, Side
from motion.report.figure import Figure, see
from motion.report.figure_arrows import Arrow, find_arrows
from motion.report.figure_props import Stroke, draw_prop
from motion.report.figure_scene import RADII_M, set_scene

__all__ = ["draw_pictogram"]

_BOX: Final = 240.0
_RIM: Final = 14.0
_LARGEST: Final = 118.0
"""Units of the box per metre of the figure at most, so that figures are alike in size."""

_PAPER: Final = "#f7f9fb"
_FLOOR: Final = "#8a949c"
_ARROW: Final = "#c84b00"
_ARROW_ROOM_M: Final = 0.16


@dataclass(frozen=True, slots=True)
class _Inks:
    """Shades of one posture: the far limbs lighter than the near ones, also in grey."""

    near: str
    far: str
    trunk: str


_START: Final = _Inks("#b4c3cf", "#d3dde5", "#c2cfd9")
_END: Final = _Inks("#10324c", "#6a8aa3", "#2b5575")


def draw_pictogram(exercise: Exercise, size_px: int = 240, *, side: Side = Side.RIGHT) -> str:
    """Return the exercise's picture as SVG, on paper of its own so that it is seen in dark too.

    The start is pale and the end dark; an arrow follows what moves most. Where both postures are
    the same only one figure is drawn.

    Parameters
    ----------
    size_px
        Width and height that it is shown with; it is the same drawing at every size.
    side
        Whose side is done: the files show the right one, the left one is its mirror image.
    """
    scene, view = set_scene(exercise), exercise.pictogram.view
    moves = len(scene.path) > 0
    strokes = [
        *draw_prop(exercise, scene),
        *(_draw_figure(scene.start, view, _START) if moves else []),
        *_draw_figure(scene.end, view, _END),
    ]
    arrows = find_arrows(exercise, scene, strokes)
    place = _Frame.around([*strokes, *(Stroke(a.points, _ARROW, _ARROW_ROOM_M) for a in arrows)])
    seen = "from the side" if view == "side" else "from the front"
    told = f"Start in a pale shade, end in a dark one, seen {seen}." if moves else f"Seen {seen}."
    body = [
        place.floor(),
        *(place.path(stroke) for stroke in strokes),
        *(place.arrow(arrow) for arrow in arrows),
    ]
    turned = ' transform="translate(240 0) scale(-1 1)"' if side is Side.LEFT else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{size_px}" '
        f'height="{size_px}" viewBox="0 0 240 240"><title>{escape(exercise.title)}</title>'
        f'<desc>{told}</desc><rect width="240" height="240" rx="14" fill="{_PAPER}"/>'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round"{turned}>'
        f"{''.join(body)}</g></svg>"
    )


def _draw_figure(figure: Figure, view: str, inks: _Inks) -> list[Stroke]:
    def line(ink: str, radius_m: float, *names: str) -> Stroke:
        return Stroke([see(figure[name], view) for name in names], ink, 2 * radius_m)

    def limbs(side: str, ink: str) -> list[Stroke]:
        arm, leg = RADII_M["limb"] * 0.85, RADII_M["limb"]
        return [
            line(ink, leg, *(f"{side}_{name}" for name in ("hip", "knee", "ankle", "heel"))),
            line(ink, leg, *(f"{side}_{name}" for name in ("heel", "toe"))),
            line(ink, arm, *(f"{side}_{name}" for name in ("shoulder", "elbow", "wrist"))),
        ]

    head = Stroke([see(figure["head"], view)], inks.near, 2 * RADII_M["head"])
    if view == "front":
        corners = ("left_shoulder", "right_shoulder", "right_hip", "left_hip", "left_shoulder")
        chest = Stroke([see(figure[name], view) for name in corners], inks.trunk, 0.05, filled=True)
        neck = line(inks.trunk, 0.03, "mid_shoulder", "head")
        return [neck, chest, *limbs("left", inks.near), *limbs("right", inks.near), head]
    trunk = line(inks.trunk, RADII_M["trunk"], "mid_hip", "mid_shoulder")
    neck = line(inks.trunk, 0.03, "mid_shoulder", "head")
    nose = line(inks.near, 0.02, "head", "nose")
    return [*limbs("left", inks.far), neck, trunk, nose, head, *limbs("right", inks.near)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres on the floor to units of the box."""

    scale: float
    left: float
    floor_y: float

    @classmethod
    def around(cls, strokes: Sequence[Stroke]) -> "_Frame":
        ends = [
            np.asarray(point) + sign * stroke.width_m / 2
            for stroke in strokes
            for point in stroke.points
            for sign in (-1.0, 1.0)
        ]
        low, high = np.min(ends, axis=0), np.max(ends, axis=0)
        low[1] = min(low[1], -0.05)
        room = _BOX - 2 * _RIM
        scale = float(min(room / (high[0] - low[0]), room / (high[1] - low[1]), _LARGEST))
        left = _BOX / 2 - scale * float(low[0] + high[0]) / 2
        # What is low in the box stands on its lower edge; a lying figure on the lower third.
        spare = room - scale * float(high[1] - low[1])
        return cls(scale, left, _BOX - _RIM - 0.35 * spare + scale * float(low[1]))

    def at(self, point: FloatArray) -> tuple[float, float]:
        return self.left + self.scale * float(point[0]), self.floor_y - self.scale * float(point[1])

    def path(self, stroke: Stroke) -> str:
        places = [self.at(point) for point in stroke.points]
        width = self.scale * stroke.width_m
        if len(places) == 1:
            (x, y), radius = places[0], width / 2
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{stroke.ink}"/>'
        fill = f' fill="{stroke.ink}"' if stroke.filled else ""
        return f'<path d="{_way(places)}" stroke="{stroke.ink}" stroke-width="{width:.1f}"{fill}/>'

    def floor(self) -> str:
        y = self.floor_y
        return f'<path d="M10 {y:.1f}H230" stroke="{_FLOOR}" stroke-width="2.5"/>'

    def arrow(self, arrow: Arrow) -> str:
        places = np.array([self.at(point) for point in arrow.points])
        both_ends = arrow.both_ends
        heads = [_arrowhead(places)] + ([_arrowhead(places[::-1])] if both_ends else [])
        line = _way([tuple(place) for place in places[1 if both_ends else 0 : -1]])
        return "".join(
            (
                f'<path d="{line}" stroke="{_PAPER}" stroke-width="9"/>',
                f'<path d="{line}" stroke="{_ARROW}" stroke-width="5"/>',
                *(
                    f'<path d="{h}Z" fill="{_ARROW}" stroke="{_PAPER}" stroke-width="1.5"/>'
                    for h in heads
                ),
            )
        )


def _arrowhead(places: FloatArray) -> str:
    along = places[-1] - places[-3]
    along = along / (np.linalg.norm(along) or 1.0)
    across = np.array([-along[1], along[0]])
    tip = places[-1] + 4 * along
    wings = (tip - 15 * along + 9 * across, tip, tip - 15 * along - 9 * across)
    return _way([(float(x), float(y)) for x, y in wings])


def _way(places: Sequence[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
