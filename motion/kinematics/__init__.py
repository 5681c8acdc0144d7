"""Joint angles from landmarks: the view, the joint table, and ranges of motion."""

from motion.kinematics.bands import BandModel, state_bands
from motion.kinematics.cleaning import CleaningSettings, clean_recording
from motion.kinematics.confidence import ConfidenceModel, Ratings, rate_table
from motion.kinematics.confidence_evidence import azimuth_of_frames
from motion.kinematics.error_figures import ErrorFigure, ErrorFigures
from motion.kinematics.evidence import RangeEvidence
from motion.kinematics.foot import FootZero, find_foot_zero
from motion.kinematics.joint_centres import JointCentreModel
from motion.kinematics.joints import JOINTS, JointAngle, Plane, find_joint
from motion.kinematics.passes import find_main_view, find_passes, find_steady_runs, take_frames
from motion.kinematics.per_pass import (
    find_foot_zeros,
    measure_passes,
    near_sides,
)
from motion.kinematics.planar import measure_angles
from motion.kinematics.points import landmarks_under
from motion.kinematics.range_of_motion import measure_ranges
from motion.kinematics.view import estimate_view, off_plane
from motion.kinematics.view_tracker import ViewTracker

__all__ = [
    "JOINTS",
    "BandModel",
    "CleaningSettings",
    "ConfidenceModel",
    "ErrorFigure",
    "ErrorFigures",
    "FootZero",
    "JointAngle",
    "JointCentreModel",
    "Plane",
    "RangeEvidence",
    "Ratings",
    "ViewTracker",
    "azimuth_of_frames",
    "clean_recording",
    "estimate_view",
    "find_foot_zero",
    "find_foot_zeros",
    "find_joint",
    "find_main_view",
    "find_passes",
    "find_steady_runs",
    "landmarks_under",
    "measure_angles",
    "measure_passes",
    "measure_ranges",
    "near_sides",
    "off_plane",
    "rate_table",
    "state_bands",
    "take_frames",
]
