"""The two chair stand tests: the time of five, and how many in thirty seconds.

References
----------
Whitney SL et al. 2005, Phys Ther 85:1034: five times, arms crossed on the chest, from "go" until
the buttocks touch the chair after the fifth. CDC STEADI, 30-Second Chair Stand: from "go", a stand
of more than half at the end counts, and using the arms makes the score 0.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.functional_motion import FunctionalMotion, FunctionalResult
from motion.exercise.functional_numbers import (
    ErrorFigures,
    Seen,
    functional_number,
    missing_number,
)
from motion.exercise.functional_stands import Stand, find_stands, find_start
from motion.model import NO_CUT_OFFS, NOT_COMPARABLE, Measurement

__all__ = ["FIVE", "THIRTY", "measure_five_stands", "measure_thirty_seconds"]

FIVE: Final = "five_sit_to_stand_time"
THIRTY: Final = "thirty_second_stands"

_FIVE_N: Final = 5
_BELL_S: Final = 30.0
_UPRIGHT_DEG: Final = 10.0
"""Standing is within 10 degrees of the person's own standing angle (clinical_rules.md 18)."""
_LONGEST_WAIT_S: Final = 3.0
_SEEN: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """When the test began, and what is to be said of that."""

    start_s: float
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def measure_five_stands(
    motion: FunctionalMotion, go_s: float, figures: ErrorFigures
) -> FunctionalResult:
    """Return the time from GO until the person is seated after the fifth stand.

    Parameters
    ----------
    motion
        The whole recording.
    go_s
        When GO was said; NaN where nobody knows: then the clock starts with the movement, and the
        time is not comparable with cut-offs (clinical_rules.md 18).
    figures
        Error figures.
    """
    stands = _find_after(motion, go_s)
    if not stands:
        return _not_measured(FIVE, _NOBODY_STOOD)
    own_deg = _standing_angle(stands)
    counted = [stand for stand in stands if stand.sat and _is_upright(stand, own_deg)]
    if len(counted) < _FIVE_N:
        return _not_measured(FIVE, _say_too_few(stands, counted, own_deg))
    last = counted[_FIVE_N - 1]
    done = [stand for stand in stands if stand.up_s <= last.up_s]
    clock = _start_clock(motion, go_s, stands[0])
    seen = motion.share_seen(motion.hips, clock.start_s, last.seated_s)
    number = functional_number(
        FIVE,
        last.seated_s - clock.start_s,
        figures,
        Seen(
            share=seen,
            doubts=(
                *clock.doubts,
                *_doubt_stands(done, counted, own_deg),
                *_doubt_hands(done, "not a valid test"),
                *_doubt_sight(seen),
            ),
            remarks=(*clock.remarks, *_tell_of_more(len(stands) - len(done))),
        ),
        n_repetitions=_FIVE_N,
    )
    span_s = (clock.start_s, last.seated_s)
    return FunctionalResult(measurements=(number,), spans_s=(span_s,))


def measure_thirty_seconds(
    motion: FunctionalMotion, go_s: float, figures: ErrorFigures
) -> FunctionalResult:
    """Return how many times somebody stood up within thirty seconds of GO.

    A stand that is more than half done when the time is over counts; one that did not come
    upright does not, and where the hands were used the score is 0, as the test has it. The
    parameters are those of :func:`measure_five_stands`.
    """
    stands = _find_after(motion, go_s)
    if not stands:
        return _not_measured(THIRTY, _NOBODY_STOOD)
    clock = _start_clock(motion, go_s, stands[0])
    bell_s = clock.start_s + _BELL_S
    within = [stand for stand in stands if stand.up_s <= bell_s]
    own_deg = _standing_angle(within)
    counted = [s for s in within if not s.down_s <= bell_s or _is_upright(s, own_deg)]
    short_s = bell_s - float(motion.time_s[-1])
    if short_s > motion.step_s:
        why = (
            f"the recording ends {short_s:.1f} s before the thirty seconds are over, "
            f"after {len(counted)} stands"
        )
        return _not_measured(THIRTY, why)
    seen = motion.share_seen(motion.hips, clock.start_s, bell_s)
    pushed = _doubt_hands(within, f"by the rule of the test the score is 0; {len(counted)} stands")
    used = any(stand.hands_off for stand in within)
    number = functional_number(
        THIRTY,
        0.0 if used else float(len(counted)),
        figures,
        Seen(
            share=seen,
            doubts=(*clock.doubts, *pushed, *_doubt_sight(seen)),
            remarks=(*clock.remarks, *_doubt_stands(within, counted, own_deg)),
        ),
        n_repetitions=len(counted),
    )
    return FunctionalResult(measurements=(number,), spans_s=((clock.start_s, bell_s),))


