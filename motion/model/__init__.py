"""Nouns that every room shares: landmarks, poses, series, takes, measures, provenance."""

from motion.model.analysis import Analysis, Event, SideCounts
from motion.model.angles import AngleCurve, AngleTable
from motion.model.cameras import CameraUse
from motion.model.measure import (
    GOOD_CONFIDENCE,
    SEEN_CONFIDENCE,
    Measurement,
    MeasureVerdict,
    Repetition,
    RepetitionVerdict,
)
from motion.model.people import PersonReport
from motion.model.poses import (
    ROOM_ARRAYS,
    BoolArray,
    FloatArray,
    Frame,
    IndexArray,
    PoseRecording,
    Poses,
    RealArray,
    Triangulated,
)
from motion.model.provenance import InputFile, ModelInfo, Provenance
from motion.model.series import UniformSeries
from motion.model.skeleton import EDGES, LANDMARKS, MIRROR, landmark_index
from motion.model.take import (
    Mirrored,
    Mode,
    NearSide,
    Position,
    Setting,
    Side,
    TakeConditions,
    WeightBearing,
)
from motion.model.view import View, ViewName, ViewPass

__all__ = [
    "EDGES",
    "GOOD_CONFIDENCE",
    "LANDMARKS",
    "MIRROR",
    "ROOM_ARRAYS",
    "SEEN_CONFIDENCE",
    "Analysis",
    "AngleCurve",
    "AngleTable",
    "BoolArray",
    "CameraUse",
    "Event",
    "FloatArray",
    "Frame",
    "IndexArray",
    "InputFile",
    "MeasureVerdict",
    "Measurement",
    "Mirrored",
    "Mode",
    "ModelInfo",
    "NearSide",
    "PersonReport",
    "PoseRecording",
    "Poses",
    "Position",
    "Provenance",
    "RealArray",
    "Repetition",
    "RepetitionVerdict",
    "Setting",
    "Side",
    "SideCounts",
    "TakeConditions",
    "Triangulated",
    "UniformSeries",
    "View",
    "ViewName",
    "ViewPass",
    "WeightBearing",
    "landmark_index",
]
