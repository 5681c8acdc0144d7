"""What of a take's numbers rests on somebody's hand: a report says so beside them."""

from typing import Final

from motion.clinic.values import TakeSummary
from motion.model import Origin

__all__ = ["hand_marks"]

_SETTINGS: Final = {"sides": "sides", "repetitions": "repetitions", "gait_events": "events"}
"""Which setting of a corrected take says so, and what it is called."""


def hand_marks(take: TakeSummary) -> tuple[str, ...]:
    """Return what was corrected by hand in a take's current analysis; empty where nothing was."""
    chosen = dict(take.settings)
    said = [name for key, name in _SETTINGS.items() if chosen.get(key) == Origin.BY_HAND.value]
    return (*(["landmarks"] if take.hand_points else []), *said)
