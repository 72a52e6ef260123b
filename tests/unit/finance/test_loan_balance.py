"""What is owed on any day: by the ledger as far as it is known, and from then on as agreed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.balance import known_until, standing_on
from app.finance.lending.schedule import build_schedule
from app.services.case_file import validate
from tests.unit.finance.watched_loans import watched_document

FIRST_DUE, SECOND_DUE = date(2025, 6, 30), date(2025, 9, 30)


def loan_of(document: dict[str, Any], **watched: Any) -> Loan:
    loan = validate(watched_document(document, **watched)).case.loan
    assert loan is not None
    return loan


def unwatched(document: dict[str, Any]) -> Loan:
    case = watched_document(document)
    del case["loan"]["monitoring"]
    loan = validate(case).case.loan
    assert loan is not None
    return loan


def owed(loan: Loan, day: date) -> Decimal:
    return standing_on(loan, build_schedule(loan), day).owed_yuan


def test_a_loan_that_is_not_watched_is_paid_as_agreed(document: dict[str, Any]) -> None:
    loan = unwatched(document)
    assert known_until(loan, SECOND_DUE) is None
    assert owed(loan, FIRST_DUE) == 2_850_000
    assert owed(loan, SECOND_DUE) == 2_700_000
    assert owed(loan, date(2030, 3, 31)) == owed(loan, date(2041, 1, 1)) == 0


def test_interest_that_has_run_since_the_last_payment_is_owed(document: dict[str, Any]) -> None:
    # one of three months: 2,850,000 x 3.6 % / 12
    assert owed(unwatched(document), date(2025, 7, 30)) == 2_850_000 + 8_550


def test_nothing_is_owed_before_the_first_drawing(document: dict[str, Any]) -> None:
    assert owed(unwatched(document), date(2025, 3, 30)) == 0
    assert owed(unwatched(document), date(2025, 3, 31)) == 3_000_000


def test_on_the_day_watched_only_what_came_in_counts(document: dict[str, Any]) -> None:
    paid = [{"day": "2025-06-30", "amount_yuan": 100_000}]
    loan = loan_of(document, as_of="2025-06-30", receipts=paid)
    assert owed(loan, FIRST_DUE) == 3_000_000 + 27_000 - 100_000
    assert known_until(loan, FIRST_DUE) == FIRST_DUE


def test_after_the_day_watched_payments_are_taken_as_made_when_due(
    document: dict[str, Any],
) -> None:
    loan = loan_of(document, as_of="2025-03-31")
    assert known_until(loan, SECOND_DUE) == date(2025, 3, 31)
    assert owed(loan, SECOND_DUE) == owed(unwatched(document), SECOND_DUE)


def test_arrears_stay_and_bear_penalty_while_later_payments_are_made(
    document: dict[str, Any],
) -> None:
    # (150,000 + 27,000) x 5.4 % x 92 / 360 of penalty; the payment of 175,650 pays the oldest first
    loan = loan_of(document, as_of="2025-06-30")
    assert owed(loan, SECOND_DUE) == Decimal(2877000) + Decimal("2442.60")


def test_a_receipt_after_the_day_watched_is_known_too(document: dict[str, Any]) -> None:
    paid = [{"day": "2025-07-30", "amount_yuan": 177_000}]
    loan = loan_of(document, as_of="2025-03-31", receipts=paid)
    assert known_until(loan, date(2025, 7, 29)) == date(2025, 3, 31)
    assert known_until(loan, date(2025, 8, 30)) == date(2025, 7, 30)
    # the bill of 30 June was open for 30 days
    penalty = Decimal("796.50")
    assert owed(loan, date(2025, 7, 30)) == 2_850_000 + 8_550 + penalty


def test_a_day_before_the_day_watched_is_asked_of_the_ledger(document: dict[str, Any]) -> None:
    paid = [{"day": "2025-06-30", "amount_yuan": 177_000}]
    loan = loan_of(document, as_of="2025-12-31", receipts=paid)
    assert known_until(loan, FIRST_DUE) == FIRST_DUE
    assert owed(loan, FIRST_DUE) == 2_850_000


def test_an_extinguished_debt_is_owed_no_more(document: dict[str, Any]) -> None:
    loan = loan_of(document, as_of="2025-06-30", discharged_on="2025-06-30")
    assert owed(loan, date(2025, 6, 29)) > 0
    assert owed(loan, FIRST_DUE) == 0


def test_penalty_without_its_rate_is_refused_by_name(document: dict[str, Any]) -> None:
    loan = loan_of(document, as_of="2025-06-30", overdue_multiple=None)
    assert owed(loan, FIRST_DUE) == 3_027_000
    with pytest.raises(DomainError) as refused:
        owed(loan, SECOND_DUE)
    assert refused.value.code == "overdue_multiple_missing"
