"""The exceptions that reach a user, factored out so that every room can raise them.

Drawn as a tree::

    MotionError
    ├── InputError            a video, a path or an option that cannot be used
    │   ├── SourceError       the recording cannot be opened or holds nothing readable
    │   └── NoPersonError     the recording was read, and nobody is in it
    ├── ModelError            the pose model is missing, damaged or cannot be installed
    ├── OutputError           the result cannot be written: no right to, or no space left
    └── RecordError           the patient record cannot be read or written
        ├── RecordNotFoundError
        ├── RecordConflictError   somebody else changed the row in between, or it exists already
        └── RecordBusyError       the database stayed locked

Each message is one line: it names the thing, what was expected, what came and what to do.
"""

__all__ = [
    "InputError",
    "ModelError",
    "MotionError",
    "NoPersonError",
    "OutputError",
    "RecordBusyError",
    "RecordConflictError",
    "RecordError",
    "RecordNotFoundError",
    "SourceError",
]


class MotionError(Exception):
    """Anything the product tells the user in one line."""


class InputError(MotionError):
    """What was given cannot be used."""


class SourceError(InputError):
    """The recording cannot be opened, or nothing in it can be read."""


class NoPersonError(InputError):
    """The recording was read to its end and nobody is in it."""


class ModelError(MotionError):
    """The pose model is missing, damaged or cannot be installed."""


class OutputError(MotionError):
    """The result cannot be written where it was asked for."""


class RecordError(MotionError):
    """The patient record cannot be read or written."""


class RecordNotFoundError(RecordError):
    """No such row."""


class RecordConflictError(RecordError):
    """The row exists already, or somebody else changed it in between."""


class RecordBusyError(RecordError):
    """The database stayed locked by another program."""
