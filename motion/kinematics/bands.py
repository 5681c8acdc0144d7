"""The band around a single value that holds the truth in 95 of 100 frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.kinematics.camera_tilt import WARN_FROM_ROLL_DEG
from motion.kinematics.joints import find_joint
from motion.kinematics.planar import is_far
from motion.kinematics.view import off_plane
from motion.kinematics.view_error import extra_error
from motion.model import AngleCurve, AngleTable, FloatArray, Position, ViewPass

__all__ = ["Band", "BandModel", "band_around", "doubt_validation", "state_bands"]

_ROUNDING_S: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Half widths of one angle's 95 % band, in degrees, that add up as independent errors.

    Parameters
    ----------
    square_deg
        In a square view that leaves nothing in doubt.
    at_45_deg
        What a camera 45 degrees off the plane adds; it grows with the tangent.
    unsure_deg
        What a confidence of 0 would add; it grows with what the confidence lacks to 1.
    lying_deg
        What lying adds.
    farthest_deg
        How far off its plane the angle was held against known answers; beyond there is no band.
    positions
        In which the angle was held against known answers; there is no band in any other.
    """

    square_deg: float
    at_45_deg: float
    unsure_deg: float
    lying_deg: float = 0.0
    farthest_deg: float = 90.0
    positions: frozenset[Position] = frozenset(Position)

    def covers(self, position: Position) -> bool:
        """Return whether the angle was validated in a position; not said counts as upright."""
        said = Position.STANDING if position is Position.UNKNOWN else position
        return said in self.positions

    def widen(
        self, off_deg: float, azimuth_sd_deg: float, confidence: FloatArray, position: Position
    ) -> FloatArray:
        """Return the half width ``(n,)`` in a view, for frames of some confidence ``(n,)``.

        The view's part grows as :func:`motion.kinematics.view_error.extra_error` does.
        """
        view_deg = extra_error(self.at_45_deg, off_deg, azimuth_sd_deg)
        lying_deg = self.lying_deg if position.lying else 0.0
        sure_deg = np.linalg.norm([self.square_deg, view_deg, lying_deg])
        return np.asarray(np.hypot(sure_deg, self.unsure_deg * (1.0 - confidence)))


@dataclass(frozen=True, slots=True, kw_only=True)
class BandModel:
    """The bands of all angles that were held against known answers; others have none.

    The truth is that of rendered people whose bodies had no part in the fit, so the share is one
    of rendered people (clinical_rules.md 15). A band says how far a value may be from the truth;
    whether two values differ is a matter of the minimal detectable change.
    """

    version: str
    bands: Mapping[str, Band]

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> "BandModel":
        """Read a model from rows of data/bands; each carries the version."""
        kept = list(rows)
        return cls(
            version=kept[0]["version"],
            bands={
                row["angle"]: Band(
                    square_deg=float(row["square_deg"]),
                    at_45_deg=float(row["at_45_deg"]),
                    unsure_deg=float(row["unsure_deg"]),
                    lying_deg=float(row["lying_deg"]),
                    farthest_deg=float(row["farthest_deg"]),
                    positions=frozenset(Position(word) for word in row["positions"].split()),
                )
                for row in kept
            },
        )

    def find(self, angle: str, position: Position) -> Band | None:
        """Return the band of an angle in a position; None where it was never validated there."""
        band = self.bands.get(angle)
        return band if band is not None and band.covers(position) else None


def doubt_validation(angle: str, position: Position, model: BandModel) -> str:
    """Return that an angle was never held against known answers; empty where it was."""
    if angle not in model.bands:
        return "not validated: this angle was never held against known answers"
    if model.find(angle, position) is None:
        return f"not validated in this position ({str(position).replace('_', ' ')})"
    return ""


def state_bands(
    table: AngleTable, passes: Sequence[ViewPass], position: Position, model: BandModel
) -> AngleTable:
    """Return the table with the 95 % band of every measured value of a validated angle.

    There is none where no clip with a known answer was seen so: in another position, from farther
    off the plane, of the far leg, for an angle against gravity from a camera that leans, and where
    a landmark was placed by hand.

    Parameters
    ----------
    table
        Angles with their confidences.
    passes
        Each with the view its frames were measured in.
    position
        How the person was placed.
    model
        The fitted bands.
    """
    curves = (
        _state(curve, passes, position, model.find(curve.angle, position)) for curve in table.curves
    )
    return replace(table, curves=tuple(curves))


def _state(
    curve: AngleCurve, passes: Sequence[ViewPass], position: Position, band: Band | None
) -> AngleCurve:
    half_deg = np.full(len(curve.value_deg), np.nan)
    if band is None:
        return replace(curve, band95_deg=half_deg)
    for each in passes:
        joint = find_joint(curve.angle)
        off_deg = off_plane(each.view, joint.plane)
        leans = joint.needs_upright and abs(each.view.roll_deg) >= WARN_FROM_ROLL_DEG
        far = is_far(joint, curve.side, each.view)
        if leans or far or off_deg > band.farthest_deg:
            continue  # no clip with a known answer was seen so
        width_deg = band.widen(off_deg, each.view.azimuth_sd_deg, curve.confidence, position)
        half_deg[each.frames] = width_deg[each.frames]
    # The band is fitted on the model's landmarks: of a hand's it says nothing.
    known = np.isfinite(curve.value_deg) & ~curve.by_hand
    return replace(curve, band95_deg=np.where(known, half_deg, np.nan))


def band_around(curve: AngleCurve, time_s: FloatArray, at_s: float) -> float:
    """Return the half width of the band of the value at a time; NaN where there is none."""
    (rows,) = np.nonzero(np.abs(time_s - at_s) <= _ROUNDING_S)
    return float(curve.band95_deg[rows[0]]) if len(rows) else float("nan")
