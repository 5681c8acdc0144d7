"""What the command tells the pages that it starts: variables of their environment."""

from typing import Final

__all__ = ["HOME_PATIENT", "PATIENTS_ONLY"]

HOME_PATIENT: Final = "MOTION_HOME_PATIENT"
"""Code of the one patient whose pages are shown, and nobody else's (``motion home``)."""

PATIENTS_ONLY: Final = "MOTION_PATIENTS_ONLY"
"""Set where patients reach their own pages by a personal link only (``--patients``)."""
