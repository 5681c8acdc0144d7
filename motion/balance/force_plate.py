"""The centre of pressure of a force plate."""

from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray

__all__ = ["LIGHTEST_N", "centre_of_pressure", "stands_on_plate"]

LIGHTEST_N: Final = 20.0
"""Vertical force under which nobody stands on the plate: the centre of pressure is noise by it."""


def centre_of_pressure(
    force_n: FloatArray, moment_nm: FloatArray, surface_above_origin_m: float = 0.0
) -> FloatArray:
    """Return where the force acts on the plate's surface.

    The moment of a force at ``r = (x, y, h)`` about the plate's origin is ``M = r x F``, so
    ``x = -(My - Fx h) / Fz`` and ``y = (Mx + Fy h) / Fz`` (the plate itself gives no horizontal
    couple: Winter 2009, "Biomechanics and Motor Control of Human Movement", section 5.2).
    Right-handed axes, z up: the forces are those of the plate on the body, the vertical one
    positive. Where z points down and the table gives the force of the body on the plate, so that
    the vertical one is positive too, the same holds with the surface at a negative ``h``.

    Parameters
    ----------
    force_n, moment_nm
        ``(n, 3)`` newtons, ``(n, 3)`` newton metres.
    surface_above_origin_m
        Height ``h`` of the surface over the origin that the moments are about, along z.

    Returns
    -------
    ndarray
        ``(n, 2)`` millimetres; NaN where nobody stands on the plate.
    """
    on_it = stands_on_plate(force_n[:, 2])
    vertical_n = np.where(on_it, force_n[:, 2], np.nan)
    x_m = -(moment_nm[:, 1] - force_n[:, 0] * surface_above_origin_m) / vertical_n
    y_m = (moment_nm[:, 0] + force_n[:, 1] * surface_above_origin_m) / vertical_n
    return 1000.0 * np.column_stack([x_m, y_m])


def stands_on_plate(vertical_n: FloatArray) -> BoolArray:
    """Return ``(n,)`` where the plate bears somebody."""
    on_it: BoolArray = vertical_n > LIGHTEST_N
    return on_it
