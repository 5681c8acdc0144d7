"""Repetitions of which a person says where they begin and end, with the same numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from motion.exercise.excursions import describe_excursion
from motion.exercise.movements import Movement
from motion.exercise.repetitions import (
    RepetitionCount,
    bridge_gaps,
    count_repetitions,
    describe_repetition,
)
from motion.model import AngleCurve, FloatArray, Origin, Repetition, UniformSeries
from motion.signals import differentiate, grid_rate, resample_uniform

__all__ = ["count_said_repetitions"]


def count_said_repetitions(
    time_s: FloatArray,
    curve: AngleCurve,
    rate_hz: float,
    movement: Movement,
    said: Sequence[Repetition],
) -> RepetitionCount:
    """Describe the repetitions that somebody says there are, with today's curve.

    Where each begins, tops out and ends is as said; all its numbers are made as in
    :func:`count_repetitions`. One that was found, and is found again at the same times, is as it
    is found. A peak of NaN is the extreme between start and end, a direction of 0 the way that the
    peak lies from rest.

    Parameters
    ----------
    said
        Repetitions of this curve; only their times, directions and origins are read.
    """
    found = count_repetitions(time_s, curve, rate_hz, movement)
    if not np.isfinite(found.rest_deg):
        return found
    series = resample_uniform(time_s, curve.value_deg[:, None], grid_rate(rate_hz), 1.0 / rate_hz)
    speed = series.with_values(np.abs(differentiate(series)))
    rest_deg = found.rest_deg
    described = []
    in_order = sorted(said, key=lambda one: one.start_s)
    ends_s = [float(time_s[0]), *(one.end_s for one in in_order)]
    starts_s = [*(one.start_s for one in in_order), float(time_s[-1])]
    for place, each in enumerate(in_order):
        again = _find_again(each, found.repetitions, 1.0 / rate_hz)
        if again is not None:
            described.append(again)
            continue
        direction = each.direction or _way_of(each, series, rest_deg)
        raw = direction * (series.values[:, 0] - rest_deg)
        excursion = describe_excursion(
            series.time_s,
            raw,
            bridge_gaps(raw),
            (each.start_s, each.peak_s, each.end_s),
            (ends_s[place], starts_s[place + 1]),
        )
        one = describe_repetition(0, direction, excursion, curve, time_s, speed, movement, rest_deg,
                        of_hand=np.isfinite(each.peak_s))  # fmt: skip
        described.append(replace(one, origin=each.origin))
    return RepetitionCount(
        repetitions=tuple(replace(one, repetition=n) for n, one in enumerate(described, start=1)),
        rest_deg=rest_deg,
        incomplete=found.incomplete,
    )


def _find_again(
    said: Repetition, found: Iterable[Repetition], within_s: float
) -> Repetition | None:
    if said.origin is Origin.BY_HAND:
        return None
    return next(
        (
            each
            for each in found
            if each.direction == said.direction
            and abs(each.start_s - said.start_s) <= within_s
            and abs(each.end_s - said.end_s) <= within_s
        ),
        None,
    )


def _way_of(said: Repetition, series: UniformSeries, rest_deg: float) -> int:
    """Return to which side of rest the angle goes farther within a repetition."""
    rows = (series.time_s >= said.start_s) & (series.time_s <= said.end_s)
    moved = bridge_gaps(series.values[:, 0])[rows] - rest_deg
    return 1 if not len(moved) or np.max(moved) >= -np.min(moved) else -1
