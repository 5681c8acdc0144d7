"""What a marker file holds, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from motion.model import FOOT_OFF, INITIAL_CONTACT, FloatArray, Side

__all__ = ["LabelledEvent", "MarkerRecording"]

_EVENTS: Final = {"foot strike": INITIAL_CONTACT, "foot off": FOOT_OFF}
"""The gait events of Vicon's and the C3D user guide's vocabulary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEvent:
    """A moment that the file's makers labelled, in seconds since the take's first frame."""

    time_s: float
    side: Side
    label: str

    @property
    def event(self) -> str:
        """``initial_contact`` or ``foot_off``; empty where the label says something else."""
        return _EVENTS.get(self.label.strip().casefold(), "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkerRecording:
    """Markers in the room over time.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds since the first frame, strictly increasing.
    names
        ``k`` names as the file has them.
    position_m
        ``(n, k, 3)`` in the file's own axes; NaN where a marker was not seen.
    rate_hz
        Frames per second.
    origin_s
        What the file's own clock says at the first frame: ``time_s + origin_s`` are its times.
    up
        ``(3,)`` of length 1: which way the file says is up; None where it does not.
    events
        What its makers labelled, in order of time.
    widths_m
        Measured widths of the joints by landmark (``left_knee``), where the file has them.
    source_format
        ``c3d`` or ``trc``.
    warnings
        What the reader had to leave out.
    """

    time_s: FloatArray
    names: tuple[str, ...]
    position_m: FloatArray
    rate_hz: float
    origin_s: float
    source_format: str
    up: FloatArray | None = None
    events: tuple[LabelledEvent, ...] = ()
    widths_m: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("time_s", "position_m"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        shape = (len(self.time_s), len(self.names), 3)
        if self.position_m.shape != shape:
            msg = f"position_m must have shape {shape}, got {self.position_m.shape}"
            raise ValueError(msg)

    def __len__(self) -> int:
        return len(self.time_s)
