"""From the pictures of a running camera to the poses of one person."""

from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.model import LivePose
from motion.pose import FramePose, PersonChoice, PersonLock, PoseEstimator
from motion.pose.lock import SETTLE_S
from motion.pose.side_keeper import SideKeeper

__all__ = ["PersonWatcher"]

_LET_GO_S: Final = 3.0
"""Gone for so long while somebody is in view, the person has to say that it is them."""


class PersonWatcher:
    """Follows one person and keeps left and right apart, without looking ahead.

    Parameters
    ----------
    estimator
        Finds bodies; closed by whoever made it.
    choice
        Who is meant of several.
    at_once
        Whether the first who is seen is taken without waiting for others.
    """

    def __init__(self, estimator: PoseEstimator, choice: PersonChoice, *, at_once: bool) -> None:
        self._lock = PersonLock(estimator, choice, settle_s=0.0 if at_once else SETTLE_S)
        self._choice = choice
        self._keeper = SideKeeper(delay_s=0.0)
        self._seen_s = 0.0
        self.gone = False
        """Whether the person has been gone for long, and somebody else, or they, are in view."""

    @property
    def people_n(self) -> int:
        """People in the last picture."""
        return self._lock.people_n

    def look(self, image_rgb: Image, time_s: float) -> tuple[LivePose, LivePose]:
        """Return the person as the model saw them, and with left and right put right.

        The first is for the record, where the whole take tells the sides better; the second for
        the screen.
        """
        body = self._lock.update(image_rgb, time_s)
        self._look_for_person(body, time_s)
        kept = self._keeper.add(time_s, body)[-1]
        return _as_pose(body, time_s, image_rgb), _as_pose(kept.body, time_s, image_rgb)

    def _look_for_person(self, body: FramePose | None, time_s: float) -> None:
        if body is not None or self._lock.chosen is None:
            self._seen_s, self.gone = time_s, False
        elif self.people_n and time_s - self._seen_s > _LET_GO_S:
            self.gone = True


def _as_pose(body: FramePose | None, time_s: float, image_rgb: Image) -> LivePose:
    """Return the pose; what the model draws outside the picture was not seen."""
    if body is None:
        return LivePose.nobody(time_s)
    height_px, width_px = image_rgb.shape[:2]
    inside = np.all((body.image_px >= 0) & (body.image_px <= [width_px, height_px]), axis=1)
    return LivePose(
        time_s=time_s,
        image_px=np.where(inside[:, None], body.image_px, np.nan),
        world_m=np.where(inside[:, None], body.world_m, np.nan),
        visibility=body.visibility,
        presence=body.presence,
    )
