"""What the figures of a validation were made with: enough to make them again."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from motion.report import replace_file
from motion.settings import SettingValue

__all__ = ["MadeWith", "write_made_with"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWith:
    """Software, pose models and settings.

    ``models`` are names and digests of the models whose landmarks were measured; ``settings``
    are those of the product as a user gets it, as far as no clip changed them.
    """

    software: str
    models: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, SettingValue], ...]


def write_made_with(made_with: MadeWith, path: Path) -> None:
    """Write it as JSON.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    text = json.dumps(asdict(made_with) | {"settings": dict(made_with.settings)}, indent=1)
    with replace_file(path) as partial:
        partial.write_text(f"{text}\n", encoding="utf-8")
