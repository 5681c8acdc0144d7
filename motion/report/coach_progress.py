"""How far the exercise is: the number and its light, repetitions, hold, tempo, standstills."""

import math
from typing import Final

from motion.exercise.coach_state import CoachState, LightColour, Phase
from motion.exercise.prescription import Dose
from motion.report.coach_cards import (
    Bar,
    Layout,
    draw_bar,
    draw_middle,
    draw_number,
    draw_timer,
)
from motion.report.coach_joint import ON_TARGET_BGR, TARGET_BGR
from motion.report.coach_signs import Sign, draw_disc
from motion.report.lights import FAIR, GOOD, NOT_MEASURED
from motion.report.strokes import Bgr, Picture
from motion.texts import Texts

__all__ = ["LIGHTS", "draw_progress", "find_tempo", "share_of", "whole_seconds", "write_degrees"]

LIGHTS: Final = {
    LightColour.GOOD: (Sign.TICK, GOOD.bgr),
    LightColour.FAIR: (Sign.TILDE, FAIR.bgr),
    LightColour.NOT_MEASURED: (Sign.CROSS, NOT_MEASURED.bgr),
}
_STANDSTILLS: Final = {
    Phase.PAUSED: Sign.BARS,
    Phase.PAIN: Sign.CROSS,
    Phase.DONE: Sign.TICK,
    Phase.ENDED: Sign.SQUARE,
}
_RING_BGR: Final[Bgr] = (233, 180, 86)
_TICK_S: Final = 1.2


def draw_progress(
    image: Picture, layout: Layout, texts: Texts, coach: CoachState, dose: Dose
) -> None:
    """Draw everything of the coach's state but the angle at its joint and the cue."""
    if coach.angle:
        sign, colour = LIGHTS[coach.light]
        number = write_degrees(coach.angle_deg)
        draw_number(image, layout, number, (sign, texts.say(f"light.{coach.light}"), colour))
    _draw_counts(image, layout, texts, coach)
    parts = [
        Bar(texts.say(f"phase.{phase}"), wanted_s, share)
        for phase, wanted_s, share in find_tempo(coach, dose)
    ]
    if parts:
        draw_bar(image, layout, parts)
    if coach.phase in _STANDSTILLS:
        word = texts.say(f"phase.{coach.phase}")
        draw_middle(image, layout, "", word, _STANDSTILLS[coach.phase])
    elif coach.phase is Phase.BETWEEN_SETS:
        digits = whole_seconds(coach.rest_left_s)
        draw_middle(image, layout, digits, texts.say("phase.between_sets"), None)


def _draw_counts(image: Picture, layout: Layout, texts: Texts, coach: CoachState) -> None:
    wanted = coach.repetitions
    counted = f"{coach.repetition} / {wanted}" if wanted else f"{coach.repetition}"
    sets = texts.say("page.set", number=str(coach.set_number), wanted=str(coach.sets))
    share = share_of(coach.repetition, wanted)
    top, centre = draw_timer(image, layout, layout.margin, share, counted, sets, _RING_BGR)
    last = coach.counted[-1] if coach.counted else None
    if last is not None and 0 <= coach.time_s - last.end_s < _TICK_S:
        radius = round(0.45 * layout.ring)
        place = centre[0] - layout.ring - layout.margin - radius, centre[1]
        sign, colour = (Sign.TICK, TARGET_BGR) if last.full else (Sign.TILDE, FAIR.bgr)
        draw_disc(image, sign, place, radius, colour)
    if coach.hold_wanted_s > 0:
        share = share_of(coach.hold_s, coach.hold_wanted_s)
        left = whole_seconds(coach.hold_wanted_s - coach.hold_s)
        draw_timer(image, layout, top, share, left, texts.say("phase.hold"), ON_TARGET_BGR)


def find_tempo(coach: CoachState, dose: Dose) -> list[tuple[Phase, float, float]]:
    """Return each part of the wanted tempo: its phase, its seconds, how much of it is over.

    Empty where any tempo will do.
    """
    wanted = {Phase.RAISE: dose.raise_s, Phase.HOLD: dose.hold_s, Phase.LOWER: dose.lower_s}
    if not (math.isfinite(dose.raise_s) or math.isfinite(dose.lower_s)):
        return []
    order = list(wanted)
    at = order.index(coach.phase) if coach.phase in order else -1
    now = share_of(coach.phase_s, wanted.get(coach.phase, math.nan))
    return [
        (phase, wanted_s, 1.0 if place < at else now if place == at else 0.0)
        for place, (phase, wanted_s) in enumerate(wanted.items())
        if math.isfinite(wanted_s) and wanted_s > 0
    ]


def write_degrees(value_deg: float) -> str:
    """Return whole degrees as the screen shows them: a dash where nothing is measured."""
    # As a whole number first: there is no minus nought.
    return f"{round(value_deg)}°".replace("-", "−") if math.isfinite(value_deg) else "–"


def whole_seconds(left_s: float) -> str:
    """Return the seconds that are left as a countdown shows them: 0 only when none is left."""
    return f"{math.ceil(max(left_s, 0.0) - 1e-6)}" if math.isfinite(left_s) else ""


def share_of(done: float, wanted: float) -> float:
    """Return how much of something is done, 0 to 1; 0 where nothing is wanted."""
    share = done / wanted if wanted > 0 else 0.0
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0
