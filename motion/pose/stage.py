"""The part of the picture in which one of several people is followed: the others stay outside."""

from typing import Final

from motion.capture.frames import Image
from motion.pose.bodies import Box
from motion.pose.estimator import FramePose, PoseEstimator
from motion.pose.looks import crop, shift
from motion.pose.person import Person

__all__ = ["follow_on_stage", "set_stage"]

_ROOM: Final = 0.5
_EDGE: Final = 0.05


def set_stage(around: Box, image_rgb: Image) -> Box:
    """Return a box with room around a body, in whole pixels inside the picture.

    It stands still while the person moves on it, because a follower looks for its body where it
    was in the last picture; it is large enough for some steps, and small enough that the
    detector, which sees it at 224 pixels, finds the person.
    """
    height, width = image_rgb.shape[:2]
    box = around.widened(_ROOM)
    return Box(
        float(max(0, int(box.left))),
        float(max(0, int(box.top))),
        float(min(width, int(box.right) + 1)),
        float(min(height, int(box.bottom) + 1)),
    )


def follow_on_stage(
    estimator: PoseEstimator, person: Person, image_rgb: Image, time_s: float
) -> FramePose | None:
    """Return the body that a person's follower finds on its stage, or in the whole picture.

    Where the person is about to leave the stage a new one is set up around them.
    """
    follower = person.follower or 0
    if person.stage is None:
        return estimator.estimate(image_rgb, time_s, follower)
    expected = person.expect_box(time_s, _EDGE)
    if not _holds(person.stage, expected, image_rgb):
        person.stage = set_stage(expected, image_rgb)
        estimator.forget(follower)
    if person.stage.right - person.stage.left < 8 or person.stage.bottom - person.stage.top < 8:
        return None  # they have left the picture
    body = estimator.estimate(crop(image_rgb, person.stage), time_s, follower)
    return None if body is None else shift(body, person.stage)


def _holds(stage: Box, box: Box, image_rgb: Image) -> bool:
    height, width = image_rgb.shape[:2]
    return (
        stage.left <= max(0.0, box.left)
        and stage.top <= max(0.0, box.top)
        and stage.right >= min(float(width), box.right)
        and stage.bottom >= min(float(height), box.bottom)
    )
