"""The kinds of values that files from elsewhere may hold, each within bounds."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from motion.errors import InputError, SourceError

__all__ = [
    "Code",
    "Count",
    "Day",
    "Document",
    "Hex",
    "Moment",
    "Note",
    "Real",
    "Score",
    "Word",
    "fields_of",
    "fit_for_travel",
    "read_bounded",
    "shown",
    "what_is_wrong",
]

Kind = TypeVar("Kind")

_LARGEST: Final = 1e7
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Document(BaseModel):
    """A part of a file: nothing else may stand in it, and every value has its own type."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


def _require_finite(value: float) -> float:
    if math.isinf(value) or abs(value) > _LARGEST:
        msg = f"must lie within {_LARGEST:g}"
        raise ValueError(msg)
    return value


def _require_line(text: str) -> str:
    if not text.isprintable():
        msg = "must be one line of readable text"
        raise ValueError(msg)
    return text


def _require_printable(text: str) -> str:
    if not all(each.isprintable() or each in "\n\t" for each in text):
        msg = "must be readable text"
        raise ValueError(msg)
    return text


def _require_near(moment: datetime) -> datetime:
    if not _FIRST <= moment <= _LAST:
        msg = "must lie between the years 2000 and 2200"
        raise ValueError(msg)
    return moment


def _require_near_day(day: date) -> date:
    if not _FIRST.date() <= day <= _LAST.date():
        msg = "must lie between the years 2000 and 2200"
        raise ValueError(msg)
    return day


Real = Annotated[
    float,
    BeforeValidator(lambda value: math.nan if value is None else value),
    AfterValidator(_require_finite),
    PlainSerializer(lambda value: None if math.isnan(value) else value),
]
"""A number; null stands for NaN, which JSON does not know."""
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Score = Annotated[int, Field(ge=0, le=10)]
_Line = AfterValidator(_require_line)
Word = Annotated[str, StringConstraints(max_length=100), _Line]
Note = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_require_printable)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64), _Line]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[AwareDatetime, AfterValidator(_require_near)]
Day = Annotated[date, AfterValidator(_require_near_day)]


def fields_of(document: Document) -> dict[str, Any]:
    """Return the values of a document by name, those within it as they are."""
    return dict(document)


@contextmanager
def fit_for_travel(what: str) -> Iterator[None]:
    """Say in one line what of the record's own values has no place in a file.

    Raises
    ------
    InputError
        In the place of pydantic's own.
    """
    try:
        yield
    except ValidationError as error:
        msg = f"{what} cannot be written into a file ({what_is_wrong(error)}): correct it first"
        raise InputError(msg) from error


def what_is_wrong(error: ValidationError) -> str:
    """Return the first thing that does not fit, in one line, without what stood there."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80]
    said = " ".join(str(first["msg"]).split())[:120]
    where = "".join(each if each.isprintable() else "?" for each in where)
    return f"{where}: {said}" if where else said


def shown(path: Path) -> str:
    """Return a file's name as it may stand in a line."""
    name = str(path)
    return name if name.isprintable() else ascii(name)


def read_bounded(path: Path, most_bytes: int, what: str) -> bytes:
    """Return the content of a file that may be from anywhere.

    Raises
    ------
    SourceError
        If it cannot be read.
    InputError
        If it is larger than any such file.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would never end
            msg = f"{shown(path)}: is no file; choose a {what}"
            raise SourceError(msg)
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file's name"
        msg = f"{shown(path)}: cannot be read ({reason}); choose a {what}"
        raise SourceError(msg) from error
    if len(content) > most_bytes:
        msg = f"{shown(path)}: larger than any {what} ({most_bytes >> 20} MB); choose another file"
        raise InputError(msg)
    return content
