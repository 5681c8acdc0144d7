"""Whether the numbers of a stored take came about as they would today."""

from typing import Final

from motion.clinic import TakeSummary
from motion.clinic.comparing import METHOD_SETTINGS
from motion.library import find_joint_centre_model
from motion.looking import ROOM_METHOD
from motion.model import ViewName
from motion.settings import PLAIN_LANDMARKS, AnalysisSettings, SettingValue

__all__ = ["is_of_today"]

_OF_THE_TAKE: Final = frozenset({"view", "cameras"})
"""Said for one take, and no method that is in use on one day and another on the next."""


def is_of_today(take: TakeSummary) -> bool:
    """Return whether a take was measured as today's defaults measure with its pose model."""
    used, today = dict(take.settings), _settings_of_today(take)
    return all(
        used.get(name) == today.get(name) for name in METHOD_SETTINGS if name not in _OF_THE_TAKE
    )


def _settings_of_today(take: TakeSummary) -> dict[str, SettingValue]:
    several = take.view is ViewName.SPATIAL
    settings = dict(AnalysisSettings().as_pairs())
    centres = None if several else find_joint_centre_model(take.model.name)
    settings["joint_centres"] = centres.version if centres else PLAIN_LANDMARKS
    if several:
        settings["angle_method"] = ROOM_METHOD
    return settings
