"""Made-up walkers: heel, toe and hip paths whose contacts and foot offs are known to the instant.

A foot lands on its heel, rolls flat, rolls over its toes and leaves: while it is on the floor the
heel is still until it rises and the toe from when it lies flat. What is called a contact or a
foot off is the instant at which those functions begin and end; nothing is detected. Legs follow
by two-link inverse kinematics. Axes are those of ``makers``: X to the person's left when the walk
begins, Y up from the floor, Z the way that is walked; metres.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from gait.footfalls import LEFT, RIGHT, Walker
from gait.walking_bodies import place_body
from makers import Floats
from numpy.typing import ArrayLike

from motion.model import (
    FOOT_OFF,
    INITIAL_CONTACT,
    LANDMARKS,
    Event,
    PoseRecording,
    Side,
    Step,
)

__all__ = ["CHILD", "LEFT", "RIGHT", "SHUFFLING", "Walked", "Walker", "film", "walk"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walked:
    """A walk at some times, with what is true of it.

    Parameters
    ----------
    position_m
        ``(n, 33, 3)``; on a treadmill as the room sees it.
    events
        Every contact and foot off within the times, in order of time.
    steps
        Between contacts within the times; the step into standing is ``left_out``.
    """

    walker: Walker
    time_s: Floats
    position_m: Floats
    events: tuple[Event, ...]
    steps: tuple[Step, ...]

    def times_of(self, event: str, side: Side) -> list[float]:
        """Return when one foot's contacts or foot offs happened."""
        return [each.time_s for each in self.events if (each.event, each.side) == (event, side)]

    def planar_m(self) -> Floats:
        """Return ``(n, 33, 2)``: how far along the way, and how high."""
        return self.position_m[..., [2, 1]]


SHUFFLING = Walker(step_m=0.15, stride_s=1.4, stance_share=0.75)
CHILD = Walker(leg_m=0.45, step_m=0.32, stride_s=0.8)


def walk(walker: Walker, time_s: ArrayLike) -> Walked:
    """Return where the body is at each time, and what happens within them."""
    times = np.asarray(time_s, dtype=float)
    events, steps = [], []
    for number, start_s in enumerate(_list_starts(walker), start=1):
        events += _list_events(walker, start_s, number, times)
        steps += _list_steps(walker, start_s, number, times)
    return Walked(
        walker=walker,
        time_s=times,
        position_m=place_body(walker, times),
        events=tuple(sorted(events, key=lambda each: each.time_s)),
        steps=tuple(steps),
    )


def film(
    walked: Walked,
    *,
    direction: str = "right",
    width_px: int = 1920,
    height_px: int = 1080,
    scale_px: float = 240.0,
    distance_m: float = math.inf,
    noise_px: float = 0.0,
    far_visibility: float = 0.75,
    seed: int = 7,
) -> PoseRecording:
    """Return what a level camera at the side sees, the middle of the way in mid-picture.

    Parameters
    ----------
    direction
        Which way the walk begins, in the picture: to the right the person's right is near.
    scale_px
        Pixels per metre in the plane of the walk.
    distance_m
        Of the camera from that plane; infinite is without perspective.
    noise_px
        Spread of each landmark; the model's metres shake alike.
    far_visibility
        Of the landmarks of the leg and arm away from the camera.
    """
    sign = 1.0 if direction == "right" else -1.0
    body = walked.position_m
    middle_m = (body[..., 2].min() + body[..., 2].max()) / 2.0
    rng = np.random.default_rng(seed)
    seen = np.stack([sign * (body[..., 2] - middle_m), 1.0 - body[..., 1], sign * body[..., 0]], -1)
    noise = rng.normal(scale=noise_px, size=seen.shape) if noise_px else np.zeros_like(seen)
    nearer = 1.0 / (1.0 + seen[..., 2] / distance_m)
    image = [width_px, height_px] * np.array([0.5, 0.5]) + scale_px * seen[..., :2] * nearer[
        ..., None
    ]
    image += noise[..., :2]
    world = seen + noise / scale_px
    hips = [LANDMARKS.index("left_hip"), LANDMARKS.index("right_hip")]
    depth = seen[..., 2] - seen[:, hips, 2].mean(axis=1, keepdims=True)
    visibility = np.where(depth > 0.03, far_visibility, 0.95)
    outside = (image < 0).any(-1) | (image > [width_px, height_px]).any(-1)
    visibility[outside] = 0.1
    gone = outside[:, hips].all(axis=1)
    for each in (image, world, visibility):
        each[gone] = np.nan
    return PoseRecording(
        time_s=walked.time_s,
        image_px=image,
        world_m=world - world[:, hips].mean(axis=1, keepdims=True),
        visibility=visibility,
        presence=visibility,
        width_px=width_px,
        height_px=height_px,
    )


def _list_starts(walker: Walker) -> list[float]:
    """Return when each pass begins."""
    return [0.0, walker.pass_s + walker.turn_s] if walker.there_and_back else [0.0]


def _list_events(walker: Walker, start_s: float, number: int, times: Floats) -> Iterator[Event]:
    for fall in walker.falls:
        for event, within_s in ((INITIAL_CONTACT, fall.contact_s), (FOOT_OFF, fall.off_s)):
            at_s = start_s + within_s
            if times[0] <= at_s <= times[-1]:
                yield Event(time_s=at_s, side=fall.side, event=event, confidence=1.0, walk=number)


def _list_steps(walker: Walker, start_s: float, number: int, times: Floats) -> Iterator[Step]:
    for before, fall in itertools.pairwise(walker.falls):
        first_s, last_s = start_s + before.contact_s, start_s + fall.contact_s
        if times[0] <= first_s and last_s <= times[-1]:
            yield Step(
                side=fall.side,
                walk=number,
                start_s=first_s,
                end_s=last_s,
                length_m=fall.at_m - before.at_m,
                confidence=1.0,
                left_out="stops" if math.isinf(fall.off_s) else "",
            )
