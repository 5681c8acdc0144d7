"""What a user may choose about one analysis."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from motion.gait import GaitSettings
from motion.kinematics.cleaning import CleaningSettings
from motion.kinematics.foreshortening import ANGLE_METHOD
from motion.kinematics.joints import Plane
from motion.model import Analysis, LeftOutTime, Origin, Repetition, Side, TakeConditions

__all__ = [
    "PLAIN_LANDMARKS",
    "SAID_SETTINGS",
    "AnalysisSettings",
    "SettingValue",
    "recall_settings",
]

PLAIN_LANDMARKS: Final = "plain landmarks"
"""In the place of the joint-centre model's version, where angles are of landmarks as they are."""

SAID_SETTINGS: Final = ("repetitions", "left_out", "sides", "sides_exchanged", "done_side")
"""Settings that stand only where somebody said what is so."""

_BY_HAND: Final = Origin.BY_HAND.value

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
    gait
        Measures walking; None measures angles and repetitions.
    go_s
        When GO was said of a functional test, in seconds of the recording; None where nobody knows.
        A walk's is in ``gait``.
    target_deg
        How far the counted angle was to go, as a plan prescribed it; None takes the movement's.
    repetitions
        Which repetitions there are, as somebody corrected them; None finds them.
    left_out
        Times that count for no number, as repetitions there were taken out by hand.
    sides_said
        Whether somebody said which side is which: the landmarks' sides are left as they are.
    sides_exchanged
        Whether left and right of the whole take are the other way round than when it was stored.
    done_side
        The side that did it, where that turned out to be another than the planned one; None takes
        the planned one.
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
    gait: GaitSettings | None = None
    go_s: float | None = None
    target_deg: float | None = None
    repetitions: tuple[Repetition, ...] | None = None
    left_out: tuple[LeftOutTime, ...] = ()
    sides_said: bool = False
    sides_exchanged: bool = False
    done_side: Side | None = None

    @property
    def measured_side(self) -> Side | None:
        """The side that is measured: the one that did it; None measures what the view shows."""
        return self.done_side or self.side

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
            *(self.gait.as_pairs() if self.gait else ()),
            *((("go_s", self.go_s),) if self.go_s is not None else ()),
            *((("target_deg", self.target_deg),) if self.target_deg is not None else ()),
            *((("repetitions", _BY_HAND),) if self.repetitions is not None else ()),
            *((("left_out", _codes(self.left_out)),) if self.left_out else ()),
            *((("sides", _BY_HAND),) if self.sides_said else ()),
            *((("sides_exchanged", True),) if self.sides_exchanged else ()),
            *((("done_side", self.done_side.value),) if self.done_side else ()),
        )


def recall_settings(analysis: Analysis) -> AnalysisSettings:
    """Return the choices that an analysis was made with, so that it can be made once more.

    What earlier versions did not yet let choose is as it is by default today.
    """
    known = dict(analysis.provenance.settings)
    side, view = str(known.get("side", "auto")), str(known.get("view", "auto"))
    cleaning = {field.name: known[field.name] for field in fields(CleaningSettings)
                if field.name in known}  # fmt: skip
    return AnalysisSettings(
        movement=analysis.movement,
        side=None if side == "auto" else Side(side),
        view=None if view == "auto" else Plane(view),
        conditions=analysis.conditions,
        cleaning=CleaningSettings(**cast(dict[str, Any], cleaning)),
        joint_centres=known.get("joint_centres") != PLAIN_LANDMARKS,
        withheld_joints=tuple(str(known.get("withheld_joints") or "").split()),
        person=str(known.get("person", "largest")),
        gait=GaitSettings.recall(known, analysis.events),
        go_s=cast(float | None, known.get("go_s")),
        target_deg=cast(float | None, known.get("target_deg")),
        # Corrected repetitions are part of the result; the settings only say that they were.
        repetitions=analysis.repetitions if known.get("repetitions") == _BY_HAND else None,
        left_out=LeftOutTime.read_all(known.get("left_out")),
        sides_said=known.get("sides") == _BY_HAND,
        sides_exchanged=bool(known.get("sides_exchanged")),
        done_side=Side(str(known["done_side"])) if known.get("done_side") else None,
    )


def _codes(times: Iterable[LeftOutTime]) -> str:
    return " ".join(each.code for each in times)
