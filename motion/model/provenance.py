"""Where a number came from: enough to make it again."""

from dataclasses import dataclass

__all__ = ["InputFile", "ModelInfo", "Provenance"]


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
    """The pose model that was used."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Input, model, software and settings of one analysis."""

    input: InputFile
    model: ModelInfo
    software: str
    settings: tuple[tuple[str, str | float | int | bool | None], ...]
