"""The door to the patient record: a database for what is asked for, a folder for what is large."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from motion.clinic.database import WRITES, make_engine, parse_url
from motion.clinic.files import FileStore
from motion.clinic.migrate import migrate_to_head
from motion.clinic.translate import translated
from motion.paths import data_dir

__all__ = ["BUSY_TIMEOUT_S", "Record", "open_record"]

BUSY_TIMEOUT_S: Final = 10.0
"""How long another program may keep the database locked before we say so."""


class Record:
    """An open patient record; close it, or use it in ``with``.

    Parameters
    ----------
    engine
        A database at the schema of this software.
    files
        The folder of landmarks and videos.
    where
        The database as the user knows it, for messages.
    """

    def __init__(self, engine: Engine, files: FileStore, where: str) -> None:
        self.files = files
        self.where = where
        self._readers = engine
        self._writers = engine.execution_options(**{WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session for one consistent look; nothing is written."""
        with translated(self.where), Session(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is the only writer, and commit it whole or not at all."""
        with (
            translated(self.where),
            Session(self._writers, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self._readers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_record(
    url: str | None = None,
    folder: Path | None = None,
    *,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
) -> Record:
    """Open the patient record, creating or updating its tables.

    Parameters
    ----------
    url
        SQLite or PostgreSQL; without it ``MOTION_DATABASE_URL``, else ``motion.db`` in ``folder``.
    folder
        Where ``files/`` lies; without it ``MOTION_DATA_DIR`` or the user's data folder.
    busy_timeout_s
        How long to wait for another program's lock.

    Raises
    ------
    RecordError
        If it cannot be opened, or a newer version of this software wrote it.
    RecordBusyError
        If another program kept it locked.
    OutputError
        If the disk is full.
    """
    folder = data_dir() if folder is None else folder
    url = url or os.environ.get("MOTION_DATABASE_URL")
    parsed = parse_url(url) if url else URL.create("sqlite", database=str(folder / "motion.db"))
    where = _name_of(parsed)
    with translated(where):
        engine = make_engine(parsed, busy_timeout_s)
        try:
            migrate_to_head(engine, where)
        except BaseException:
            engine.dispose()
            raise
    return Record(engine, FileStore(folder / "files", _owner_of(parsed, folder)), where)


def _name_of(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def _owner_of(url: URL, folder: Path) -> str:
    # Relative, so that a data folder may be moved as a whole.
    if url.get_backend_name() == "sqlite":
        return os.path.relpath(str(url.database), folder)
    return f"{url.host or url.query.get('host', '')}/{url.database}"
