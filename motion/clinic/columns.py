"""Column types that keep what Python holds: UTC moments, NaN, and words."""

import enum
import math
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Double, Enum, Text
from sqlalchemy.types import TypeDecorator

from motion.errors import RecordError

__all__ = ["Number", "UtcDateTime", "Word", "Words"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refused without a zone, stored in UTC, returned in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a zoned moment into UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            msg = f"time {value.isoformat()} must have a zone, got none: use datetime.now(UTC)"
            raise RecordError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's zoneless moments their zone back."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Number(TypeDecorator[float]):
    """A measured number: NaN is stored as NULL, so that no average or comparison meets it."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """Store NaN as NULL."""
        return None if value is None or math.isnan(value) else float(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> float:
        """Read NULL as NaN."""
        return math.nan if value is None else float(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """Some words of a fixed list, as text with commas between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """Join the words."""
        return ",".join(value or ())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """Part the words."""
        return tuple(value.split(",")) if value else ()


Word = Enum(
    enum.Enum,
    native_enum=False,
    create_constraint=False,
    length=24,
    values_callable=lambda words: [word.value for word in words],
)
"""An enumeration's value as plain text: a later version adds a word without a migration."""
