"""Repetitions corrected by hand: moved, added, removed; and what can be none."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from motion.errors import InputError
from motion.model import (
    AngleCurve,
    LeftOutTime,
    Origin,
    RemovedAs,
    Repetition,
    RepetitionVerdict,
    Side,
)

__all__ = [
    "RepetitionEdit",
    "apply_repetition_edits",
    "find_left_out_times",
    "repetition_text",
]

_SHORTEST_S: Final = 0.3
"""The shortest movement that offline counting tells from another."""

_LEAST_LEFT_S: Final = 0.01
"""Times are set by hand to a hundredth of a second: a shorter rest of one is a rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionEdit:
    """One correction: ``before`` is None where a repetition is added, ``after`` where one is none.

    Make it by :meth:`add`, :meth:`move` or :meth:`remove`. A peak of NaN is the extreme of the
    angle between start and end. ``removed_as`` is read where one is removed only.
    """

    before: Repetition | None = None
    after: Repetition | None = None
    removed_as: RemovedAs = RemovedAs.NOT_COUNTED

    @classmethod
    def add(cls, curve: AngleCurve, start_s: float, end_s: float, peak_s: float = math.nan) -> Self:
        """Return the correction that a repetition of an angle is missing."""
        return cls(after=_by_hand(curve, start_s, peak_s, end_s))

    @classmethod
    def move(
        cls, found: Repetition, start_s: float, end_s: float, peak_s: float = math.nan
    ) -> Self:
        """Return the correction that a repetition began, topped out or ended at another time."""
        after = replace(
            found,
            origin=Origin.BY_HAND,
            start_s=float(start_s),
            peak_s=float(peak_s),
            end_s=float(end_s),
        )
        return cls(before=found, after=after)

    @classmethod
    def remove(cls, found: Repetition, removed_as: RemovedAs) -> Self:
        """Return the correction that a repetition was none, and what its time holds instead."""
        return cls(before=found, removed_as=removed_as)


def apply_repetition_edits(
    repetitions: Iterable[Repetition], edits: Iterable[RepetitionEdit], *, end_s: float
) -> tuple[Repetition, ...]:
    """Return the repetitions of a take as corrected, in order of time, numbered anew.

    Of one that was set by hand only the times are right: its numbers are made when the take is
    measured again. One repetition may be corrected several times, each time as it stood then.

    Parameters
    ----------
    end_s
        The time of the last frame.

    Raises
    ------
    InputError
        If a corrected repetition is not among them, lies outside the take, is too short, has its
        peak outside, or shares time with another of the same angle.
    """
    found = list(repetitions)
    for edit in edits:
        if edit.before is not None:
            found.remove(_find(found, edit.before))
        if edit.after is not None:
            _require_sound(edit.after, end_s)
            _require_apart(edit.after, found)
            found.append(edit.after)
    found.sort(key=lambda each: each.start_s)
    return tuple(replace(each, repetition=n) for n, each in enumerate(found, start=1))


def find_left_out_times(
    before: Iterable[LeftOutTime], edits: Iterable[RepetitionEdit]
) -> tuple[LeftOutTime, ...]:
    """Return the times of a take in which a repetition was taken out, after more corrections.

    One of the same angle that is added or moved there later says that the time is the exercise's
    again, as far as it reaches: the rest of the time stays out.

    Parameters
    ----------
    before
        The times that were taken out so far.
    edits
        In the order in which they were made.
    """
    times = list(before)
    for edit in edits:
        if edit.after is None and edit.before is not None:
            times.append(_time_of(edit.before, edit.removed_as))
        elif edit.after is not None:
            times = [part for each in times for part in _uncovered(each, edit.after)]
    return tuple(sorted(times, key=lambda each: each.start_s))


def repetition_text(repetition: Repetition) -> str:
    """Return which repetition it is: ``left knee flexion, 1.20 to 3.40 s``."""
    side = "" if repetition.side is Side.NONE else f"{repetition.side.value} "
    angle = f"{repetition.joint} {repetition.motion}".replace("_", " ")
    return f"{side}{angle}, {repetition.start_s:.2f} to {repetition.end_s:.2f} s"


def _by_hand(curve: AngleCurve, start_s: float, peak_s: float, end_s: float) -> Repetition:
    return Repetition(
        repetition=0,
        joint=curve.joint,
        motion=curve.motion,
        side=curve.side,
        direction=0,
        start_s=float(start_s),
        peak_s=float(peak_s),
        end_s=float(end_s),
        peak_deg=math.nan,
        rom_deg=math.nan,
        raise_s=math.nan,
        hold_s=math.nan,
        lower_s=math.nan,
        smoothness_sparc=math.nan,
        confidence=math.nan,
        verdict=RepetitionVerdict.NOT_MEASURABLE,
        origin=Origin.BY_HAND,
    )


def _time_of(each: Repetition, why: RemovedAs) -> LeftOutTime:
    return LeftOutTime(
        joint=each.joint,
        motion=each.motion,
        side=each.side,
        start_s=float(each.start_s),
        end_s=float(each.end_s),
        why=why,
    )


def _uncovered(time: LeftOutTime, by: Repetition) -> list[LeftOutTime]:
    """Return what is left of a time before and after a repetition that stands in it."""
    if not _shares_time(by, time):
        return [time]
    if time.why.counts_for_range:  # takes nothing out; what it was is said anew
        return []
    parts = (replace(time, end_s=by.start_s), replace(time, start_s=by.end_s))
    return [each for each in parts if each.end_s - each.start_s >= _LEAST_LEFT_S]


def _shares_time(one: Repetition, other: Repetition | LeftOutTime) -> bool:
    same = (other.joint, other.motion, other.side) == (one.joint, one.motion, one.side)
    return same and one.start_s < other.end_s and other.start_s < one.end_s


def _key(each: Repetition) -> tuple[str, str, Side, float, float]:
    return each.joint, each.motion, each.side, each.start_s, each.end_s


def _find(found: Iterable[Repetition], wanted: Repetition) -> Repetition:
    for each in found:
        if _key(each) == _key(wanted):
            return each
    msg = f"no repetition of {repetition_text(wanted)}: load the take again, then correct it"
    raise InputError(msg)


def _require_sound(each: Repetition, end_s: float) -> None:
    if not 0.0 <= each.start_s < each.end_s <= end_s:  # NaN too
        msg = (
            f"repetition must start and end within the take, 0 to {end_s:.2f} s, got "
            f"{each.start_s:.2f} to {each.end_s:.2f} s: set it there"
        )
        raise InputError(msg)
    if each.end_s - each.start_s < _SHORTEST_S:
        msg = (
            f"repetition of {each.end_s - each.start_s:.2f} s is shorter than {_SHORTEST_S} s: "
            "move its start or its end"
        )
        raise InputError(msg)
    if math.isfinite(each.peak_s) and not each.start_s <= each.peak_s <= each.end_s:
        msg = (
            f"peak must lie between start and end, {each.start_s:.2f} to {each.end_s:.2f} s, got "
            f"{each.peak_s:.2f} s: set it there"
        )
        raise InputError(msg)


def _require_apart(each: Repetition, others: Iterable[Repetition]) -> None:
    for other in others:
        if _shares_time(each, other):
            msg = (
                f"repetition from {each.start_s:.2f} to {each.end_s:.2f} s shares time with the "
                f"one from {other.start_s:.2f} to {other.end_s:.2f} s: move or remove one"
            )
            raise InputError(msg)
