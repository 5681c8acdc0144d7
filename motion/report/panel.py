"""The small panel in a corner of the annotated video: the angle in words, count and light."""

from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from motion.report.lights import LOST, Light

__all__ = ["Panel", "draw_label"]

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]


_INK_BGR: Final = (30, 30, 30)
_PAPER_BGR: Final = (250, 250, 250)
_FONT: Final = cv2.FONT_HERSHEY_SIMPLEX
_OPACITY: Final = 0.82
_WIDEST: Final = ("-188 deg", "Repetitions 88", f"   {LOST.word}")


class Panel:
    """A panel that stands where the person is least.

    Parameters
    ----------
    title
        The angle in words; empty where none is shown.
    size_px
        Of the picture.
    points
        ``(n, 33, 2)`` where the person was, NaN where not seen.
    """

    def __init__(self, title: str, size_px: tuple[int, int], points: NDArray[np.float32]) -> None:
        self._title = title
        self._unit = float(np.clip(max(size_px) / 480, 0.7, 2.0))
        self._small, self._large = 0.36 * self._unit, 0.62 * self._unit
        self._line = round(15 * self._unit)
        widths = [_width(text, self._small) for text in (title, *_WIDEST[1:])]
        widths.append(_width(_WIDEST[0], self._large))
        lines = 4.75 if title else 1.6
        self._size = (
            min(size_px[0], max(widths) + round(14 * self._unit)),
            min(size_px[1], round(lines * self._line)),
        )
        self._corner = _emptiest_corner(self._size, size_px, points)
        # A movement shows few whole degrees, each many times.
        self._render = lru_cache(maxsize=64)(self._make)

    def draw(self, image: Picture, value_deg: float, done: int, light: Light) -> None:
        """Draw the panel; a NaN angle is shown as a dash."""
        number = f"{value_deg:.0f} deg" if np.isfinite(value_deg) else "-"
        x, y = self._corner
        under = image[y : y + self._size[1], x : x + self._size[0]]
        panel = self._render(number, done, light)[: under.shape[0], : under.shape[1]]
        cv2.addWeighted(panel, _OPACITY, under, 1 - _OPACITY, 0, dst=under)
        # The words themselves stand in full ink.
        np.minimum(under, np.maximum(panel, 60), out=under, where=panel < 200)

    def _make(self, number: str, done: int, light: Light) -> Picture:
        width, height = self._size
        panel: Picture = np.full((height, width, 3), _PAPER_BGR, dtype=np.uint8)
        left, line = round(7 * self._unit), self._line
        last = height - round(0.45 * line)
        if self._title:
            _write(panel, self._title, (left, line), self._small)
            _write(panel, number, (left, round(2.45 * line)), self._large)
            _write(panel, f"Repetitions {done}", (left, round(3.35 * line)), self._small)
        radius = round(4 * self._unit)
        cv2.circle(panel, (left + radius, last - radius), radius, light.bgr, -1, cv2.LINE_AA)
        _write(panel, light.word, (left + 3 * radius, last), self._small)
        return panel


def draw_label(image: Picture, text: str, middle: tuple[int, int], scale: float) -> None:
    """Draw a few words in a dark box, kept inside the picture."""
    (width, height), _ = cv2.getTextSize(text, _FONT, scale, _weight(scale))
    rim = max(3, height // 3)
    x = int(np.clip(middle[0] - width // 2, rim, max(rim, image.shape[1] - width - rim)))
    y = int(np.clip(middle[1] + height // 2, height + rim, image.shape[0] - rim))
    corners = (x - rim, y - height - rim), (x + width + rim, y + rim)
    cv2.rectangle(image, *corners, _INK_BGR, -1)
    _write(image, text, (x, y), scale, _PAPER_BGR)


def _emptiest_corner(
    panel: tuple[int, int], size_px: tuple[int, int], points: NDArray[np.float32]
) -> tuple[int, int]:
    right, bottom = size_px[0] - panel[0], size_px[1] - panel[1]
    corners = ((0, 0), (right, 0), (0, bottom), (right, bottom))
    x, y = points[..., 0], points[..., 1]

    def covered(corner: tuple[int, int]) -> int:
        inside = (x >= corner[0]) & (x <= corner[0] + panel[0])
        return int(np.sum(inside & (y >= corner[1]) & (y <= corner[1] + panel[1])))

    return min(corners, key=covered)  # the first of equals: top left


def _weight(scale: float) -> int:
    return max(1, round(scale * 1.6))


def _width(text: str, scale: float) -> int:
    return int(cv2.getTextSize(text, _FONT, scale, _weight(scale))[0][0])


def _write(
    image: Picture, text: str, place: tuple[int, int], scale: float, colour: Colour = _INK_BGR
) -> None:
    cv2.putText(image, text, place, _FONT, scale, colour, _weight(scale), cv2.LINE_AA)
