"""MediaPipe's pose landmarker (Tasks API) behind the estimator's seam."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion.capture.frames import Image
from motion.errors import ModelError
from motion.model import ModelInfo
from motion.pose.assets import find_model, read_model_info
from motion.pose.estimator import FramePose

__all__ = ["MediaPipeEstimator"]

_MOST_BODIES_N: Final = 4
_FRESH_START_MS: Final = 1000


@dataclass(slots=True)
class _Follower:
    """A landmarker that follows one body, and its own clock."""

    landmarker: Any
    clock_ms: int = -1
    shift_ms: int | None = None
    size_px: tuple[int, int] = (0, 0)

    def tell_time(self, time_s: float) -> int:
        """Return the landmarker's own time: it refuses two frames in the same millisecond."""
        now_ms = round(time_s * 1000.0)
        if self.shift_ms is None:
            self.shift_ms = 0 if self.clock_ms < 0 else self.clock_ms + _FRESH_START_MS - now_ms
        self.clock_ms = max(self.clock_ms + 1, now_ms + self.shift_ms)
        return self.clock_ms


class MediaPipeEstimator:
    """One recording's pose landmarkers; they track, so a new recording needs a new one.

    Followers run in VIDEO mode with one pose each: that mode holds a body through postures in
    which the detector alone, or VIDEO mode with several poses, loses it. Everybody in a
    picture is found in IMAGE mode. Each landmarker takes some 70 MB and is made when first
    needed; the one for finding everybody is made meanwhile in a thread.

    Parameters
    ----------
    model_path
        A ``.task`` bundle; the installed full model by default.

    Raises
    ------
    ModelError
        If the model is not installed or MediaPipe cannot load it.
    """

    def __init__(self, model_path: Path | None = None) -> None:
        self._path = find_model(model_path)
        self._info = read_model_info(self._path)
        self._followers = {0: _Follower(_load_landmarker(self._path, "VIDEO"))}
        self._maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pose")
        self._finder: Future[Any] = self._maker.submit(
            _load_landmarker, self._path, "IMAGE", _MOST_BODIES_N
        )

    @property
    def model(self) -> ModelInfo:
        """Name and digest of the model, for the provenance."""
        return self._info

    def estimate(self, image_rgb: Image, time_s: float, follower: int = 0) -> FramePose | None:
        """Return the body that a follower follows, or None where there is nobody."""
        if follower not in self._followers:
            self._followers[follower] = _Follower(_load_landmarker(self._path, "VIDEO"))
        one = self._followers[follower]
        height_px, width_px = image_rgb.shape[:2]
        one.size_px = (height_px, width_px)
        result = one.landmarker.detect_for_video(_picture(image_rgb), one.tell_time(time_s))
        if not result.pose_landmarks:
            return None
        return _from_mediapipe(result, 0, width_px, height_px)

    def forget(self, follower: int) -> None:
        """Let a follower go: a black picture ends its track and resets its smoothing."""
        one = self._followers.get(follower)
        if one is None or one.clock_ms < 0:
            return
        black = np.zeros((*one.size_px, 3), dtype=np.uint8)
        one.clock_ms += _FRESH_START_MS
        one.landmarker.detect_for_video(_picture(black), one.clock_ms)
        one.shift_ms = None

    def find_all(self, image_rgb: Image) -> tuple[FramePose, ...]:
        """Return every body in one picture, up to four."""
        height_px, width_px = image_rgb.shape[:2]
        result = self._finder.result().detect(_picture(image_rgb))
        count = len(result.pose_landmarks)
        return tuple(_from_mediapipe(result, k, width_px, height_px) for k in range(count))

    def close(self) -> None:
        """Release the model."""
        self._maker.shutdown(wait=True)
        if self._finder.exception() is None:
            self._finder.result().close()
        for follower in self._followers.values():
            follower.landmarker.close()
        self._followers.clear()


def _picture(image_rgb: Image) -> Any:
    import mediapipe as mp

    return mp.Image(image_format=mp.ImageFormat.SRGB, data=image_rgb)


def _load_landmarker(path: Path, mode: str, most_bodies_n: int = 1) -> Any:
    from mediapipe.tasks import python as tasks
    from mediapipe.tasks.python import vision

    options = vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(path)),
        running_mode=vision.RunningMode[mode],
        num_poses=most_bodies_n,
    )
    try:
        return vision.PoseLandmarker.create_from_options(options)
    except (RuntimeError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        msg = (
            f"{path}: MediaPipe cannot load this pose model ({reason}); "
            "run `motion model install`, or name another .task file with --model"
        )
        raise ModelError(msg) from error


def _from_mediapipe(result: Any, number: int, width_px: int, height_px: int) -> FramePose:
    seen = result.pose_landmarks[number]
    image = np.array([(p.x * width_px, p.y * height_px) for p in seen])
    world = np.array([(p.x, p.y, p.z) for p in result.pose_world_landmarks[number]])
    return FramePose(
        image_px=image,
        world_m=world,
        visibility=np.array([p.visibility for p in seen], dtype=np.float64),
        presence=np.array([p.presence for p in seen], dtype=np.float64),
    )
