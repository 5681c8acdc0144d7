"""What speaks against the numbers of a timed up and go, and against its clock."""

import math
from dataclasses import dataclass
from typing import Final

from motion.gait.timed_motion import NOT_COMPARABLE, UNCHECKED_WAY, TimedMotion
from motion.gait.timed_tug_moments import TugTry
from motion.model import ScaleSource
from motion.signals import MAX_GAP_S

__all__ = ["Clock", "doubt_phase", "doubt_try", "start_clock"]

_WAY_M: Final = (2.5, 4.2)
"""The hips go 3 m and what they lie behind the chair's edge and beyond the line."""

_REACTION_S: Final = 3.0
"""Who begins later than this after GO may have heard another GO, or none: our own choice."""

_LATE_TURN: Final = (
    "the turn is found up to half a second late: walking out reads long, walking back short"
)
"""In the picture the azimuth of a body that turns is estimated some 20 degrees behind
(docs/timed_tests.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When a try's clock starts.

    Parameters
    ----------
    start_s
        In seconds of the recording.
    remark
        Goes with the time; empty where it runs from GO.
    doubt
        Why it is not certain that this was its GO; empty where it is.
    warnings
        One sentence each.
    """

    start_s: float
    remark: str = ""
    doubt: str = ""
    warnings: tuple[str, ...] = ()


def start_clock(go_s: float, tug: TugTry, recorded_from_s: float) -> Clock:
    """Return when the clock starts, whether that is GO, and what speaks against it."""

    def from_movement(warning: str) -> Clock:
        return Clock(start_s=tug.start_s, remark=NOT_COMPARABLE, warnings=(warning,))

    if math.isnan(go_s):
        return from_movement("The moment of GO is not known: timed from the first movement")
    if not recorded_from_s <= go_s < tug.half_up_s:
        return from_movement(
            f"GO at {go_s:.1f} s does not go before standing up at {tug.start_s:.1f} s: "
            "timed from the first movement; give the moment of GO again"
        )
    waited_s = tug.start_s - go_s
    if waited_s < 0.0:
        said = f"The person moved {-waited_s:.1f} s before GO; timed from GO"
        return Clock(start_s=go_s, warnings=(said,))
    if waited_s > _REACTION_S:
        doubt = f"the first movement came {waited_s:.1f} s after GO"
        said = f"T{doubt[1:]} at {go_s:.1f} s: timed from GO; is it the GO of this try?"
        return Clock(start_s=go_s, doubt=doubt, warnings=(said,))
    return Clock(start_s=go_s)


def doubt_try(motion: TimedMotion, tug: TugTry) -> tuple[list[str], list[str], str]:
    """Return doubts about all times of a try, warnings beside them, and what bars cut-offs."""
    doubts = []
    if not tug.saw_rest:
        doubts.append(
            "the trunk was not seen at rest before: the start is that of the hips, some tenths "
            "of a second late"
        )
    if tug.hidden_s > MAX_GAP_S:
        doubts.append(f"out of view for {tug.hidden_s:.1f} s on the way")
    checked = math.isfinite(tug.way_m)
    if checked and not _WAY_M[0] <= tug.way_m <= _WAY_M[1]:
        doubts.append(
            f"the hips went {tug.way_m:.1f} m from the chair, where the "
            "test asks for a line at 3 m: not comparable with cut-offs"
        )
    if off_side := motion.doubt_view(tug.start_s, tug.seated_s):
        doubts.append(off_side)
    warnings = [f"{doubt[0].upper()}{doubt[1:]}" for doubt in doubts]
    if math.isnan(tug.turn_s):
        warnings.append(
            "The turn was not seen: walking out, turning and walking back are not parted"
        )
    if checked:
        return doubts, warnings, ""
    missing = "the chair was not seen" if motion.scale.known else "no scale in metres"
    bar = f"{missing}: {UNCHECKED_WAY}"
    return doubts, [*warnings, f"{bar[0].upper()}{bar[1:]}"], bar


def doubt_phase(motion: TimedMotion, phase: str) -> str:
    """Return the known error of a phase of its own; empty where there is none."""
    walks = phase in ("walk_out", "walk_back")
    return _LATE_TURN if walks and motion.scale.source is not ScaleSource.METRES else ""
