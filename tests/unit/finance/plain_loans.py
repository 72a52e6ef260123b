"""A loan of 300,000 yuan with any terms, and columns of its schedule, for tests of schedules."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.loan import Loan
from app.finance.lending.schedule_results import Instalment
from tests.unit.finance.loan_terms import loan_of


def loan(**terms: Any) -> Loan:
    """Return case L01, 12 equal instalments at 3.85 %, unless `terms` say otherwise."""
    return loan_of(**{"amount_yuan": Decimal(300_000), "drawdown_date": date(2025, 1, 15), **terms})


def column(lines: Iterable[Instalment], name: str) -> list[str]:
    """Return the amounts of a column as texts, for example "962.50"."""
    return [str(getattr(line, f"{name}_yuan")) for line in lines]
