"""Reads single entries of a file that a person wrote, and says in one line what is amiss."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from motion.errors import InputError

__all__ = ["Entries"]


class Entries:
    """A table of a file, from which entries are taken by name and kind.

    Parameters
    ----------
    place
        What a message begins with: ``exercise squat`` or ``exercise squat, dose``.
    table
        The entries.
    known
        The names it may have.

    Raises
    ------
    InputError
        If it is no table, or has an entry that is not known: names it.
    """

    def __init__(self, place: str, table: object, known: Iterable[str]) -> None:
        if not isinstance(table, Mapping):
            msg = f"{place}: must be a table, got {table!r}"
            raise InputError(msg)
        self.place = place
        self.table: Mapping[str, Any] = table
        names = sorted(known)
        unknown = sorted(set(table) - set(names))
        if unknown:
            raise self.refuse(f"unknown entry {unknown[0]!r}; known are {', '.join(names)}")

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def refuse(self, reason: str) -> InputError:
        """Return the error that says what is amiss in this table."""
        return InputError(f"{self.place}: {reason}")

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text; empty where it is not given and need not be."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.refuse(f"{key} must be text, got {value!r}")
        if required and not value.strip():
            raise self.refuse(f"{key} is missing; write a text")
        return value.strip()

    def word(self, key: str, words: Iterable[str], usual: str | None = None) -> str:
        """Return one of some words; ``usual`` where it is not given."""
        value = self.table.get(key, usual)
        allowed = tuple(words)
        if value is None:
            raise self.refuse(f"{key} is missing; choose one of {', '.join(allowed)}")
        if value != usual and value not in allowed:
            raise self.refuse(f"{key} must be one of {', '.join(allowed)}, got {value!r}")
        return str(value)

    def words(self, key: str, words: Iterable[str]) -> tuple[str, ...]:
        """Return a list of some words, each once; empty where it is not given."""
        value = self.table.get(key, [])
        allowed = tuple(words)
        if not isinstance(value, list) or any(each not in allowed for each in value):
            odd = [e for e in value if e not in allowed] if isinstance(value, list) else [value]
            got = ", ".join(map(repr, odd))
            raise self.refuse(f"{key} must be some of {', '.join(allowed)}; got {got}")
        if len(set(value)) < len(value):
            raise self.refuse(f"{key} names something twice: {', '.join(value)}")
        return tuple(value)

    def number(self, key: str, low: float, high: float, usual: float = math.nan) -> float:
        """Return a number from ``low`` to ``high``; ``usual`` where it is not given."""
        if key not in self.table:
            return usual
        value = self.table[key]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_number and low <= value <= high):
            raise self.refuse(f"{key} must be a number from {low:g} to {high:g}, got {value!r}")
        return float(value)

    def count(self, key: str, low: int, high: int, usual: int) -> int:
        """Return a whole number from ``low`` to ``high``; ``usual`` where it is not given."""
        value = self.table.get(key, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(f"{key} must be a whole number from {low} to {high}, got {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """Return whether something is so; not so where it is not given."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.refuse(f"{key} must be true or false, got {value!r}")
        return value
