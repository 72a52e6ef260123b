"""What the use cases need from storage, and the records that pass through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from app.reference.market_data import FxRate, MarketRecord, SeriesObservation

MarketRow = MarketRecord | SeriesObservation | FxRate
Figures = Mapping[str, str | float | None]
"""Key figures of a saved version, for the lists: name -> text, number or None."""


class StorageProblem(Exception):
    """The environment is in the way (locked, full, damaged, too new); not a bug.

    Attributes:
        code: one of `app.services.storage_text.STORAGE`, which has the words: "locked", "full",
            "damaged", "too_new", "stale", "not_found", "no_attachment", "unreadable", "exists".
        detail: technical text for the log.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is written when a case is saved; `document` is the canonical JSON of the case file."""

    name: str
    document: str
    schema_version: int
    input_hash: str
    program_version: str
    data_version: str
    saved_at: datetime
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """One stored version of a case; versions count from 1 and are never changed."""

    case_id: str
    number: int
    name: str
    document: str
    schema_version: int
    input_hash: str
    program_version: str
    data_version: str
    saved_at: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A line of the book: the newest version of a case."""

    case_id: str
    name: str
    version: int
    saved_at: datetime
    archived: bool
    input_hash: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which version, when, and the remark; maker and approver differ."""

    case_id: str
    version: int
    prepared_by: str
    approved_by: str
    approved_at: datetime
    remark: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """An issued document; `number` is "" unless it is final, `signer` unless it is signed."""

    document_id: str
    case_id: str
    case_name: str
    version: int
    kind: str
    language: str
    status: str
    issued_at: datetime
    number: str
    template: str
    signer: str
    signed_on: date | None
    unsigned_sha256: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Series:
    """What a serial number counts: a kind by its letters ("" all), in a year (0 any)."""

    kind: str
    year: int


@dataclass(frozen=True, slots=True)
class FinalDocument:
    """A numbered document that is about to be kept for good; see `DocumentEntry`."""

    case_id: str
    version: int
    kind: str
    language: str
    issued_at: datetime
    number: str
    template: str
    content: bytes
    unsigned_sha256: str
    signer: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseRecord:
    """A saved template of the house: plain document, logo, when it was saved."""

    version: int
    document: Mapping[str, object]
    logo: bytes
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """A version that was looked for; `newest` is the last number of its case."""

    case_id: str
    name: str
    version: int
    newest: int
    input_hash: str
    approved: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class AttachmentEntry:
    """A paper attached to a case; its bytes are fetched by `attachment_bytes`."""

    attachment_id: str
    case_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


Choice = Callable[[Sequence[MarketRow]], Sequence[MarketRow]]
"""From the rows that are stored to those that shall be added."""


class MarketBook(Protocol):
    """The user's own rows of the market book. Each call is one transaction."""

    def market_records(self) -> Sequence[MarketRecord]:
        """Return the user's deals and quotes, by day."""

    def market_points(self, series: str | None = None) -> Sequence[SeriesObservation]:
        """Return the user's series points by day, of one series or of all."""

    def market_series(self) -> Sequence[str]:
        """Return the names of the user's series."""

    def fx_rates(self) -> Sequence[FxRate]:
        """Return the exchange rates by currency and day."""

    def add_market_rows(
        self, rows: Sequence[MarketRow], *, now: datetime, choose: Choice | None = None
    ) -> Sequence[MarketRow]:
        """Store rows under new numbers, all or none.

        `choose` is given the stored rows of the kinds of `rows` while nobody else can write,
        and returns those to store; what it raises leaves the book as it was.
        """

    def remove_market_rows(self, numbers: Sequence[str]) -> int:
        """Delete rows, all or none; StorageProblem "not_found" when one is not there."""


class AttachmentBook(Protocol):
    """The papers of the cases, not tied to a version. Each call is one transaction."""

    def add_attachment(
        self, *, case_id: str, name: str, media_type: str, added_at: datetime, content: bytes
    ) -> AttachmentEntry:
        """Keep a paper with a case; StorageProblem "not_found" when there is no such case."""

    def list_attachments(self, case_id: str) -> Sequence[AttachmentEntry]:
        """Return the papers of a case, oldest first."""

    def attachment_bytes(self, attachment_id: str) -> bytes:
        """Return the bytes of a paper; StorageProblem "no_attachment" when it is not there."""

    def remove_attachment(self, attachment_id: str) -> None:
        """Delete a paper; StorageProblem "no_attachment" when it is not there."""


class DocumentBook(Protocol):
    """Issued documents, their numbers, and the template of the house. Each call a transaction."""

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

    def last_serial(self, series: Series) -> int:
        """Return the last serial number that was given in a series, 0 before the first."""

    def add_final(
        self, document: FinalDocument, *, series: Series, serial: int, after: int
    ) -> DocumentEntry:
        """Keep a final document and count its serial number, both or neither.

        StorageProblem "stale" when `after` is no longer the last serial of the series.
        """

    def document_numbered(self, number: str) -> DocumentEntry | None:
        """Return the final document of a number, None when there is none."""

    def documents_hashed(self, sha256: str) -> Sequence[DocumentEntry]:
        """Return the documents with these bytes, signed or before it."""

    def list_documents(self) -> Sequence[DocumentEntry]:
        """Return the issued documents, newest first."""

    def document_bytes(self, document_id: str) -> bytes:
        """Return the PDF of a document, byte for byte as it was issued."""

    def house_record(self) -> HouseRecord | None:
        """Return the newest template of the house, None before the first."""

    def add_house(self, document: Mapping[str, object], logo: bytes, *, now: datetime) -> None:
        """Keep a template of the house as its next version."""


class Book(MarketBook, AttachmentBook, DocumentBook, Protocol):
    """The local book of cases. Each call is one transaction; times are UTC with offset."""

    def list_cases(self, *, archived: bool = False) -> Sequence[CaseEntry]:
        """Return the newest version of each case, newest saved first."""

    def load(self, case_id: str, number: int | None = None) -> CaseVersion:
        """Return a version, the newest by default; StorageProblem "not_found" if there is none."""

    def version_documents(self, keys: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """Return the documents of versions, by case and number; those not there are left out."""

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        """Return all versions of a case, oldest first."""

    def add_cases(self, versions: Sequence[NewVersion]) -> Sequence[CaseVersion]:
        """Store new cases, all or none, each as version 1 under a new id."""

    def append(self, case_id: str, version: NewVersion, *, after: int) -> CaseVersion:
        """Store the next version; StorageProblem "stale" when `after` is not the newest."""

    def versions_coded(self, prefix: str) -> Sequence[VersionEntry]:
        """Return the versions whose inputs have a hash that begins so, newest saved first."""

    def set_archived(self, case_id: str, *, archived: bool) -> None:
        """Take a case out of the lists, or put it back; nothing is deleted."""

    def approve(self, approval: Approval) -> None:
        """Record the approval of a version, once."""

    def approval(self, case_id: str, number: int) -> Approval | None:
        """Return the approval of a version, None when there is none."""

    def approved_versions(self) -> frozenset[tuple[str, int]]:
        """Return case and number of every version that has an approval."""

    def close(self) -> None:
        """Release the file."""
