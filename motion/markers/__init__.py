"""Marker files: recordings whose landmarks are markers in the room instead of a camera's."""

from motion.markers.landmarks import to_recording
from motion.markers.reading import MARKER_SUFFIXES, read_markers
from motion.markers.recording import LabelledEvent, MarkerRecording
from motion.markers.sets import MarkerSet, parse_marker_set, recognise_set

__all__ = [
    "MARKER_SUFFIXES",
    "LabelledEvent",
    "MarkerRecording",
    "MarkerSet",
    "parse_marker_set",
    "read_markers",
    "recognise_set",
    "to_recording",
]
