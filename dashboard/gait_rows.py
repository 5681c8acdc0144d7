"""The numbers of a walk as rows of tables: left beside right, with range, symmetry and spread."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motion.gait import TimedTest
from motion.model import GAIT, Measurement, Side
from motion.norms import GaitNorm, Subject, find_gait_norm, is_score

__all__ = ["ParameterRow", "find_gaps", "find_rows", "find_scores", "find_test"]

_TESTS: Final = tuple(test.value for test in TimedTest)
_RATIO, _INDEX = "_symmetry_ratio", "_symmetry_index"

_ORDER: Final = (
    "walking_speed",
    "cadence",
    "walk_ratio",
    "step_time",
    "step_length",
    "stride_time",
    "stride_length",
    "stance_percent",
    "swing_percent",
    "single_support_percent",
    "double_support_percent",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """One parameter: of both legs together, or of each.

    Parameters
    ----------
    ratio, index
        Its symmetry; None where it has none.
    norm
        The published value that fits the person; None where none does.
    """

    measure: str
    unit: str
    left: Measurement | None = None
    right: Measurement | None = None
    both: Measurement | None = None
    ratio: Measurement | None = None
    index: Measurement | None = None
    norm: GaitNorm | None = None

    @property
    def of_each_leg(self) -> bool:
        """Whether it stands in the table of left and right."""
        return self.left is not None or self.right is not None

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """What there is of it, without its symmetry."""
        return tuple(m for m in (self.left, self.right, self.both) if m is not None)


def find_rows(
    measurements: Iterable[Measurement],
    norms: Sequence[GaitNorm],
    subject: Subject | None,
    made_with: Mapping[str, object],
) -> tuple[ParameterRow, ...]:
    """Return a row for each parameter of a walk, the main ones first.

    Without the numbers of a timed test and the distances from the reference curves, which are
    shown with these.

    Parameters
    ----------
    norms, subject, made_with
        Published values, and the person and the analysis's settings by name that they must fit
        (:func:`motion.norms.find_gait_norm`).
    """
    by_name: dict[str, dict[Side, Measurement]] = {}
    for m in measurements:
        if m.joint == GAIT and not is_score(m) and not _test_of(m):
            by_name.setdefault(m.measure, {})[m.side] = m
    plain = [name for name in by_name if not name.endswith((_RATIO, _INDEX))]
    plain.sort(key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    return tuple(
        _row(name, by_name, find_gait_norm(norms, name, subject, made_with)) for name in plain
    )


def find_scores(measurements: Iterable[Measurement]) -> tuple[ParameterRow, ...]:
    """Return how far the curves of each leg lie from the reference, a row for each angle."""
    by_name: dict[str, dict[Side, Measurement]] = {}
    for m in measurements:
        if is_score(m):
            by_name.setdefault(m.measure, {})[m.side] = m
    return tuple(_row(name, by_name) for name in by_name)


def find_test(measurements: Iterable[Measurement]) -> tuple[str, tuple[Measurement, ...]]:
    """Return which timed test was done and its numbers; an empty name where none was."""
    found = tuple(m for m in measurements if m.joint == GAIT and _test_of(m))
    return (_test_of(found[0]), found) if found else ("", ())


def _test_of(m: Measurement) -> str:
    return next((test for test in _TESTS if m.measure.startswith(f"{test}_")), "")


def _row(
    name: str,
    by_name: dict[str, dict[Side, Measurement]],
    norm: GaitNorm | None = None,
) -> ParameterRow:
    sides = by_name[name]
    return ParameterRow(
        measure=name,
        unit=next(iter(sides.values())).unit,
        left=sides.get(Side.LEFT),
        right=sides.get(Side.RIGHT),
        both=sides.get(Side.BOTH),
        ratio=_only(by_name.get(name + _RATIO)),
        index=_only(by_name.get(name + _INDEX)),
        norm=norm,
    )


def _only(found: dict[Side, Measurement] | None) -> Measurement | None:
    return next(iter(found.values())) if found else None


def find_gaps(measurements: Iterable[Measurement]) -> list[tuple[str, list[Measurement]]]:
    """Return what of a walk could not be measured: each reason with the numbers it concerns."""
    reasons: dict[str, list[Measurement]] = {}
    for m in measurements:
        if m.joint == GAIT and not math.isfinite(m.value):
            reasons.setdefault(m.note or "No reason is known", []).append(m)
    return list(reasons.items())
