"""The generator's walk at another speed, step and timing, and along a longer path.

Runs inside the generator's own Python (see render_variants.py). Contact and foot off stay exact:
they are instants of the generator's own functions.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from motions import FK, Ry, Walk

Command = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkStyle:
    """How somebody walks.

    Parameters
    ----------
    speed_m_s
        Over the floor, or of the belt.
    step_share
        Step length as a share of the generator's own (0.68 of the leg).
    stance_share
        Share of the stride with the foot on the floor.
    right_after
        When the right foot follows the left, as a share of the stride: 0.5 is even.
    path_m
        Length of each pass over the floor; 0 is a treadmill.
    passes
        How often the path is walked, there and back.
    """

    speed_m_s: float
    step_share: float = 1.0
    stance_share: float = 0.62
    right_after: float = 0.5
    path_m: float = 0.0
    passes: int = 1


class StyledWalk(Walk):
    """The generator's walk in somebody's style; on a second pass the body is turned about."""

    def __init__(self, fk: FK, style: WalkStyle) -> None:
        self.style = style
        self.speed, self.stance = style.speed_m_s, style.stance_share
        self.overground, self.x0 = style.path_m > 0, -style.path_m / 2.0
        # The generator's parent sets step and off while it looks for the pelvis' height: both
        # are properties here, so that it looks with this style's.
        super().__init__(fk)
        if self.overground:
            self.pass_s = style.path_m / style.speed_m_s
            self.dur = style.passes * self.pass_s

    @property
    def step(self) -> float:
        """Mean step length in metres."""
        return self._step_m

    @step.setter
    def step(self, own_m: float) -> None:
        self._step_m = own_m * self.style.step_share

    @property
    def off(self) -> dict[str, float]:
        """By how much of a stride each foot comes later."""
        # A foot's phase is ahead by what it is late from a whole stride.
        return {"L": 0.0, "R": 1.0 - self.style.right_after}

    @off.setter
    def off(self, even: dict[str, float]) -> None:
        """Keep the style's own timing."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        if not self.overground:
            return dict(super().cmd(t))
        number, within_s = self.find_pass(t)
        command = dict(super().cmd(within_s))
        if number % 2:
            command["turn"] = (Ry(180.0), np.zeros(3))
        return command

    def find_pass(self, t: float) -> tuple[int, float]:
        """Return the number of the pass, from 0, and the seconds since it began."""
        # While the parent still looks for the pelvis' height there are no passes.
        length_s = getattr(self, "pass_s", np.inf)
        number = int(t // length_s)
        return number, t - number * length_s

    def event_times(self) -> list[tuple[float, str, str]]:
        """Return instant, foot and name of every event of every pass."""
        if not self.overground:
            return list(super().event_times())
        whole_s, self.dur = self.dur, self.pass_s
        one = super().event_times()
        self.dur = whole_s
        return [
            (round(t + number * self.pass_s, 4), foot, name)
            for number in range(self.style.passes)
            for t, foot, name in one
        ]
