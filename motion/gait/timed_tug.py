"""Timed up and go: stand up, walk 3 m, turn, walk back, sit down."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from motion.gait.error_figures import GaitErrors
from motion.gait.timed_motion import TimedMotion, TimedResult
from motion.gait.timed_numbers import missing_number, timed_number
from motion.gait.timed_rises import Rise, find_rises
from motion.gait.timed_series import EvenMotion, even_out
from motion.gait.timed_tug_doubts import Clock, doubt_phase, doubt_try, start_clock
from motion.gait.timed_tug_moments import TUG_PHASES, TugTry, time_try
from motion.model import Measurement, MeasureVerdict

__all__ = ["TUG_PHASES", "measure_tug"]

_WALKS_OF_HEIGHT: Final = 1.2
"""Who goes this many times the hips' standing height, about a metre, has walked."""
_SHORTEST_S: Final = 3.0
"""Nobody gets up, walks 3 m and back and sits down within this time: something else was seen."""


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
    tug = time_try(even, motion, chosen)
    if not tug.seated_s - tug.start_s >= _SHORTEST_S:
        return _not_measured(_say_open_end(tug))
    clock = start_clock(go_s, tug, float(motion.time_s[0]))
    doubts, warnings, bar = doubt_try(motion, tug)
    return TimedResult(
        phases=tug.phases,
        measurements=(
            _measure_total(motion, tug, clock, doubts, bar, errors),
            *_measure_phases(motion, tug, doubts, errors),
        ),
        warnings=(*_tell_of_tries(rises, walked), *warnings, *clock.warnings),
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


def _say_open_end(tug: TugTry) -> str:
    if math.isnan(tug.start_s):
        return "the recording shows no quiet sitting before standing up; start it earlier"
    if math.isfinite(tug.seated_s):
        return f"what was seen took less than {_SHORTEST_S:g} s, too short for the whole test"
    return "the recording ends before the person has sat down"


def _measure_total(
    motion: TimedMotion,
    tug: TugTry,
    clock: Clock,
    doubts: Sequence[str],
    bar: str,
    errors: GaitErrors,
) -> Measurement:
    rows = (motion.time_s >= tug.start_s) & (motion.time_s <= tug.seated_s)
    total = replace(
        timed_number("tug_time", tug.seated_s - clock.start_s, errors, motion.scale),
        valid_fraction=float(np.mean(np.isfinite(motion.mid_hip[rows, 0]))),
    )
    total = _with_doubts(total, [*doubts, clock.doubt])
    # What bars published cut-offs makes the time itself no less certain.
    return replace(total, note=_join([total.note, clock.remark, bar]))


def _measure_phases(
    motion: TimedMotion, tug: TugTry, doubts: Sequence[str], errors: GaitErrors
) -> tuple[Measurement, ...]:
    """Return the length of each phase: what is doubtful of the whole is so of its parts."""
    lasted_s = {phase.phase: phase.end_s - phase.start_s for phase in tug.phases}
    return tuple(
        _with_doubts(
            timed_number(f"tug_{phase}_time", lasted_s[phase], errors, motion.scale),
            [*doubts, doubt_phase(motion, phase)],
        )
        if phase in lasted_s
        else missing_number(f"tug_{phase}_time", "where it begins or ends was not seen")
        for phase in TUG_PHASES
    )


def _with_doubts(number: Measurement, doubts: Sequence[str]) -> Measurement:
    note = _join(doubts)
    return replace(number, note=note, verdict=MeasureVerdict.UNCERTAIN) if note else number


def _join(remarks: Sequence[str]) -> str:
    return "; ".join(remark for remark in remarks if remark)


def _not_measured(why_not: str) -> TimedResult:
    measures = ("tug_time", *(f"tug_{phase}_time" for phase in TUG_PHASES))
    return TimedResult(
        measurements=tuple(missing_number(measure, why_not) for measure in measures),
        warnings=(f"Timed up and go not measured: {why_not}",),
    )
