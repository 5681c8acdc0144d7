"""What an exercise asks of set-up: which points, from which side, in which view."""

from dataclasses import dataclass

from motion.exercise.exercises import Exercise
from motion.kinematics.joints import Plane
from motion.model import LANDMARKS, Side

__all__ = ["Asked"]

_SIDES = (Side.LEFT, Side.RIGHT)
_UPPER = frozenset({"nose", "ear", "shoulder", "hip"})
_LOWER = frozenset({"ankle", "heel", "foot_index"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Set-up's questions for one exercise and one side.

    Parameters
    ----------
    points
        Each point that has to be in view: one landmark, or two of which one is enough. In a side
        view that is the nearer of the two, for the far limb is hidden and not measured.
    plane
        The plane that the camera should see; None where any view will do.
    side
        The side that is planned; ``both`` and ``none`` let either side face the camera.
    whole_body
        Whether what is needed goes from the trunk to the feet.
    standing
        Whether the body's height in the picture is its stature.
    lying
        Whether it lies, and never stands up.
    """

    points: tuple[tuple[str, ...], ...]
    plane: Plane | None
    side: Side
    whole_body: bool
    standing: bool
    lying: bool

    @classmethod
    def of_exercise(cls, exercise: Exercise, side: Side) -> "Asked":
        """Return what one exercise asks, done with one side."""
        view = exercise.movement.view if exercise.movement else ""
        plane = Plane(view) if view else None
        parts = {need.removeprefix("left_").removeprefix("right_") for need in exercise.needs}
        return cls(
            points=tuple(
                dict.fromkeys(
                    point for need in exercise.needs for point in _points(need, side, plane)
                )
            ),
            plane=plane,
            side=side,
            whole_body=bool(parts & _UPPER) and bool(parts & _LOWER),
            standing=exercise.standing,
            lying=exercise.position.lying,
        )

    @property
    def one_sided(self) -> bool:
        """Whether one certain side is to face the camera."""
        return self.plane is Plane.SAGITTAL and self.side in _SIDES

    def points_before_turning(self) -> tuple[tuple[str, ...], ...]:
        """Return the points as they are asked for while the wrong side still faces the camera.

        Either side's will do: else somebody who only has to turn would be asked to show a knee.
        """
        if not self.one_sided:
            return self.points
        return tuple(tuple(_either(name)) for point in self.points for name in point)


def _points(need: str, side: Side, plane: Plane | None) -> tuple[tuple[str, ...], ...]:
    if need in LANDMARKS:
        named = need.startswith(("left_", "right_"))
        return (_either(need),) if plane is Plane.SAGITTAL and named else ((need,),)
    if side in _SIDES:
        return ((f"{side}_{need}",),)
    both = (f"left_{need}", f"right_{need}")
    return (both,) if plane is Plane.SAGITTAL else tuple((name,) for name in both)


def _either(name: str) -> tuple[str, ...]:
    part = name.removeprefix("left_").removeprefix("right_")
    return (name,) if part == name else (f"left_{part}", f"right_{part}")
