"""Keeps left and right apart while a recording runs: frame by frame, with a fixed delay."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from motion.model import LANDMARKS, FloatArray, PoseRecording
from motion.pose.estimator import FramePose
from motion.pose.side_evidence import (
    GROUPS,
    SideSigns,
    find_leg_lengths,
    measure_sides,
)
from motion.pose.side_path import FIRST_SWAPPED_COST, measure_steps, seen_frames, step_path
from motion.pose.sides import SMALLEST_EVIDENCE, swap_sides

__all__ = ["KeptFrame", "SideKeeper"]

_LENGTHS_N: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptFrame:
    """A frame that came out of the :class:`SideKeeper`.

    ``body`` is None where nobody was found. ``swapped`` says for each of
    :data:`motion.pose.side_evidence.GROUPS` whether it was put back. Where ``sure`` is False the
    sides are the model's own, because the frames at hand did not tell which state is true.
    """

    time_s: float
    body: FramePose | None
    swapped: tuple[bool, ...]
    sure: bool


@dataclass(slots=True)
class _Track:
    """One group's path so far, and what it is made from."""

    speed_per_s: float
    costs: tuple[float, float, float, float] = (0.0, float("inf"), float("inf"), float("inf"))
    times_s: deque[float] = field(default_factory=lambda: deque(maxlen=3))
    differences: deque[FloatArray] = field(default_factory=lambda: deque(maxlen=3))
    steps: deque[tuple[int, tuple[bool, bool, bool, bool], float]] = field(default_factory=deque)
    seen_right: bool = False

    def add(self, number: int, time_s: float, difference: FloatArray, evidence: float) -> None:
        self.times_s.append(time_s)
        self.differences.append(difference)
        costs = measure_steps(
            np.array(self.times_s),
            np.stack(self.differences),
            np.full(len(self.times_s), evidence),
            self.speed_per_s,
        )
        swapped = float(costs.swapped[-1])
        if len(self.times_s) == 1:
            self.costs = (0.0, float("inf"), float("inf"), FIRST_SWAPPED_COST + swapped)
            was_swapped = (False, False, True, True)
        else:
            self.costs, was_swapped = step_path(self.costs, costs.step[-1].tolist(), swapped)
        lowest = min(self.costs)
        self.costs = tuple(cost - lowest for cost in self.costs)  # type: ignore[assignment]
        self.steps.append((number, was_swapped, evidence))

    def trace(self) -> list[tuple[int, bool, float]]:
        """Return number, side and evidence of the frames not yet let go, the last one first."""
        state = min(range(4), key=self.costs.__getitem__)
        found = []
        for number, was_swapped, evidence in reversed(self.steps):
            found.append((number, state % 2 == 1, evidence))
            before = state // 2
            state = 2 * int(was_swapped[state]) + before
        return found

    def let_go(self, number: int) -> tuple[bool, bool]:
        """Return whether the group was swapped in a frame, and whether that is sure."""
        path = self.trace()
        self.seen_right |= any(not swapped for _, swapped, _ in path)
        here = next((swapped for each, swapped, _ in path if each == number), None)
        if here is None:
            here = bool(path) and path[-1][1]
        while self.steps and self.steps[0][0] <= number:
            self.steps.popleft()
        if not here:
            return False, True
        says = np.mean([-evidence if swapped else evidence for _, swapped, evidence in path])
        # A burst that ends within the delay needs no anatomy: the take goes on as it began.
        sure = self.seen_right and (
            bool(says >= SMALLEST_EVIDENCE) or any(not swapped for _, swapped, _ in path)
        )
        return sure, sure


class SideKeeper:
    """Puts left and right back as :func:`motion.pose.sides.repair_sides` does, while it runs.

    Each frame comes out once ``delay_s`` later frames are known. A swap that starts and ends
    within the delay is put back as in the whole recording. A longer one is put back as long as
    toes, knees and nose say so; where they do not, its frames come out as the model gave them,
    not sure. A group that was never seen the right way round is left as it is. The body taken
    front for back, which :func:`repair_sides` reports, is not looked for.

    Parameters
    ----------
    delay_s
        How long a frame is held back; 1 s holds bursts of up to 29 frames at 30 frames/s.
    """

    def __init__(self, delay_s: float = 1.0) -> None:
        self._delay_s = delay_s
        self._waiting: deque[tuple[int, float, FramePose | None]] = deque()
        self._tracks = tuple(_Track(speed_per_s=group.speed_per_s) for group in GROUPS)
        self._lengths: deque[tuple[float, float]] = deque(maxlen=_LENGTHS_N)
        self._added = 0

    def add(self, time_s: float, body: FramePose | None) -> list[KeptFrame]:
        """Take a frame, and return those that have waited long enough, the oldest first."""
        number = self._added
        self._added += 1
        self._waiting.append((number, time_s, body))
        if body is not None:
            self._measure(number, time_s, body)
        ready = []
        while self._waiting and self._waiting[0][1] <= time_s - self._delay_s:
            ready.append(self._let_go())
        return ready

    def finish(self) -> list[KeptFrame]:
        """Return the frames that still wait: the recording has ended."""
        return [self._let_go() for _ in range(len(self._waiting))]

    def _measure(self, number: int, time_s: float, body: FramePose) -> None:
        recording = _as_recording(time_s, body)
        length = find_leg_lengths(recording)[0]
        if np.all(np.isfinite(length)):
            self._lengths.append((float(length[0]), float(length[1])))
        if not self._lengths:
            return
        leg_px, leg_m = np.percentile(np.array(self._lengths), 80, axis=0)
        signs: tuple[SideSigns, ...] = measure_sides(recording, float(leg_px), float(leg_m))
        for track, each in zip(self._tracks, signs, strict=True):
            if seen_frames(each)[0]:
                track.add(number, time_s, each.difference[0], float(each.evidence[0]))

    def _let_go(self) -> KeptFrame:
        number, time_s, body = self._waiting.popleft()
        found = [track.let_go(number) for track in self._tracks]
        swapped = np.array([[each for each, _ in found]])
        if body is not None and np.any(swapped):
            body = _as_body(swap_sides(_as_recording(time_s, body), swapped))
        return KeptFrame(
            time_s=time_s,
            body=body,
            swapped=tuple(bool(each) for each, _ in found),
            sure=all(sure for _, sure in found),
        )


def _as_recording(time_s: float, body: FramePose) -> PoseRecording:
    return PoseRecording(
        time_s=np.array([time_s]),
        image_px=body.image_px[None],
        world_m=body.world_m[None],
        visibility=body.visibility[None],
        presence=body.presence[None],
        width_px=0,
        height_px=0,
        filled=np.zeros((1, len(LANDMARKS)), dtype=bool),
    )


def _as_body(recording: PoseRecording) -> FramePose:
    return FramePose(
        image_px=np.asarray(recording.image_px[0], dtype=np.float64),
        world_m=np.asarray(recording.world_m[0], dtype=np.float64),
        visibility=np.asarray(recording.visibility[0], dtype=np.float64),
        presence=np.asarray(recording.presence[0], dtype=np.float64),
    )
