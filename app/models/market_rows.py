"""The user's own part of the market book: deals, series points, exchange rates."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from app.finance.case.valuation.evidence import (
    DealEcosystem,
    DealKind,
    Delivery,
    Purpose,
    TradeMethod,
)
from app.models.base import Base, in_utc
from app.models.sessions import Sessions
from app.models.tables import FxRateRow, MarketPointRow, MarketRecordRow
from app.reference.market_data import (
    FxRate,
    MarketRecord,
    PriceBasis,
    SeriesBasis,
    SeriesObservation,
    Verified,
)
from app.services.ports import Choice, MarketRow, StorageProblem

_CODES: dict[str, Any] = {
    "kind": DealKind,
    "ecosystem": DealEcosystem,
    "method": TradeMethod,
    "purpose": Purpose,
    "delivery": Delivery,
    "price_basis": PriceBasis,
    "verified": Verified,
}
_RECORD = tuple(
    entry.name
    for entry in fields(MarketRecord)
    if entry.name not in ("shipped", "repeats") and not entry.name.endswith("_zh")
)
_POINT = tuple(
    entry.name
    for entry in fields(SeriesObservation)
    if entry.name not in ("shipped", "day_from", "note") and not entry.name.endswith("_zh")
)
_RATE = ("rate_id", "currency", "day", "yuan", "source")
_STEP = 500
"""How many numbers one DELETE names; SQLite bounds the variables of a statement."""

_TABLES = (
    (MarketRecordRow, MarketRecordRow.record_id),
    (MarketPointRow, MarketPointRow.observation_id),
    (FxRateRow, FxRateRow.rate_id),
)


def _record(values: Sequence[Any]) -> MarketRecord:
    found = dict(zip(_RECORD, values, strict=True))
    found |= {name: kind(found[name]) for name, kind in _CODES.items()}
    return MarketRecord(**found)


def _point(values: Sequence[Any]) -> SeriesObservation:
    found = dict(zip(_POINT, values, strict=True))
    found |= {"basis": SeriesBasis(found["basis"]), "verified": Verified(found["verified"])}
    return SeriesObservation(**found)


def _stored(row: MarketRow, names: Sequence[str], now: datetime) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} | {"added_at": now}


def _numbered(row: MarketRow, number: str) -> MarketRow:
    if isinstance(row, MarketRecord):
        return replace(row, record_id=f"r{number}")
    if isinstance(row, SeriesObservation):
        return replace(row, observation_id=f"p{number}")
    return replace(row, rate_id=f"f{number}")


def _select_records() -> Select[Any]:
    columns = [getattr(MarketRecordRow, name) for name in _RECORD]
    return select(*columns).order_by(MarketRecordRow.day, MarketRecordRow.record_id)


def _select_points() -> Select[Any]:
    columns = [getattr(MarketPointRow, name) for name in _POINT]
    return select(*columns).order_by(MarketPointRow.day, MarketPointRow.observation_id)


def _select_rates() -> Select[Any]:
    columns = [getattr(FxRateRow, name) for name in _RATE]
    return select(*columns).order_by(FxRateRow.currency, FxRateRow.day, FxRateRow.rate_id)


def _rate(values: Sequence[Any]) -> FxRate:
    return FxRate(*values)


_KINDS: tuple[tuple[type, type[Base], Sequence[str], Any, Any], ...] = (
    (MarketRecord, MarketRecordRow, _RECORD, _select_records, _record),
    (SeriesObservation, MarketPointRow, _POINT, _select_points, _point),
    (FxRate, FxRateRow, _RATE, _select_rates, _rate),
)
"""Kind of row, its table, its columns, how they are read."""


def _stored_rows(session: Session, kinds: Collection[type]) -> list[MarketRow]:
    return [
        read(row)
        for kind, _, _, query, read in _KINDS
        if kind in kinds
        for row in session.execute(query())
    ]


class MarketRows(Sessions):
    """The part of the book that `app.services.ports.MarketBook` asks for."""

    def market_records(self) -> Sequence[MarketRecord]:
        """Return the user's deals and quotes, by day."""
        with self._reading() as session:
            return [_record(row) for row in session.execute(_select_records())]

    def market_points(self, series: str | None = None) -> Sequence[SeriesObservation]:
        """Return the user's series points by day, of one series or of all."""
        query = _select_points()
        if series is not None:
            query = query.where(MarketPointRow.series == series)
        with self._reading() as session:
            return [_point(row) for row in session.execute(query)]

    def market_series(self) -> Sequence[str]:
        """Return the names of the user's series, in order."""
        query = select(MarketPointRow.series).distinct().order_by(MarketPointRow.series)
        with self._reading() as session:
            return list(session.scalars(query))

    def fx_rates(self) -> Sequence[FxRate]:
        """Return the exchange rates by currency and day."""
        with self._reading() as session:
            return [_rate(row) for row in session.execute(_select_rates())]

    def add_market_rows(
        self, rows: Sequence[MarketRow], *, now: datetime, choose: Choice | None = None
    ) -> Sequence[MarketRow]:
        """Store rows under new numbers, all or none; they come back with their numbers."""
        added_at = in_utc(now)
        batch = uuid.uuid4().hex[:24]
        with self._writing() as session:
            if choose is not None:
                rows = choose(_stored_rows(session, {type(row) for row in rows}))
            numbered = [_numbered(row, f"{batch}-{at:06d}") for at, row in enumerate(rows, start=1)]
            for kind, table, names, *_ in _KINDS:
                values = [_stored(row, names, added_at) for row in numbered if type(row) is kind]
                if values:
                    session.execute(insert(Base.metadata.tables[table.__tablename__]), values)
        return numbered

    def remove_market_rows(self, numbers: Sequence[str]) -> int:
        """Delete rows by their numbers, all or none.

        Raises:
            StorageProblem: "not_found" when one of them is not there; nothing is deleted then.
        """
        wanted = list(dict.fromkeys(numbers))
        with self._writing() as session:
            gone = 0
            for table, key in _TABLES:
                before = session.scalar(select(func.count()).select_from(table)) or 0
                for start in range(0, len(wanted), _STEP):
                    session.execute(delete(table).where(key.in_(wanted[start : start + _STEP])))
                gone += before - (session.scalar(select(func.count()).select_from(table)) or 0)
            if gone != len(wanted):
                raise StorageProblem("not_found", f"{len(wanted) - gone} market rows")
        return gone
