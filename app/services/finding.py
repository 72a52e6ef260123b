"""Finds the version of a case by what stands on its documents: number, code, QR code."""

import re
from collections.abc import Sequence

from app.finance.case.problems import Problem
from app.reports.stamp import code_digits
from app.services.case_file import CaseRefused
from app.services.ports import Book, CaseEntry, DocumentEntry, VersionEntry

QR_HEAD = "BLUECARBON:"
"""What the text of a QR code begins with; number and code of the document follow."""

_VERSION = re.compile(r"-v(\d+)\b")


def version_entry(book: Book, case_id: str, number: int) -> VersionEntry:
    """Return the line of one version; StorageProblem "not_found" when it is not there."""
    version = book.load(case_id, number)
    coded = book.versions_coded(version.input_hash)
    return next(e for e in coded if (e.case_id, e.version) == (case_id, number))


def find_versions(book: Book, text: str) -> Sequence[VersionEntry]:
    """Return the versions a text belongs to, newest saved first; none when it is not known.

    Understood are the number of a final document, the code printed on every document with or
    without its dashes, the number of a draft, and what a QR code says. Cases with the same inputs
    have the same code.
    """
    entered = text.strip()
    number, code = entered, entered
    if entered.upper().startswith(QR_HEAD):
        number, _, code = entered[len(QR_HEAD) :].rpartition(":")
    document = book.document_numbered(number) or book.document_numbered(number.upper())
    if document is not None:
        return [version_entry(book, document.case_id, document.version)]
    digits = code_digits(code)
    found = book.versions_coded(digits) if digits else []
    named = _VERSION.search(number)
    if named is None:
        return found
    return [entry for entry in found if entry.version == int(named[1])] or found


def named_case(entries: Sequence[CaseEntry], text: str) -> CaseEntry:
    """Return the case of a number or a name.

    Raises:
        CaseRefused: "unknown_case", or "several_cases" that have the name.
    """
    entered = text.strip()
    found = [entry for entry in entries if entered in (entry.case_id, entry.name)]
    if not found:
        raise CaseRefused([Problem("case", "unknown_case", entered)])
    if len(found) > 1:
        known = {"known": ", ".join(entry.case_id for entry in found)}
        raise CaseRefused([Problem("case", "several_cases", entered, known)])
    return found[0]


def named_document(entries: Sequence[DocumentEntry], text: str) -> DocumentEntry:
    """Return the issued document of a number, or of the id by which one without is listed.

    Raises:
        CaseRefused: "unknown_number".
    """
    entered = text.strip()
    for entry in entries:
        if entered in (entry.number, entry.document_id) or entry.number == entered.upper() != "":
            return entry
    raise CaseRefused([Problem("document", "unknown_number", entered)])
