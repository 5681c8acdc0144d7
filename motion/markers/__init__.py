"""Marker files: recordings whose landmarks are markers in the room instead of a camera's."""

from motion.markers.landmarks import to_recording
from motion.markers.mot import MotionTable, read_mot
from motion.markers.reading import MARKER_SUFFIXES, read_markers
from motion.markers.recording import LabelledEvent, MarkerRecording
from motion.markers.sets import MarkerSet, parse_marker_set, recognise_set

__all__ = [
    "MARKER_SUFFIXES",
    "LabelledEvent",
    "MarkerRecording",
    "MarkerSet",
    "MotionTable",
    "parse_marker_set",
    "read_markers",
    "read_mot",
    "recognise_set",
    "to_recording",
]
