"""How much larger the error of an angle is when the camera stood off its plane."""

import math
from dataclasses import replace
from typing import Final

from motion.kinematics.error_figures import ErrorFigure, ErrorFigures
from motion.kinematics.joints import find_joint
from motion.kinematics.view import OBLIQUE_FROM_DEG, off_plane
from motion.model import View, ViewName

__all__ = ["extra_error", "widen_for_view"]

_LARGEST_OFF_DEG: Final = 75.0
_WORTH_SAYING_DEG: Final = 0.1


def extra_error(at_45_deg: float, off_deg: float, azimuth_sd_deg: float) -> float:
    """Return the standard error, in degrees, that a view off its plane adds.

    ``at_45_deg * tan(off)``, with the azimuth's own standard error added to ``off``: where the
    foreshortening is taken out, an azimuth wrong by d and a limb out of its plane by d both turn
    a segment by up to ``d * tan(off)``. ``at_45_deg`` is fitted for each angle on the rendered
    clips of the average bodies, so that 95 % of their frames lie within 1.96 standard errors
    (``benchmarks/view_error.py``).
    """
    sure_deg = azimuth_sd_deg if math.isfinite(azimuth_sd_deg) else 0.0
    farthest_deg = min(off_deg + sure_deg, _LARGEST_OFF_DEG)
    return at_45_deg * math.tan(math.radians(farthest_deg))


def widen_for_view(figures: ErrorFigures, angle: str, view: View) -> ErrorFigure:
    """Return the error figure of an angle as this view shows it.

    The figure of the square view, and the view's extra error added as independent of it:
    ``sqrt(sem^2 + extra^2)``. From :data:`OBLIQUE_FROM_DEG` on it is not less than the figure
    of an oblique view, whatever the user calls the view: naming a plane does not turn the camera.
    Where the clinic has measured its own error in an oblique view, that is the figure there.
    Several cameras together have figures of their own.

    The source begins with that of the extra error: the clinic's own figure widened by the
    product's provisional extra is provisional.

    Parameters
    ----------
    figures
        The table, with the extra error of each angle.
    angle
        ``knee_flexion``.
    view
        The take's view.
    """
    if view.name is ViewName.SPATIAL:
        return figures.find(angle, ViewName.SPATIAL)
    joint = find_joint(angle)
    square = figures.find(angle, joint.plane.view)
    oblique = figures.find(angle, ViewName.OBLIQUE)
    off_deg = off_plane(view, joint.plane)
    is_oblique = off_deg >= OBLIQUE_FROM_DEG
    if is_oblique and figures.is_replaced(angle, ViewName.OBLIQUE):
        return oblique
    extra_deg = extra_error(square.extra_at_45_deg, off_deg, view.azimuth_sd_deg)
    sem_deg, source = math.hypot(square.sem_deg, extra_deg), square.source
    if square.extra_source:
        source = f"{square.extra_source} extra of the view on {source}"
    if is_oblique and oblique.sem_deg > sem_deg:
        sem_deg, source = oblique.sem_deg, oblique.source
    if not sem_deg - square.sem_deg >= _WORTH_SAYING_DEG:
        return square
    return replace(
        square,
        sem_deg=sem_deg,
        mdc95_deg=square.mdc95_deg * sem_deg / square.sem_deg,
        source=f"{source}, widened for a view {off_deg:.0f} degrees off",
    )
