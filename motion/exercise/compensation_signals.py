"""What tells that a movement is done another way: signals read from one picture at a time."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from motion.errors import InputError
from motion.exercise.compensation_readings import READERS, SeenBody
from motion.kinematics.joints import JOINTS, Plane
from motion.kinematics.planar import FARTHEST_OFF_DEG
from motion.kinematics.view import off_plane
from motion.model import LivePose, NearSide, Side, View, ViewName

__all__ = ["LEAST_LIMIT_ERRORS", "SIGNALS", "Signal", "read_signal", "with_errors"]

LEAST_LIMIT_ERRORS: Final = 2.0
"""No cue below this many times the error of its signal (clinical_rules.md 21)."""

_ACROSS: Final = frozenset({"pelvis_drop_deg", "shoulder_tilt_deg", "hip_shift_percent"})
"""Lines across the whole body: one number, whichever side moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One number of a picture that a compensation moves away from its own start.

    Parameters
    ----------
    name
        ``trunk_flexion`` or another angle of the joint table, or one of the derived ones.
    title
        What a physiotherapist reads.
    unit
        ``deg`` or ``percent``, of what :meth:`change` gives.
    plane
        The plane it lies in: only a view of that plane shows it.
    points
        Landmarks under it, as in :attr:`motion.exercise.exercises.Exercise.needs`.
    of_start
        Whether a change is the share of its own start by which it shrinks, in percent; else it
        is the difference.
    error
        By how much a change errs within a take: the standard deviation about the start of
        what the camera gives less the truth, in ``unit``; NaN where it was not measured, and
        then there is no cue on it.
    source
        Where the definition, or the use as a sign of compensation, comes from.
    """

    name: str
    title: str
    unit: str
    plane: Plane
    points: tuple[str, ...]
    source: str
    of_start: bool = False
    error: float = math.nan

    @property
    def view(self) -> ViewName:
        """The view that it needs."""
        return self.plane.view

    @property
    def least_limit(self) -> float:
        """The smallest limit that a cue may have: NaN where the error was not measured."""
        return LEAST_LIMIT_ERRORS * self.error

    def change(self, value: float, start: float) -> float:
        """Return how far a value has left its start, in ``unit``; NaN where either is missing."""
        if not self.of_start:
            return value - start
        return 100.0 * (start - value) / start if start > 0 else math.nan


_DERIVED: Final = (
    Signal(
        name="shoulder_hike_percent",
        title="Shoulder drawn up towards the ear",
        unit="percent",
        plane=Plane.FRONTAL,
        points=("ear", "shoulder", "other_shoulder", "hip", "other_hip"),
        of_start=True,
        source="own definition: distance of ear and shoulder over the trunk's length",
    ),
    Signal(
        name="heel_lift_percent",
        title="Heel off the floor, of the shank's length",
        unit="percent",
        plane=Plane.SAGITTAL,
        points=("knee", "ankle", "heel", "foot_index"),
        source="own definition: height of the heel over the toes",
    ),
    Signal(
        name="knee_inward_deg",
        title="Knee inwards (projection angle)",
        unit="deg",
        plane=Plane.FRONTAL,
        points=("hip", "knee", "ankle"),
        source="frontal plane projection angle, Willson and Davis 2008, JOSPT 38:606",
    ),
    Signal(
        name="pelvis_drop_deg",
        title="Pelvis drops to one side",
        unit="deg",
        plane=Plane.FRONTAL,
        points=("hip", "other_hip"),
        source="line of the hips against the horizontal",
    ),
    Signal(
        name="shoulder_tilt_deg",
        title="Shoulder line tilts",
        unit="deg",
        plane=Plane.FRONTAL,
        points=("shoulder", "other_shoulder"),
        source="line of the shoulders against the horizontal",
    ),
    Signal(
        name="hip_shift_percent",
        title="Weight to one side, of the stance's width",
        unit="percent",
        plane=Plane.FRONTAL,
        points=("hip", "other_hip", "ankle", "other_ankle"),
        source="own definition: mid-hip over mid-ankles",
    ),
)

SIGNALS: Final[Mapping[str, Signal]] = MappingProxyType(
    {
        signal.name: signal
        for signal in (
            *(
                Signal(
                    name=joint.name,
                    title=joint.full_title,
                    unit="deg",
                    plane=joint.plane,
                    points=joint.points,
                    source=joint.source,
                )
                for joint in JOINTS
            ),
            *_DERIVED,
        )
    }
)
"""Every signal by its name, without its error: that is measured, and :func:`with_errors` adds it
(``motion.library.load_signals``)."""


def with_errors(rows: Iterable[Mapping[str, str]]) -> Mapping[str, Signal]:
    """Return the signals with their measured errors.

    Parameters
    ----------
    rows
        Of ``data/compensations/errors.csv``: ``signal`` and ``error``, in the signal's unit.

    Raises
    ------
    InputError
        If a row names no signal, or no error that can be: names the row.
    """
    found = dict(SIGNALS)
    for row in rows:
        name, text = row.get("signal") or "", row.get("error") or ""
        if name not in found:
            msg = f"errors of signals: {name!r} is no signal; choose one of {', '.join(SIGNALS)}"
            raise InputError(msg)
        try:
            error = float(text)
        except ValueError:
            error = math.nan
        if not 0.0 < error < math.inf:
            msg = f"errors of signals, {name}: error must be a number over 0, got {text!r}"
            raise InputError(f"{msg}; mend the row")
        found[name] = replace(found[name], error=error)
    return MappingProxyType(found)


def read_signal(
    name: str, pose: LivePose, angles: Mapping[str, float], side: Side, view: View | None
) -> float:
    """Read one signal from one picture; NaN where it cannot be seen.

    Parameters
    ----------
    name
        Of :data:`SIGNALS`.
    pose
        The picture's landmarks; one below :data:`motion.model.SEEN_CONFIDENCE` counts as not
        seen.
    angles
        The picture's angles, ``left_knee_flexion`` or ``trunk_flexion``, degrees.
    side
        Whose signal it is. Where both sides move it is the larger of the two, in a side view the
        near side's: the far one's is never given (clinical_rules.md 9). Lines across the body are
        positive where they fall, or the body shifts, to the named side, else to the person's
        right.
    view
        From where the camera looks; None where it is not yet known.

    Raises
    ------
    KeyError
        If there is no signal of that name.
    """
    signal = SIGNALS[name]
    if name not in READERS:
        return _read_angle(signal, angles, side, view)
    if view is None or not off_plane(view, signal.plane) <= FARTHEST_OFF_DEG[signal.plane]:
        return math.nan  # a view that is not known has no azimuth, and no angle off the plane
    sides = _sides_of(signal, side, view)
    if signal.plane is Plane.SAGITTAL and [each.value for each in sides] != [view.near_side.value]:
        return math.nan
    seen = SeenBody(pose, view, signal.plane)
    return max((READERS[name](seen, each) for each in sides), key=_nan_is_most)


def _nan_is_most(value: float) -> float:
    # Of two sides one that is not seen might be the larger: then neither is given.
    return math.inf if math.isnan(value) else value


def _sides_of(signal: Signal, side: Side, view: View | None) -> tuple[Side, ...]:
    """Return the sides on which a signal is read: one, or both where both move."""
    if side in (Side.LEFT, Side.RIGHT) or signal.name in _ACROSS:
        return (side,)
    near = view.near_side if view is not None else NearSide.UNKNOWN
    if signal.plane is Plane.SAGITTAL and near in (NearSide.LEFT, NearSide.RIGHT):
        return (Side(near.value),)
    return (Side.LEFT, Side.RIGHT)


def _read_angle(
    signal: Signal, angles: Mapping[str, float], side: Side, view: View | None
) -> float:
    if signal.name in angles:
        return angles[signal.name]
    sides = _sides_of(signal, side, view)
    return max((angles.get(f"{each}_{signal.name}", math.nan) for each in sides), key=_nan_is_most)
