"""Names the published files that the pose model is made of, and refuses any other bytes."""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from motion.errors import ModelError

__all__ = [
    "DETECTOR",
    "DIGESTS",
    "FULL_LANDMARKS",
    "MODEL_NAMES",
    "Progress",
    "check_part",
    "landmarks_part",
]

MODEL_NAMES = ("full", "lite", "heavy")

DETECTOR = "pose_detection.tflite"
FULL_LANDMARKS = "pose_landmark_full.tflite"

# SHA-256 of the files as MediaPipe publishes them; the landmark models' digests stand in
# MediaPipe's own third_party/external_files.bzl too.
DIGESTS: Mapping[str, str] = MappingProxyType(
    {
        DETECTOR: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        FULL_LANDMARKS: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        "pose_landmark_lite.tflite": (
            "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"
        ),
        "pose_landmark_heavy.tflite": (
            "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"
        ),
    }
)


# Is told the bytes done, the bytes in all if known, and the stage.
Progress = Callable[[int, int | None, str], None]


def landmarks_part(name: str) -> str:
    """Return the file that holds the landmark model called ``full``, ``lite`` or ``heavy``."""
    return f"pose_landmark_{name}.tflite"


def check_part(part: str, content: bytes, digests: Mapping[str, str] = DIGESTS) -> bytes:
    """Return ``content`` if it is the published file ``part``.

    Raises
    ------
    ModelError
        Its SHA-256 is another.
    """
    actual = hashlib.sha256(content).hexdigest()
    if actual != digests[part]:
        raise ModelError(
            f"{part}: expected SHA-256 {digests[part][:12]}..., got {actual[:12]}..."
            f" ({len(content)} bytes), so the download is damaged or is another file;"
            " run `motion model install` again"
        )
    return content
