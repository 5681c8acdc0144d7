"""What became of each of several cameras that saw one take."""

from dataclasses import dataclass

__all__ = ["CameraUse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraUse:
    """What became of one camera of several.

    Parameters
    ----------
    camera
        Its name in the calibration.
    offset_s
        How much later its recording began than the first one's.
    offset_contrast
        How clearly that offset stood out, 0..1; NaN where it was given.
    reprojection_px
        Median distance between where it saw landmarks and where their places would be seen.
    used_fraction
        Share of the landmarks that it saw which agree with the other views.
    swapped_frames
        Frames in which its left and right were put back because of the other views.
    left_out
        Why nothing of it was used; empty where it was.
    file_name, sha256
        Its recording.
    """

    camera: str
    offset_s: float
    offset_contrast: float
    reprojection_px: float
    used_fraction: float
    swapped_frames: int
    left_out: str = ""
    file_name: str = ""
    sha256: str = ""
