"""Feeds set-up with a made-up body, picture by picture."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from makers import HEIGHT_PX, WIDTH_PX, make_recording, mirror, view_from
from numpy.typing import ArrayLike

from motion.exercise import Movement
from motion.exercise.exercises import Evidence, Exercise, Region, Sides
from motion.exercise.setup import Setup
from motion.exercise.setup_state import PictureLight, SetupState, Sight
from motion.model import LANDMARKS, LivePose, Position, Side, View

STANDS: dict[str, ArrayLike] = {"shoulder_flexion": 5.0, "elbow_flexion": 10.0}
SITS: dict[str, ArrayLike] = {**STANDS, "hip_flexion": 85.0, "knee_flexion": 88.0}
RIGHT_UP: dict[str, ArrayLike] = {**STANDS, "right_shoulder_flexion": 160.0}
LEFT_UP: dict[str, ArrayLike] = {**STANDS, "left_shoulder_flexion": 160.0}
BOTH_UP: dict[str, ArrayLike] = {**STANDS, "shoulder_flexion": 160.0}

SCALE_PX = 210.0
"""A body of 0.74 of the picture's height."""

SIGHT = Sight(
    width_px=WIDTH_PX, height_px=HEIGHT_PX, people_n=1, light=PictureLight(body=120, around=150)
)


def make_exercise(
    needs: tuple[str, ...] = ("shoulder", "hip", "knee", "ankle"),
    view: str = "sagittal",
    position: Position = Position.STANDING,
    sides: Sides = Sides.BOTH,
) -> Exercise:
    return Exercise(
        name="made_up",
        title="Made up",
        region=Region.KNEE,
        evidence=Evidence.VALIDATED,
        position=position,
        sides=sides,
        movement=Movement(name="made_up", title="Made up", angles=("knee_flexion",), view=view),
        needs=needs,
    )


def make_pose(
    pose: Mapping[str, ArrayLike] = STANDS,
    time_s: float = 0.0,
    *,
    hidden: tuple[str, ...] = (),
    mirrored: bool = False,
    **filmed: Any,
) -> LivePose:
    """Film one picture; ``hidden`` landmarks have a place but are not seen."""
    recording = make_recording(pose, **{"scale_px": SCALE_PX, **filmed})
    if mirrored:
        recording = mirror(recording)
    visibility = np.array(recording.visibility[0])
    visibility[[LANDMARKS.index(name) for name in hidden]] = 0.1
    return LivePose(
        time_s=time_s,
        image_px=np.asarray(recording.image_px[0]),
        world_m=np.asarray(recording.world_m[0]),
        visibility=visibility,
        presence=np.asarray(recording.presence[0]),
    )


class Feed:
    """A camera at a steady rate before one set-up."""

    def __init__(
        self,
        exercise: Exercise | None = None,
        side: Side = Side.BOTH,
        rate_hz: float = 20.0,
        **choices: Any,
    ) -> None:
        self.setup = Setup(exercise or make_exercise(), side, **choices)
        self.rate_hz = rate_hz
        self.pictures_n = 0

    def show(self, pose: LivePose, sight: Sight = SIGHT, view: View | None = None) -> SetupState:
        """Show one picture."""
        self.pictures_n += 1
        return self.setup.update(replace(pose, time_s=self.time_s), sight, view)

    @property
    def time_s(self) -> float:
        """When the last picture was taken."""
        return (self.pictures_n - 1) / self.rate_hz

    def keep(
        self,
        seconds: float,
        pose: Mapping[str, ArrayLike] | LivePose = STANDS,
        sight: Sight = SIGHT,
        azimuth_deg: float = 90.0,
        view: View | None = None,
        **filmed: Any,
    ) -> list[SetupState]:
        """Show the same body for some time; the view is the camera's unless one is given."""
        if not isinstance(pose, LivePose):
            pose = make_pose(pose, azimuth_deg=azimuth_deg, **filmed)
        known = view or view_from(azimuth_deg)
        frames = round(seconds * self.rate_hz)
        return [self.show(pose, sight, known) for _ in range(frames)]
