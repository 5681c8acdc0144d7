"""Dataclasses as JSON takes them, and back by the types that their fields name."""

import math
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")

_MAKERS: Final[dict[Any, Callable[[Any], Any]]] = {
    float: lambda plain: math.nan if plain is None else float(plain),
    datetime: datetime.fromisoformat,
    dict: dict,
}
"""How a plain value becomes one of a kind; other kinds are made by calling them."""


def to_plain(value: Any) -> Any:
    """Return a value as JSON takes it: null for NaN, words for enumerations, paths and times."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum | Path):
        return str(value)
    return None if isinstance(value, float) and math.isnan(value) else value


def from_plain(kind: type[T], plain: Any) -> T:
    """Return the dataclass that :func:`to_plain` made plain; what is missing has its default.

    Raises
    ------
    ValueError, TypeError, KeyError
        If it is none of that kind.
    """
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    values = {name: _restore(hints[name], each) for name, each in plain.items() if name in known}
    return kind(**values)


def _restore(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        kind = next(each for each in get_args(kind) if each is not types.NoneType)
        return None if plain is None else _restore(kind, plain)
    if origin is tuple:
        each = get_args(kind)[0]
        return tuple(_restore(each, value) for value in plain)
    if is_dataclass(kind):
        return from_plain(cast("type[Any]", kind), plain)
    make = _MAKERS.get(origin or kind, kind)
    return make(plain)
