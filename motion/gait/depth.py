"""The near foot is seen larger than the far one: footprints put into one plane."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from motion.model import FloatArray

__all__ = ["find_depth_share", "find_width_shift", "put_into_plane"]

_USUAL: Final = 0.053
"""Share of the body's size over the picture's width that half the width between the feet, 6 cm,
is of the distance to a camera that sees 62 degrees, where a body of 1.36 m from shoulder to ankle
has that size."""

_PRINTS_SD: Final = 0.03
"""How far footprints stray from an even walk, in lengths from shoulder to ankle: 4 cm."""


_WIDTH: Final = 0.074
"""Between the lines of the two feet, over the length from shoulder to ankle: 10 cm of 1.36 m,
in the middle of what healthy adults of all ages walk with (5 to 14 cm; clinical.md 2.3)."""


def find_width_shift(azimuth_deg: float, size: float) -> float:
    """Return how far forward a left foot is seen beside the middle, only because of the view.

    From off the side the picture mixes the width between the feet with the way: a right foot is
    seen as far backward. The person's own width is not known, so a usual one is taken.

    Parameters
    ----------
    azimuth_deg
        From where the camera looked: +90 from the left.
    size
        Of the body, shoulder over hip and knee to ankle.
    """
    forward = -1.0 if azimuth_deg > 0 else 1.0
    return forward * float(np.cos(np.radians(azimuth_deg))) * _WIDTH * size / 2.0


def find_depth_share(beside: FloatArray, near: Sequence[bool], size: float, width: float) -> float:
    """Return by which share the near foot is seen larger, and the far one smaller, than the body.

    Both feet go the same way, so their prints lie on one even row; what is seen of it spreads from
    the picture's middle by that share, to one side for the near foot and to the other for the far
    one. A least-squares fit of place, step, the sides' difference and the share, which is held
    to what cameras usually see by its own spread: of few prints little can be told.

    Parameters
    ----------
    beside
        ``(k,)`` places of the prints, in order of time, from the picture's middle; NaN where
        not seen.
    near
        ``k``: whether of the near foot.
    size, width
        Of the body and the picture, in the same unit.
    """
    usual = _USUAL * size / width
    known = np.isfinite(beside)
    if np.sum(known) < 2:
        return usual
    sign = np.where(near, 1.0, -1.0)[known]
    place = beside[known]
    order = np.arange(len(beside), dtype=np.float64)[known]
    columns = np.stack([np.ones(len(place)), order, sign, sign * place], axis=1)
    spread = _PRINTS_SD * size
    rows = np.vstack([columns / spread, [0.0, 0.0, 0.0, 1.0 / usual]])
    found, *_ = np.linalg.lstsq(rows, np.append(place / spread, 1.0), rcond=None)
    return float(np.clip(found[3], 0.0, 4.0 * usual))


def put_into_plane(beside: FloatArray, near: Sequence[bool], share: float) -> FloatArray:
    """Return the places as they would be seen in the plane of the body's middle, ``(k,)``."""
    return np.asarray(beside / np.where(near, 1.0 + share, 1.0 - share))
