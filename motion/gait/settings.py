"""What a user may choose about a walk."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motion.model import Event, Origin

_NUMBERS: Final = ("height_m", "floor_m", "belt_m_s", "go_s")

__all__ = ["GaitSettings", "TimedTest"]


class TimedTest(StrEnum):
    """A timed walking test with published figures."""

    TUG = "tug"
    WALK10 = "walk10"
    WALK4 = "walk4"


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitSettings:
    """Choices of one analysis of walking.

    Parameters
    ----------
    height_m
        The person's height; NaN where nobody said it.
    floor_m, floor_px
        A known distance on the floor in the plane of the walk, and its two ends in the picture,
        ``(x1, y1, x2, y2)``; NaN and None where nobody said it.
    belt_m_s
        Speed of a treadmill's belt; NaN where the person walks over the floor, or nobody said it.
    treadmill
        Whether the person walks on a treadmill; None decides from the picture.
    test
        The timed test that was done.
    go_s
        When GO was said, in seconds of the recording; NaN where nobody knows. Without it a timed
        test is timed from the movement, and published cut-offs say nothing of it.
    events
        Contacts and foot offs as somebody corrected them; None finds them.
    """

    height_m: float = math.nan
    floor_m: float = math.nan
    floor_px: tuple[float, float, float, float] | None = None
    belt_m_s: float = math.nan
    treadmill: bool | None = None
    test: TimedTest | None = None
    go_s: float = math.nan
    events: tuple[Event, ...] | None = None

    def as_pairs(self) -> tuple[tuple[str, str | float | bool | None], ...]:
        """Return the choices as plain named values; what nobody said is None.

        Corrected events are part of the result; here it is only said that they were.
        """
        numbers = ((name, getattr(self, name)) for name in _NUMBERS)
        return (
            ("gait", True),
            *((f"gait_{name}", value if math.isfinite(value) else None) for name, value in numbers),
            ("gait_floor_px", " ".join(f"{each:g}" for each in self.floor_px or ()) or None),
            ("gait_treadmill", self.treadmill),
            ("timed_test", self.test.value if self.test else ""),
            ("gait_events", "found" if self.events is None else Origin.BY_HAND.value),
        )

    @classmethod
    def recall(cls, known: Mapping[str, object], events: Sequence[Event]) -> "GaitSettings | None":
        """Return the choices of an analysis; None where walking was not measured.

        Parameters
        ----------
        known
            Its settings by name.
        events
            Its events: where they were corrected, they stay.
        """
        if not known.get("gait"):
            return None
        said = {name: known.get(f"gait_{name}") for name in _NUMBERS}
        floor = str(known.get("gait_floor_px") or "").split()
        treadmill = known.get("gait_treadmill")
        test = str(known.get("timed_test") or "")
        corrected = known.get("gait_events") == Origin.BY_HAND.value
        return cls(
            **{
                name: math.nan if value is None else float(str(value))
                for name, value in said.items()
            },
            floor_px=(float(floor[0]), float(floor[1]), float(floor[2]), float(floor[3]))
            if floor
            else None,
            treadmill=treadmill if isinstance(treadmill, bool) else None,
            test=TimedTest(test) if test else None,
            events=tuple(events) if corrected else None,
        )
