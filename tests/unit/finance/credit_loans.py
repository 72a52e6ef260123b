"""Loans with inputs of credit risk, for tests of default, loss, capital and return."""

from datetime import date
from typing import Any

from app.finance.engine import compute_case
from app.finance.lending.parts import LoanParts
from app.finance.lending.results import LoanResult
from app.finance.lending.risk_results import CreditResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate

DRAWN = date(2025, 3, 31)
"""Drawdown date of the loans."""


def credit_document(document: dict[str, Any], **credit: Any) -> dict[str, Any]:
    """Return a case of ten years of credits; the entries of its loan are as set before.

    An income right alone secures it unless collaterals are entered.
    """
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2034, "tonnes_per_year": 12504.14}
    ]
    document["appraisal"]["horizon_years"] = 10
    document["loan"].setdefault("credit", {}).update(credit)
    return document


def loan_result(document: dict[str, Any]) -> LoanResult:
    """Return the loan of a case."""
    found = compute_case(validate(document).case, SinkTables({})).loan
    assert found is not None
    return found


def credit_result(document: dict[str, Any]) -> CreditResult:
    """Return the credit risk of the loan of a case."""
    found = loan_result(document).credit
    assert found is not None
    return found


def loan_parts(document: dict[str, Any]) -> LoanParts:
    """Return a valued case with the schedule and the security of its loan."""
    case = validate(document).case
    results = compute_case(case, SinkTables({}))
    loan = results.loan
    assert loan is not None
    assert results.values is not None
    return LoanParts(
        case,
        results.carbon,
        results.values,
        loan.plan,
        loan.security,
        effective=loan.effective,
        life=loan.life,
    )


def security(value_yuan: float, **line: Any) -> dict[str, Any]:
    """Return a line of collateral that is not the income right."""
    return {"kind": "equipment", "value_yuan": value_yuan, **line}
