"""Joint angles from landmarks: the view, the joint table, and ranges of motion."""

from motion.kinematics.cleaning import CleaningSettings, clean_recording
from motion.kinematics.error_figures import ErrorFigure, ErrorFigures
from motion.kinematics.evidence import RangeEvidence
from motion.kinematics.foot import FootZero, find_foot_zero
from motion.kinematics.joints import JOINTS, JointAngle, Plane, find_joint
from motion.kinematics.planar import landmarks_under, measure_angles
from motion.kinematics.range_of_motion import measure_ranges
from motion.kinematics.view import estimate_view

__all__ = [
    "JOINTS",
    "CleaningSettings",
    "ErrorFigure",
    "ErrorFigures",
    "FootZero",
    "JointAngle",
    "Plane",
    "RangeEvidence",
    "clean_recording",
    "estimate_view",
    "find_foot_zero",
    "find_joint",
    "landmarks_under",
    "measure_angles",
    "measure_ranges",
]
