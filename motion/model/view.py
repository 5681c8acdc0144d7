"""From where the camera looked at the person."""

from dataclasses import dataclass
from enum import StrEnum

from motion.model.take import NearSide

__all__ = ["View", "ViewName"]


class ViewName(StrEnum):
    """The plane that the picture shows undistorted."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"
    OBLIQUE = "oblique"
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
        Spread of the estimate over the take.
    off_plane_deg
        Smallest angle between the camera and the plane that is measured in.
    roll_deg
        Rotation of the picture about the optical axis; NaN where not estimated.
    facing
        ``left`` or ``right`` in the picture for a side view, ``front`` or ``back`` else.
    """

    name: ViewName
    azimuth_deg: float
    azimuth_sd_deg: float
    off_plane_deg: float
    roll_deg: float
    facing: str

    @property
    def near_side(self) -> NearSide:
        """Which side of the body is nearest the camera; ``none`` in a frontal view."""
        if self.name is ViewName.UNKNOWN:
            return NearSide.UNKNOWN
        if self.name is ViewName.FRONTAL:
            return NearSide.NONE
        return NearSide.LEFT if self.azimuth_deg > 0 else NearSide.RIGHT
