"""Rules of the terms of the agreement: days in order, clauses with a text, one pledgor."""

from collections.abc import Iterator
from datetime import date

from app.finance.case.case import Case
from app.finance.case.lending.agreement import Clause, LoanAgreement
from app.finance.case.loan import Loan
from app.finance.case.problems import Problem

_PATH = "loan.agreement"
_TABLES = ("covenants", "conditions", "default_events")


def agreement_problems(case: Case, maturity: date | None) -> list[Problem]:
    """Return the problems between the terms of the agreement; `maturity` None: not known yet."""
    loan = case.loan
    agreement = None if loan is None else loan.agreement
    if loan is None or agreement is None:
        return []
    found = [*_pledgor_problems(loan, agreement), *_clause_problems(agreement)]
    valued = None if case.appraisal is None else case.appraisal.valuation_date
    if valued is not None and agreement.valid_until is not None and agreement.valid_until < valued:
        path = f"{_PATH}.valid_until"
        found.append(Problem(path, "before_start", agreement.valid_until, {"start": valued}))
    return [*found, *_day_problems(loan, agreement, maturity)]


def _pledgor_problems(loan: Loan, agreement: LoanAgreement) -> Iterator[Problem]:
    """Agreement and registration name one pledgor; who is not named there follows from here."""
    registered = "" if loan.registration is None else loan.registration.pledgor
    if agreement.pledgor and registered and agreement.pledgor != registered:
        facts = {"registered": registered}
        yield Problem(f"{_PATH}.pledgor", "another_pledgor", agreement.pledgor, facts)


def _clause_problems(agreement: LoanAgreement) -> Iterator[Problem]:
    """A clause says something in one language at least, and the same thing only once."""
    for table in _TABLES:
        lines: tuple[Clause, ...] = getattr(agreement, table)
        seen: dict[tuple[str, str], int] = {}
        for number, line in enumerate(lines):
            texts = (line.chinese.strip(), line.english.strip())
            path = f"{_PATH}.{table}.{number}.chinese"
            if not any(texts):
                yield Problem(path, "clause_empty", line.chinese)
            elif texts in seen:
                yield Problem(path, "clause_twice", line.chinese, {"line": seen[texts] + 1})
            seen.setdefault(texts, number)


def _day_problems(loan: Loan, agreement: LoanAgreement, maturity: date | None) -> Iterator[Problem]:
    """The loan stays available up to its last drawdown at least, and not beyond its maturity."""
    until = agreement.available_until
    if until is not None:
        drawn = max([loan.drawdown_date, *(line.day for line in loan.tranches)])
        if until < drawn:
            yield Problem(f"{_PATH}.available_until", "before_last_drawdown", until, {"day": drawn})
        elif maturity is not None and until >= maturity:
            facts = {"maturity": maturity}
            yield Problem(f"{_PATH}.available_until", "not_before_maturity", until, facts)
    valid = agreement.valid_until
    if valid is not None and until is not None and valid > until:
        yield Problem(f"{_PATH}.valid_until", "valid_beyond_availability", valid, {"last": until})
