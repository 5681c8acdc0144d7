"""Reads a row of the product's own tables, or says in one line why it cannot be meant."""

from collections.abc import Iterator
from contextlib import contextmanager

from motion.errors import InputError

__all__ = ["reading_row"]


@contextmanager
def reading_row(name: str, described: str = "data/README.md") -> Iterator[None]:
    """Refuse a row whose cell is missing or no number.

    Parameters
    ----------
    name
        What the row is of: ``gait norm of cadence``.
    described
        Where the columns and words are described.

    Raises
    ------
    InputError
        With the name and the cell.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{name}: {error}; expected the columns and words of {described}"
        raise InputError(msg) from error
