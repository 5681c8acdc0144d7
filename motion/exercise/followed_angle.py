"""The angle that an exercise is counted on, as it comes: its value, its speed, its repetitions."""

import math
from typing import Final

from motion.exercise.exercises import Exercise, Sides
from motion.exercise.live_counter import Counted, LiveCounter
from motion.exercise.movements import Movement
from motion.kinematics.joints import Plane, find_joint
from motion.kinematics.live_angles import LiveReading
from motion.model import Side, View
from motion.signals.one_euro import OneEuro

__all__ = ["FollowedAngle", "angles_to_follow"]

_FROZEN_AFTER_S: Final = 0.3


def angles_to_follow(movement: Movement, sides: Sides, side: Side) -> tuple[str, ...]:
    """Return the names of the angles on which the exercise may be counted.

    One where the side is planned; where both limbs move, either may be the one that is seen.
    """
    angle = movement.counted_angle
    if not find_joint(angle).sided:
        return (angle,)
    if sides is Sides.ONE and side in (Side.LEFT, Side.RIGHT):
        return (f"{side}_{angle}",)
    return (f"{Side.LEFT}_{angle}", f"{Side.RIGHT}_{angle}")


class FollowedAngle:
    """Follows the counted angle; of two limbs the one that a finished take is counted on.

    Parameters
    ----------
    exercise
        One that is measured.
    side
        As prescribed.

    Raises
    ------
    ValueError
        If nothing of the exercise is measured.
    """

    def __init__(self, exercise: Exercise, side: Side) -> None:
        movement = exercise.movement
        if movement is None:
            msg = f"exercise {exercise.name} is only guided: there is no angle to follow"
            raise ValueError(msg)
        joint = find_joint(movement.counted_angle)
        both = movement.two_directions or joint.two_directions
        self._from_side = joint.plane is Plane.SAGITTAL
        names = angles_to_follow(movement, exercise.sides, side)
        self._counters = {name: LiveCounter(movement.rest, both) for name in names}
        self._smooth = {name: OneEuro() for name in names}
        self.name = names[0]
        """Of the angle, with its side."""
        self.raw_deg = math.nan
        """As measured."""
        self.angle_deg = math.nan
        """Smoothed for the eye."""
        self.speed_deg_s = 0.0
        """Of the smoothed angle."""
        self.frozen = False
        """Whether it was not seen for longer than a blink."""
        self._time_s = math.nan
        self._seen_s = math.nan

    @property
    def counter(self) -> LiveCounter:
        """Counts on the angle that is followed."""
        return self._counters[self.name]

    def counter_of(self, name: str) -> LiveCounter:
        """Return the counter of one of the angles."""
        return self._counters[name]

    def update(self, reading: LiveReading) -> list[tuple[str, Counted]]:
        """Take in the next picture; return the movements that it completes, by their angle."""
        told = []
        for name, counter in self._counters.items():
            counted = counter.update(reading.time_s, reading.value_deg.get(name, math.nan))
            if counted is not None:
                told.append((name, counted))
        self.name = self._choose(reading.view)
        self._look(reading)
        return told

    def _choose(self, view: View | None) -> str:
        """Return the limb that a finished take would be counted on.

        From the side that is the nearer one; from the front the one that moves more.
        """
        if self._from_side and view is not None:
            near = f"{view.near_side}_"
            nearer = [name for name in self._counters if name.startswith(near)]
            if nearer:
                return nearer[0]
        return max(self._counters, key=lambda each: self._counters[each].spread_deg)

    def _look(self, reading: LiveReading) -> None:
        time_s, before_deg = reading.time_s, self.angle_deg
        self.raw_deg = reading.value_deg.get(self.name, math.nan)
        self.angle_deg = self._smooth[self.name].update(time_s, self.raw_deg)
        step_s = time_s - self._time_s
        moved_deg = self.angle_deg - before_deg
        self.speed_deg_s = moved_deg / step_s if step_s > 0 and math.isfinite(moved_deg) else 0.0
        self._time_s = time_s
        if math.isnan(self._seen_s) or not math.isnan(self.angle_deg):
            self._seen_s = time_s
        unseen_s = time_s - self._seen_s
        self.frozen = math.isnan(self.angle_deg) and (self.frozen or unseen_s >= _FROZEN_AFTER_S)
