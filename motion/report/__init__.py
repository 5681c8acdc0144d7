"""Results that leave the product: tables, the summary, landmarks and the annotated video."""

from motion.report.annotate import Annotator
from motion.report.files import prepare_folder, replace_file
from motion.report.gait import (
    gait_cycles_table,
    gait_events_table,
    gait_parameters_table,
)
from motion.report.landmarks import read_landmarks, write_landmarks
from motion.report.lights import FAIR, GOOD, LIGHTS, LOST, NOT_MEASURED, Light, rate_frames
from motion.report.skeleton_video import write_skeleton_video
from motion.report.summary import summarise, write_summary
from motion.report.tables import (
    angles_table,
    measurements_table,
    repetitions_table,
    write_csv,
)
from motion.report.video import VideoWriter

__all__ = [
    "FAIR",
    "GOOD",
    "LIGHTS",
    "LOST",
    "NOT_MEASURED",
    "Annotator",
    "Light",
    "VideoWriter",
    "angles_table",
    "gait_cycles_table",
    "gait_events_table",
    "gait_parameters_table",
    "measurements_table",
    "prepare_folder",
    "rate_frames",
    "read_landmarks",
    "repetitions_table",
    "replace_file",
    "summarise",
    "write_csv",
    "write_landmarks",
    "write_skeleton_video",
    "write_summary",
]
