"""Brings a record to this software's schema when it is opened, one program at a time."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from motion.clinic.database import WRITES
from motion.errors import RecordError

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["REVISIONS", "alembic_config", "migrate_to_head"]

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""The migrations in order. Known here, so that opening a record need not import Alembic."""


def migrate_to_head(engine: Engine, where: str) -> None:
    """Create or update the tables; a record that is up to date is only read.

    Raises
    ------
    RecordError
        If a newer version of this software wrote the record.
    """
    with engine.connect() as connection:
        if _is_current(connection, where):
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        # Another program may have migrated while this one waited for the lock.
        if not _is_current(connection, where):
            _upgrade(connection)


def _is_current(connection: Connection, where: str) -> bool:
    found = _revision(connection)
    if found is not None and found not in REVISIONS:
        msg = (
            f"patient record {where} was written by a newer version of this software"
            f" (schema {found}, this version knows {REVISIONS[-1]}): update the software"
        )
        raise RecordError(msg)
    return found == REVISIONS[-1]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """Return Alembic's configuration for one connection; there is no ``alembic.ini``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
