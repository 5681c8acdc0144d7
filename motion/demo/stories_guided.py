"""The guided visits of the made-up clinic: one that is finished, one of today that is left open."""

from typing import Any

from motion.demo.courses import Course
from motion.demo.guided import GuidedStep, GuidedVisit
from motion.demo.telling import OTHER, walk
from motion.model import Side

__all__ = ["list_knee_visits", "list_walking_visits"]


def list_knee_visits(side: Side) -> tuple[GuidedVisit, ...]:
    """Return a whole visit of some weeks ago, and one of today that stands at its second side."""
    other = OTHER[side]
    return (
        GuidedVisit(
            protocol="knee_replacement_visit",
            days_ago=24,
            steps=(
                GuidedStep(key="pain", pain=2),
                _filmed(f"bend-{other}", "heel_slide", other, 136.0),
                _filmed(f"straighten-{other}", "knee_extension", other, 2.0),
                _filmed(f"bend-{side}", "heel_slide", side, 114.0),
                _filmed(f"straighten-{side}", "knee_extension", side, 6.0),
                GuidedStep(key="walk", course=walk(start=1.1, end=1.1, weak=0.2)),
                GuidedStep(key="stand_up", left_out="No time"),
            ),
        ),
        GuidedVisit(
            protocol="knee_replacement_visit",
            days_ago=0,
            ended=False,
            steps=(
                GuidedStep(key="pain", pain=1),
                GuidedStep(key=f"bend-{other}", left_out="Not needed today"),
                GuidedStep(key=f"straighten-{other}", left_out="Not needed today"),
            ),
        ),
    )


def list_walking_visits() -> tuple[GuidedVisit, ...]:
    """Return a walking check that was broken off after its first walk."""
    return (
        GuidedVisit(
            protocol="walking_check",
            days_ago=16,
            ended=False,
            steps=(
                GuidedStep(key="pain", pain=1, context="movement"),
                GuidedStep(key="walk", course=walk(start=1.1, end=1.1)),
            ),
        ),
    )


def _filmed(key: str, exercise: str, side: Side, level: float, **more: Any) -> GuidedStep:
    course = Course(exercise=exercise, side=side, start=level, end=level, **more)
    return GuidedStep(key=key, course=course)
