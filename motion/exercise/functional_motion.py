"""What functional tests are timed on: heights of hips and feet, the trunk's lean, the hands."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, Measurement, Poses, Side

__all__ = [
    "FunctionalMotion",
    "FunctionalResult",
    "describe_functional_motion",
]

_SIDES: Final = (Side.LEFT, Side.RIGHT)
_MOSTLY: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FunctionalMotion:
    """A body over a whole recording, in lengths of its own trunk.

    Parameters
    ----------
    time_s
        ``(n,)``, increasing, the source's own frame times.
    hips
        ``(n,)`` height of the middle of the hips in the picture; NaN where not seen.
    lean_deg
        ``(n,)`` of the trunk from the vertical, without sign.
    hands
        ``(n,)`` distance of the farther wrist from the shoulder that is nearer to it; a hand on the
        chest or a shoulder is within 0.5, one on the thigh or an armrest beyond 0.7. NaN where
        neither wrist was seen.
    knee_deg
        ``(n,)`` flexion of the nearer knee; NaN where it was not measured.
    ankles, toes
        ``(n, 2, 2)`` left and right; to the right and up in the picture.
    """

    time_s: FloatArray
    hips: FloatArray
    lean_deg: FloatArray
    hands: FloatArray
    knee_deg: FloatArray
    ankles: FloatArray
    toes: FloatArray

    def __post_init__(self) -> None:
        n = len(self.time_s)
        if n < 2 or not np.all(np.diff(self.time_s) > 0):
            msg = f"time_s must be at least two increasing moments, got {n}"
            raise ValueError(msg)
        for name, shape in (
            *((each, (n,)) for each in ("hips", "lean_deg", "hands", "knee_deg")),
            *((each, (n, 2, 2)) for each in ("ankles", "toes")),
        ):
            value = getattr(self, name)
            if value.shape != shape:
                msg = f"{name} must be {shape}, got {value.shape}"
                raise ValueError(msg)

    @property
    def step_s(self) -> float:
        """Usual time from frame to frame."""
        return float(np.median(np.diff(self.time_s)))

    def rows(self, start_s: float, end_s: float) -> BoolArray:
        """Return ``(n,)`` which frames lie within two moments, both included."""
        return (self.time_s >= start_s - 1e-9) & (self.time_s <= end_s + 1e-9)

    def share_seen(self, values: FloatArray, start_s: float, end_s: float) -> float:
        """Return in what share of the frames within two moments something was seen."""
        rows = self.rows(start_s, end_s)
        return float(np.mean(np.isfinite(values[rows]))) if np.any(rows) else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionalResult:
    """What a functional test gave; the warnings are one sentence each.

    ``spans_s`` says of each measurement from when to when it was timed, in seconds of the
    recording; it is empty where nothing could be measured.
    """

    measurements: tuple[Measurement, ...] = ()
    spans_s: tuple[tuple[float, float], ...] = ()
    warnings: tuple[str, ...] = field(default=())


def describe_functional_motion(poses: Poses, knee_deg: FloatArray) -> FunctionalMotion | None:
    """Return what the tests are timed on; None where no trunk was ever seen.

    Parameters
    ----------
    poses
        Cleaned positions in the picture, NaN where a landmark was not seen.
    knee_deg
        ``(n,)`` flexion of the nearer knee, by :func:`motion.kinematics.measure_angles`.
    """
    upright = poses.position[..., :2] * [1.0, -1.0]

    def point(name: str) -> FloatArray:
        return np.asarray(upright[:, poses.landmarks.index(name)])

    hips, shoulders = (
        _middle(*(point(f"{side}_{joint}") for side in _SIDES)) for joint in ("hip", "shoulder")
    )
    trunk = shoulders - hips
    length = np.linalg.norm(trunk, axis=1)
    if len(poses.time_s) < 2 or not np.any(length > 0.0):
        return None
    scale = float(np.nanmedian(length))
    reach = [
        np.fmin(
            *(
                np.linalg.norm(point(f"{side}_wrist") - point(f"{other}_shoulder"), axis=1)
                for other in _SIDES
            )
        )
        for side in _SIDES
    ]
    return FunctionalMotion(
        time_s=poses.time_s,
        hips=hips[:, 1] / scale,
        lean_deg=np.degrees(np.arctan2(np.abs(trunk[:, 0]), trunk[:, 1])),
        hands=np.fmax(*reach) / scale,
        knee_deg=knee_deg,
        ankles=np.stack([point(f"{side}_ankle") for side in _SIDES], axis=1) / scale,
        toes=np.stack([point(f"{side}_foot_index") for side in _SIDES], axis=1) / scale,
    )


def _middle(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return the middle of two points, or the one that was seen more if the other was hidden."""
    seen = [np.all(np.isfinite(each), axis=1) for each in (left, right)]
    if np.sum(seen[0] & seen[1]) >= _MOSTLY * np.sum(seen[0] | seen[1]):
        return np.asarray((left + right) / 2.0)
    return left if np.sum(seen[0]) >= np.sum(seen[1]) else right
