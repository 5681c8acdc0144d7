"""Collects the bodies of a recording's frames into arrays, leaving out what was not seen."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motion.model import LANDMARKS, BoolArray, PersonReport, PoseRecording
from motion.pose.choice import PersonChoice, PersonTrack, choose_person
from motion.pose.estimator import FramePose
from motion.pose.seen import SeenFrame

__all__ = ["PeopleRecorder", "PoseRecorder"]


_BLOCK_N: Final = 256
_WIDTH: Final = 7
_PASSING_S: Final = 0.5

SingleArray = NDArray[np.float32]


class _Rows:
    """Packed bodies in blocks: thousands of small arrays are never given back to the system."""

    def __init__(self) -> None:
        self._blocks: list[SingleArray] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, body: FramePose | None) -> None:
        row = self._count % _BLOCK_N
        if row == 0:
            shape = (_BLOCK_N, len(LANDMARKS), _WIDTH)
            self._blocks.append(np.full(shape, np.nan, dtype=np.float32))
        if body is not None:
            self._blocks[-1][row] = _pack(body)
        self._count += 1

    def columns(self, which: slice | int) -> SingleArray:
        rows = [block[..., which] for block in self._blocks]
        shape = (0, len(LANDMARKS), _WIDTH)
        empty = np.empty(shape, dtype=np.float32)[..., which]
        return np.concatenate([empty, *rows])[: self._count]


class PoseRecorder:
    """Takes one frame's body after another and gives a :class:`PoseRecording`.

    A landmark outside the picture was not seen, whatever the model draws there: its
    position is missing. Its visibility is kept, as the model's own word.
    """

    def __init__(self) -> None:
        self._times_s: list[float] = []
        self._rows = _Rows()

    def __len__(self) -> int:
        return len(self._times_s)

    def add(self, time_s: float, body: FramePose | None) -> None:
        """Add the body of the frame at ``time_s``, or None where nobody was found."""
        self._rows.append(body)
        self._times_s.append(time_s)

    def finish(self, width_px: int, height_px: int) -> PoseRecording:
        """Return the recording of all frames added so far."""
        every = np.arange(len(self))
        return _make_recording(self._times_s, self._rows, every, (width_px, height_px))


class PeopleRecorder:
    """Takes everybody's bodies frame by frame and gives the recording of one of them."""

    def __init__(self) -> None:
        self._times_s: list[float] = []
        self._people: dict[int, tuple[list[int], _Rows]] = {}

    def __len__(self) -> int:
        return len(self._times_s)

    def add(self, frame: SeenFrame) -> None:
        """Add a settled frame."""
        for number, body in frame.bodies.items():
            frames, rows = self._people.setdefault(number, ([], _Rows()))
            frames.append(len(self._times_s))
            rows.append(body)
        self._times_s.append(frame.time_s)

    def finish(
        self, choice: PersonChoice, said: str, size_px: tuple[int, int], unfollowed_looks: int = 0
    ) -> tuple[PoseRecording, PersonReport]:
        """Return the chosen person's recording, and what became of the lock.

        Parameters
        ----------
        choice
            Who is meant.
        said
            The choice in the user's own words, for the report.
        size_px
            Width and height of the picture.
        unfollowed_looks
            Goes into the report.

        Raises
        ------
        InputError
            If a point lies outside the picture.
        """
        tracks = [self._track(number) for number in self._people]
        chosen = choose_person(tracks, choice, size_px)
        if chosen is None:
            nothing = _make_recording(self._times_s, _Rows(), np.zeros(0, dtype=int), size_px)
            return nothing, PersonReport(chosen_by=said)
        rows = self._people[chosen.number][1]
        recording = _make_recording(self._times_s, rows, chosen.frames, size_px)
        report = self._report(chosen, tracks, said)
        return recording, replace(report, unfollowed_looks=unfollowed_looks)

    def _track(self, number: int) -> PersonTrack:
        frames, rows = self._people[number]
        return PersonTrack(
            number=number,
            frames=np.array(frames),
            time_s=np.array(self._times_s)[frames],
            points_px=rows.columns(slice(0, 2)).astype(np.float64),
        )

    def _report(self, chosen: PersonTrack, tracks: list[PersonTrack], said: str) -> PersonReport:
        others = [t for t in tracks if t is not chosen and np.ptp(t.time_s) >= _PASSING_S]
        with_others = np.unique(
            np.concatenate([np.zeros(0, dtype=int), *(t.frames for t in others)])
        )
        first, last = int(chosen.frames[0]), int(chosen.frames[-1])
        return PersonReport(
            chosen_by=said,
            measured_frames=len(chosen.frames),
            lost_frames=last - first + 1 - len(chosen.frames),
            other_people=len(others),
            frames_with_others=len(with_others),
        )


def _make_recording(
    times_s: list[float], rows: _Rows, frames: NDArray[np.intp], size_px: tuple[int, int]
) -> PoseRecording:
    def spread(which: slice | int) -> SingleArray:
        seen = rows.columns(which)
        if len(seen) == len(times_s):
            return seen
        values = np.full((len(times_s), *seen.shape[1:]), np.nan, dtype=np.float32)
        values[frames] = seen
        return values

    image, world = spread(slice(0, 2)), spread(slice(2, 5))
    outside = _outside_picture(image, *size_px)
    image[outside] = np.nan
    world[outside] = np.nan
    for array in (image, world):
        array.flags.writeable = False  # handed over, so that it need not be copied
    return PoseRecording(
        time_s=np.array(times_s),
        image_px=image,
        world_m=world,
        visibility=spread(5),
        presence=spread(6),
        width_px=size_px[0],
        height_px=size_px[1],
    )


def _pack(body: FramePose) -> SingleArray:
    evidence = np.stack([body.visibility, body.presence], axis=1)
    return np.concatenate([body.image_px, body.world_m, evidence], axis=1, dtype=np.float32)


def _outside_picture(image_px: SingleArray, width_px: int, height_px: int) -> BoolArray:
    x, y = image_px[..., 0], image_px[..., 1]
    outside: BoolArray = (x < 0) | (y < 0) | (x > width_px) | (y > height_px)
    return outside
