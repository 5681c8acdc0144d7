"""The 33 landmarks of the pose model, as data: names, bones and which is whose mirror image."""

from typing import Final

__all__ = ["EDGES", "LANDMARKS", "MIRROR", "landmark_index"]

_SIDED_FACE = ("eye_inner", "eye", "eye_outer")
_SIDED_BODY = (
    "shoulder", "elbow", "wrist", "pinky", "index", "thumb",
    "hip", "knee", "ankle", "heel", "foot_index",
)  # fmt: skip

LANDMARKS: Final[tuple[str, ...]] = (
    "nose",
    *(f"left_{name}" for name in _SIDED_FACE),
    *(f"right_{name}" for name in _SIDED_FACE),
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    *(f"{side}_{name}" for name in _SIDED_BODY for side in ("left", "right")),
)
"""MediaPipe's BlazePose topology (Bazarevsky et al. 2020), in the model's own order."""

_INDEX: Final = {name: index for index, name in enumerate(LANDMARKS)}


def landmark_index(name: str) -> int:
    """Return the row of a landmark.

    Raises
    ------
    KeyError
        If the pose model has no landmark of that name.
    """
    return _INDEX[name]


def _mirror_name(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


MIRROR: Final[tuple[int, ...]] = tuple(_INDEX[_mirror_name(name)] for name in LANDMARKS)
"""Row of each landmark's counterpart on the other side; the nose is its own."""

EDGES: Final[tuple[tuple[str, str], ...]] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *(
        (f"{side}_{start}", f"{side}_{end}")
        for side in ("left", "right")
        for start, end in (
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("wrist", "index"),
            ("shoulder", "hip"),
            ("hip", "knee"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("heel", "foot_index"),
            ("ankle", "foot_index"),
            ("eye", "ear"),
        )
    ),
)
"""The bones that a skeleton is drawn with."""
