"""Loans that are watched, for the tests of coverage, disposal and calendar."""

import copy
from typing import Any

from app.finance.engine import compute_case
from app.finance.lending.life_results import DueItem, LifeResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate

TONNES = 10_000.0
PRICE = 100.0


def watched_document(document: dict[str, Any], **watched: Any) -> dict[str, Any]:
    """Return a case of ten years of 10,000 t at 100 yuan/t, sized on gross: 10 million yuan.

    The loan: 3 million over five years, equal principal each quarter, 3.6 % by whole months:
    each payment repays 150,000 and the first interest is 27,000.
    """
    case = copy.deepcopy(document)
    case["project"]["stated"] = [{"first_year": 2025, "last_year": 2034, "tonnes_per_year": TONNES}]
    case["appraisal"].update(horizon_years=10, price_yuan_t=PRICE)
    case["loan"].update(
        amount_yuan=3_000_000,
        term_months=60,
        annual_rate=0.036,
        repayment="equal_principal",
        payment_frequency="quarterly",
        valuation_basis="gross",
        monitoring={"overdue_multiple": 1.5, "diverted_multiple": 2.0} | watched,
    )
    return case


def life_of(document: dict[str, Any]) -> LifeResult:
    loan = compute_case(validate(document).case, SinkTables({})).loan
    assert loan is not None
    assert loan.life is not None
    return loan.life


def due_of(life: LifeResult, code: str) -> list[DueItem]:
    return [item for item in life.due if item.code == code]


def days_of(life: LifeResult, code: str) -> dict[str, str]:
    """Return the days of one kind with their states."""
    return {item.day.isoformat(): item.state for item in due_of(life, code)}
