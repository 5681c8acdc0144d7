"""A live take on a terminal: phase, number, count, light and cue as text, a few times a second."""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from motion.exercise.coach_state import CoachState, LightColour, Phase
from motion.live.snapshot import LiveSnapshot, LiveStage
from motion.texts import Texts

__all__ = ["ShowMoment", "describe_moment", "describe_safety", "show_moments"]

ShowMoment = Callable[[LiveSnapshot, str], None]
"""Shows a moment, and the digits of an answer that is being typed."""

_SIGNS: Final = {
    LightColour.GOOD: "●",
    LightColour.FAIR: "◐",
    LightColour.NOT_MEASURED: "○",
}
_SAFETY: Final = (
    "nobody_watching",
    "emergency",
    "clinic_today",
    "stop_signs",
    "pain_button",
)
_KEYS: Final = "space: start or pause   p: pain   q: stop"


def describe_moment(moment: LiveSnapshot, texts: Texts, typed: str = "") -> list[str]:
    """Return the lines that say what a session shows at one moment.

    Parameters
    ----------
    typed
        Digits of the answer to the question about pain.
    """
    coach, setup = moment.coach, moment.setup
    cue = (coach.cue or coach.light_cue) if coach else (setup.cue if setup else None)
    lines = [_describe_stage(moment, texts)]
    if coach is not None:
        lines += [_describe_number(coach), _describe_count(coach, texts)]
    lines.append(texts.cue(cue) if cue else "")
    if coach is not None and coach.phase is Phase.PAIN:
        lines.append(f"0-10, Enter: {typed}")
    stats = moment.stats
    delay = "-" if math.isnan(stats.delay_p95_ms) else f"{stats.delay_p95_ms:.0f}"
    lines.append(f"{stats.rate_hz:.0f} pictures/s, delay {delay} ms, dropped {stats.dropped_n}")
    return lines


def describe_safety(texts: Texts) -> list[str]:
    """Return what is said before an exercise that nobody is watching (clinical_rules.md 20)."""
    return [texts.say(f"safety.{key}") for key in _SAFETY]


def _describe_stage(moment: LiveSnapshot, texts: Texts) -> str:
    if moment.stage is LiveStage.STARTING:
        return texts.say("setup.camera_starts")
    if moment.setup is not None:
        return texts.say(f"step.{moment.setup.step}")
    if moment.coach is not None:
        return texts.say(f"phase.{moment.coach.phase}")
    return "Recording"


def _describe_number(coach: CoachState) -> str:
    value = "-" if math.isnan(coach.angle_deg) else f"{coach.angle_deg:.0f}°"
    target = "" if math.isnan(coach.target_deg) else f" of {coach.target_deg:.0f}°"
    hold = f"   {coach.hold_s:.0f} of {coach.hold_wanted_s:.0f} s" if coach.hold_wanted_s else ""
    return f"{value}{target}{hold}"


def _describe_count(coach: CoachState, texts: Texts) -> str:
    light = f"{_SIGNS[coach.light]} {texts.say(f'light.{coach.light}')}"
    return (
        f"{coach.repetition} of {coach.repetitions} (set {coach.set_number} of {coach.sets}, "
        f"{coach.partial} partial)   {light}"
    )


@contextmanager
def show_moments(texts: Texts, *, keys: bool) -> Iterator[ShowMoment]:
    """Give what shows a moment on a terminal, and nothing elsewhere.

    Parameters
    ----------
    keys
        Whether keys are listened to, so that they are named.
    """
    if not sys.stderr.isatty():
        yield lambda _moment, _typed: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    console = Console(file=sys.stderr)
    with Live(console=console, auto_refresh=False, transient=True) as live:

        def show(moment: LiveSnapshot, typed: str) -> None:
            lines = describe_moment(moment, texts, typed)
            if keys:
                lines.append(_KEYS)
            live.update(Text("\n".join(lines)), refresh=True)

        yield show
