"""The book on SQLite: rows in, frozen records out, one transaction a call."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import aliased

from app.models.attachment_rows import AttachmentRows
from app.models.base import in_utc
from app.models.document_rows import DocumentRows
from app.models.market_rows import MarketRows
from app.models.tables import ApprovalRow, CaseRow, VersionRow
from app.services.ports import (
    Approval,
    CaseEntry,
    CaseVersion,
    NewVersion,
    StorageProblem,
    VersionEntry,
)


def _version(row: VersionRow) -> CaseVersion:
    return CaseVersion(
        case_id=row.case_id,
        number=row.number,
        name=row.name,
        document=row.document,
        schema_version=row.schema_version,
        input_hash=row.input_hash,
        program_version=row.program_version,
        data_version=row.data_version,
        saved_at=row.saved_at,
        figures=row.figures,
    )


def _row(case_id: str, number: int, new: NewVersion) -> VersionRow:
    return VersionRow(
        case_id=case_id,
        number=number,
        name=new.name,
        document=new.document,
        schema_version=new.schema_version,
        input_hash=new.input_hash,
        program_version=new.program_version,
        data_version=new.data_version,
        saved_at=in_utc(new.saved_at),
        figures=dict(new.figures),
    )


class SqliteBook(MarketRows, AttachmentRows, DocumentRows):
    """Meets `app.services.ports.Book`; made by `app.models.database.open_book`."""

    def list_cases(self, *, archived: bool = False) -> Sequence[CaseEntry]:
        """Return the newest version of each case, newest saved first; documents are not read."""
        newest = (
            select(VersionRow.case_id, func.max(VersionRow.number).label("number"))
            .group_by(VersionRow.case_id)
            .subquery()
        )
        query = (
            select(
                VersionRow.case_id,
                VersionRow.name,
                VersionRow.number,
                VersionRow.saved_at,
                CaseRow.archived,
                VersionRow.input_hash,
                VersionRow.figures,
            )
            .join(CaseRow, CaseRow.case_id == VersionRow.case_id)
            .join(
                newest,
                and_(newest.c.case_id == VersionRow.case_id, newest.c.number == VersionRow.number),
            )
            .where(CaseRow.archived == archived)
            .order_by(VersionRow.saved_at.desc(), VersionRow.name)
        )
        with self._reading() as session:
            return [CaseEntry(*row) for row in session.execute(query)]

    def load(self, case_id: str, number: int | None = None) -> CaseVersion:
        """Return a version, the newest by default."""
        query = select(VersionRow).where(VersionRow.case_id == case_id)
        if number is not None:
            query = query.where(VersionRow.number == number)
        with self._reading() as session:
            row = session.scalars(query.order_by(VersionRow.number.desc()).limit(1)).first()
            if row is None:
                raise StorageProblem("not_found", case_id)
            return _version(row)

    def version_documents(self, keys: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """Return the documents of versions, by case and number; those not there are left out."""
        columns = (VersionRow.case_id, VersionRow.number)
        query = select(*columns, VersionRow.document).where(tuple_(*columns).in_(keys))
        with self._reading() as session:
            return {(case_id, number): text for case_id, number, text in session.execute(query)}

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        """Return all versions of a case, oldest first."""
        query = select(VersionRow).where(VersionRow.case_id == case_id).order_by(VersionRow.number)
        with self._reading() as session:
            return [_version(row) for row in session.scalars(query)]

    def versions_coded(self, prefix: str) -> Sequence[VersionEntry]:
        """Return the versions whose inputs have a hash that begins so, newest saved first."""
        row, other = VersionRow, aliased(VersionRow)
        newest = (
            select(func.max(other.number)).where(other.case_id == row.case_id).scalar_subquery()
        )
        query = (
            select(
                row.case_id,
                row.name,
                row.number,
                newest,
                row.input_hash,
                ApprovalRow.version.is_not(None),
                CaseRow.archived,
            )
            .join(CaseRow, CaseRow.case_id == row.case_id)
            .outerjoin(
                ApprovalRow,
                and_(ApprovalRow.case_id == row.case_id, ApprovalRow.version == row.number),
            )
            .where(row.input_hash >= prefix, row.input_hash < f"{prefix}g")  # an index serves it
            .order_by(row.saved_at.desc(), row.case_id, row.number.desc())
        )
        with self._reading() as session:
            return [VersionEntry(*found) for found in session.execute(query)]

    def add_cases(self, versions: Sequence[NewVersion]) -> Sequence[CaseVersion]:
        """Store new cases, all or none."""
        with self._writing() as session:
            rows = []
            for new in versions:
                case_id = uuid.uuid4().hex
                session.add(CaseRow(case_id=case_id, archived=False))
                rows.append(_row(case_id, 1, new))
            session.flush()
            session.add_all(rows)
            session.flush()
            return [_version(row) for row in rows]

    def append(self, case_id: str, version: NewVersion, *, after: int) -> CaseVersion:
        """Store the next version; "stale" when `after` is not the newest."""
        newest = select(func.max(VersionRow.number)).where(VersionRow.case_id == case_id)
        with self._writing() as session:
            number = session.scalar(newest)
            if number is None:
                raise StorageProblem("not_found", case_id)
            if number != after:
                raise StorageProblem("stale", f"{case_id}: {after} is not {number}")
            row = _row(case_id, after + 1, version)
            session.add(row)
            session.flush()
            return _version(row)

    def set_archived(self, case_id: str, *, archived: bool) -> None:
        """Take a case out of the lists, or put it back."""
        with self._writing() as session:
            row = session.get(CaseRow, case_id)
            if row is None:
                raise StorageProblem("not_found", case_id)
            row.archived = archived

    def approve(self, approval: Approval) -> None:
        """Record the approval of a version; a second one is "stale"."""
        key = (approval.case_id, approval.version)
        version = select(VersionRow.number).where(
            VersionRow.case_id == approval.case_id, VersionRow.number == approval.version
        )
        with self._writing() as session:
            if session.scalar(version) is None:
                raise StorageProblem("not_found", f"{approval.case_id}: {approval.version}")
            if session.get(ApprovalRow, key) is not None:
                raise StorageProblem("stale", f"{approval.case_id}: approved already")
            session.add(
                ApprovalRow(
                    case_id=approval.case_id,
                    version=approval.version,
                    prepared_by=approval.prepared_by,
                    approved_by=approval.approved_by,
                    approved_at=approval.approved_at,
                    remark=approval.remark,
                )
            )

    def approval(self, case_id: str, number: int) -> Approval | None:
        """Return the approval of a version, None when there is none."""
        with self._reading() as session:
            row = session.get(ApprovalRow, (case_id, number))
            if row is None:
                return None
            return Approval(
                case_id=row.case_id,
                version=row.version,
                prepared_by=row.prepared_by,
                approved_by=row.approved_by,
                approved_at=row.approved_at,
                remark=row.remark,
            )

    def approved_versions(self) -> frozenset[tuple[str, int]]:
        """Return case and number of every version that has an approval."""
        with self._reading() as session:
            rows = session.execute(select(ApprovalRow.case_id, ApprovalRow.version))
            return frozenset((case_id, version) for case_id, version in rows)
