"""Timed up and go: stand up, walk 3 m, turn, walk back, sit down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from motion.gait.error_figures import GaitErrors
from motion.gait.timed_motion import NOT_COMPARABLE, TimedMotion, TimedResult
from motion.gait.timed_numbers import missing_number, timed_number
from motion.gait.timed_rises import (
    Rise,
    find_lowering,
    find_rises,
    find_seated_again,
    find_start,
    find_upright,
)
from motion.gait.timed_series import EvenMotion, even_out
from motion.gait.timed_turn import find_last_facing, find_turn
from motion.model import Measurement, MeasureVerdict, TimedPhase
from motion.signals import MAX_GAP_S, find_runs

__all__ = ["TUG_PHASES", "measure_tug"]

TUG_PHASES: Final = ("stand_up", "walk_out", "turn", "walk_back", "sit_down")

_TEST: Final = "tug"
_WALKS_OF_HEIGHT: Final = 1.2
"""Who goes this many times the hips' standing height, about a metre, has walked."""
_SHORTEST_S: Final = 3.0
"""Nobody gets up, walks 3 m and back and sits down within this time: something else was seen."""
_WAY_M: Final = (2.5, 4.2)
"""The hips go 3 m and what they lie behind the chair's edge and beyond the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tug:
    """One try, from leaving the seat to sitting again; NaN of what was not seen."""

    start_s: float
    half_up_s: float
    upright_s: float
    turn_s: float
    turned_s: float
    sits_s: float
    seated_s: float
    way: float
    hidden_s: float
    saw_rest: bool

    @property
    def phases(self) -> tuple[TimedPhase, ...]:
        """The phases both ends of which were seen, in order."""
        moments = (
            self.start_s, self.upright_s, self.turn_s, self.turned_s, self.sits_s, self.seated_s,
        )  # fmt: skip
        return tuple(
            TimedPhase(test=_TEST, phase=phase, start_s=start_s, end_s=end_s)
            for phase, (start_s, end_s) in zip(TUG_PHASES, pairwise(moments), strict=True)
            if end_s >= start_s
        )


def measure_tug(motion: TimedMotion, go_s: float, errors: GaitErrors) -> TimedResult:
    """Return the time and the phases of a timed up and go, seen from the side.

    The test and its clock are those of Podsiadlo & Richardson 1991 (J Am Geriatr Soc 39:142): from
    GO until the person is seated again. The five phases follow Salarian et al. 2010 (IEEE Trans
    Neural Syst Rehabil Eng 18:303): standing up until upright, walking out, turning, walking
    back, and turning before the chair and sitting down. How each moment is found stands at
    :func:`find_start`, :func:`find_upright`, :func:`find_turn`, :func:`find_lowering` and
    :func:`find_seated_again`; docs/timed_tests.md tells it in words.

    Of several tries the first whole one is timed (after GO, where that is known). Getting up
    without walking is no try.

    Parameters
    ----------
    motion
        The whole recording.
    go_s
        When GO was said; NaN where nobody knows: then the clock starts with the movement, and the
        time is not comparable with cut-offs (clinical_rules.md 18).
    errors
        Error figures of the numbers.
    """
    even = even_out(motion)
    rises = find_rises(even) if even else ()
    if even is None or not rises:
        return _not_measured("nobody was seen to get up from a seat, with hips and a foot in view")
    walked = [rise for rise in rises if _way(even, rise) > _WALKS_OF_HEIGHT * rise.standing]
    if not walked:
        return _not_measured(
            "nobody was seen to walk a metre along the picture between getting up and sitting "
            "down; film the whole way from the side"
        )
    chosen, why_not = _choose(walked, go_s)
    if chosen is None:
        return _not_measured(why_not)
    tug = _time(even, chosen)
    if not tug.seated_s - tug.start_s >= _SHORTEST_S:
        return _not_measured(_say_open_end(tug))
    warnings = [*_tell_of_tries(rises, walked), *_doubt(motion, tug)]
    start_s, of_go = _find_clock(go_s, tug, motion.time_s[0], warnings)
    numbers = _numbers(motion, tug, start_s, errors, "" if of_go else NOT_COMPARABLE)
    return TimedResult(
        phases=tug.phases,
        measurements=numbers,
        warnings=tuple(warnings),
    )


def _choose(rises: Sequence[Rise], go_s: float) -> tuple[Rise | None, str]:
    """Return the first whole try, after GO where that is known; or why there is none."""
    later = [rise for rise in rises if not rise.down_s <= go_s]
    whole = [rise for rise in later if rise.whole]
    if whole:
        return whole[0], ""
    return None, later[0].why_not if later else "nobody got up after GO"


def _way(motion: EvenMotion, rise: Rise) -> float:
    """Return how far the hips go along the picture while up, in its units."""
    end_s = rise.down_s if math.isfinite(rise.down_s) else rise.seen_to_s
    start_s = rise.up_s if math.isfinite(rise.up_s) else rise.seen_from_s
    x = motion.x[motion.rows(start_s, end_s)]
    x = x[np.isfinite(x)]
    return float(np.max(np.abs(x - x[0]))) if len(x) else 0.0


def _time(motion: EvenMotion, rise: Rise) -> _Tug:
    start_s, saw_rest = find_start(motion, rise)
    upright_s = find_upright(motion, rise)
    lowers_s = find_lowering(motion, rise)
    turn_s, turned_s = find_turn(motion, upright_s, lowers_s)
    faces_s = find_last_facing(motion, turned_s, lowers_s)
    seen = motion.rows(rise.up_s, rise.down_s) & np.isfinite(motion.x)
    runs = find_runs(motion.time_s, seen, motion.step_s)
    gaps_s = [
        float(motion.time_s[after[0]] - motion.time_s[before[-1]])
        for before, after in pairwise(runs)
    ]
    seated_x = motion.x[motion.rows(rise.seen_from_s, rise.up_s)]
    seated_x = seated_x[np.isfinite(seated_x)]
    walked_x = motion.x[seen]
    return _Tug(
        start_s=start_s,
        half_up_s=rise.up_s,
        upright_s=upright_s,
        turn_s=turn_s,
        turned_s=turned_s,
        sits_s=faces_s if math.isfinite(faces_s) else lowers_s,
        seated_s=find_seated_again(motion, rise),
        way=float(np.max(np.abs(walked_x - np.median(seated_x)))),
        hidden_s=sum(gaps_s),
        saw_rest=saw_rest,
    )


def _find_clock(
    go_s: float, tug: _Tug, recorded_from_s: float, warnings: list[str]
) -> tuple[float, bool]:
    """Return when the clock starts, and whether that is GO; say what speaks against it."""
    if math.isnan(go_s):
        warnings.append("The moment of GO is not known: timed from the first movement")
        return tug.start_s, False
    if not recorded_from_s <= go_s < tug.half_up_s:
        warnings.append(
            f"GO at {go_s:.1f} s does not go before standing up at {tug.start_s:.1f} s: "
            "timed from the first movement; give the moment of GO again"
        )
        return tug.start_s, False
    if go_s > tug.start_s:
        warnings.append(f"The person moved {go_s - tug.start_s:.1f} s before GO; timed from GO")
    return go_s, True


def _tell_of_tries(rises: Sequence[Rise], walked: Sequence[Rise]) -> list[str]:
    said = []
    whole = sum(rise.whole for rise in walked)
    if whole > 1:
        said.append(
            f"{whole} whole tries in the recording: the first after GO is timed, or the first of "
            "all; give the moment of GO before another to time that"
        )
    only_up = sum(rise.whole for rise in rises if rise not in walked)
    if only_up:
        said.append(f"Got up {only_up} time{'s' * (only_up > 1)} without walking: not timed")
    return said


def _doubt(motion: TimedMotion, tug: _Tug) -> list[str]:
    said = []
    if math.isnan(tug.turn_s):
        said.append("The turn was not seen: walking out, turning and walking back are not parted")
    if not tug.saw_rest:
        said.append(
            "The trunk was not seen at rest before: the start is that of the hips, some tenths "
            "of a second late"
        )
    if tug.hidden_s > MAX_GAP_S:
        said.append(f"Out of view for {tug.hidden_s:.1f} s on the way")
    if not motion.scale.known:
        said.append("No scale in metres: whether the way was 3 m was not checked")
    elif not _is_three_metres(motion, tug):
        said.append(
            f"The hips went {tug.way * motion.scale.m_per_unit:.1f} m from the chair, where the "
            "test asks for a line at 3 m: not comparable with cut-offs"
        )
    return said


def _is_three_metres(motion: TimedMotion, tug: _Tug) -> bool:
    if not motion.scale.known:
        return True
    return _WAY_M[0] <= tug.way * motion.scale.m_per_unit <= _WAY_M[1]


def _say_open_end(tug: _Tug) -> str:
    if math.isnan(tug.start_s):
        return "the recording shows no quiet sitting before standing up; start it earlier"
    if math.isfinite(tug.seated_s):
        return f"what was seen took less than {_SHORTEST_S:g} s, too short for the whole test"
    return "the recording ends before the person has sat down"


def _numbers(
    motion: TimedMotion, tug: _Tug, start_s: float, errors: GaitErrors, note: str
) -> tuple[Measurement, ...]:
    rows = (motion.time_s >= tug.start_s) & (motion.time_s <= tug.seated_s)
    seen = float(np.mean(np.isfinite(motion.mid_hip[rows, 0])))
    sure = tug.hidden_s <= MAX_GAP_S and tug.saw_rest and _is_three_metres(motion, tug)
    total = replace(
        timed_number("tug_time", tug.seated_s - start_s, errors, motion.scale),
        verdict=MeasureVerdict.MEASURED if sure else MeasureVerdict.UNCERTAIN,
        valid_fraction=seen,
        note=note,
    )
    lasted_s = {phase.phase: phase.end_s - phase.start_s for phase in tug.phases}
    return (
        total,
        *(
            timed_number(f"tug_{phase}_time", lasted_s[phase], errors, motion.scale)
            if phase in lasted_s
            else missing_number(f"tug_{phase}_time", "where it begins or ends was not seen")
            for phase in TUG_PHASES
        ),
    )


def _not_measured(why_not: str) -> TimedResult:
    measures = ("tug_time", *(f"tug_{phase}_time" for phase in TUG_PHASES))
    return TimedResult(
        measurements=tuple(missing_number(measure, why_not) for measure in measures),
        warnings=(f"Timed up and go not measured: {why_not}",),
    )
