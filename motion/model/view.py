"""From where the camera looked at the person."""

from dataclasses import dataclass
from enum import StrEnum

from motion.model.take import NearSide

__all__ = ["View", "ViewName", "ViewPass"]


class ViewName(StrEnum):
    """The plane that the picture shows undistorted."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"
    OBLIQUE = "oblique"
    SPATIAL = "spatial"
    """Several cameras: every plane of the body."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One take's view.

    Parameters
    ----------
    name
        The plane the picture shows.
    azimuth_deg
        0 camera in front of the person, +90 at the person's left, 180 behind.
    azimuth_sd_deg
        Standard error expected of the azimuth.
    off_plane_deg
        Smallest angle between the camera and the plane that is measured in.
    roll_deg
        How far what is upright leans to the right in the picture; NaN where nobody stood.
    facing
        ``left`` or ``right`` in the picture for a side view, ``front`` or ``back`` else.
    pitch_deg
        How far the camera looks down; NaN where nobody stood.
    spread_deg
        How far the person turned about the azimuth: standard deviation over the frames.
    """

    name: ViewName
    azimuth_deg: float
    azimuth_sd_deg: float
    off_plane_deg: float
    roll_deg: float
    facing: str
    pitch_deg: float = float("nan")
    spread_deg: float = float("nan")

    @property
    def near_side(self) -> NearSide:
        """Which side of the body is nearest the camera; ``none`` from the front, or of several."""
        if self.name is ViewName.UNKNOWN:
            return NearSide.UNKNOWN
        if self.name in (ViewName.FRONTAL, ViewName.SPATIAL):
            return NearSide.NONE
        return NearSide.LEFT if self.azimuth_deg > 0 else NearSide.RIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewPass:
    """The part of a take between two turns: frames ``first`` to ``stop``, without ``stop``.

    ``start_s`` and ``end_s`` are the times of its first and its last frame.
    """

    first: int
    stop: int
    start_s: float
    end_s: float
    view: View

    @property
    def frames(self) -> slice:
        """The frames of the pass."""
        return slice(self.first, self.stop)
