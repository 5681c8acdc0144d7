"""Joint angles over time, each with its confidence and what of it was filled."""

from dataclasses import dataclass, field, replace

import numpy as np

from motion.model.poses import BoolArray, FloatArray, IndexArray
from motion.model.take import Side

__all__ = ["AngleCurve", "AngleTable"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AngleCurve:
    """One angle of one side.

    Parameters
    ----------
    joint, motion
        ``knee`` and ``flexion``.
    side
        ``none`` for trunk and neck.
    value_deg
        ``(n,)``; NaN where not measured.
    confidence
        ``(n,)`` in 0..1: how likely the value is right (docs/measures.md); NaN where nothing
        was seen. It stays where a value was removed because it is too low.
    filled
        ``(n,)`` True where a landmark under the angle was interpolated.
    band95_deg
        ``(n,)`` half the width of the band about the value that holds the truth in 95 of 100
        frames (docs/measures.md); NaN where nothing was measured, and all NaN for an angle that
        was never held against known answers.
    by_hand
        ``(n,)`` True where a landmark under the angle was placed by hand, or lies between two
        that were.
    """

    joint: str
    motion: str
    side: Side
    value_deg: FloatArray
    confidence: FloatArray
    filled: BoolArray
    band95_deg: FloatArray = field(default_factory=lambda: np.zeros(0))
    by_hand: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        if len(self.band95_deg) != len(self.value_deg):
            object.__setattr__(self, "band95_deg", np.full(len(self.value_deg), np.nan))
        if len(self.by_hand) != len(self.value_deg):
            object.__setattr__(self, "by_hand", np.zeros(len(self.value_deg), dtype=bool))

    @property
    def angle(self) -> str:
        """The angle without its side: ``knee_flexion``."""
        return f"{self.joint}_{self.motion}"

    @property
    def name(self) -> str:
        """The column's stem: ``left_knee_flexion``, ``trunk_flexion``."""
        return self.angle if self.side is Side.NONE else f"{self.side}_{self.angle}"

    @property
    def red(self) -> BoolArray:
        """``(n,)`` where a value was removed because it was too likely wrong."""
        return np.asarray(np.isnan(self.value_deg) & np.isfinite(self.confidence))

    @property
    def valid_fraction(self) -> float:
        """Share of the frames in which the angle was measured."""
        return float(np.mean(np.isfinite(self.value_deg))) if len(self.value_deg) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AngleTable:
    """All angles of one take on the source's own frame times."""

    time_s: FloatArray
    curves: tuple[AngleCurve, ...]

    def __getitem__(self, name: str) -> AngleCurve:
        for curve in self.curves:
            if curve.name == name:
                return curve
        raise KeyError(name)

    def take_rows(self, frames: IndexArray) -> "AngleTable":
        """Return some frames only, ``(k,)`` in order."""
        return AngleTable(
            time_s=self.time_s[frames],
            curves=tuple(
                replace(
                    curve,
                    value_deg=curve.value_deg[frames],
                    confidence=curve.confidence[frames],
                    filled=curve.filled[frames],
                    band95_deg=curve.band95_deg[frames],
                    by_hand=curve.by_hand[frames],
                )
                for curve in self.curves
            ),
        )

    @property
    def measured(self) -> tuple[AngleCurve, ...]:
        """The curves that hold at least one number."""
        return tuple(c for c in self.curves if np.any(np.isfinite(c.value_deg)))
