"""The conditions of a recording: what must match before two takes may be compared."""

from dataclasses import dataclass, fields
from enum import StrEnum

__all__ = [
    "Mirrored",
    "Mode",
    "NearSide",
    "Position",
    "Setting",
    "Side",
    "TakeConditions",
    "WeightBearing",
]


class Side(StrEnum):
    """Whose side a number belongs to."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"
    """Trunk and neck."""
    BOTH = "both"
    """Cadence, speed."""


class Position(StrEnum):
    """How the patient was placed."""

    STANDING = "standing"
    SITTING = "sitting"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    UNKNOWN = "unknown"
    """Nobody said."""

    @property
    def lying(self) -> bool:
        """Whether the trunk is not upright, so that lean from vertical means nothing."""
        return self in (Position.SUPINE, Position.PRONE, Position.SIDE_LYING)


class Mode(StrEnum):
    """Who moved the limb."""

    ACTIVE = "active"
    ASSISTED = "assisted"
    PASSIVE = "passive"


class Setting(StrEnum):
    """Where the take was recorded."""

    CLINIC = "clinic"
    HOME = "home"


class NearSide(StrEnum):
    """Which side of the body was nearest the camera."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    """Each in turn: a walk there and back."""
    NONE = "none"
    """A frontal view: neither."""
    UNKNOWN = "unknown"


class Mirrored(StrEnum):
    """Whether the recording shows the person as in a mirror."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class WeightBearing(StrEnum):
    """How much weight the measured leg carried."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeConditions:
    """What a take must say about itself (docs/conventions.md, "What a take says")."""

    position: Position = Position.UNKNOWN
    mode: Mode = Mode.ACTIVE
    setting: Setting = Setting.CLINIC
    weight_bearing: WeightBearing = WeightBearing.UNKNOWN
    aid: str = "unknown"
    footwear_orthosis: str = "unknown"
    near_side: NearSide = NearSide.UNKNOWN
    mirrored: Mirrored = Mirrored.UNKNOWN

    def differing_fields(self, other: "TakeConditions") -> tuple[str, ...]:
        """Return the names of the conditions in which two takes differ."""
        return tuple(
            field.name
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )
