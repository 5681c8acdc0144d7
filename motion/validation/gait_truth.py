"""Walks whose contacts and foot offs are known: rendered clips, and files of markers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.model import (
    FOOT_OFF,
    INITIAL_CONTACT,
    LANDMARKS,
    FloatArray,
    PoseRecording,
    Side,
    Step,
    Stride,
)
from motion.validation.clips import KnownClip
from motion.validation.gait_means import average_parameters

__all__ = ["KnownWalk", "TrueEvent", "find_near", "project_truth", "walk_of_clip"]

_NAMES: Final[Mapping[str, str]] = {"heel_strike": INITIAL_CONTACT, "toe_off": FOOT_OFF}
"""The events of the rendered clips that this product finds too."""

_FLAT: Final = 0.2
"""Share of the stride after contact at which the rendered foot lies flat on the floor."""

_PAUSE: Final = 1.5
"""Times the usual step after which two contacts belong to two walks."""

_END_S: Final = 0.1
"""An event so near the beginning or the end of a take may be missing."""

_POINTS: Final[Mapping[str, str]] = {
    "foot_index": "toe", "pinky": "wrist", "index": "wrist", "thumb": "wrist",
    "eye_inner": "eye", "eye_outer": "eye", "mouth": "eye",
}  # fmt: skip
"""The point of the truth that stands for a landmark where it has another name."""

_SIDES: Final = (Side.LEFT, Side.RIGHT)
_SURE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueEvent:
    """A contact or foot off that did happen.

    Parameters
    ----------
    limb
        ``near`` or ``far`` from the camera; empty where there is no camera.
    wanted
        Whether it must be found: not so near an end of the take, or where the body is not
        wholly in the picture. Found all the same, it is not false either.
    """

    time_s: float
    side: Side
    event: str
    limb: str = ""
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWalk:
    """What is true of a walk.

    Parameters
    ----------
    name
        Of the recording.
    group
        Which recordings it is put together with.
    parameters
        Person means by measure and side, in the product's units; what is not known is not there.
    steps
        Single steps with their lengths.
    only_listed
        Whether other events happened too, so that a found one without a true one says nothing.
    """

    name: str
    group: str
    events: tuple[TrueEvent, ...]
    parameters: Mapping[tuple[str, Side], float] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    only_listed: bool = False


def walk_of_clip(clip: KnownClip) -> KnownWalk | None:
    """Return what is true of the walk in a rendered clip; None where nobody walks."""
    gait, listed = clip.about.get("gait"), clip.about.get("events")
    if not gait or not listed:
        return None
    events = tuple(_read_events(clip, listed))
    contacts = [each for each in events if each.event == INITIAL_CONTACT]
    steps = tuple(_measure_steps(clip, gait, contacts))
    strides = tuple(_build_strides(events))
    parameters = average_parameters(steps, strides)
    parameters["walking_speed", Side.BOTH] = float(gait["speed_m_s"])
    return KnownWalk(
        name=clip.name,
        group="walks at other speeds" if clip.leaves_picture else "walks at one speed",
        events=events,
        parameters=parameters,
        steps=steps,
    )


def project_truth(clip: KnownClip) -> PoseRecording:
    """Return the clip's true points as a pose model without error would give them."""
    camera = clip.about["camera"]
    turn = np.array(camera["R_world_to_cam"])
    image, world = [], []
    for name in LANDMARKS:
        point = _point_of(name)
        image.append(clip.truth[[f"{point}_u", f"{point}_v"]].to_numpy())
        world.append(_place(clip, point) @ turn.T)
    world_m = np.stack(world, axis=1)
    hips = [LANDMARKS.index(f"{side}_hip") for side in _SIDES]
    sure = np.full(world_m.shape[:2], _SURE)
    return PoseRecording(
        time_s=clip.truth["time_s"].to_numpy(dtype=float),
        image_px=np.stack(image, axis=1),
        world_m=world_m - world_m[:, hips].mean(axis=1, keepdims=True),
        visibility=sure,
        presence=sure,
        width_px=int(camera["width"]),
        height_px=int(camera["height"]),
    )


def find_near(clip: KnownClip, side: Side) -> np.ndarray:
    """Return ``(n,)`` whether a side's hip is the one nearer the camera."""
    camera = np.array(clip.about["camera"]["position_m"])
    away = {each: np.linalg.norm(_place(clip, f"{each}_hip") - camera, axis=1) for each in _SIDES}
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    return np.asarray(away[side] < away[other])


def _place(clip: KnownClip, point: str) -> FloatArray:
    return clip.truth[[f"{point}_{axis}" for axis in "XYZ"]].to_numpy(dtype=float)


def _point_of(landmark: str) -> str:
    if landmark == "nose":
        return landmark
    side = "left" if "left" in landmark else "right"
    name = landmark.replace(f"{side}_", "").replace(f"_{side}", "")
    return f"{side}_{_POINTS.get(name, name)}"


def _read_events(clip: KnownClip, listed: Sequence[Mapping[str, Any]]) -> Iterator[TrueEvent]:
    times = clip.truth["time_s"].to_numpy(dtype=float)
    inside = _find_inside(clip)
    near = {side: find_near(clip, side) for side in _SIDES}
    for each in listed:
        name, at_s, side = _NAMES.get(each["event"]), float(each["time_s"]), Side(each["side"])
        if name is None or at_s > times[-1]:
            continue
        row = int(np.argmin(np.abs(times - at_s)))
        whole = bool(inside[max(row - 1, 0) : row + 2].all())
        yield TrueEvent(
            time_s=at_s,
            side=side,
            event=name,
            limb="near" if near[side][row] else "far",
            wanted=whole and times[0] + _END_S < at_s < times[-1] - _END_S,
        )


def _find_inside(clip: KnownClip) -> np.ndarray:
    """Return ``(n,)`` whether the whole body is in the picture."""
    points = {_point_of(name) for name in LANDMARKS}
    size = {"u": clip.about["camera"]["width"], "v": clip.about["camera"]["height"]}
    inside = [
        clip.truth[f"{point}_{axis}"].between(0, size[axis]) for point in points for axis in "uv"
    ]
    return np.asarray(pd.concat(inside, axis=1).all(axis=1))


def _measure_steps(
    clip: KnownClip, gait: Mapping[str, Any], contacts: Sequence[TrueEvent]
) -> Iterator[Step]:
    """Yield each step with the way between the heels while both feet lie flat."""
    times = clip.truth["time_s"].to_numpy(dtype=float)
    stride_s = float(gait["stride_time_s"])
    belt_m_s = 0.0 if gait["overground"] else float(gait["speed_m_s"])

    def find_place(contact: TrueEvent) -> float:
        flat_s = contact.time_s + _FLAT * stride_s
        if flat_s > times[-1]:
            return math.nan
        along = _place(clip, f"{contact.side}_heel")[:, 2] + belt_m_s * times
        return float(np.interp(flat_s, times, along))

    for before, after in pairwise(contacts):
        if before.side is after.side or after.time_s - before.time_s > _PAUSE * stride_s / 2.0:
            continue
        yield Step(
            side=after.side,
            walk=0,
            start_s=before.time_s,
            end_s=after.time_s,
            length_m=abs(find_place(after) - find_place(before)),
            left_out="" if before.wanted and after.wanted else "not wholly in view",
        )


def _build_strides(events: Sequence[TrueEvent]) -> Iterator[Stride]:
    """Yield the strides in which every event is known."""
    for side in _SIDES:
        other = Side.RIGHT if side is Side.LEFT else Side.LEFT
        contacts = _times(events, side, INITIAL_CONTACT)
        for start_s, end_s in pairwise(contacts):
            inner = [
                [time for time in _times(events, foot, name) if start_s < time < end_s]
                for foot, name in ((other, FOOT_OFF), (other, INITIAL_CONTACT), (side, FOOT_OFF))
            ]
            if all(len(each) == 1 for each in inner):
                (off_s,), (contact_s,), (own_off_s,) = inner
                yield Stride(
                    side=side,
                    walk=0,
                    start_s=start_s,
                    opposite_off_s=off_s,
                    opposite_contact_s=contact_s,
                    foot_off_s=own_off_s,
                    end_s=end_s,
                )


def _times(events: Sequence[TrueEvent], side: Side, event: str) -> list[float]:
    return [each.time_s for each in events if (each.side, each.event) == (side, event)]
