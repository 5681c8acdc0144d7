"""OpenCV with its own chatter off, which would stand between the user and our one line."""

import os

_SILENT = not os.environ.get("MOTION_NATIVE_LOGS")

if _SILENT:
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # read when the first file is opened

import cv2  # noqa: E402 - after its switches

if _SILENT and "OPENCV_LOG_LEVEL" not in os.environ:
    # By a call: the environment is read only when somebody imports cv2 for the first time.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
