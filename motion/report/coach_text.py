"""Words and plates of the live picture, rendered once and then only laid onto each picture.

OpenCV's own letters have no umlauts, and Pillow's built-in font has none either; DejaVu Sans, which
matplotlib brings, has all that the catalogues need.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from motion.report.strokes import Bgr, Picture

__all__ = [
    "CAP_HEIGHT",
    "PLATE_BGR",
    "Stamp",
    "fit_line",
    "fit_words",
    "line_height",
    "render_plate",
    "render_words",
]

CAP_HEIGHT: Final = 0.729
"""Height of a capital letter or a digit of DejaVu Sans, as a part of the font's size."""

_LINE_HEIGHT: Final = 1.3
_SMALLEST_PX: Final = 8
PLATE_BGR: Final[Bgr] = (22, 18, 16)
_PLATE_OPACITY: Final = 0.68


@dataclass(frozen=True, slots=True, eq=False)
class Stamp:
    """A small picture with see-through parts: ``ink`` is added to what ``keep`` leaves of 255."""

    ink: Picture
    keep: Picture

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return self.ink.shape[1], self.ink.shape[0]

    def put(self, image: Picture, corner: tuple[int, int]) -> None:
        """Lay it onto a picture with its top left at a corner; what lies outside is cut off."""
        height, width = image.shape[:2]
        left, top = max(0, -corner[0]), max(0, -corner[1])
        right = min(self.size_px[0], width - corner[0])
        bottom = min(self.size_px[1], height - corner[1])
        if right <= left or bottom <= top:
            return
        part = np.s_[top:bottom, left:right]
        x, y = corner
        under = image[y + top : y + bottom, x + left : x + right]
        cv2.multiply(under, self.keep[part], dst=under, scale=1 / 255)
        cv2.add(under, self.ink[part], dst=under)

    def put_middle(self, image: Picture, middle: tuple[float, float]) -> None:
        """Lay it onto a picture around a place."""
        width, height = self.size_px
        self.put(image, (round(middle[0] - width / 2), round(middle[1] - height / 2)))


@lru_cache(maxsize=512)
def render_words(text: str, size_px: int, colour: Bgr, *, bold: bool = True) -> Stamp:
    """Return one line of text, as high as the font's highest and lowest letters.

    Its capitals stand in the middle of that height.

    Parameters
    ----------
    size_px
        Of the font; a capital is :data:`CAP_HEIGHT` of it high.
    """
    font = _load_font(max(size_px, 1), bold)
    mask, (left, top) = font.getmask2(text, mode="L")
    cells = np.asarray(mask, dtype=np.uint8).reshape(mask.size[1], mask.size[0])
    left, top = max(left, 0), max(top, 0)  # a letter may begin before its own place
    alpha = np.zeros((max(sum(font.getmetrics()), top + len(cells)), left + mask.size[0]), np.uint8)
    alpha[top : top + len(cells), left:] = cells
    return _stamp(alpha, colour)


@lru_cache(maxsize=64)
def render_plate(width_px: int, height_px: int) -> Stamp:
    """Return a dark plate with round corners, on which light words are read on any picture."""
    alpha: NDArray[np.uint8] = np.zeros((max(1, height_px), max(1, width_px)), np.uint8)
    rim = min(width_px, height_px) // 6
    full = round(255 * _PLATE_OPACITY)
    bottom, right = alpha.shape[0] - 1, alpha.shape[1] - 1
    cv2.rectangle(alpha, (rim, 0), (right - rim, bottom), full, -1)
    cv2.rectangle(alpha, (0, rim), (right, bottom - rim), full, -1)
    for x in (rim, right - rim):
        for y in (rim, bottom - rim):
            cv2.circle(alpha, (x, y), rim, full, -1, cv2.LINE_AA)
    return _stamp(alpha, PLATE_BGR)


@lru_cache(maxsize=128)
def fit_words(text: str, size_px: int, room_px: tuple[int, int]) -> tuple[tuple[str, ...], int]:
    """Return the lines that a text is broken into, and the size that lets them fit a room.

    The size asked for is kept where width and height suffice, with one line even where the height
    does not; else it is made smaller, down to what can just be read.
    """
    width, height = room_px
    lines: tuple[str, ...] = (text,)
    size = max(size_px, _SMALLEST_PX)
    while size >= _SMALLEST_PX:
        lines = _wrap(text, size, width)
        high = len(lines) <= 1 or line_height(size) * len(lines) <= height
        if high and all(_width(line, size) <= width for line in lines):
            break
        size -= max(1, size // 12)
    return lines, max(size, _SMALLEST_PX)


@lru_cache(maxsize=128)
def fit_line(text: str, size_px: int, width_px: int) -> tuple[str, int]:
    """Return a text as one line, and the size that lets it fit a width."""
    size = max(size_px, _SMALLEST_PX)
    while size > _SMALLEST_PX and _width(text, size) > width_px:
        size -= max(1, size // 12)
    return text, size


def line_height(size_px: int) -> int:
    """Return from one line to the next."""
    return round(_LINE_HEIGHT * size_px)


def _wrap(text: str, size_px: int, width_px: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size_px) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def _width(text: str, size_px: int) -> float:
    return float(_load_font(size_px, bold=True).getlength(text))


def _stamp(alpha: NDArray[np.uint8], colour: Bgr) -> Stamp:
    weight = alpha[..., None].astype(np.float32) / 255
    ink = np.rint(weight * np.array(colour, np.float32)).astype(np.uint8)
    keep = np.repeat(255 - alpha[..., None], 3, axis=2)
    return Stamp(ink, keep)


@lru_cache(maxsize=32)
def _load_font(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(_font_folder() / name, size_px)


@cache
def _font_folder() -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf"
