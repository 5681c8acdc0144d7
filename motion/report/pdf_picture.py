"""The product's own pictograms on paper: their SVG as shapes of a PDF, still vectors."""

import re
from typing import Any, Final
from xml.etree import ElementTree

from reportlab.graphics.shapes import Circle, Drawing, Group, Path, Rect
from reportlab.lib.colors import HexColor

from motion.exercise.exercises import Exercise
from motion.model import Side
from motion.report.pictogram import draw_pictogram

__all__ = ["draw_exercise"]

_BOX: Final = 240.0
_STEP: Final = re.compile(r"([MLHZ])([^MLHZ]*)")
_ROUND: Final = 1


def draw_exercise(exercise: Exercise, size_pt: float, side: Side = Side.RIGHT) -> Any:
    """Return the picture of an exercise as a drawing of a PDF."""
    root = ElementTree.fromstring(draw_pictogram(exercise, side=side))
    scale = size_pt / _BOX
    drawing = Drawing(size_pt, size_pt)
    # An SVG's y axis points down, a PDF's up.
    page = Group(transform=(scale, 0, 0, -scale, 0, size_pt))
    for part in root:
        name = _tag(part)
        if name == "rect":
            page.add(Rect(0, 0, _BOX, _BOX, fillColor=HexColor(part.get("fill")), strokeColor=None))
        elif name == "g":
            mirrored = part.get("transform") is not None
            figure = Group(transform=(-1, 0, 0, 1, _BOX, 0) if mirrored else (1, 0, 0, 1, 0, 0))
            for stroke in part:
                figure.add(_shape(stroke))
            page.add(figure)
    drawing.add(page)
    return drawing


def _tag(part: ElementTree.Element) -> str:
    return part.tag.rpartition("}")[2]


def _shape(part: ElementTree.Element) -> Any:
    fill = part.get("fill")
    inside = None if fill is None else HexColor(fill)
    if _tag(part) == "circle":
        x, y, radius = (float(part.get(name, "0")) for name in ("cx", "cy", "r"))
        return Circle(x, y, radius, fillColor=inside, strokeColor=None)
    stroke = part.get("stroke")
    path = Path(
        fillColor=inside,
        strokeColor=None if stroke is None else HexColor(stroke),
        strokeWidth=float(part.get("stroke-width", "0")),
        strokeLineCap=_ROUND,
        strokeLineJoin=_ROUND,
    )
    y = 0.0
    for command, said in _STEP.findall(part.get("d", "")):
        numbers = [float(number) for number in said.split()]
        if command == "Z":
            path.closePath()
        elif command == "H":
            path.lineTo(numbers[0], y)
        else:
            x, y = numbers
            (path.moveTo if command == "M" else path.lineTo)(x, y)
    return path
