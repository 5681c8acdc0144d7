"""The view of somebody who is being filmed: what offline is decided once is kept up to date."""

from typing import Final

import numpy as np

from motion.kinematics.azimuth import find_heading, turn_between
from motion.kinematics.joints import Plane
from motion.kinematics.view import estimate_view
from motion.kinematics.view_cues import measure_headings
from motion.model import PoseRecording, RealArray, View, ViewName

__all__ = ["ViewTracker"]

KEPT_HZ: Final = 10.0
KEPT_S: Final = 30.0
ENOUGH_S: Final = 1.0
EVERY_S: Final = 0.5
TURNED_AFTER_S: Final = 1.0
TURNED_DEG: Final = 60.0


class ViewTracker:
    """Gives the view frame by frame from the last half minute, never from frames to come.

    At most ten frames a second of the last 30 s are kept, so memory and time per frame are
    bounded. The view is estimated anew every half second by the same method as for a whole
    take (:func:`motion.kinematics.view.estimate_view`), from one second of a seen person on;
    before that there is none. Once the person has kept to another heading for a second, what
    was seen before is dropped: facing is decided anew, with a delay of one second.

    Parameters
    ----------
    width_px, height_px
        Size of the picture.
    wanted
        The plane the user says the camera sees.
    enough_s
        How long the person must have been seen before a view is given.
    kept_s
        How far back it looks. Somebody who is being told how to turn needs a few seconds, so that
        the view follows; a view that is measured in, the whole half minute.
    """

    def __init__(
        self,
        width_px: int,
        height_px: int,
        wanted: Plane | None = None,
        *,
        enough_s: float = ENOUGH_S,
        kept_s: float = KEPT_S,
    ) -> None:
        self._size_px = (width_px, height_px)
        self._wanted = wanted
        self._enough_s = enough_s
        self._most_kept = round(KEPT_HZ * kept_s)
        self._times_s: list[float] = []
        self._image_px: list[RealArray] = []
        self._world_m: list[RealArray] = []
        self._view: View | None = None
        self._estimated_s = -np.inf

    def update(self, time_s: float, image_px: RealArray, world_m: RealArray) -> View | None:
        """Take in one frame and return the view so far.

        Parameters
        ----------
        time_s
            Later than that of the frame before.
        image_px, world_m
            ``(33, 2)`` pixels and ``(33, 3)`` metres; NaN where nothing was seen.

        Returns
        -------
        View or None
            None until the person was seen in one view for a second.
        """
        period_s = 1.0 / KEPT_HZ
        # A frame that comes a little early for its turn still has it.
        due = not self._times_s or time_s - self._times_s[-1] > 0.95 * period_s
        if due and np.any(np.isfinite(world_m)):
            self._keep(time_s, image_px, world_m)
        if time_s - self._estimated_s >= EVERY_S and self._seen_s >= self._enough_s:
            self._estimated_s = time_s
            self._estimate()
        return self._view

    @property
    def _seen_s(self) -> float:
        return len(self._times_s) / KEPT_HZ

    def _keep(self, time_s: float, image_px: RealArray, world_m: RealArray) -> None:
        self._times_s.append(time_s)
        self._image_px.append(np.array(image_px, dtype=np.float32))
        self._world_m.append(np.array(world_m, dtype=np.float32))
        for column in (self._times_s, self._image_px, self._world_m):
            del column[: -self._most_kept]

    def _estimate(self) -> None:
        recording = self._recording()
        headings_deg = measure_headings(recording)
        recent = np.asarray(self._times_s) > self._times_s[-1] - TURNED_AFTER_S
        now_deg = find_heading(headings_deg[recent])
        turned_deg = abs(float(turn_between(find_heading(headings_deg), now_deg)))
        kept = np.abs(turn_between(now_deg, headings_deg[recent])) < TURNED_DEG / 2.0
        if turned_deg > TURNED_DEG and np.all(kept):
            for column in (self._times_s, self._image_px, self._world_m):
                del column[: int(np.argmax(recent))]
            recording = self._recording()
        view = estimate_view(recording, self._wanted)
        self._view = None if view.name is ViewName.UNKNOWN else view

    def _recording(self) -> PoseRecording:
        width_px, height_px = self._size_px
        found = np.ones((len(self._times_s), len(self._image_px[0])), dtype=np.float32)
        return PoseRecording(
            time_s=np.asarray(self._times_s),
            image_px=np.stack(self._image_px),
            world_m=np.stack(self._world_m),
            visibility=found,
            presence=found,
            width_px=width_px,
            height_px=height_px,
        )
