"""What a timed test is measured on, and what comes of it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.scale import Ruler
from motion.gait.stretches import doubt_off_side
from motion.model import (
    NO_CUT_OFFS,
    NOT_COMPARABLE,
    FloatArray,
    Measurement,
    Scale,
    ScaleSource,
    TimedPhase,
    Walk,
    is_comparable,
)

__all__ = [
    "NOT_COMPARABLE",
    "UNCHECKED_WAY",
    "SeenWay",
    "TimedMotion",
    "TimedResult",
    "is_comparable",
]

UNCHECKED_WAY: Final = f"whether the way was 3 m was not checked, {NO_CUT_OFFS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWay:
    """A part of a recording in which somebody goes straight on, and how metres are read there.

    Parameters
    ----------
    start_s, end_s
        From its first to its last frame.
    ruler
        Of this part; forward is to the right of the picture where ``sign`` is 1, to the left
        where it is -1.
    off_plane_deg
        How far the camera stood from beside the way.
    """

    start_s: float
    end_s: float
    ruler: Ruler
    sign: float
    off_plane_deg: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedMotion:
    """A body over a whole recording, as seen from the side.

    Parameters
    ----------
    time_s
        ``(n,)``, increasing, at least two.
    mid_hip
        ``(n, 2)`` x to the right and y up, in the unit of the scale; NaN where not seen. Never
        cut at turns: the whole recording.
    ankles
        ``(n, 2, 2)`` left and right, in the same axes.
    trunk
        ``(n, 2)`` from the middle of the hips to that of the shoulders, in the same axes; NaN where
        unknown. It gives the trunk's lean, and by its length how large the body is seen.
    heading_deg
        ``(n,)`` azimuth from which the camera sees the body: 0 from the front, +90 with the
        person's left side nearest; NaN where unknown.
    scale
        Metres per unit.
    walks
        Walking straight on, between turns.
    ways
        What was seen from the side, each with its own ruler; none where the positions are metres.
    """

    time_s: FloatArray
    mid_hip: FloatArray
    ankles: FloatArray
    trunk: FloatArray
    heading_deg: FloatArray
    scale: Scale
    walks: tuple[Walk, ...] = ()
    ways: tuple[SeenWay, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.time_s)
        if n < 2 or not np.all(np.diff(self.time_s) > 0):
            msg = f"time_s must be at least two increasing moments, got {n}"
            raise ValueError(msg)
        for name, shape in (
            ("mid_hip", (n, 2)),
            ("ankles", (n, 2, 2)),
            ("trunk", (n, 2)),
            ("heading_deg", (n,)),
        ):
            value = getattr(self, name)
            if value.shape != shape:
                msg = f"{name} must be {shape}, got {value.shape}"
                raise ValueError(msg)

    @property
    def on_belt(self) -> bool:
        """Whether the way comes of a treadmill's belt: the body stays where it is."""
        return self.scale.source is ScaleSource.BELT

    def find_metres(self, time_s: FloatArray, x: FloatArray) -> FloatArray:
        """Return metres along the way, to the right, of places in the picture at their moments.

        By the ruler of the part of the recording that is nearest in time: it allows for the angle
        between the way and the picture and for who comes nearer. NaN without a scale.
        """
        known = [way for way in self.ways if np.isfinite(way.ruler.m_per_unit)]
        if not known:
            return np.asarray(x * self.scale.m_per_unit)
        outside_s = [np.maximum(way.start_s - time_s, time_s - way.end_s) for way in known]
        nearest = np.argmin(np.maximum(outside_s, 0.0), axis=0)
        metres = np.stack([way.sign * way.ruler.to_m(way.sign * x) for way in known])
        return np.asarray(np.take_along_axis(metres, nearest[None], axis=0)[0])

    def doubt_view(self, start_s: float, end_s: float) -> str:
        """Return that the camera stood too far off the side between two moments, or nothing."""
        within = [way for way in self.ways if way.start_s < end_s and way.end_s > start_s]
        off_deg = max((way.off_plane_deg for way in within), default=0.0)
        return doubt_off_side(off_deg)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedResult:
    """What a timed test gave.

    Parameters
    ----------
    phases
        In order of time; those that were not seen are missing.
    measurements
        Every number of the test; not measurable, with the reason, where there is none.
    warnings
        One sentence each.
    """

    phases: tuple[TimedPhase, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    warnings: tuple[str, ...] = ()
