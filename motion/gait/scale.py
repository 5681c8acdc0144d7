"""Metres on the floor, from a picture: how large the body is seen is the measure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.gait.settings import GaitSettings
from motion.gait.stretches import Stretch
from motion.model import FloatArray, Scale, ScaleSource

__all__ = ["Ruler", "find_body_metres", "make_rulers", "say_no_scale", "warn_of_scales"]

NO_SCALE: Final = "no scale: give a known distance on the floor or the person's height"

_CHAIN_OF_HEIGHT: Final = 0.779
"""Shoulder to ankle over the body's height (0.818 - 0.039; Drillis and Contini 1966, in Winter
2009, Biomechanics and Motor Control of Human Movement, 4th ed., figure 4.1)."""

_HEIGHT_SD: Final = 0.05
"""Bodies of one height differ by 5 to 10 % in what a camera sees of it (clinical.md 2.1)."""

_FLOOR_SD: Final = 0.02
"""Two clicks a few pixels beside the marks, and a walk a hand's breadth beside the line."""

_HEIGHTS_M: Final = (0.6, 2.3)
"""From a child that has just learnt to walk to the tallest."""

_MOST_APART: Final = 0.15

_LEAST_WAY: Final = 0.5
"""Way, in lengths of the body, below which its size tells nothing of a slope towards the camera."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """Turns a place in the picture into metres along the walk.

    A body that walks towards the camera is seen larger as it goes. Its size at each place gives
    its distance there, and with that its place beside the camera's axis.

    Parameters
    ----------
    body_m
        Metres of what :attr:`WalkPoints.size` measures; 1 where the positions are metres already.
    size_at_middle, size_slope
        How large the body is seen at the picture's middle, and how that changes forward.
    middle
        Where the picture's middle is, forward.
    along
        Cosine between the walk and the picture.
    """

    body_m: float
    size_at_middle: float
    size_slope: float
    middle: float
    along: float

    def to_m(self, forward: FloatArray) -> FloatArray:
        """Return metres along the walk from the picture's middle."""
        beside = np.asarray(forward, dtype=np.float64) - self.middle
        size = self.size_at_middle + self.size_slope * beside
        return beside * self.body_m / size / self.along

    def of_belt(self, m_per_unit: float) -> "Ruler":
        """Return the ruler of a body that keeps its place while a belt of known speed runs."""
        body_m = m_per_unit * self.size_at_middle
        return replace(self, body_m=body_m, size_slope=0.0, along=1.0)

    @property
    def m_per_unit(self) -> float:
        """Metres per unit of the positions at the picture's middle, across the camera's axis."""
        return self.body_m / self.size_at_middle


def make_rulers(
    stretches: Sequence[Stretch], settings: GaitSettings
) -> tuple[tuple[Ruler, ...], Scale]:
    """Return a ruler for each stretch, and where metres come from.

    Parameters
    ----------
    stretches
        Of one take.
    settings
        What is known: a distance on the floor goes before the person's height. Neither: lengths
        stay NaN.
    """
    if not stretches:
        return (), Scale()
    if not np.isfinite(stretches[0].points.middle):
        ruler = Ruler(body_m=1.0, size_at_middle=1.0, size_slope=0.0, middle=0.0, along=1.0)
        return (ruler,) * len(stretches), Scale(
            m_per_unit=1.0, source=ScaleSource.METRES, relative_sd=0.0
        )
    body_m, source = find_body_metres(stretches, settings)
    rulers = tuple(_make_ruler(each, body_m) for each in stretches)
    known = [ruler.m_per_unit for ruler in rulers if np.isfinite(ruler.m_per_unit)]
    if not known:
        return rulers, Scale()
    return rulers, Scale(
        m_per_unit=float(np.mean(known)),
        source=source,
        relative_sd=_FLOOR_SD if source is ScaleSource.FLOOR_DISTANCE else _HEIGHT_SD,
    )


