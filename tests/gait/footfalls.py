"""How made-up walkers walk: their sizes and timing, and when and where each foot lands."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from motion.model import Side

LEFT, RIGHT = Side.LEFT, Side.RIGHT
OTHER = {LEFT: RIGHT, RIGHT: LEFT}

_ADULT_LEG_M = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Footfall:
    """One foot on the floor: its ankle ``at_m`` along the way when flat, and from when to when.

    A foot stood on before the walk has a contact of minus infinity, after it an off of infinity.
    """

    side: Side
    at_m: float
    contact_s: float
    off_s: float


@dataclass(frozen=True, kw_only=True)
class Walker:
    """How somebody walks.

    Parameters
    ----------
    leg_m
        From hip to floor; the rest of the body and the foot's lift are in proportion.
    stride_s, stance_share
        Time from contact to contact of one foot, and the share of it on the floor.
    step_m
        Mean of the left and the right step's length.
    left_time_share, left_length_share
        What the left step (right contact to left contact) has of a stride's time and length.
    strides
        How many are walked in each pass.
    stands_s
        Standing before and after each pass; 0: walking all the time.
    there_and_back
        Turns after the first pass and walks back. Wants ``stands_s``.
    treadmill
        The belt takes back what is walked.
    landing_share
        The foot's speed just before contact, as a share of the walking speed.
    """

    leg_m: float = 0.9
    stride_s: float = 1.1
    stance_share: float = 0.62
    step_m: float = 0.6
    left_time_share: float = 0.5
    left_length_share: float = 0.5
    strides: int = 6
    stands_s: float = 0.0
    there_and_back: bool = False
    turn_s: float = 1.6
    treadmill: bool = False
    landing_share: float = 0.3

    @property
    def size(self) -> float:
        """Of the body against an adult of 0.9 m leg length."""
        return self.leg_m / _ADULT_LEG_M

    @property
    def height_m(self) -> float:
        """Of the body standing straight, to a little above the ears."""
        return self.leg_m + 0.78 * self.size

    @property
    def speed_m_s(self) -> float:
        """Of steady walking."""
        return 2.0 * self.step_m / self.stride_s

    @property
    def pass_s(self) -> float:
        """How long one pass takes, with the standing before and after it."""
        if not self.stands_s:
            return self.strides * self.stride_s
        return self.falls[-1].contact_s + self.ramp_s + self.stands_s

    @property
    def duration_s(self) -> float:
        """How long everything takes."""
        return 2.0 * self.pass_s + self.turn_s if self.there_and_back else self.pass_s

    @property
    def end_m(self) -> float:
        """Where a pass that ends in standing ends."""
        return self.falls[-1].at_m

    @cached_property
    def falls(self) -> tuple[Footfall, ...]:
        """Every footfall of one pass, in the pass's own time and metres, in order of contact."""
        return tuple(_list_standing(self) if self.stands_s else _list_steady(self))

    @property
    def ramp_s(self) -> float:
        """How long it takes from standing to steady walking, and back."""
        return 0.9 * self.stride_s

    @property
    def lift_share(self) -> float:
        """How far the feet are turned and lifted: less where steps are short."""
        return min(1.0, self.step_m / (0.62 * self.leg_m))


def _list_steady(walker: Walker) -> Iterator[Footfall]:
    """Yield the footfalls of walking that began before and goes on after the pass."""
    stride_m = 2.0 * walker.step_m
    for number in range(-2, walker.strides + 3):
        # The first left contact: a quarter of a stride after the pass begins.
        contact_s = (number + 0.25) * walker.stride_s
        at_m = number * stride_m
        off_s = contact_s + walker.stance_share * walker.stride_s
        yield Footfall(side=LEFT, at_m=at_m, contact_s=contact_s, off_s=off_s)
        later_s = (1.0 - walker.left_time_share) * walker.stride_s
        yield Footfall(
            side=RIGHT,
            at_m=at_m + (1.0 - walker.left_length_share) * stride_m,
            contact_s=contact_s + later_s,
            off_s=off_s + later_s,
        )


def _list_standing(walker: Walker) -> Iterator[Footfall]:
    """Yield the footfalls of a pass from standing to standing; the right foot goes first."""
    stride_m, stride_s = 2.0 * walker.step_m, walker.stride_s
    share_m = {LEFT: walker.left_length_share, RIGHT: 1.0 - walker.left_length_share}
    share_s = {LEFT: walker.left_time_share, RIGHT: 1.0 - walker.left_time_share}
    landed = [(LEFT, 0.0, -math.inf), (RIGHT, 0.0, -math.inf)]
    side, at_m = RIGHT, share_m[RIGHT] * stride_m
    contact_s = (
        walker.stands_s + walker.ramp_s / 2 + (at_m - find_ahead_m(walker)) / walker.speed_m_s
    )
    for _ in range(2 * walker.strides):
        landed.append((side, at_m, contact_s))
        side = OTHER[side]
        at_m += share_m[side] * stride_m
        contact_s += share_s[side] * stride_s
    landed.append((side, landed[-1][1], contact_s))  # beside the other: the walk is over
    swing_s = (1.0 - walker.stance_share) * stride_s
    for index, (side, at_m, contact_s) in enumerate(landed):
        again = [time for other, _, time in landed[index + 1 :] if other == side]
        off_s = again[0] - swing_s if again else math.inf
        yield Footfall(side=side, at_m=at_m, contact_s=contact_s, off_s=off_s)


def find_ahead_m(walker: Walker) -> float:
    """Return how far before the pelvis the ankle is put down."""
    return 0.4 * walker.stance_share * 2.0 * walker.step_m
