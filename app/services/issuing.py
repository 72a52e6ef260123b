"""Printing and issuing the documents of the book: drafts, copies, and numbered final ones."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.finance.case.problems import Problem
from app.i18n import N_
from app.reports.document import Words
from app.reports.house import House, numbered, tokens_of
from app.reports.kinds import KIND_NAMES, LETTERS, Choice, main_choice
from app.reports.stamp import case_code
from app.services.case_desk import CaseDesk
from app.services.case_file import CaseRefused, Document
from app.services.computing import Computed, compute
from app.services.figures import key_figures
from app.services.finding import find_versions, version_entry
from app.services.loan_changes import moved_figures
from app.services.ports import (
    Approval,
    Book,
    DocumentEntry,
    FinalDocument,
    Series,
    StorageProblem,
    VersionEntry,
)
from app.services.printing import Language, print_document, shows_drawn
from app.services.templates import checked_house, stored_house, template_document

if TYPE_CHECKING:
    from app.services.changes import Changes
    from app.services.signing import Signer


@dataclass(frozen=True, slots=True)
class _Version:
    """A stored version that can be printed as it was saved: which document, what template."""

    number: int
    chosen: Choice
    computed: Computed
    approval: Approval | None
    changed: "Changes | None"
    house: House


class Issuing(CaseDesk):
    """The use cases of documents on one book."""

    def house(self) -> House:
        """Return the template of the house, the newest that was saved."""
        return stored_house(self._book.house_record())

    def save_house(self, house: House) -> None:
        """Keep a template as the one in use; earlier ones stay in the book.

        Raises:
            CaseRefused: with everything that is wrong with it.
        """
        checked_house(house)
        self._book.add_house(template_document(house), house.logo, now=self._now())

    def draft_pdf(
        self, document: Document, *, language: Language, choice: Choice | None = None
    ) -> bytes:
        """Draw a document of a draft that is not stored; by default that which it is made for."""
        return print_document(
            self.compute_document(document, draw=shows_drawn(choice)),
            choice=choice,
            reference=self.reference,
            language=language,
            issued_on=self.today(),
            house=self.house(),
        )

    def version_pdf(
        self, case_id: str, version: int, *, language: Language, choice: Choice | None = None
    ) -> bytes:
        """Draw a document of a stored version, with its approval if there is one.

        Raises:
            CaseRefused: the case has no such document; "signed_figures_moved" when an approved
                version no longer comes out as it was approved, because the program or its data
                have changed since.
        """
        return self._printed(self._version(case_id, version, choice), language)

    def _version(self, case_id: str, number: int, choice: Choice | None) -> _Version:
        stored, file = self.open(case_id, number)
        chosen = choice or main_choice(file.case)
        drawn = shows_drawn(chosen)
        approval = self.approval(case_id, number)
        computed = compute(file, self.reference, draw=drawn)
        if approval is not None:
            moved = moved_figures(stored.figures, key_figures(file, computed.results))
            if moved:
                raise CaseRefused([Problem("", "signed_figures_moved", ", ".join(moved))])
            here = approval.approved_at.astimezone(self._now().tzinfo)  # the day is that of here
            approval = replace(approval, approved_at=here)
        changed = self.changes_of(case_id, number) if drawn else None
        return _Version(number, chosen, computed, approval, changed, self.house())

    def _printed(self, version: _Version, language: Language, number: str = "") -> bytes:
        return print_document(
            version.computed,
            choice=version.chosen,
            reference=self.reference,
            language=language,
            issued_on=self.today(),
            version=version.number,
            approval=version.approval,
            changed=version.changed,
            house=version.house,
            number=number,
        )

    def issue(
        self, case_id: str, version: int, *, language: Language, choice: Choice | None = None
    ) -> DocumentEntry:
        """Draw a document of a stored version and keep it among the documents, without a number."""
        found = self._version(case_id, version, choice)
        return self._book.add_document(
            case_id=case_id,
            version=version,
            kind=found.chosen.kind.value,
            language=language,
            status="draft" if found.approval is None else "approved",
            issued_at=self._now(),
            content=self._printed(found, language),
            template=found.house.digest,
        )

    def issue_final(
        self,
        case_id: str,
        version: int,
        *,
        language: Language,
        choice: Choice | None = None,
        signer: "Signer | None" = None,
    ) -> DocumentEntry:
        """Number a document of an approved version, sign it where a signer is given, keep it.

        Number and document are stored together: what fails before uses up no number and leaves
        nothing. Issuing again gives another number; the earlier document stays.

        Raises:
            CaseRefused: "final_without_approval", "signed_figures_moved", the case has no such
                document, a sign cannot be drawn, or the signature is refused (`signing`).
        """
        if self.approval(case_id, version) is None:
            raise CaseRefused([Problem("version", "final_without_approval", version)])
        found = self._version(case_id, version, choice)
        kind = found.chosen.kind

        def make(number: str, now: datetime) -> FinalDocument:
            printed = self._printed(found, language, number)
            final = FinalDocument(
                case_id=case_id,
                version=version,
                kind=kind.value,
                language=language,
                issued_at=now,
                number=number,
                template=found.house.digest,
                content=printed,
                unsigned_sha256=hashlib.sha256(printed).hexdigest(),
            )
            return final if signer is None else _signed(final, signer, found.house)

        return number_final(
            self._book,
            found.house.number_pattern,
            kind=LETTERS[kind],
            case=case_code(found.computed.input_hash),
            now=self._now,
            make=make,
        )

    def list_documents(self) -> Sequence[DocumentEntry]:
        """Return the issued documents, newest first."""
        return self._book.list_documents()

    def document_bytes(self, document_id: str) -> bytes:
        """Return the PDF of an issued document, byte for byte as it was issued."""
        return self._book.document_bytes(document_id)

    def document_numbered(self, number: str) -> DocumentEntry | None:
        """Return the final document of a number, None when the book has none."""
        return self._book.document_numbered(number)

    def documents_hashed(self, sha256: str) -> Sequence[DocumentEntry]:
        """Return the issued documents with these bytes, signed or before it."""
        return self._book.documents_hashed(sha256)

    def version_entry(self, case_id: str, version: int) -> VersionEntry:
        """Return a version as the lists show it: case, newest version, approved or not."""
        return version_entry(self._book, case_id, version)

    def find_version(self, text: str) -> Sequence[VersionEntry]:
        """Return the versions that a document number or a printed code belongs to, newest first."""
        return find_versions(self._book, text)


def number_final(
    book: Book,
    pattern: str,
    *,
    kind: str,
    case: str,
    now: Callable[[], datetime],
    make: Callable[[str, datetime], FinalDocument],
) -> DocumentEntry:
    """Keep what `make` draws under the next free number of its series.

    The number is drawn into the document, so it must be known before; the book is not held
    locked meanwhile. Where somebody else took it, the document is made again with the next one.
    """
    while True:
        time = now()
        series = series_of(pattern, kind, time.date())
        last = book.last_serial(series)
        serial, number = last, ""
        while not number or book.document_numbered(number) is not None:
            serial += 1
            number = numbered(pattern, kind=kind, day=time.date(), serial=serial, case=case)
        try:
            return book.add_final(make(number, time), series=series, serial=serial, after=last)
        except StorageProblem as problem:
            if problem.code != "stale":
                raise


def series_of(pattern: str, kind: str, day: date) -> Series:
    """Return what a pattern counts: by kind and by year where it names them, else over all."""
    names = tokens_of(pattern)
    return Series(kind if "kind" in names else "", day.year if "year" in names else 0)


def _signed(final: FinalDocument, signer: "Signer", house: House) -> FinalDocument:
    words = Words(final.language)
    kind = words(KIND_NAMES[final.kind]).leading
    reason = words(N_("Issued: {document}, {number}"), document=kind, number=final.number)
    texts = house.texts(words.translators[0].language)
    signed = signer.sign(
        final.content,
        at=final.issued_at,
        reason=reason.leading,
        location=texts.address or texts.office,
    )
    return replace(
        final,
        content=signed.content,
        signer=signed.signer,
        signed_on=final.issued_at.date(),
    )
