"""From where the camera looked: decided once per take."""

from typing import Final

import numpy as np

from motion.kinematics.azimuth import estimate_azimuth, share_steady
from motion.kinematics.camera_tilt import estimate_tilt
from motion.kinematics.joints import Plane
from motion.kinematics.view_cues import BodyAxes, measure_headings
from motion.model import PoseRecording, View, ViewName

__all__ = ["OBLIQUE_FROM_DEG", "WARN_FROM_DEG", "estimate_view", "off_plane"]

OBLIQUE_FROM_DEG: Final = 20.0
"""Off-plane angle from which a view is called oblique and its planar angles uncertain."""

WARN_FROM_DEG: Final = 13.0
"""Off-plane angle from which the user is asked to turn: the estimate errs by up to 7 degrees
on the rendered clips, so that a true 20 is warned of and a true 5 is not."""

_FEWEST_STEADY: Final = 2 / 3
"""Where fewer of the frames than this show the person within 60 degrees of the usual heading,
there is no one view, and left and right would be drawn by lot."""

_UNKNOWN = View(
    name=ViewName.UNKNOWN,
    azimuth_deg=float("nan"),
    azimuth_sd_deg=float("nan"),
    off_plane_deg=float("nan"),
    roll_deg=float("nan"),
    facing="unknown",
)


def estimate_view(recording: PoseRecording, wanted: Plane | None = None) -> View:
    """Estimate where the camera stood about the person, and how it was tilted.

    The azimuth comes from the lines of shoulders and hips, across the picture and into it, and,
    where the person stands on both feet, from the feet (`azimuth.py`), in a level frame of the
    camera (`camera_tilt.py`). How far it errs is in docs/measured.md.

    Parameters
    ----------
    recording
        Landmarks of a take, or of one pass between turns.
    wanted
        The plane the user says the camera saw; None decides from the picture.

    Returns
    -------
    View
        ``unknown`` where neither shoulders nor hips were seen, or where the person turned so
        much that there is no one view.
    """
    headings_deg = measure_headings(recording)
    if not np.any(np.isfinite(headings_deg)):
        return _UNKNOWN
    tilt = estimate_tilt(recording)
    azimuth = estimate_azimuth(recording, headings_deg, BodyAxes.from_up(tilt.up))
    steady = share_steady(headings_deg, azimuth.azimuth_deg) >= _FEWEST_STEADY
    off_deg = {plane: _off_plane(azimuth.azimuth_deg, plane) for plane in Plane}
    plane = wanted or min(Plane, key=lambda each: off_deg[each])
    return View(
        name=wanted.view if wanted else _name(plane, off_deg[plane], steady),
        azimuth_deg=azimuth.azimuth_deg,
        azimuth_sd_deg=azimuth.sd_deg,
        off_plane_deg=off_deg[plane],
        roll_deg=tilt.roll_deg,
        facing=_facing(azimuth.azimuth_deg, plane),
        pitch_deg=tilt.pitch_deg,
        spread_deg=azimuth.spread_deg,
    )


def _name(plane: Plane, off_deg: float, steady: bool) -> ViewName:
    if not steady:
        return ViewName.UNKNOWN
    return ViewName.OBLIQUE if off_deg >= OBLIQUE_FROM_DEG else plane.view


def off_plane(view: View, plane: Plane) -> float:
    """Return the angle, in degrees, between the camera and the square view of a plane."""
    return _off_plane(view.azimuth_deg, plane)


def _off_plane(azimuth_deg: float, plane: Plane) -> float:
    off_sagittal_deg = abs(abs(azimuth_deg) - 90.0)
    return off_sagittal_deg if plane is Plane.SAGITTAL else 90.0 - off_sagittal_deg


def _facing(azimuth_deg: float, plane: Plane) -> str:
    if plane is Plane.SAGITTAL:
        return "left" if azimuth_deg > 0 else "right"
    return "front" if abs(azimuth_deg) < 90.0 else "back"
