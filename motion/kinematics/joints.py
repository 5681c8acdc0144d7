"""The joint table: the one place that defines each angle."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.model import Side, ViewName

__all__ = ["JOINTS", "JointAngle", "Line", "Plane", "find_joint", "split_angle_name"]


class Plane(StrEnum):
    """The anatomical plane an angle lies in; its value is the view that shows the plane."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"

    @property
    def view(self) -> ViewName:
        """The view in which the plane is seen undistorted."""
        return ViewName(self.value)


Line = tuple[str, str]
"""From one point to another. Points are landmarks without their side (``hip``: of the measured
side; ``other_hip``: of the other side; ``left_ear``: as named), the midpoints ``mid_hip`` and
``mid_shoulder``, or ``up``: the line ``("", "up")`` is the picture's vertical."""

VERTICAL: Final[Line] = ("", "up")
_TRUNK_DOWN: Final[Line] = ("mid_shoulder", "mid_hip")
_TRUNK_UP: Final[Line] = ("mid_hip", "mid_shoulder")
_UPPER_ARM: Final[Line] = ("shoulder", "elbow")
_THIGH: Final[Line] = ("hip", "knee")
_SHANK: Final[Line] = ("knee", "ankle")


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAngle:
    """One angle: ``offset_deg`` + the signed angle from ``start`` to ``end``.

    Angles are counter-clockwise in plane coordinates whose first axis points forward
    (sagittal) or away from the midline (frontal; to the person's right where the angle has
    no side), the second up.

    Parameters
    ----------
    joint, motion
        ``knee`` and ``flexion``.
    title, detail
        What a person reads in place of the name, and what they should know of it.
    sided
        Whether there is one on each side.
    plane
        The plane it lies in; only a view of that plane shows it.
    start, end
        The two lines.
    zero
        What 0 degrees means, in words.
    positive
        What a positive value means, in words.
    branch_deg
        Lowest and highest value a body can show; anything else is a landmark error.
    two_directions
        Whether both signs are movements of their own, counted apart.
    from_centres
        Whether it is made of joint centres where the landmarks can be moved to them
        (:mod:`motion.kinematics.joint_centres`), and not of the landmarks themselves.
    needs_upright
        Whether it is measured against gravity and so means nothing in a lying person.
    source
        Where the definition is published.
    """

    joint: str
    motion: str
    title: str
    sided: bool
    plane: Plane
    start: Line
    end: Line
    zero: str
    positive: str
    branch_deg: tuple[float, float]
    source: str
    detail: str = ""
    offset_deg: float = 0.0
    two_directions: bool = False
    from_centres: bool = False
    needs_upright: bool = False

    @property
    def name(self) -> str:
        """``knee_flexion``."""
        return f"{self.joint}_{self.motion}"

    @property
    def full_title(self) -> str:
        """The title with its detail: ``Hip-trunk flexion (includes pelvis and low back)``."""
        return f"{self.title} ({self.detail})" if self.detail else self.title

    @property
    def points(self) -> tuple[str, ...]:
        """The points under the angle, each once."""
        both = (*self.start, *self.end)
        return tuple(dict.fromkeys(point for point in both if point not in VERTICAL))


_AAOS = "AAOS 1965, Joint Motion: Method of Measuring and Recording (neutral-zero method)"

