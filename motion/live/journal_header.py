"""What a live take must remember from its start, so that it can be finished by anybody later."""

from dataclasses import dataclass, field
from datetime import datetime

from motion.exercise.prescription import Prescription
from motion.model import LiveSource, Mirrored, ModelInfo
from motion.settings import AnalysisSettings

__all__ = ["JOURNAL_VERSION", "JournalHeader"]

JOURNAL_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHeader:
    """The head of a journal.

    Parameters
    ----------
    started_at
        When the take began (timezone aware).
    source
        Where the pictures come from.
    prescription
        What is to be done; None where everything is measured and nothing is coached.
    patient_code
        Whose take it is; empty of nobody's.
    item_id
        The line of the patient's plan that it belongs to; empty where none.
    settings
        How the take is to be measured afterwards.
    size_px
        Width and height of the picture; zeros before the first one came.
    model
        The pose model; None before it was loaded.
    mirrored
        What set-up found by the lifted hand.
    version
        Of the journal's form.
    """

    started_at: datetime
    source: LiveSource
    prescription: Prescription | None = None
    patient_code: str = ""
    item_id: str = ""
    settings: AnalysisSettings = field(default_factory=AnalysisSettings)
    size_px: tuple[int, int] = (0, 0)
    model: ModelInfo | None = None
    mirrored: Mirrored = Mirrored.UNKNOWN
    version: int = JOURNAL_VERSION

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            msg = f"started_at must know its zone, got {self.started_at}"
            raise ValueError(msg)

    @property
    def exercise(self) -> str:
        """Name of the exercise; empty where nothing was prescribed."""
        return self.prescription.exercise if self.prescription else ""
