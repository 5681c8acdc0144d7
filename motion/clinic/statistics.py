"""Tells SQLite how its tables are filled, so that it asks the small one first.

Without statistics SQLite guessed that the largest table be read whole where twenty thousand takes
are joined to a few hundred values by hand. PostgreSQL keeps such statistics by itself.
"""

from typing import Final

from sqlalchemy import text

from motion.clinic.record import Record

__all__ = ["refresh_statistics"]

_ROWS_N: Final = 1000
"""How many rows of an index are looked at: SQLite's own advice is 100 to 1000."""


def refresh_statistics(record: Record) -> None:
    """Look at the tables once more; quick, however large they are.

    References
    ----------
    https://www.sqlite.org/lang_analyze.html, "Approximate ANALYZE For Large Databases"
    """
    with record.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text(f"PRAGMA analysis_limit = {_ROWS_N}"))
            session.execute(text("ANALYZE"))
