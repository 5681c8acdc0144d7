"""Sources of frames: video files and cameras, each frame with its own timestamp."""

from motion.capture.devices import CameraDevice, list_cameras
from motion.capture.frames import FrameSource, VideoFrame
from motion.capture.kept import KeptFrames, shrink, shrunk_size
from motion.capture.live import CapturedFrame, FrameQueue, LiveFeed, open_source
from motion.capture.prefetch import prefetch
from motion.capture.still import Still, find_somebody, read_still
from motion.capture.timing import ClockCheck, measure_rate
from motion.capture.video import Video, hash_file

__all__ = [
    "CameraDevice",
    "CapturedFrame",
    "ClockCheck",
    "FrameQueue",
    "FrameSource",
    "KeptFrames",
    "LiveFeed",
    "Still",
    "Video",
    "VideoFrame",
    "find_somebody",
    "hash_file",
    "list_cameras",
    "measure_rate",
    "open_source",
    "prefetch",
    "read_still",
    "shrink",
    "shrunk_size",
]