def find_body_metres(
    stretches: Sequence[Stretch], settings: GaitSettings
) -> tuple[float, ScaleSource]:
    """Return the metres from shoulder over hip and knee to ankle; NaN where nothing is known.

    A distance on the floor is compared with the size of the body while it is between the two
    marks, or with its usual size where it never is. The distance lies along the walk: from off
    the side it is seen shorter, as the walk is, and the body is not.
    """
    if settings.floor_px is not None and np.isfinite(settings.floor_m):
        x1, y1, x2, y2 = settings.floor_px
        size = _size_between(stretches, x1, x2)
        body_m = settings.floor_m * size / float(np.hypot(x2 - x1, y2 - y1))
        if not _is_of_a_person(body_m):
            body_m = float("nan")
        return body_m, ScaleSource.FLOOR_DISTANCE
    if np.isfinite(settings.height_m):
        return _CHAIN_OF_HEIGHT * settings.height_m, ScaleSource.HEIGHT
    return float("nan"), ScaleSource.NONE


def _is_of_a_person(body_m: float) -> bool:
    """Return whether a person can be that long from shoulder to ankle."""
    low_m, high_m = _HEIGHTS_M
    return low_m <= body_m / _CHAIN_OF_HEIGHT <= high_m


def say_no_scale(scale: Scale, settings: GaitSettings) -> str:
    """Return why there are no metres, in plain words; empty where there are."""
    if scale.known:
        return ""
    if settings.floor_px is not None and np.isfinite(settings.floor_m):
        return (
            "no scale: by the distance on the floor nobody has a person's size, or nobody was "
            "seen from shoulder to ankle; check its two ends"
        )
    if np.isfinite(settings.height_m):
        return "no scale: the body was not seen from shoulder to ankle"
    return NO_SCALE


def warn_of_scales(stretches: Sequence[Stretch], settings: GaitSettings) -> str:
    """Return that a distance on the floor and the person's height contradict each other."""
    body_m, source = find_body_metres(stretches, settings)
    if source is not ScaleSource.FLOOR_DISTANCE or not np.isfinite(settings.height_m):
        return ""
    from_floor_m = body_m / _CHAIN_OF_HEIGHT
    if not abs(from_floor_m / settings.height_m - 1.0) > _MOST_APART:
        return ""
    return (
        f"By the distance on the floor the person is about {100 * from_floor_m:.0f} cm tall, not "
        f"{100 * settings.height_m:.0f}: check the distance, its two ends, and whether the walk "
        "was along it"
    )


def _size_between(stretches: Sequence[Stretch], x1: float, x2: float) -> float:
    """Return how large the body would be seen between two marks if it were as oblique as they."""
    sizes, inside = [], []
    for each in stretches:
        sign = float(np.sign(each.points.middle))
        place = sign * each.points.mid_hip[:, 0]
        sizes.append(each.points.size * _cosine_off(each))
        inside.append((place >= min(x1, x2)) & (place <= max(x1, x2)))
    size, within = np.concatenate(sizes), np.concatenate(inside)
    seen = np.isfinite(size)
    if not np.any(seen):
        return float("nan")
    return float(np.median(size[seen & within] if np.any(seen & within) else size[seen]))


def _make_ruler(stretch: Stretch, body_m: float) -> Ruler:
    points = stretch.points
    beside = points.mid_hip[:, 0] - points.middle
    seen = np.isfinite(points.size) & np.isfinite(beside)
    usual = float(np.median(points.size[seen])) if np.any(seen) else float("nan")
    slope, at_middle = 0.0, usual
    if np.any(seen) and np.ptp(beside[seen]) >= _LEAST_WAY * usual:
        slope, at_middle = (float(each) for each in np.polyfit(beside[seen], points.size[seen], 1))
    return Ruler(
        body_m=body_m,
        size_at_middle=at_middle,
        size_slope=slope,
        middle=points.middle,
        along=_cosine_off(stretch),
    )


def _cosine_off(stretch: Stretch) -> float:
    """Return the cosine between the walk and the picture."""
    return float(np.cos(np.radians(stretch.off_plane_deg)))
