"""Column types and naming shared by all tables."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def in_utc(value: datetime) -> datetime:
    """Return the same instant in UTC; a time without an offset is refused."""
    if value.tzinfo is None:
        raise ValueError("a time without an offset cannot be stored")
    return value.astimezone(UTC)


class UtcTime(TypeDecorator[datetime]):
    """An instant, kept as ISO text in UTC: SQLite's own type drops the offset."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Store in UTC to the microsecond; texts of one length sort by time."""
        return None if value is None else in_utc(value).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Give the instant back with its offset."""
        return None if value is None else datetime.fromisoformat(value)


class JsonText(TypeDecorator[Mapping[str, Any]]):
    """A flat mapping kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Write with sorted keys, so that the same figures are the same text."""
        if value is None:
            return None
        return json.dumps(dict(value), ensure_ascii=False, sort_keys=True, allow_nan=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any] | None:
        """Read the mapping back."""
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