_NOBODY_STOOD: Final = (
    "nobody was seen to get up from a chair; film from the side, with hips and shoulders in view"
)


def _not_measured(measure: str, why_not: str) -> FunctionalResult:
    missing: Measurement = missing_number(measure, why_not)
    return FunctionalResult(measurements=(missing,))


def _find_after(motion: FunctionalMotion, go_s: float) -> tuple[Stand, ...]:
    return tuple(stand for stand in find_stands(motion) if not stand.up_s <= go_s)


def _standing_angle(stands: Sequence[Stand]) -> float:
    """Return the person's own standing angle of the knee: the median over the stands."""
    known = [stand.knee_deg for stand in stands if math.isfinite(stand.knee_deg)]
    return float(np.median(known)) if known else math.nan


def _is_upright(stand: Stand, own_deg: float) -> bool:
    """Return whether the knee came to the person's own standing angle, or is not known."""
    return not stand.knee_deg > own_deg + _UPRIGHT_DEG


def _start_clock(motion: FunctionalMotion, go_s: float, first: Stand) -> _Clock:
    moves_s = find_start(motion, first)
    if math.isfinite(go_s) and go_s >= float(motion.time_s[0]):
        wait_s = moves_s - go_s
        late = f"the first movement came {wait_s:.1f} s after GO"
        return _Clock(start_s=go_s, doubts=(late,) if wait_s > _LONGEST_WAIT_S else ())
    if math.isfinite(moves_s):
        return _Clock(start_s=moves_s, remarks=(NOT_COMPARABLE,))
    doubt = "the person was not seen seated before the first stand"
    return _Clock(start_s=first.up_s, doubts=(doubt,), remarks=(NOT_COMPARABLE,))


def _say_too_few(stands: Sequence[Stand], counted: Sequence[Stand], own_deg: float) -> str:
    said = [f"{len(counted)} of five stands were seen whole"]
    if open_n := sum(not stand.sat for stand in stands):
        said.append(f"{open_n} without sitting down again")
    if bent_n := sum(not _is_upright(stand, own_deg) for stand in stands):
        said.append(f"{bent_n} without standing up straight")
    return ", ".join(said)


def _doubt_stands(
    done: Sequence[Stand], counted: Sequence[Stand], own_deg: float
) -> tuple[str, ...]:
    said = []
    if not math.isfinite(own_deg):
        said.append("the knee was not seen: whether each stand came upright was not checked")
    if left_out_n := sum(stand not in counted for stand in done):
        said.append(f"{left_out_n} more not counted: not upright, or not seated again")
    return tuple(said)


def _doubt_hands(stands: Sequence[Stand], what_of_it: str) -> tuple[str, ...]:
    off = [str(n) for n, stand in enumerate(stands, start=1) if stand.hands_off]
    if off:
        return (f"the hands left the chest in stand {', '.join(off)}: {what_of_it}, {NO_CUT_OFFS}",)
    if any(stand.hands_off is None for stand in stands):
        return (f"whether the hands stayed on the chest was not seen, {NO_CUT_OFFS}",)
    return ()


def _doubt_sight(seen: float) -> tuple[str, ...]:
    if seen >= _SEEN:
        return ()
    return (f"the hips were out of view for {100.0 * (1.0 - seen):.0f} % of the test",)


def _tell_of_more(more_n: int) -> tuple[str, ...]:
    return (f"the first five of {_FIVE_N + more_n} stands",) if more_n else ()
