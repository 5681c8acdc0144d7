"""Made-up walks with exact events in the place of rendered clips."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from gait.walkers import Walked, Walker, film, walk
from makers import uniform_times

from motion.model import INITIAL_CONTACT, LANDMARKS, ModelInfo
from motion.validation.clips import KnownClip
from motion.validation.landmarks import SeenVideo

WIDTH_PX, HEIGHT_PX, SCALE_PX = 1920, 1080, 200.0
MODEL = ModelInfo(name="made up", sha256="2" * 64)
WALKER = Walker(strides=6)
_NAMES = {INITIAL_CONTACT: "heel_strike"}


def walk_some(walker: Walker = WALKER, rate_hz: float = 30.0) -> Walked:
    return walk(walker, uniform_times(walker.duration_s, rate_hz))


def see_walk(walked: Walked) -> SeenVideo:
    recording = film(walked, width_px=WIDTH_PX, height_px=HEIGHT_PX, scale_px=SCALE_PX)
    return SeenVideo(recording=recording, model=MODEL)


def make_walk_clip(walked: Walked, **about: Any) -> KnownClip:
    """Return the walk as a rendered clip knows it: a table of points, and what its JSON says.

    The generator's person walks along Z, its left is X; the camera is very far away at the
    person's right, so that the picture has no perspective.
    """
    far_m = 1e6
    middle_m = float(walked.position_m[..., 2].min() + walked.position_m[..., 2].max()) / 2.0
    camera = {
        "width": WIDTH_PX,
        "height": HEIGHT_PX,
        "fx": SCALE_PX * far_m,
        "fy": SCALE_PX * far_m,
        "cx": WIDTH_PX / 2.0,
        "cy": HEIGHT_PX / 2.0,
        # Rows: right in the picture, down, away from the camera.
        "R_world_to_cam": [[0.0, 0.0, 1.0], [0.0, -1.0, 0.0], [1.0, 0.0, 0.0]],
        "t": [-middle_m, 1.0, far_m],
        "position_m": [-far_m, 1.0, middle_m],
    }
    walker = walked.walker
    return KnownClip(
        name="walk",
        video=Path("walk.mp4"),
        truth=_make_truth(walked, camera),
        about={
            "motion": "walk_over",
            "subject": "made up",
            "subject_height_m": walker.height_m,
            "azimuth_deg": -90.0,
            "nominal_azimuth_deg": -90.0,
            "camera": camera,
            "gait": {
                "speed_m_s": walker.speed_m_s,
                "stride_time_s": walker.stride_s,
                "step_length_m": walker.step_m,
                "overground": not walker.treadmill,
            },
            "events": [
                {
                    "time_s": each.time_s,
                    "side": each.side.value,
                    "event": _NAMES.get(each.event, "toe_off"),
                }
                for each in walked.events
            ],
            **about,
        },
    )


def _make_truth(walked: Walked, camera: dict[str, Any]) -> pd.DataFrame:
    columns: dict[str, Any] = {"frame": range(len(walked.time_s)), "time_s": walked.time_s}
    turn, shift = np.array(camera["R_world_to_cam"]), np.array(camera["t"])
    for column, name in enumerate(LANDMARKS):
        point = name.replace("foot_index", "toe")
        place = walked.position_m[:, column]
        seen = place @ turn.T + shift
        px = seen[:, :2] / seen[:, 2:] * [camera["fx"], camera["fy"]]
        for axis, values in zip("XYZ", place.T, strict=True):
            columns[f"{point}_{axis}"] = values
        columns[f"{point}_u"] = px[:, 0] + camera["cx"]
        columns[f"{point}_v"] = px[:, 1] + camera["cy"]
    for side in ("left", "right"):
        hip, knee, ankle = (
            walked.position_m[:, LANDMARKS.index(f"{side}_{name}")][:, [2, 1]]
            for name in ("hip", "knee", "ankle")
        )
        thigh, shank = knee - hip, ankle - knee
        cross = thigh[:, 1] * shank[:, 0] - thigh[:, 0] * shank[:, 1]
        columns[f"{side}_knee_flexion"] = np.degrees(
            np.arctan2(cross, np.sum(thigh * shank, axis=1))
        )
    return pd.DataFrame(columns)