JOINTS: Final[tuple[JointAngle, ...]] = (
    JointAngle(
        joint="shoulder",
        motion="flexion",
        title="Shoulder flexion",
        sided=True,
        plane=Plane.SAGITTAL,
        start=_TRUNK_DOWN,
        end=_UPPER_ARM,
        zero="arm along the trunk's axis",
        positive="arm forward and up",
        branch_deg=(-90.0, 270.0),
        source=_AAOS,
    ),
    JointAngle(
        joint="shoulder",
        motion="abduction",
        title="Shoulder elevation sideways",
        detail="abduction; may include scaption",
        sided=True,
        plane=Plane.FRONTAL,
        start=_TRUNK_DOWN,
        end=_UPPER_ARM,
        zero="arm along the trunk's axis",
        positive="arm sideways and up (may include scaption)",
        branch_deg=(-90.0, 270.0),
        source=_AAOS,
    ),
    JointAngle(
        joint="elbow",
        motion="flexion",
        title="Elbow flexion",
        sided=True,
        plane=Plane.SAGITTAL,
        start=_UPPER_ARM,
        end=("elbow", "wrist"),
        zero="straight",
        positive="bent; negative is hyperextension",
        branch_deg=(-40.0, 170.0),
        source=_AAOS,
    ),
    JointAngle(
        joint="hip",
        motion="flexion",
        title="Hip-trunk flexion",
        detail="includes pelvis and low back",
        sided=True,
        plane=Plane.SAGITTAL,
        start=_TRUNK_DOWN,
        end=_THIGH,
        zero="thigh in line with the trunk",
        positive="thigh forward (includes pelvis and low back)",
        branch_deg=(-60.0, 180.0),
        source=_AAOS,
        from_centres=True,
    ),
    JointAngle(
        joint="hip",
        motion="abduction",
        title="Hip abduction",
        sided=True,
        plane=Plane.FRONTAL,
        start=("other_hip", "hip"),
        end=_THIGH,
        offset_deg=90.0,
        zero="thigh perpendicular to the line between the hips",
        positive="thigh outwards",
        branch_deg=(-60.0, 180.0),
        source=_AAOS,
    ),
    JointAngle(
        joint="knee",
        motion="flexion",
        title="Knee flexion",
        sided=True,
        plane=Plane.SAGITTAL,
        start=_SHANK,
        end=_THIGH,
        zero="straight",
        positive="bent; negative is hyperextension",
        branch_deg=(-40.0, 170.0),
        source=_AAOS,
        from_centres=True,
    ),
    JointAngle(
        joint="ankle",
        motion="dorsiflexion",
        title="Ankle dorsiflexion",
        detail="toes towards the shin",
        sided=True,
        plane=Plane.SAGITTAL,
        start=("ankle", "knee"),
        end=("heel", "foot_index"),
        offset_deg=90.0,
        zero="sole at a right angle to the shank",
        positive="toes towards the shin",
        branch_deg=(-90.0, 70.0),
        source=_AAOS,
    ),
    JointAngle(
        joint="trunk",
        motion="flexion",
        title="Trunk forward lean from vertical",
        detail="hip and spine",
        sided=False,
        plane=Plane.SAGITTAL,
        start=_TRUNK_UP,
        end=VERTICAL,
        zero="trunk vertical in the picture",
        positive="leaning forward (hip and spine)",
        branch_deg=(-90.0, 180.0),
        needs_upright=True,
        source="AAOS 1965, for the trunk as a whole, against the vertical",
        from_centres=True,
    ),
    JointAngle(
        joint="trunk",
        motion="lateral_flexion",
        title="Trunk side lean",
        detail="positive to the person's right",
        sided=False,
        plane=Plane.FRONTAL,
        start=_TRUNK_UP,
        end=VERTICAL,
        zero="trunk vertical in the picture",
        positive="leaning to the person's right",
        branch_deg=(-90.0, 90.0),
        two_directions=True,
        needs_upright=True,
        source="AAOS 1965, for the trunk as a whole, against the vertical",
    ),
    JointAngle(
        joint="neck",
        motion="lateral_flexion",
        title="Neck side bend",
        detail="positive to the person's right",
        sided=False,
        plane=Plane.FRONTAL,
        start=("left_ear", "right_ear"),
        end=("left_shoulder", "right_shoulder"),
        zero="line of the ears parallel to the line of the shoulders",
        positive="head towards the person's right shoulder",
        branch_deg=(-90.0, 90.0),
        two_directions=True,
        source=_AAOS,
    ),
)


def find_joint(name: str) -> JointAngle:
    """Return the definition of ``knee_flexion`` or any other angle of the table.

    Raises
    ------
    KeyError
        If the table has no such angle.
    """
    for joint in JOINTS:
        if joint.name == name:
            return joint
    raise KeyError(name)


def split_angle_name(name: str) -> tuple[Side, str]:
    """Return side and angle of a column's stem: ``left_knee_flexion`` is left, knee_flexion."""
    for side in (Side.LEFT, Side.RIGHT):
        if name.startswith(f"{side}_"):
            return side, name.removeprefix(f"{side}_")
    return Side.NONE, name
