"""From where the camera looked: decided once per take."""

from typing import Final

import numpy as np

from motion.kinematics.joints import Plane
from motion.model import FloatArray, PoseRecording, RealArray, View, ViewName, landmark_index

__all__ = ["OBLIQUE_FROM_DEG", "WARN_FROM_DEG", "estimate_view", "off_plane"]

OBLIQUE_FROM_DEG: Final = 20.0
"""Off-plane angle from which a view is called oblique and its planar angles uncertain."""

WARN_FROM_DEG: Final = 13.0
"""Off-plane angle from which the user is asked to turn: the estimate errs by up to 7 degrees
on the rendered clips, so that a true 20 is warned of and a true 5 is not."""

_TURNED_DEG: Final = 45.0
_MOST_TURNED: Final = 0.25
"""Where more of the frames than this show the person turned away from the take's usual view by
more than 45 degrees, there is no one view, and left and right would be drawn by lot."""

_UNKNOWN = View(
    name=ViewName.UNKNOWN,
    azimuth_deg=float("nan"),
    azimuth_sd_deg=float("nan"),
    off_plane_deg=float("nan"),
    roll_deg=float("nan"),
    facing="unknown",
)


def estimate_view(recording: PoseRecording, wanted: Plane | None = None) -> View:
    """Estimate the camera's azimuth about the person from the lines of shoulders and hips.

    In a view from the front the lines lie across the picture, in a side view they point into
    it. Their direction in the model's metres, median over the take, gives the azimuth; across
    is square to the trunk's line, so that a person may lie; of a person partly in the picture
    one of the two lines is enough. On the rendered clips the estimate is within 12 degrees
    (median 5); it is coarse on purpose and decides only which plane is measured and whether the
    view is called oblique.

    Parameters
    ----------
    recording
        Landmarks of the whole take.
    wanted
        The plane the user says the camera saw; None decides from the picture.

    Returns
    -------
    View
        ``unknown`` where neither shoulders nor hips were seen, or where the person turned so
        much that there is no one view.
    """
    across = _across_body(recording)
    if len(across) == 0:
        return _UNKNOWN
    # z points away from the camera: with the head up, the person's left points right when the
    # camera is in front, and towards the camera when it is at the left.
    middle = np.median(across, axis=0)
    azimuth_deg = float(np.degrees(np.arctan2(-middle[1], middle[0])))
    each_deg = np.degrees(np.arctan2(-across[:, 1], across[:, 0]))
    spread_deg = (each_deg - azimuth_deg + 180.0) % 360.0 - 180.0
    steady = np.mean(np.abs(spread_deg) > _TURNED_DEG) <= _MOST_TURNED
    off_deg = {plane: _off_plane(azimuth_deg, plane) for plane in Plane}
    plane = wanted or min(Plane, key=lambda each: off_deg[each])
    return View(
        name=wanted.view if wanted else _name(plane, off_deg[plane], bool(steady)),
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=float(np.std(spread_deg)),
        off_plane_deg=off_deg[plane],
        roll_deg=float("nan"),
        facing=_facing(azimuth_deg, plane),
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


def _across_body(recording: PoseRecording) -> FloatArray:
    """Return ``(m, 2)``: from right to left, across the trunk in the picture and into it."""
    shoulders, hips = (_pair(recording, joint) for joint in ("shoulder", "hip"))
    lines = np.stack([shoulders[0] - shoulders[1], hips[0] - hips[1]])
    seen = np.all(np.isfinite(lines), axis=2)
    shown = np.any(seen, axis=0)
    across = np.sum(np.where(seen[..., None], lines, 0.0), axis=0)[shown]
    up = (shoulders[0] + shoulders[1] - hips[0] - hips[1])[np.all(seen, axis=0), :2]
    # Where only one of the lines is in the picture, the picture's own up has to do.
    up_x, up_y = np.median(up, axis=0) if len(up) else (0.0, -1.0)
    right_of_up = np.array([-up_y, up_x]) / max(float(np.hypot(up_x, up_y)), 1e-9)
    return np.column_stack([across[:, :2] @ right_of_up, across[:, 2]])


def _pair(recording: PoseRecording, joint: str) -> tuple[RealArray, RealArray]:
    left, right = (landmark_index(f"{side}_{joint}") for side in ("left", "right"))
    return recording.world_m[:, left], recording.world_m[:, right]


def _facing(azimuth_deg: float, plane: Plane) -> str:
    if plane is Plane.SAGITTAL:
        return "left" if azimuth_deg > 0 else "right"
    return "front" if abs(azimuth_deg) < 90.0 else "back"
