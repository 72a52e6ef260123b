"""The rows of the book. Versions, approvals and documents are appended and never changed.

Attachments and the rows of the market book are the user's own: appended and deleted, never
changed. The file itself refuses what must not be changed (`guards`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonText, UtcTime
from app.models.guards import GUARDS


class CaseRow(Base):
    __tablename__ = "cases"

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    archived: Mapped[bool] = mapped_column(default=False)


class VersionRow(Base):
    __tablename__ = "case_versions"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        Index("ix_case_versions_input_hash", "input_hash"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    schema_version: Mapped[int]
    input_hash: Mapped[str] = mapped_column(String(64))
    program_version: Mapped[str] = mapped_column(String(40))
    data_version: Mapped[str] = mapped_column(String(40))
    saved_at: Mapped[datetime] = mapped_column(UtcTime)
    figures: Mapped[Mapping[str, Any]] = mapped_column(JsonText)


class ApprovalRow(Base):
    __tablename__ = "approvals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "version"], ["case_versions.case_id", "case_versions.number"]
        ),
    )

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prepared_by: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str] = mapped_column(Text)
    approved_at: Mapped[datetime] = mapped_column(UtcTime)
    remark: Mapped[str] = mapped_column(Text)


class DocumentRow(Base):
    """A document that was given out; `number` is that of a final one, others have none.

    `unsigned_sha256` is of the bytes before a signature was put to them.
    """

    __tablename__ = "documents"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "version"], ["case_versions.case_id", "case_versions.number"]
        ),
        UniqueConstraint("number"),
        CheckConstraint("(status = 'final') = (number IS NOT NULL)", name="final_is_numbered"),
        CheckConstraint("(signer = '') = (signed_on IS NULL)", name="signer_and_day"),
        Index("ix_documents_sha256", "sha256"),
        Index("ix_documents_unsigned_sha256", "unsigned_sha256"),
    )

    document_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(20))
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    number: Mapped[str | None] = mapped_column(Text)
    template: Mapped[str] = mapped_column(String(12))
    signer: Mapped[str] = mapped_column(Text)
    signed_on: Mapped[date | None] = mapped_column(Date)
    unsigned_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SerialRow(Base):
    """The last serial number of a series: letters of the kind and year, "" and 0 for all."""

    __tablename__ = "document_serials"
    __table_args__ = (CheckConstraint("last >= 1", name="last_from_one"),)

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class TemplateRow(Base):
    """A version of the template of the house; the newest is the one in use."""

    __tablename__ = "house_templates"
    __table_args__ = (CheckConstraint("version >= 1", name="version_from_one"),)

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[Mapping[str, Any]] = mapped_column(JsonText)
    logo: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(UtcTime)


class AttachmentRow(Base):
    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("size >= 1", name="not_empty"),
        Index("ix_attachments_case_id", "case_id"),
    )

    attachment_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id"))
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MarketRecordRow(Base):
    __tablename__ = "market_records"
    __table_args__ = (Index("ix_market_records_day", "day"),)

    record_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    day_text: Mapped[str] = mapped_column(Text)
    day_precision: Mapped[str] = mapped_column(String(10))
    country: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    ecosystem: Mapped[str] = mapped_column(String(20))
    species: Mapped[str] = mapped_column(Text)
    market: Mapped[str] = mapped_column(Text)
    standard: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20))
    delivery: Mapped[str] = mapped_column(String(20))
    volume_t: Mapped[float | None] = mapped_column(Float)
    price: Mapped[float | None] = mapped_column(Float)
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[float | None] = mapped_column(Float)
    start_price: Mapped[float | None] = mapped_column(Float)
    price_basis: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class MarketPointRow(Base):
    __tablename__ = "market_points"
    __table_args__ = (Index("ix_market_points_series_day", "series", "day"),)

    observation_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    series: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(Date)
    price: Mapped[float] = mapped_column(Float)
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
    volume_t: Mapped[float | None] = mapped_column(Float)
    total: Mapped[float | None] = mapped_column(Float)
    currency: Mapped[str] = mapped_column(String(3))
    basis: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class FxRateRow(Base):
    __tablename__ = "fx_rates"

    rate_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date] = mapped_column(Date)
    yuan: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcTime)


for _statement in GUARDS.values():
    event.listen(Base.metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
