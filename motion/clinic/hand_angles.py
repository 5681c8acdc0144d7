"""The angles that may be measured by hand: the camera's, and those that one camera cannot see."""

from dataclasses import dataclass
from typing import Final

from motion.kinematics import JOINTS

__all__ = ["HAND_ANGLES", "HandAngle", "find_hand_angle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandAngle:
    """An angle as a goniometer gives it.

    ``range_deg`` is what a typed value may be: wide, against slips of the finger, and no norm.
    ``by_camera`` says whether a take can have the same angle.
    """

    joint: str
    motion: str
    title: str
    sided: bool
    zero: str
    range_deg: tuple[float, float]
    by_camera: bool = False

    @property
    def name(self) -> str:
        """``shoulder_external_rotation``."""
        return f"{self.joint}_{self.motion}"


def _by_hand(
    joint: str, motion: str, title: str, zero: str, most_deg: float, *, sided: bool = True
) -> HandAngle:
    # Below zero: the zero position is not reached, as in a contracture.
    return HandAngle(
        joint=joint,
        motion=motion,
        title=title,
        sided=sided,
        zero=zero,
        range_deg=(-60.0, most_deg),
    )


_FOREARM: Final = "thumb up, elbow at a right angle"
_WRIST: Final = "hand in line with the forearm"
_FORWARD: Final = "forearm forward, elbow at a right angle"
_SHANK: Final = "shank straight down, knee at a right angle"
_HEAD: Final = "head upright, looking ahead"

HAND_ANGLES: Final[tuple[HandAngle, ...]] = (
    *(
        HandAngle(
            joint=joint.joint,
            motion=joint.motion,
            title=joint.title,
            sided=joint.sided,
            zero=joint.zero,
            range_deg=joint.branch_deg,
            by_camera=True,
        )
        for joint in JOINTS
    ),
    _by_hand("shoulder", "external_rotation", "Shoulder external rotation", _FORWARD, 150.0),
    _by_hand("shoulder", "internal_rotation", "Shoulder internal rotation", _FORWARD, 120.0),
    _by_hand("forearm", "pronation", "Forearm pronation", _FOREARM, 120.0),
    _by_hand("forearm", "supination", "Forearm supination", _FOREARM, 120.0),
    _by_hand("wrist", "flexion", "Wrist flexion", _WRIST, 120.0),
    _by_hand("wrist", "extension", "Wrist extension", _WRIST, 120.0),
    _by_hand("hip", "external_rotation", "Hip external rotation", _SHANK, 90.0),
    _by_hand("hip", "internal_rotation", "Hip internal rotation", _SHANK, 90.0),
    _by_hand("ankle", "inversion", "Foot inversion", "sole flat on the floor", 80.0),
    _by_hand("ankle", "eversion", "Foot eversion", "sole flat on the floor", 60.0),
    _by_hand("neck", "rotation", "Neck rotation", _HEAD, 120.0),
    _by_hand("neck", "flexion", "Neck flexion", _HEAD, 110.0, sided=False),
    _by_hand("neck", "extension", "Neck extension", _HEAD, 120.0, sided=False),
)
"""Zero positions by the neutral-zero method (AAOS 1965)."""


def find_hand_angle(name: str) -> HandAngle:
    """Return the angle of a name.

    Raises
    ------
    KeyError
        If there is no such angle.
    """
    for angle in HAND_ANGLES:
        if angle.name == name:
            return angle
    raise KeyError(name)
