"""The stories of the made-up clinic: between them they fill every page.

None is about anybody. Sides and dates vary from patient to patient; the numbers come out of the
made-up movements (:mod:`motion.demo.filming`).
"""

from datetime import date

from motion.demo.stories_after import (
    tell_child,
    tell_hip_replacement,
    tell_knee_replacement,
    tell_prosthesis,
    tell_two_baselines,
)
from motion.demo.stories_other import (
    tell_ankle,
    tell_back,
    tell_first_visit,
    tell_older_adult,
    tell_seen_badly,
    tell_shoulder,
    tell_walking,
)
from motion.demo.story import Story
from motion.model import Side

__all__ = ["list_stories"]


def list_stories(side: Side, today: date) -> tuple[Story, ...]:
    """Return the stories with this side affected, told on this day."""
    return (
        tell_knee_replacement(side, today),
        tell_shoulder(side, today),
        tell_hip_replacement(side, today),
        tell_ankle(side, today),
        tell_back(today),
        tell_walking(side, today),
        tell_older_adult(today),
        tell_child(side, today),
        tell_prosthesis(side, today),
        tell_two_baselines(side, today),
        tell_seen_badly(side, today),
        tell_first_visit(side, today),
    )
