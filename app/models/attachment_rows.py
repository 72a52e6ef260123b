"""Papers attached to a case: kept with their bytes, not tied to a version."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, delete, select

from app.models.base import in_utc
from app.models.sessions import Sessions
from app.models.tables import AttachmentRow, CaseRow
from app.services.ports import AttachmentEntry, StorageProblem

_Columns = tuple[str, str, str, str, int, str, datetime]


def _entries() -> Select[*_Columns]:
    row = AttachmentRow
    return select(
        row.attachment_id,
        row.case_id,
        row.name,
        row.media_type,
        row.size,
        row.sha256,
        row.added_at,
    )


def _entry(row: Row[*_Columns]) -> AttachmentEntry:
    return AttachmentEntry(*row)


class AttachmentRows(Sessions):
    """Meets `app.services.ports.AttachmentBook` on one engine."""

    def add_attachment(
        self, *, case_id: str, name: str, media_type: str, added_at: datetime, content: bytes
    ) -> AttachmentEntry:
        """Keep a paper with a case; "not_found" when there is no such case."""
        row = AttachmentRow(
            attachment_id=uuid.uuid4().hex,
            case_id=case_id,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added_at=in_utc(added_at),
            content=content,
        )
        with self._writing() as session:
            if session.get(CaseRow, case_id) is None:
                raise StorageProblem("not_found", case_id)
            session.add(row)
            session.flush()
            query = _entries().where(AttachmentRow.attachment_id == row.attachment_id)
            return _entry(session.execute(query).one())

    def list_attachments(self, case_id: str) -> Sequence[AttachmentEntry]:
        """Return the papers of a case, oldest first; their bytes are not read."""
        query = (
            _entries()
            .where(AttachmentRow.case_id == case_id)
            .order_by(AttachmentRow.added_at, AttachmentRow.name, AttachmentRow.attachment_id)
        )
        with self._reading() as session:
            return [_entry(row) for row in session.execute(query)]

    def attachment_bytes(self, attachment_id: str) -> bytes:
        """Return the bytes of a paper; "no_attachment" when it is not there."""
        query = select(AttachmentRow.content).where(AttachmentRow.attachment_id == attachment_id)
        with self._reading() as session:
            content = session.scalar(query)
        if content is None:
            raise StorageProblem("no_attachment", attachment_id)
        return content

    def remove_attachment(self, attachment_id: str) -> None:
        """Delete a paper; "no_attachment" when it is not there."""
        query = (
            delete(AttachmentRow)
            .where(AttachmentRow.attachment_id == attachment_id)
            .returning(AttachmentRow.attachment_id)
        )
        with self._writing() as session:
            if session.scalar(query) is None:
                raise StorageProblem("no_attachment", attachment_id)
