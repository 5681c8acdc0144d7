"""Draws what was measured onto the picture: skeleton, live angle, repetitions, a light."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from motion.model import (
    EDGES,
    Analysis,
    AngleCurve,
    FloatArray,
    RepetitionVerdict,
    landmark_index,
)

__all__ = ["Annotator"]

Picture = NDArray[np.uint8]

_SEEN: Final = 0.5
_GOOD: Final = 0.8

# Blue, amber and grey stay apart for colour-blind eyes; each light also has its word.
_GOOD_BGR: Final = (200, 120, 20)
_FAIR_BGR: Final = (20, 160, 235)
_NONE_BGR: Final = (120, 120, 120)
_BONE_BGR: Final = (225, 225, 225)
_INK_BGR: Final = (30, 30, 30)
_PAPER_BGR: Final = (250, 250, 250)
_FONT: Final = cv2.FONT_HERSHEY_SIMPLEX

_BONES_OF_JOINT: Final = {
    "shoulder": ("shoulder-elbow", "shoulder-hip"),
    "elbow": ("shoulder-elbow", "elbow-wrist"),
    "hip": ("hip-knee", "shoulder-hip"),
    "knee": ("hip-knee", "knee-ankle"),
    "ankle": ("knee-ankle", "heel-foot_index"),
    "trunk": ("shoulder-hip",),
    "neck": ("shoulder-shoulder",),
}

_ANCHOR_OF_JOINT: Final = {"trunk": "hip", "neck": "ear"}


@dataclass(frozen=True, slots=True, eq=False)
class _Bone:
    start: int
    end: int
    measured: bool


class Annotator:
    """Draws one analysis onto the frames of its recording.

    Only landmarks that were seen are drawn; interpolated ones are drawn as open circles.

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
        self._points = np.asarray(recording.image_px * scale, dtype=np.float32)
        seen = recording.filled | (recording.confidence >= _SEEN)
        self._points[~seen] = np.nan
        self._filled = recording.filled
        self._curve = _shown_curve(analysis)
        self._bones = [_bone(a, b, self._curve) for a, b in EDGES]
        self._unit = max(1, round(max(self.size_px) / 480))
        self._ends_s = [
            r.end_s for r in analysis.repetitions if r.verdict is RepetitionVerdict.FULL
        ]
        self._time_s = recording.time_s

    def draw(self, image_bgr: Picture, index: int) -> Picture:
        """Draw the measurements of frame ``index`` onto a picture, in place."""
        if index < len(self._points):
            self._draw_skeleton(image_bgr, index)
            self._draw_panel(image_bgr, index)
        return image_bgr

    def _draw_skeleton(self, image: Picture, index: int) -> None:
        points = self._points[index]
        for bone in self._bones:
            ends = points[[bone.start, bone.end]]
            if np.all(np.isfinite(ends)):
                colour = self._light(index)[1] if bone.measured else _BONE_BGR
                width = 3 * self._unit if bone.measured else self._unit
                cv2.line(image, _pixel(ends[0]), _pixel(ends[1]), colour, width, cv2.LINE_AA)
        for number in range(11, len(points)):
            if np.all(np.isfinite(points[number])):
                thickness = 1 if self._filled[index, number] else -1
                centre = _pixel(points[number])
                cv2.circle(image, centre, 2 * self._unit, _BONE_BGR, thickness, cv2.LINE_AA)

    def _light(self, index: int) -> tuple[str, tuple[int, int, int]]:
        if self._curve is None or not np.isfinite(self._curve.value_deg[index]):
            return "Not measured", _NONE_BGR
        good = self._curve.confidence[index] >= _GOOD and not self._curve.filled[index]
        return ("Good", _GOOD_BGR) if good else ("Fair", _FAIR_BGR)

    def _draw_panel(self, image: Picture, index: int) -> None:
        unit = self._unit
        word, colour = self._light(index)
        lines = [word]
        if self._curve is not None:
            value = self._curve.value_deg[index]
            number = f"{value:.0f} deg" if np.isfinite(value) else "-"
            done = sum(end_s <= self._time_s[index] for end_s in self._ends_s)
            title = self._curve.name.replace("_", " ")
            lines = [f"{title}  {number}", f"repetitions {done}", word]
        width, height = 210 * unit, (14 * len(lines) + 8) * unit
        cv2.rectangle(image, (0, 0), (width, height), _PAPER_BGR, -1)
        for row, text in enumerate(lines):
            place = (22 * unit, (14 * row + 15) * unit)
            cv2.putText(image, text, place, _FONT, 0.38 * unit, _INK_BGR, unit, cv2.LINE_AA)
        middle = (11 * unit, (14 * (len(lines) - 1) + 11) * unit)
        cv2.circle(image, middle, 5 * unit, colour, -1, cv2.LINE_AA)
        self._draw_angle(image, index)

    def _draw_angle(self, image: Picture, index: int) -> None:
        if self._curve is None or not np.isfinite(self._curve.value_deg[index]):
            return
        at = self._points[index, _anchor(self._curve)]
        if not np.all(np.isfinite(at)):
            return
        text, unit = f"{self._curve.value_deg[index]:.0f}", self._unit
        place = (int(at[0]) + 8 * unit, int(at[1]) - 4 * unit)
        cv2.putText(image, text, place, _FONT, 0.6 * unit, _INK_BGR, 4 * unit, cv2.LINE_AA)
        cv2.putText(image, text, place, _FONT, 0.6 * unit, _PAPER_BGR, unit, cv2.LINE_AA)


def _pixel(point: FloatArray) -> tuple[int, int]:
    return int(point[0]), int(point[1])


def _shown_curve(analysis: Analysis) -> AngleCurve | None:
    if not analysis.counted_on:
        return None
    return analysis.angles[analysis.counted_on]


def _bone(start: str, end: str, curve: AngleCurve | None) -> _Bone:
    measured = False
    if curve is not None:
        name = f"{_bare(start)}-{_bare(end)}"
        own_side = curve.side.value in ("none", start.split("_", maxsplit=1)[0])
        measured = own_side and name in _BONES_OF_JOINT[curve.joint]
    return _Bone(landmark_index(start), landmark_index(end), measured)


def _bare(landmark: str) -> str:
    return landmark.removeprefix("left_").removeprefix("right_")


def _anchor(curve: AngleCurve) -> int:
    side = "left" if curve.side.value == "none" else curve.side.value
    return landmark_index(f"{side}_{_ANCHOR_OF_JOINT.get(curve.joint, curve.joint)}")
