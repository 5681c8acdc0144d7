"""MediaPipe's pose landmarker (Tasks API, VIDEO mode) behind the estimator's seam."""

from pathlib import Path
from typing import Any

import numpy as np

from motion.capture.frames import Image
from motion.errors import ModelError
from motion.model import ModelInfo
from motion.pose.assets import find_model, read_model_info
from motion.pose.estimator import FramePose

__all__ = ["MediaPipeEstimator"]


class MediaPipeEstimator:
    """One recording's pose landmarker; it tracks, so a new recording needs a new one.

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
        path = find_model(model_path)
        self._info = read_model_info(path)
        self._landmarker = _load_landmarker(path)
        self._last_ms = -1

    @property
    def model(self) -> ModelInfo:
        """Name and digest of the model, for the provenance."""
        return self._info

    def estimate(self, image_rgb: Image, time_s: float) -> FramePose | None:
        """Return the body in the picture, or None where there is nobody."""
        import mediapipe as mp

        # The landmarker refuses two frames in the same millisecond.
        self._last_ms = max(self._last_ms + 1, round(time_s * 1000.0))
        picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=image_rgb)
        result = self._landmarker.detect_for_video(picture, self._last_ms)
        if not result.pose_landmarks:
            return None
        height_px, width_px = image_rgb.shape[:2]
        return _from_mediapipe(result, width_px, height_px)

    def close(self) -> None:
        """Release the model."""
        self._landmarker.close()


def _load_landmarker(path: Path) -> Any:
    from mediapipe.tasks import python as tasks
    from mediapipe.tasks.python import vision

    options = vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(path)),
        running_mode=vision.RunningMode.VIDEO,
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


def _from_mediapipe(result: Any, width_px: int, height_px: int) -> FramePose:
    seen = result.pose_landmarks[0]
    image = np.array([(p.x * width_px, p.y * height_px) for p in seen])
    world = np.array([(p.x, p.y, p.z) for p in result.pose_world_landmarks[0]])
    return FramePose(
        image_px=image,
        world_m=world,
        visibility=np.array([p.visibility for p in seen], dtype=np.float64),
        presence=np.array([p.presence for p in seen], dtype=np.float64),
    )
