"""What the coach could say at a moment: every reason to speak, with its urgency."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from motion.exercise.coach_cues import Wish
from motion.exercise.coach_state import CoachEvent, CoachState, LightColour, Phase
from motion.exercise.cues import Cue, CueKey

__all__ = ["Moment", "wish_cues"]

_LEAST_ERRORS: Final = 2.0
"""Nobody is asked to go further by less than this many within-take errors (rule 21)."""

_STALLED_DEG_S: Final = 8.0
_GOING_AWAY: Final = frozenset({Phase.RAISE, Phase.HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is known besides the state that is shown.

    Parameters
    ----------
    speed_deg_s
        Of the counted angle.
    error_deg
        Its error within a take; NaN where it was never measured.
    far_enough
        Whether the plan's limit is reached.
    pain_too_high
        Whether the last answer was above the plan's limit.
    too_fast
        Whether the last repetition was much faster than its tempo.
    went_too_far
        Whether the last repetition passed the plan's limit: it is not praised (rule 19).
    compensation_cues
        Keys of the cues of the compensations that go on.
    """

    speed_deg_s: float
    error_deg: float
    far_enough: bool
    pain_too_high: bool
    too_fast: bool
    went_too_far: bool
    compensation_cues: tuple[str, ...]


def wish_cues(state: CoachState, moment: Moment) -> Iterator[Wish]:
    """Yield everything that could be said, in no order."""
    yield from _of_phase(state, moment)
    if state.phase not in (Phase.WAITING, Phase.REST, Phase.RAISE, Phase.HOLD, Phase.LOWER):
        return
    if moment.far_enough:
        yield Wish(Cue(CueKey.FAR_ENOUGH), 80, lasting=True)
    if state.light is LightColour.NOT_MEASURED and state.frozen and state.light_cue:
        yield Wish(state.light_cue, 75, lasting=True)
        return
    for key in moment.compensation_cues:
        yield Wish(Cue(key), 70)
    yield from _of_hold(state)
    yield from _of_target(state, moment)
    yield from _of_events(state, moment)
    if state.light is LightColour.FAIR and state.light_cue:
        yield Wish(state.light_cue, 10)


def _of_phase(state: CoachState, moment: Moment) -> Iterator[Wish]:
    match state.phase:
        case Phase.PAIN:
            yield Wish(Cue(CueKey.PAIN_STOP), 100, lasting=True)
        case Phase.PAUSED:
            yield Wish(Cue(CueKey.PAUSED), 90, lasting=True)
        case Phase.DONE:
            yield Wish(Cue(CueKey.ALL_DONE), 90, lasting=True)
        case Phase.ENDED if moment.pain_too_high:
            yield Wish(Cue(CueKey.PAIN_TOO_HIGH), 100, lasting=True)
        case Phase.BETWEEN_SETS:
            left = str(math.ceil(state.rest_left_s))
            yield Wish(Cue(CueKey.REST, (("seconds", left),)), 60, lasting=True)
        case Phase.WAITING:
            yield Wish(Cue(CueKey.START_POSITION), 20, lasting=True)


def _of_hold(state: CoachState) -> Iterator[Wish]:
    if state.hold_wanted_s <= 0 or state.phase is not Phase.HOLD:
        return
    left_s = state.hold_wanted_s - state.hold_s
    if left_s > 0:
        seconds = str(math.ceil(left_s))
        yield Wish(Cue(CueKey.HOLD, (("seconds", seconds),)), 60, lasting=True)
    else:
        yield Wish(Cue(CueKey.GOOD_HOLD), 50)
        yield Wish(Cue(CueKey.SLOWLY_BACK), 45)


def _of_target(state: CoachState, moment: Moment) -> Iterator[Wish]:
    """Ask for a little more where the limb has come to a stop below the target; never beyond."""
    left_deg = abs(state.target_deg - state.angle_deg)
    stalled = state.phase in _GOING_AWAY and abs(moment.speed_deg_s) < _STALLED_DEG_S
    below = state.reached < 1.0 and left_deg > state.tolerance_deg
    if stalled and below and left_deg >= _LEAST_ERRORS * moment.error_deg and state.reached > 0.3:
        yield Wish(Cue(CueKey.A_LITTLE_FURTHER, (("degrees", f"{left_deg:.0f}"),)), 50)


def _of_events(state: CoachState, moment: Moment) -> Iterator[Wish]:
    if CoachEvent.TARGET in state.events and state.hold_wanted_s <= 0:
        yield Wish(Cue(CueKey.SLOWLY_BACK), 40)
    if CoachEvent.REPETITION in state.events and not moment.went_too_far:
        yield Wish(Cue(CueKey.SLOWER if moment.too_fast else CueKey.GOOD), 30)
    if CoachEvent.SET_BEGINS in state.events:
        number = (("set", str(state.set_number)),)
        yield Wish(Cue(CueKey.NEXT_SET, number), 35)
    elif state.phase is Phase.REST and state.repetition == 0 and state.partial == 0:
        yield Wish(Cue(CueKey.BEGIN), 15)
