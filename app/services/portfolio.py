"""The whole book on one day: read once, held against moves of the price, printed."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.finance.errors import DomainError
from app.formats import negatives
from app.messages import domain_problem
from app.reports.document import Words
from app.reports.house import Negative
from app.reports.kinds import LETTERS, PORTFOLIO_REPORT
from app.reports.portfolio_book import DueThing, Portfolio
from app.reports.stamp import Stamp, case_code
from app.services import case_file
from app.services.accumulation import Found, book_of, read_case
from app.services.case_file import CaseRefused
from app.services.due_book import due_lines, found_text, has_loan, kept_text, version_of
from app.services.loan_book import BookLoan, LeftOut, LoanBook
from app.services.loan_desk import read_loan
from app.services.portfolio_lines import Read, at_price, line_of, loan_facts, policy_of, price_moves
from app.services.portfolio_zone import densest_zone
from app.services.printing import Language, stamp_of
from app.services.stored_cases import Progress, StoredCases

if TYPE_CHECKING:
    from app.services.ports import CaseEntry
    from app.services.workbench import Workbench

PRICE_CHANGES = (-0.1, -0.2, -0.3, -0.5)
"""Changes of all prices the loans are held against, fractions."""

DUE_DAYS = 90
ZONE_KM = 100.0
"""Radius of the zone whose loss is told: the size of the core of a typhoon, a house convention."""

_EVERY_CASE = ("ecosystem",)
"""A key figure that every version has."""


class PortfolioDesk:
    """Reads the book for its report; a case stays known until its version or the day changes."""

    def __init__(self, workbench: "Workbench") -> None:
        self._workbench = workbench
        self._tables = replace(workbench.reference.tables, explain=False)
        self._stored = StoredCases(workbench, _EVERY_CASE, self._read)

    def read(self, day: date | None = None, progress: Progress | None = None) -> Portfolio:
        """Return the book of all cases that are not deleted, on a day; today by default.

        `progress(done, of)` is called before each case and at the end, and may raise to stop;
        what was read until then stays known.

        Raises:
            CaseRefused: `date_too_far` at "day".
        """
        day = day or self._workbench.today()
        found = self._stored.read(day, progress)
        loans = tuple(one.loan for one in found if one.loan is not None)
        moved = LoanBook(day, loans, ()).moved(PRICE_CHANGES)
        now = {loan.case_id: row[0] for loan, row in zip(moved.loans, moved.rows, strict=True)}
        book = book_of(day, [one.found for one in found])
        approved = self._workbench.approved_versions()
        cases = [at_price(one, now) for one in found]
        return Portfolio(
            day=day,
            cases=tuple(
                replace(case, approved=(case.case_id, case.version) in approved) for case in cases
            ),
            moves=tuple(price_moves(moved)),
            due=self._due(day),
            due_days=DUE_DAYS,
            zone_km=ZONE_KM,
            zone=densest_zone(book, ZONE_KM),
            unplaced=len(book.unplaced),
        )

    def stamp(self, book: Portfolio) -> Stamp:
        """Return the identity of a report: its hash is over the sorted hashes of its cases."""
        hashes = sorted(case.input_hash for case in book.cases)
        digest = hashlib.sha256("\n".join(hashes).encode()).hexdigest()
        stamp = stamp_of(
            digest,
            f"{LETTERS[PORTFOLIO_REPORT]}-{book.day:%Y%m%d}-{case_code(digest)[:9]}",
            data_version=self._workbench.reference.data_version,
            issued_on=book.day,
            version=None,
            approval=None,
        )
        return replace(stamp, template=self._workbench.house().digest)

    def pdf(self, book: Portfolio, *, language: Language) -> bytes:
        """Draw the report of a book by the template of the house; the same gives the same bytes.

        Raises:
            CaseRefused: a text holds a character that the document font cannot draw.
        """
        from app.reports.pdf import draw  # noqa: PLC0415 - reportlab on demand
        from app.reports.portfolio_report import build_portfolio_report  # noqa: PLC0415

        template, stamp = self._workbench.house(), self.stamp(book)
        try:
            with negatives(bracketed=template.negative is Negative.PARENTHESES):
                document = build_portfolio_report(book, stamp, Words(language), template)
                return draw(document, issued_on=book.day)
        except DomainError as error:
            raise CaseRefused([domain_problem(error)]) from error

    def _due(self, day: date) -> tuple[DueThing, ...]:
        """What is late or due soon in all loans; versions without a text of it are computed."""
        entries = self._workbench.list_cases()
        missing = [one for one in entries if has_loan(one) and kept_text(one) is None]
        texts = {version_of(one): found_text(self._workbench, one) for one in missing}
        lines = due_lines(entries, texts, day, day + timedelta(days=DUE_DAYS))
        return tuple(DueThing(line.case_name, line.days, line.item.item) for line in lines)

    def _read(self, entry: "CaseEntry", text: str, day: date) -> Read:
        named = (entry.case_id, entry.version, entry.name)
        line = line_of(entry)
        try:
            case = case_file.read_document(text.encode()).case
        except CaseRefused as refused:
            return Read(replace(line, problems=tuple(refused.problems)), Found(None))
        rate = entry.figures.get("annual_compound")
        loan, parts = None, None
        if case.loan is not None:
            loan, parts = read_loan(named, case, self._tables, day)
        found = read_case(named, case, self._tables, day, loan)
        refused_by = () if found.not_read is None else found.not_read.problems
        return Read(
            replace(
                line,
                policy=policy_of(entry, case, day),
                problems=refused_by,
                not_followed=isinstance(loan, LeftOut) and loan.not_followed,
            ),
            found,
            annual_rate=rate if isinstance(rate, float) else None,
            loan=loan if isinstance(loan, BookLoan) else None,
            facts=None if parts is None else loan_facts(parts, day),
        )
