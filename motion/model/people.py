"""Who was measured, and who else was in view."""

from dataclasses import dataclass

__all__ = ["PersonReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """What became of the person lock over one take.

    Parameters
    ----------
    chosen_by
        ``largest``, ``centre``, ``left``, ``right`` or a point.
    measured_frames
        Frames with the chosen person's body.
    lost_frames
        Frames between the person's first and last in which they were not to be told from
        others, hidden, or not found: they are missing.
    other_people
        How many others were in view for at least half a second.
    frames_with_others
        Frames in which any of them was.
    unfollowed_looks
        How often somebody else was sighted who could not be followed: too close to another, or
        too many.
    """

    chosen_by: str = "largest"
    measured_frames: int = 0
    lost_frames: int = 0
    other_people: int = 0
    frames_with_others: int = 0
    unfollowed_looks: int = 0
