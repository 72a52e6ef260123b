"""Issued documents with their numbers, and the template of the house: appended, never changed."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.base import in_utc
from app.models.sessions import Sessions
from app.models.tables import DocumentRow, SerialRow, TemplateRow, VersionRow
from app.services.ports import (
    DocumentEntry,
    FinalDocument,
    HouseRecord,
    Series,
    StorageProblem,
)

_Columns = tuple[
    str, str, str, int, str, str, str, datetime, str, str, str, date | None, str, str, int
]


def _entries(*conditions: ColumnElement[bool]) -> Select[*_Columns]:
    row = DocumentRow
    version = and_(VersionRow.case_id == row.case_id, VersionRow.number == row.version)
    return (
        select(
            row.document_id,
            row.case_id,
            VersionRow.name,
            row.version,
            row.kind,
            row.language,
            row.status,
            row.issued_at,
            func.coalesce(row.number, ""),
            row.template,
            row.signer,
            row.signed_on,
            row.unsigned_sha256,
            row.sha256,
            row.size,
        )
        .join(VersionRow, version)
        .where(*conditions)
        .order_by(row.issued_at.desc(), row.document_id)
    )


def _entry(row: Row[*_Columns]) -> DocumentEntry:
    return DocumentEntry(*row)


class DocumentRows(Sessions):
    """Meets `app.services.ports.DocumentBook` on one engine."""

    def add_document(
        self,
        *,
        case_id: str,
        version: int,
        kind: str,
        language: str,
        status: str,
        issued_at: datetime,
        content: bytes,
        template: str = "",
    ) -> DocumentEntry:
        """Keep an issued document that is not final."""
        row = DocumentRow(
            document_id=uuid.uuid4().hex,
            case_id=case_id,
            version=version,
            kind=kind,
            language=language,
            status=status,
            issued_at=in_utc(issued_at),
            number=None,
            template=template,
            signer="",
            signed_on=None,
            unsigned_sha256=hashlib.sha256(content).hexdigest(),
            **_held(content),
        )
        with self._writing() as session:
            return _added(session, row)

    def last_serial(self, series: Series) -> int:
        """Return the last serial number that was given in a series, 0 before the first."""
        with self._reading() as session:
            return _last(session.get(SerialRow, (series.kind, series.year)))

    def add_final(
        self, document: FinalDocument, *, series: Series, serial: int, after: int
    ) -> DocumentEntry:
        """Keep a final document and count its serial number, both or neither.

        "stale" when `after` is no longer the last serial of the series.
        """
        row = DocumentRow(
            document_id=uuid.uuid4().hex,
            case_id=document.case_id,
            version=document.version,
            kind=document.kind,
            language=document.language,
            status="final",
            issued_at=in_utc(document.issued_at),
            number=document.number,
            template=document.template,
            signer=document.signer,
            signed_on=document.signed_on,
            unsigned_sha256=document.unsigned_sha256,
            **_held(document.content),
        )
        with self._writing() as session:
            counted = session.get(SerialRow, (series.kind, series.year))
            if _last(counted) != after:
                raise StorageProblem("stale", f"{series}: {after} is not {_last(counted)}")
            if counted is None:
                session.add(SerialRow(kind=series.kind, year=series.year, last=serial))
            else:
                counted.last = serial
            return _added(session, row)

    def document_numbered(self, number: str) -> DocumentEntry | None:
        """Return the final document of a number, None when there is none."""
        with self._reading() as session:
            row = session.execute(_entries(DocumentRow.number == number)).one_or_none()
            return None if row is None else _entry(row)

    def documents_hashed(self, sha256: str) -> Sequence[DocumentEntry]:
        """Return the documents with these bytes, as kept or before their signature."""
        same = or_(DocumentRow.sha256 == sha256, DocumentRow.unsigned_sha256 == sha256)
        with self._reading() as session:
            return [_entry(row) for row in session.execute(_entries(same))]

    def list_documents(self) -> Sequence[DocumentEntry]:
        """Return the issued documents, newest first; their bytes are not read."""
        with self._reading() as session:
            return [_entry(row) for row in session.execute(_entries())]

    def document_bytes(self, document_id: str) -> bytes:
        """Return the PDF of a document, byte for byte as it was issued."""
        query = select(DocumentRow.content).where(DocumentRow.document_id == document_id)
        with self._reading() as session:
            content = session.scalar(query)
        if content is None:
            raise StorageProblem("not_found", document_id)
        return content

    def house_record(self) -> HouseRecord | None:
        """Return the newest template of the house, None before the first."""
        query = select(TemplateRow).order_by(TemplateRow.version.desc()).limit(1)
        with self._reading() as session:
            row = session.scalars(query).first()
            if row is None:
                return None
            return HouseRecord(row.version, row.document, row.logo, row.saved_at)

    def add_house(self, document: Mapping[str, object], logo: bytes, *, now: datetime) -> None:
        """Keep a template of the house as its next version."""
        with self._writing() as session:
            newest = session.scalar(select(func.max(TemplateRow.version))) or 0
            session.add(
                TemplateRow(version=newest + 1, document=document, logo=logo, saved_at=in_utc(now))
            )


def _held(content: bytes) -> dict[str, Any]:
    """The columns that follow from the bytes."""
    digest = hashlib.sha256(content).hexdigest()
    return {"sha256": digest, "size": len(content), "content": content}


def _last(counted: SerialRow | None) -> int:
    return 0 if counted is None else counted.last


def _added(session: Session, row: DocumentRow) -> DocumentEntry:
    session.add(row)
    session.flush()
    query = _entries(DocumentRow.document_id == row.document_id)
    return _entry(session.execute(query).one())
