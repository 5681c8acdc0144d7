"""How a database is opened: safe against a power cut, and with one writer at a time."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from motion.errors import RecordError

__all__ = ["WRITES", "make_engine", "parse_url"]

WRITES = "motion_writes"
"""Execution option of a connection whose transaction takes the write lock when it begins."""

_WRITE_LOCK = 0x6D6F74696F6E
"""PostgreSQL's advisory locks are named by a number: "motion"."""


def parse_url(url: str) -> URL:
    """Return a database's address; PostgreSQL is always spoken to through psycopg 3.

    Raises
    ------
    RecordError
        If the address is not one of SQLite or PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        msg = "database address cannot be read: expected sqlite:///PATH or postgresql://USER@HOST/NAME"
        raise RecordError(msg) from error
    backend = parsed.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    msg = f"database must be a file of SQLite or PostgreSQL, got {parsed.render_as_string()}"
    raise RecordError(msg)


def make_engine(url: URL, busy_timeout_s: float) -> Engine:
    """Return an engine on which a transaction is either a reader or the only writer.

    Parameters
    ----------
    busy_timeout_s
        How long to wait for another program's lock.
    """
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url, busy_timeout_s)
        return _postgresql_engine(url, busy_timeout_s)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        msg = "PostgreSQL needs the package psycopg: pip install 'physio-motion[postgresql]'"
        raise RecordError(msg) from error


def _sqlite_engine(url: URL, busy_timeout_s: float) -> Engine:
    Path(str(url.database).removeprefix("file:")).parent.mkdir(
        parents=True, exist_ok=True, mode=0o700
    )
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # The driver's own BEGIN comes too late: it would let two readers both turn into writers.
        connection.isolation_level = None
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            _use_wal(connection, busy_timeout_s)
        except sqlite3.Error:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_wal(connection: sqlite3.Connection, busy_timeout_s: float) -> None:
    # Switching needs the file alone, and SQLite does not wait for that by itself.
    deadline = time.monotonic() + busy_timeout_s
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _postgresql_engine(url: URL, busy_timeout_s: float) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            wait_ms = max(1, round(busy_timeout_s * 1000))
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")

    return engine
