"""Walking: events, steps, strides, cycles, and the numbers made of them."""

from motion.gait.cycles import CYCLE_ANGLES, PERCENT, average_cycles, cut_cycles
from motion.gait.error_figures import GaitErrorFigure, GaitErrors
from motion.gait.events import METHOD
from motion.gait.numbers import find_interval95
from motion.gait.ranges import average_ranges, find_walking_frames
from motion.gait.score import measure_scores
from motion.gait.score_evidence import ScoreEvidence
from motion.gait.settings import GaitSettings, TimedTest
from motion.gait.stretches import Stretch, find_stretches_in_picture, find_stretches_in_room
from motion.gait.timed import measure_timed_test
from motion.gait.timed_motion import NOT_COMPARABLE, TimedMotion
from motion.gait.timed_seen import describe_timed_motion, measure_ways
from motion.gait.walking import Walking, measure_walking

__all__ = [
    "CYCLE_ANGLES",
    "METHOD",
    "NOT_COMPARABLE",
    "PERCENT",
    "GaitErrorFigure",
    "GaitErrors",
    "GaitSettings",
    "ScoreEvidence",
    "Stretch",
    "TimedMotion",
    "TimedTest",
    "Walking",
    "average_cycles",
    "average_ranges",
    "cut_cycles",
    "describe_timed_motion",
    "find_interval95",
    "find_stretches_in_picture",
    "find_stretches_in_room",
    "find_walking_frames",
    "measure_scores",
    "measure_timed_test",
    "measure_walking",
    "measure_ways",
]
