"""Plain values as columns of the same names, and back."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import numpy as np

__all__ = ["columns_of", "plain", "prefixed", "rows_of", "unprefixed", "values_of"]


def values_of(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, as a database takes them."""
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def prefixed(prefix: str, value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass as columns ``{prefix}_{field}``."""
    return {f"{prefix}_{name}": each for name, each in values_of(value).items()}


def columns_of(row: Any, kind: type[Any]) -> dict[str, Any]:
    """Return what a row holds of a dataclass."""
    return {field.name: getattr(row, field.name) for field in fields(kind)}


def unprefixed(prefix: str, row: Any, kind: type[Any]) -> dict[str, Any]:
    """Return what a row holds of a dataclass in columns ``{prefix}_{field}``."""
    return {field.name: getattr(row, f"{prefix}_{field.name}") for field in fields(kind)}


def rows_of(kind: type[Any], found: Iterable[Any]) -> list[Any]:
    """Return a row for each value, numbered in their order."""
    return [kind(sequence=place, **values_of(value)) for place, value in enumerate(found)]


def plain(value: Any) -> Any:
    """Return a NumPy number as Python's: SQLite would take its integers for blobs."""
    return value.item() if isinstance(value, np.generic) else value
