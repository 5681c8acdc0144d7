"""From pictures to bodies: the estimator's seam, MediaPipe behind it, and the model's files."""

from motion.pose.assets import MODEL_NAMES, find_model, install_model, read_model_info
from motion.pose.choice import PersonChoice, parse_choice
from motion.pose.estimator import FramePose, PoseEstimator
from motion.pose.fake import FakeEstimator
from motion.pose.lock import PersonLock
from motion.pose.mediapipe import MediaPipeEstimator
from motion.pose.people import PeopleWatcher
from motion.pose.recorder import PeopleRecorder, PoseRecorder

__all__ = [
    "MODEL_NAMES",
    "FakeEstimator",
    "FramePose",
    "MediaPipeEstimator",
    "PeopleRecorder",
    "PeopleWatcher",
    "PersonChoice",
    "PersonLock",
    "PoseEstimator",
    "PoseRecorder",
    "find_model",
    "install_model",
    "parse_choice",
    "read_model_info",
]
