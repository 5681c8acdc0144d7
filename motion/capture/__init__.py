"""Sources of frames: video files and cameras, each frame with its own timestamp."""

from motion.capture.camera import Camera
from motion.capture.frames import FrameSource, VideoFrame
from motion.capture.kept import KeptFrames, shrink, shrunk_size
from motion.capture.prefetch import prefetch
from motion.capture.timing import ClockCheck, measure_rate
from motion.capture.video import Video, hash_file

__all__ = [
    "Camera",
    "ClockCheck",
    "FrameSource",
    "KeptFrames",
    "Video",
    "VideoFrame",
    "hash_file",
    "measure_rate",
    "prefetch",
    "shrink",
    "shrunk_size",
]
