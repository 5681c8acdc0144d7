"""Where a body is, how long it is, and how far one is from another: in body lengths."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import MIRROR, FloatArray, landmark_index
from motion.pose.estimator import FramePose

__all__ = [
    "ON_ANOTHER",
    "SAME_BODY",
    "Box",
    "body_box",
    "body_middle",
    "length_of_body",
    "measure_distance",
    "measure_lengths",
    "measure_middles",
]

SAME_BODY: Final = 0.12
"""Nearer than this, in body lengths, two sights are one body."""

ON_ANOTHER: Final = 0.25
"""Nearer than this one of two people hides the other."""

_JOINTS: Final = [
    landmark_index(f"{side}_{joint}")
    for joint in ("shoulder", "hip", "knee", "ankle", "elbow", "wrist")
    for side in ("left", "right")
]
_EITHER_WAY: Final = np.array([_JOINTS, [MIRROR[row] for row in _JOINTS]])
_SHOULDERS: Final = [landmark_index("left_shoulder"), landmark_index("right_shoulder")]
_HIPS: Final = [landmark_index("left_hip"), landmark_index("right_hip")]
_LEGS: Final = np.array(
    [
        [landmark_index(f"{side}_{joint}") for joint in ("hip", "knee", "ankle")]
        for side in ("left", "right")
    ]
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def widened(self, share: float) -> "Box":
        """Return the box with a margin of a share of its longer side all round."""
        margin = share * max(self.right - self.left, self.bottom - self.top)
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def moved(self, by_px: FloatArray) -> "Box":
        """Return the box moved by ``(2,)`` pixels."""
        x, y = float(by_px[0]), float(by_px[1])
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def body_box(body: FramePose) -> Box:
    """Return the smallest box around all landmarks."""
    low, high = body.image_px.min(axis=0), body.image_px.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def body_middle(body: FramePose) -> FloatArray:
    """Return ``(2,)`` the middle between shoulders and hips."""
    return np.asarray(measure_middles(body.image_px[None])[0])


def length_of_body(body: FramePose) -> float:
    """Return the length of one body as :func:`measure_lengths` does."""
    return float(measure_lengths(body.image_px[None])[0])


def measure_middles(image_px: FloatArray) -> FloatArray:
    """Return ``(n, 2)`` the middle between shoulders and hips of ``(n, 33, 2)`` landmarks."""
    return np.asarray(image_px[:, [*_SHOULDERS, *_HIPS]].mean(axis=1))


def measure_lengths(image_px: FloatArray) -> FloatArray:
    """Return ``(n,)`` trunk, thigh and shank together of ``(n, 33, 2)`` landmarks, in pixels.

    Along the bones, so that a bent or a raised limb does not change it; of the two legs the
    longer, because one of them often points at the camera.
    """
    trunks = image_px[:, _SHOULDERS].mean(axis=1) - image_px[:, _HIPS].mean(axis=1)
    legs = image_px[:, _LEGS]
    bones = legs[:, :, 1:] - legs[:, :, :-1]
    lengths = np.sqrt(np.sum(bones * bones, axis=3)).sum(axis=2)
    return np.asarray(np.hypot(trunks[:, 0], trunks[:, 1]) + lengths.max(axis=1))


def measure_distance(
    one: FramePose,
    other: FramePose,
    moved_px: FloatArray | None = None,
    length_px: float | None = None,
) -> float:
    """Return the mean distance of the large joints of two bodies, in lengths of the longer.

    Left and right may be taken for each other, as the model does now and then: that makes
    nobody another person.

    Parameters
    ----------
    one, other
        The two bodies.
    moved_px
        ``(2,)`` by which the first is expected to have moved.
    length_px
        The body length to measure in, where it is known.
    """
    first = one.image_px[_JOINTS]
    if moved_px is not None:
        first = first + moved_px
    away = first - other.image_px[_EITHER_WAY]
    apart = float(np.sqrt(np.sum(away * away, axis=2)).mean(axis=1).min())
    if length_px is None:
        length_px = max(length_of_body(one), length_of_body(other))
    return apart / max(length_px, 1.0)
