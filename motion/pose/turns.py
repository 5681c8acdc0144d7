"""When and where to look for others: where the picture has changed, else each part in turn."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motion.capture.frames import Image
from motion.model import BoolArray
from motion.pose.bodies import Box, body_box
from motion.pose.estimator import FramePose

__all__ = ["Turns"]

_ROWS_N: Final = 72
_CHANGED: Final = 20
_LEAST_SHARE: Final = 0.01
_ROUND_BODY: Final = 0.1

Small = NDArray[np.int16]


class Turns:
    """Remembers a small copy of the picture at the last look.

    Somebody who comes in changes it where nobody was: one colour of few pixels is enough to see
    that and where, and takes no time. What changes because the camera moves, or the light, is
    noticed too; whoever looks then and finds nobody should be slower to look the next time.
    """

    def __init__(self) -> None:
        self._last: Small | None = None
        self._known: BoolArray | None = None
        self._turn_n = 0

    def has_changed(
        self, image_rgb: Image, tiles: Sequence[Box], known: Sequence[FramePose]
    ) -> bool:
        """Return whether a part of the picture is not as it was, but for the known bodies."""
        return max(self._changed_shares(image_rgb, tiles, known)) >= _LEAST_SHARE

    def choose(self, image_rgb: Image, tiles: Sequence[Box], known: Sequence[FramePose]) -> Box:
        """Return the part of the picture to look at now, and remember how it looks."""
        shares = self._changed_shares(image_rgb, tiles, known)
        self.remember(image_rgb, known)
        self._turn_n += 1
        busiest = int(np.argmax(shares))
        if shares[busiest] >= _LEAST_SHARE and np.ptp(shares) > 0:
            return tiles[busiest]
        return tiles[self._turn_n % len(tiles)]

    def remember(self, image_rgb: Image, known: Sequence[FramePose]) -> None:
        """Take this picture as the one that was looked at."""
        self._last = _shrink(image_rgb)
        self._known = _mark(self._last, known, _step(image_rgb))

    def _changed_shares(
        self, image_rgb: Image, tiles: Sequence[Box], known: Sequence[FramePose]
    ) -> list[float]:
        now, step = _shrink(image_rgb), _step(image_rgb)
        if self._last is None or self._known is None or self._last.shape != now.shape:
            return [0.0 for _ in tiles]
        changed = np.abs(now - self._last) > _CHANGED
        changed &= ~(self._known | _mark(now, known, step))
        return [float(np.mean(changed[_cells(tile, step)])) for tile in tiles]


def _step(image_rgb: Image) -> int:
    return max(1, int(image_rgb.shape[0]) // _ROWS_N)


def _shrink(image_rgb: Image) -> Small:
    step = _step(image_rgb)
    return image_rgb[::step, ::step, 1].astype(np.int16)


def _mark(small: Small, known: Sequence[FramePose], step: int) -> BoolArray:
    taken = np.zeros(small.shape, dtype=bool)
    for body in known:
        taken[_cells(body_box(body).widened(_ROUND_BODY), step)] = True
    return taken


def _cells(box: Box, step: int) -> tuple[slice, slice]:
    left, top, right, bottom = (
        max(0, int(side) // step) for side in (box.left, box.top, box.right, box.bottom)
    )
    return slice(top, bottom + 1), slice(left, right + 1)
