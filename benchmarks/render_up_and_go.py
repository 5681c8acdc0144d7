"""A timed up and go of the generator's bodies: sit, stand up, walk, turn, walk back, turn, sit.

Runs inside the generator's own Python (see render_variants.py). Made of the generator's own
standing up and walking, put one after the other: the moments at which the parts meet are exact,
the body jumps by some centimetres where standing and walking meet, and it turns on the spot.
"""

from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from motions import FK, Ry, SitToStand, mj
from render_gait import StyledWalk, WalkStyle

Command = dict[str, Any]

CHAIR_Z_M = -1.5
"""Where the way begins, so that its middle lies before the camera."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpAndGoStyle:
    """How long each part takes, and how fast and far the person walks."""

    speed_m_s: float = 1.0
    way_m: float = 3.3
    before_s: float = 2.5
    rise_s: float = 1.4
    turn_s: float = 1.4
    chair_turn_s: float = 1.2
    lower_s: float = 1.5
    after_s: float = 2.5

    def list_parts(self) -> dict[str, float]:
        """Return the length of each part in seconds, in order."""
        walk_s = self.way_m / self.speed_m_s
        names = ("before", "rise", "out", "turn", "back", "chair_turn", "lower", "after")
        _, _, before_s, rise_s, turn_s, chair_turn_s, lower_s, after_s = astuple(self)
        lengths = (before_s, rise_s, walk_s, turn_s, walk_s, chair_turn_s, lower_s, after_s)
        return dict(zip(names, lengths, strict=True))


class UpAndGo:
    """The movement, as the generator's own are: a command for each instant."""

    az, view, events = 90, "sagittal", None
    chair: Any = True

    def __init__(self, fk: FK, style: UpAndGoStyle) -> None:
        self.style = style
        self.seat = SitToStand(fk)
        self.risen = 0.0
        self.seat.k = lambda _: self.risen
        self.walk = StyledWalk(fk, WalkStyle(speed_m_s=style.speed_m_s))
        self.dur = float(sum(style.list_parts().values()))

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        part, done = self.find_part(t)
        if part in ("before", "rise", "lower", "after"):
            self.risen = {"rise": mj(done), "lower": 1.0 - mj(done)}.get(part, 0.0)
            command, way_m, turned_deg = dict(self.seat.cmd(t)), 0.0, 0.0
        else:
            command = dict(self.walk.cmd(t))
            share, turned_deg = {
                "out": (done, 0.0),
                "turn": (1.0, 180.0 * done),
                "back": (1.0 - done, 180.0),
                "chair_turn": (0.0, 180.0 + 180.0 * done),
            }[part]
            way_m = share * self.style.way_m
        command["turn"] = (Ry(turned_deg), np.array([0.0, 0.0, way_m + CHAIR_Z_M]))
        return command

    def find_part(self, t: float) -> tuple[str, float]:
        """Return the part of an instant, and the share of it that is done."""
        start_s = 0.0
        for part, length_s in self.style.list_parts().items():
            if t < start_s + length_s:
                return part, (t - start_s) / length_s
            start_s += length_s
        return "after", 1.0
