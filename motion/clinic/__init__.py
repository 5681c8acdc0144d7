"""The patient record: its verbs, imported at first use so that `motion --help` stays quick.

Which file a name lies in stands once, in ``__init__.pyi`` beside this one: type checkers read it
there, and so does this file. Only the file of the name that is asked for is imported.
"""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any, Final


def _read_homes() -> dict[str, str]:
    """Return the file of each name: ``{"list_takes": "motion.clinic.takes"}``."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text("utf-8"))
    imports = (each for each in stub.body if isinstance(each, ast.ImportFrom))
    return {alias.name: str(each.module) for each in imports for alias in each.names}


_HOMES: Final = _read_homes()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(_HOMES)
