"""What of a take's numbers rests on somebody's hand: a report says so beside them."""

from motion.clinic.values import TakeSummary
from motion.model import Origin

__all__ = ["hand_marks"]


def hand_marks(take: TakeSummary) -> tuple[str, ...]:
    """Return what was corrected by hand in a take's current analysis; empty where nothing was."""
    found = {
        "landmarks": take.hand_points > 0,
        "repetitions": any(each.origin is Origin.BY_HAND for each in take.repetitions),
        "events": dict(take.settings).get("gait_events") == Origin.BY_HAND.value,
    }
    return tuple(name for name, corrected in found.items() if corrected)
