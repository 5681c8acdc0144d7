"""What a user may choose about one analysis."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from motion.kinematics.cleaning import CleaningSettings
from motion.kinematics.foreshortening import ANGLE_METHOD
from motion.kinematics.joints import Plane
from motion.model import Side, TakeConditions

__all__ = ["AnalysisSettings", "SettingValue"]

SettingValue = str | float | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSettings:
    """Choices of one analysis; all but the paths are part of its provenance.

    Parameters
    ----------
    movement
        An angle or an exercise by name; empty measures every angle that the view allows.
    side
        The side that is planned; None measures what the view shows.
    view
        The plane that the camera saw; None decides from the picture.
    conditions
        What the take says about itself. ``near_side`` is found where it is ``unknown``.
    joint_centres
        Whether landmarks are moved to joint centres (:mod:`motion.kinematics.joint_centres`).
    withheld_joints
        Joints such as ``left_knee`` that are never measured: absent, in a cast, covered.
    started_at
        When the recording began; None takes the file's word.
    person
        Who is measured where several people are in view: ``largest``, ``centre``, ``left``,
        ``right``, or a point ``X,Y`` in pixels, with ``@SECONDS`` if not at the start.
    model_path
        A pose model of one's own; None takes the installed one.
    """

    movement: str = ""
    side: Side | None = None
    view: Plane | None = None
    conditions: TakeConditions = field(default_factory=TakeConditions)
    cleaning: CleaningSettings = field(default_factory=CleaningSettings)
    joint_centres: bool = True
    withheld_joints: tuple[str, ...] = ()
    started_at: datetime | None = None
    person: str = "largest"
    model_path: Path | None = None

    def as_pairs(self) -> tuple[tuple[str, SettingValue], ...]:
        """Return the settings as plain named values, with how angles are made of landmarks."""
        return (
            ("movement", self.movement),
            ("side", self.side.value if self.side else "auto"),
            ("view", self.view.value if self.view else "auto"),
            ("person", self.person),
            ("withheld_joints", " ".join(self.withheld_joints)),
            ("angle_method", ANGLE_METHOD),
            *asdict(self.cleaning).items(),
        )
