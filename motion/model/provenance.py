"""Where a number came from: enough to make it again."""

from dataclasses import dataclass
from typing import Final

__all__ = ["InputFile", "ModelInfo", "Provenance"]

_MARKERS: Final = "markers "


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """The recording that was analysed.

    ``name`` goes into ``summary.json`` only; the patient record keeps ``sha256`` and
    ``extension``, because file names hold patients' names.
    """

    name: str
    extension: str
    sha256: str
    frames: int
    duration_s: float
    rate_hz: float
    dropped: int
    duplicated: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """The pose model that was used, or the set of markers that stood in its place."""

    name: str
    sha256: str

    @classmethod
    def of_marker_set(cls, name: str, sha256: str) -> "ModelInfo":
        """Return what stands for a pose model where markers were stuck to the body."""
        return cls(name=f"{_MARKERS}{name}", sha256=sha256)

    @property
    def of_markers(self) -> bool:
        """Whether positions come from markers, and no pose model guessed them."""
        return self.name.startswith(_MARKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Input, model, software and settings of one analysis."""

    input: InputFile
    model: ModelInfo
    software: str
    settings: tuple[tuple[str, str | float | int | bool | None], ...]
