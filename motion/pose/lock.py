"""One person out of several, frame by frame while the camera runs."""

from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.errors import InputError
from motion.pose.choice import PersonChoice, PersonTrack, choose_person
from motion.pose.estimator import FramePose, PoseEstimator
from motion.pose.people import PeopleWatcher
from motion.pose.seen import SeenFrame

__all__ = ["SETTLE_S", "PersonLock"]

SETTLE_S: Final = 1.0


class PersonLock:
    """Chooses once who is measured, then gives that person's body and nobody else's.

    Without a delay: each frame's answer comes at once, and what it gave is never taken back.
    Therefore somebody who comes in is noticed up to 40 frames later than offline, and a person
    who is lost is missing until found again.

    Parameters
    ----------
    estimator
        Follows and finds bodies.
    choice
        Who is meant. It is decided ``settle_s`` after somebody is first seen, among those who are
        in view then; a point is taken at that moment, whatever its time.
    settle_s
        With 0 the first who is seen is taken at once: for somebody who begins without a set-up.
    """

    def __init__(
        self, estimator: PoseEstimator, choice: PersonChoice, *, settle_s: float = SETTLE_S
    ) -> None:
        self._watcher = PeopleWatcher(estimator, looks_back=False)
        self._choice = choice
        self._settle_s = settle_s
        self._seen: list[tuple[int, SeenFrame]] = []
        self._frame_n = 0
        self.chosen: int | None = None
        """Number of the chosen person; None while nobody is."""
        self.lost_frames = 0
        """Frames since the choice without the person's body."""
        self.people_n = 0
        """People whose bodies were found in the last frame."""

    def update(self, image_rgb: Image, time_s: float) -> FramePose | None:
        """Return the chosen person's body in this frame; None where it was not seen.

        Until the choice is made nobody's body is given.
        """
        (frame,) = self._watcher.watch(image_rgb, time_s)
        self.people_n = len(frame.bodies)
        self._frame_n += 1
        if self.chosen is None:
            height_px, width_px = image_rgb.shape[:2]
            self._choose(frame, (width_px, height_px))
        if self.chosen is None:
            return None
        body = frame.bodies.get(self.chosen)
        self.lost_frames += body is None
        return body

    def _choose(self, frame: SeenFrame, size_px: tuple[int, int]) -> None:
        if frame.bodies:
            self._seen.append((self._frame_n, frame))
        if not self._seen or frame.time_s - self._seen[0][1].time_s < self._settle_s:
            return
        tracks = [self._track(number) for number in frame.bodies]
        try:
            chosen = choose_person(tracks, self._at_last(), size_px)
        except InputError:  # nobody stands there yet: go on waiting
            chosen = None
        if chosen is not None:
            self.chosen = chosen.number
        self._seen = [] if chosen is not None else self._seen[-1:]

    def _at_last(self) -> PersonChoice:
        choice, now_s = self._choice, self._seen[-1][1].time_s
        return PersonChoice(who=choice.who, x_px=choice.x_px, y_px=choice.y_px, time_s=now_s)

    def _track(self, number: int) -> PersonTrack:
        mine = [(n, f.time_s, f.bodies[number]) for n, f in self._seen if number in f.bodies]
        return PersonTrack(
            number=number,
            frames=np.array([n for n, *_ in mine]),
            time_s=np.array([time_s for _, time_s, _ in mine]),
            points_px=np.array([body.image_px for *_, body in mine]),
        )
