"""Landmarks over time: what the camera saw of a body, and how sure the model was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from motion.model.skeleton import LANDMARKS

__all__ = [
    "ROOM_ARRAYS",
    "BoolArray",
    "FloatArray",
    "Frame",
    "IndexArray",
    "PoseRecording",
    "Poses",
    "RealArray",
    "Triangulated",
]

FloatArray = NDArray[np.float64]
RealArray = NDArray[np.floating[Any]]
"""Single or double precision."""

BoolArray = NDArray[np.bool_]
IndexArray = NDArray[np.intp]


class Frame(StrEnum):
    """The coordinate frame of a position (see docs/conventions.md)."""

    IMAGE_PX = "image_px"
    """Upright, unmirrored picture; square pixels, origin top left, y down."""
    WORLD_M = "world_m"
    """Metres from mid-hip; x right, y down, z away from the camera."""


ROOM_ARRAYS: Final[Mapping[str, str]] = {
    "position_m": "position_m",
    "reprojection_px": "reprojection_px",
    "position_confidence": "confidence",
    "sides_undecided": "undecided",
    "up": "up",
}
"""What :class:`Triangulated` holds, by its name in a landmarks file."""


def _freeze(values: object, dtype: type) -> NDArray[Any]:
    """Return a read-only array; one that is read-only already is shared, not copied."""
    if isinstance(values, np.ndarray) and values.dtype == dtype and not values.flags.writeable:
        return values
    array: NDArray[Any] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def _require_shape(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        msg = f"{name} must have shape {shape}, got {array.shape}"
        raise ValueError(msg)


def _require_increasing(time_s: FloatArray) -> None:
    if time_s.ndim != 1:
        msg = f"time_s must have shape (n,), got {time_s.shape}"
        raise ValueError(msg)
    if not np.all(np.isfinite(time_s)) or np.any(np.diff(time_s) <= 0):
        msg = "time_s must be finite and strictly increasing"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Poses:
    """Positions of named landmarks over time, in one coordinate frame.

    Parameters
    ----------
    time_s
        ``(n,)`` strictly increasing, seconds since the first frame.
    position
        ``(n, k, 2)`` or ``(n, k, 3)``; NaN where nothing was seen.
    confidence
        ``(n, k)`` in 0..1; NaN where nothing was seen.
    landmarks
        ``k`` names.
    frame
        What the positions are measured in.
    """

    time_s: FloatArray
    position: FloatArray
    confidence: FloatArray
    landmarks: tuple[str, ...] = LANDMARKS
    frame: Frame = Frame.IMAGE_PX

    def __post_init__(self) -> None:
        for name in ("time_s", "position", "confidence"):
            object.__setattr__(self, name, _freeze(getattr(self, name), np.float64))
        _require_increasing(self.time_s)
        n, k = len(self.time_s), len(self.landmarks)
        if self.position.shape not in ((n, k, 2), (n, k, 3)):
            msg = f"position must be ({n}, {k}, 2 or 3), got {self.position.shape}"
            raise ValueError(msg)
        _require_shape("confidence", self.confidence, (n, k))

    def __getitem__(self, landmark: str) -> FloatArray:
        """Return the ``(n, axes)`` positions of one landmark."""
        return self.position[:, self.landmarks.index(landmark)]

    def confidence_of(self, landmark: str) -> FloatArray:
        """Return the ``(n,)`` confidence of one landmark."""
        return self.confidence[:, self.landmarks.index(landmark)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triangulated:
    """Landmarks in the room, at the frame times of the first camera.

    Parameters
    ----------
    position_m
        ``(n, 33, 3)`` in the calibration's axes; NaN where fewer than two views agree.
    reprojection_px
        ``(n, 33)`` root mean square distance between where the views saw a landmark and where
        its place in the room would be seen.
    confidence
        ``(n, 33)`` the second highest of the views' confidences: two must have seen it.
    undecided
        ``(n,)`` frames in which the views differ in left and right and nothing tells which of
        them is right.
    up
        ``(3,)`` of length 1: which way is up in the room.
    """

    position_m: FloatArray
    reprojection_px: FloatArray
    confidence: FloatArray
    undecided: BoolArray
    up: FloatArray

    def __post_init__(self) -> None:
        for name in ("position_m", "reprojection_px", "confidence", "up"):
            object.__setattr__(self, name, _freeze(getattr(self, name), np.float64))
        object.__setattr__(self, "undecided", _freeze(self.undecided, np.bool_))
        n, k = len(self.position_m), len(LANDMARKS)
        _require_shape("position_m", self.position_m, (n, k, 3))
        _require_shape("reprojection_px", self.reprojection_px, (n, k))
        _require_shape("confidence", self.confidence, (n, k))
        _require_shape("undecided", self.undecided, (n,))
        _require_shape("up", self.up, (3,))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by the names that they have in a landmarks file."""
        return {name: getattr(self, field) for name, field in ROOM_ARRAYS.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Triangulated | None":
        """Return what a landmarks file holds; None where it is one camera's.

        Raises
        ------
        KeyError
            If a part is missing.
        """
        if "position_m" not in arrays:
            return None
        return cls(**{field: arrays[name] for name, field in ROOM_ARRAYS.items()})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoseRecording:
    """All that the pose model saw in one recording, at the source's own frame times.

    ``time_s (n,)``, ``image_px (n, 33, 2)``, ``world_m (n, 33, 3)``, ``visibility (n, 33)``,
    ``presence (n, 33)``: NaN where nothing was seen. ``filled (n, 33)`` marks positions that
    were interpolated over a short gap; they carry no visibility. The pose model computes in
    single precision, which is kept: an hour of it is 100 MB instead of 200. ``triangulated``
    holds the same body in the room where other cameras saw it too. ``by_hand (n, 33)`` marks
    positions that somebody placed, and with ``filled`` those interpolated between two such.
    """

    time_s: FloatArray
    image_px: RealArray
    world_m: RealArray
    visibility: RealArray
    presence: RealArray
    width_px: int
    height_px: int
    filled: BoolArray = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    triangulated: Triangulated | None = None
    by_hand: BoolArray = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))

    def __post_init__(self) -> None:
        object.__setattr__(self, "time_s", _freeze(self.time_s, np.float64))
        for name in ("image_px", "world_m", "visibility", "presence"):
            values = getattr(self, name)
            single = isinstance(values, np.ndarray) and values.dtype == np.float32
            object.__setattr__(self, name, _freeze(values, np.float32 if single else np.float64))
        _require_increasing(self.time_s)
        n, k = len(self.time_s), len(LANDMARKS)
        if self.filled.size == 0:
            object.__setattr__(self, "filled", np.zeros((n, k), dtype=bool))
        if not np.any(self.by_hand):  # nothing placed is nothing placed in any number of frames
            object.__setattr__(self, "by_hand", np.zeros((n, k), dtype=bool))
        for name in ("filled", "by_hand"):
            object.__setattr__(self, name, _freeze(getattr(self, name), np.bool_))
        _require_shape("image_px", self.image_px, (n, k, 2))
        _require_shape("world_m", self.world_m, (n, k, 3))
        for name in ("visibility", "presence", "filled", "by_hand"):
            _require_shape(name, getattr(self, name), (n, k))
        if self.triangulated is not None:
            _require_shape("position_m", self.triangulated.position_m, (n, k, 3))

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def detected(self) -> BoolArray:
        """``(n,)`` whether anybody was found in each frame."""
        found: BoolArray = np.any(np.isfinite(self.visibility), axis=1)
        return found

    @property
    def placed(self) -> BoolArray:
        """``(n, 33)`` what somebody placed in that very frame."""
        return np.asarray(self.by_hand & ~self.filled)

    @property
    def confidence(self) -> RealArray:
        """``(n, 33)`` the lower of visibility and presence; NaN where nothing was seen."""
        return np.fmin(self.visibility, self.presence)

    def poses(self, frame: Frame = Frame.IMAGE_PX) -> Poses:
        """Return the positions in one coordinate frame."""
        position = self.image_px if frame is Frame.IMAGE_PX else self.world_m
        return Poses(
            time_s=self.time_s,
            position=position.astype(np.float64),
            confidence=self.confidence.astype(np.float64),
            frame=frame,
        )
