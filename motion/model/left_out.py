"""Times of a take in which somebody took a repetition out, and why: whether its angles count."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from motion.model.take import Side

__all__ = ["LeftOutTime", "RemovedAs"]


class RemovedAs(StrEnum):
    """Why somebody takes a repetition out of a take."""

    MISTRACKED = "mistracked"
    """The landmarks were wrong there: the body never showed these angles."""

    OTHER_MOVEMENT = "other_movement"
    """The body did something else, or was helped: its angles are no result of this exercise."""

    NOT_COUNTED = "not_counted"
    """The joint did move so; only as a repetition it is not to be counted."""

    @property
    def counts_for_range(self) -> bool:
        """Whether the angles of its time stay among those that a range is read from."""
        return self is RemovedAs.NOT_COUNTED

    @property
    def text(self) -> str:
        """The reason in a few words."""
        return _TEXTS[self]


_BETWEEN: Final = "/"

_TEXTS: Final = {
    RemovedAs.MISTRACKED: "tracked wrongly",
    RemovedAs.OTHER_MOVEMENT: "another movement",
    RemovedAs.NOT_COUNTED: "not counted as a repetition",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutTime:
    """A time in which a repetition was taken out; both ends included.

    Unless it was only not to be counted, no number of any angle is read from that time.

    Parameters
    ----------
    joint, motion, side
        The angle of the repetition that was taken out there.
    """

    joint: str
    motion: str
    side: Side
    start_s: float
    end_s: float
    why: RemovedAs

    @property
    def text(self) -> str:
        """When and why: ``3.2 to 4.5 s (tracked wrongly)``."""
        return f"{self.start_s:.1f} to {self.end_s:.1f} s ({self.why.text})"

    @property
    def code(self) -> str:
        """The time as one word among an analysis's settings; :meth:`read` reads it."""
        where = (self.side.value, self.joint, self.motion)
        return _BETWEEN.join((*where, repr(self.start_s), repr(self.end_s), self.why.value))

    @classmethod
    def read_all(cls, codes: object) -> tuple[Self, ...]:
        """Return the times of several codes with spaces between; nothing of nothing."""
        return tuple(cls.read(code) for code in str(codes or "").split())

    @classmethod
    def read(cls, code: str) -> Self:
        """Return the time of a :attr:`code`."""
        side, joint, motion, start_s, end_s, why = code.split(_BETWEEN)
        return cls(
            joint=joint,
            motion=motion,
            side=Side(side),
            start_s=float(start_s),
            end_s=float(end_s),
            why=RemovedAs(why),
        )
