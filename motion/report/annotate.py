"""Draws what was measured onto the picture: skeleton, live angle, repetitions, a light."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motion.kinematics.joints import find_joint
from motion.model import (
    GOOD_CONFIDENCE,
    Analysis,
    AngleCurve,
    BoolArray,
    FloatArray,
    RepetitionVerdict,
    Side,
)
from motion.report.lights import (
    LIGHTS,
    LOST,
    NOT_MEASURED,
    Light,
    drawable_landmarks,
    rate_frames,
    sure_landmarks,
)
from motion.report.panel import Panel, draw_label
from motion.report.picture import direction, drawing_of, find_zero, rows_under
from motion.report.strokes import (
    BONE_BGR,
    Picture,
    draw_arc,
    draw_dashes,
    draw_segment,
    draw_skeleton,
    pixel,
    towards,
)

__all__ = ["Annotator"]

_BESIDE_RAD: Final = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """The live angle's drawing: rows of each of its points, its curve, its light per frame."""

    curve: AngleCurve
    rows: dict[str, tuple[int, ...]]
    reach_px: float
    lights: NDArray[np.uint8]


class Annotator:
    """Draws one analysis onto the frames of its recording.

    Only landmarks of the measured person that were seen are drawn; segments that the model is
    unsure of, or that were interpolated, are thin and dashed, and so are those of an angle that
    is. A frame without the person says so. The arc runs from the angle's zero to the moving
    segment.

    Parameters
    ----------
    analysis
        The finished result: the video shows the very numbers of the tables.
    size_px
        Width and height of the pictures that will be drawn on.
    """

    def __init__(self, analysis: Analysis, size_px: tuple[int, int]) -> None:
        recording = analysis.recording
        self.size_px = size_px
        scale = np.array(size_px) / [recording.width_px, recording.height_px]
        points = np.asarray(recording.image_px * scale, dtype=np.float32)
        self._drawable: BoolArray = drawable_landmarks(recording)
        points[~self._drawable] = np.nan
        self._points = points
        self._sure: BoolArray = sure_landmarks(recording)
        self._unit = max(self.size_px) / 480
        self._time_s = recording.time_s
        self._ends_s = [
            r.end_s for r in analysis.repetitions if r.verdict is RepetitionVerdict.FULL
        ]
        self._shown = _shown(analysis, points)
        title = _title(self._shown.curve) if self._shown else ""
        self._panel = Panel(title, self.size_px, points)

    def draw(self, image_bgr: Picture, index: int) -> Picture:
        """Draw the measurements of frame ``index`` onto a picture, in place."""
        if index >= len(self._points):
            return image_bgr
        light = self._light(index)
        draw_skeleton(
            image_bgr, self._points[index], self._drawable[index], self._sure[index], self._unit
        )
        value_deg = float("nan")
        if self._shown is not None:
            value_deg = float(self._shown.curve.value_deg[index])
            self._draw_angle(image_bgr, self._shown, index, light)
        done = sum(end_s <= self._time_s[index] for end_s in self._ends_s)
        self._panel.draw(image_bgr, value_deg, done, light)
        return image_bgr

    def _light(self, index: int) -> Light:
        if self._shown is not None:
            return LIGHTS[self._shown.lights[index]]
        return NOT_MEASURED if self._drawable[index].any() else LOST

    def _draw_angle(self, image: Picture, shown: _Shown, index: int, light: Light) -> None:
        value_deg = shown.curve.value_deg[index]
        places = {name: self._points[index, rows].mean(axis=0) for name, rows in shown.rows.items()}
        if not np.isfinite(value_deg) or not all(np.isfinite(p[0]) for p in places.values()):
            return
        sure = self._is_sure(shown, index)
        drawing = drawing_of(shown.curve.angle)
        thick = max(2, round((2.5 if sure else 1.2) * self._unit))
        for start, end in drawing.measured:
            ends = pixel(places[start]), pixel(places[end])
            draw_segment(image, ends, light.bgr, thick, sure=sure)
        moving = direction(drawing.moving, places)
        nominal = direction(drawing.zero, places)
        if drawing.turned:
            nominal += np.pi / 2 * np.sign(np.sin(moving - nominal) or 1.0)
        zero = find_zero(moving, nominal, value_deg)
        vertex = places[drawing.vertex]
        draw_dashes(
            image, pixel(vertex), pixel(vertex + 1.6 * shown.reach_px * towards(zero)), BONE_BGR, 1
        )
        width = max(1, round(self._unit))
        draw_arc(image, vertex, (zero, moving), shown.reach_px, width, light.bgr)
        self._draw_number(image, vertex, (zero, moving), shown, value_deg)

    def _is_sure(self, shown: _Shown, index: int) -> bool:
        seen = all(self._sure[index, list(rows)].all() for rows in shown.rows.values())
        return seen and bool(shown.curve.confidence[index] >= GOOD_CONFIDENCE)

    def _draw_number(
        self,
        image: Picture,
        vertex: FloatArray,
        ends: tuple[float, float],
        shown: _Shown,
        value_deg: float,
    ) -> None:
        # Beyond the arc; of a small angle beside the moving segment and not upon it.
        zero, moving = ends
        turn = np.copysign(max(abs(moving - zero) / 2, _BESIDE_RAD), moving - zero)
        middle = vertex + (shown.reach_px + 14 * self._unit) * towards(zero + turn)
        draw_label(image, f"{value_deg:.0f}", pixel(middle), 0.42 * self._unit)


def _shown(analysis: Analysis, points: NDArray[np.float32]) -> _Shown | None:
    if not analysis.counted_on:
        return None
    curve = analysis.angles[analysis.counted_on]
    rows = rows_under(curve.angle, curve.side)
    ends = [points[:, list(rows[name])].mean(axis=1) for name in drawing_of(curve.angle).moving]
    lengths = np.linalg.norm(ends[1] - ends[0], axis=1)
    seen = lengths[np.isfinite(lengths)]
    reach_px = float(np.clip(0.45 * np.max(seen), 14, 60)) if len(seen) else 20.0
    return _Shown(curve, rows, reach_px, rate_frames(analysis, curve))


def _title(curve: AngleCurve) -> str:
    title = find_joint(curve.angle).title
    return title if curve.side is Side.NONE else f"{curve.side.value.capitalize()} {title.lower()}"
