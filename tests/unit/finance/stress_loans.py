"""Loans on small rights, computed whole, for the tests of stress and heat table."""

import copy
from collections.abc import Mapping
from typing import Any

from app.finance.engine import compute_case
from app.finance.lending.results import LoanResult
from app.finance.lending.risk_results import StressCase
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate
from tests.unit.finance import moved_rights

Document = dict[str, Any]

_THREE_YEARS: Document = {
    "schema_version": 1,
    "project": {
        "name": "Three years of 1,000 t at 100 yuan",
        "ecosystem": "mangrove",
        "quantity_method": "stated",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2027, "tonnes_per_year": 1000}],
    },
    "appraisal": {
        "valuation_date": "2025-01-01",
        "timing": "end_year",
        "price_yuan_t": 100,
        "price_growth": 0,
        "horizon_years": 3,
        "discount_rate": 0,
        "transaction_fee_share": 0,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        "benefit_share": 0,
        "tax_share": 0,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
    },
    "loan": {
        "amount_yuan": 120_000,
        "purpose_need_yuan": 120_000,
        "valuation_basis": "net",
        "pledge_ratio": 0.5,
        "annual_rate": 0,
        "term_months": 36,
        "repayment": "equal_principal",
        "payment_frequency": "yearly",
        "drawdown_date": "2025-01-01",
    },
}


def three_years(**loan: Any) -> Document:
    """Three years of 100,000 yuan against three payments of 40,000: all of it in the head."""
    found = copy.deepcopy(_THREE_YEARS)
    found["loan"].update(loan)
    return found


def twenty_years(
    *,
    project: Mapping[str, Any] | None = None,
    appraisal: Mapping[str, Any] | None = None,
    **loan: Any,
) -> Document:
    """A loan of eight years on the right of twenty years, with costs and price growth."""
    terms = {
        "amount_yuan": 900_000,
        "purpose_need_yuan": 2_000_000,
        "valuation_basis": "net",
        "pledge_ratio": 0.5,
        "annual_rate": 0.045,
        "term_months": 96,
        "repayment": "equal_instalment",
        "payment_frequency": "quarterly",
        "drawdown_date": "2025-02-15",
    }
    right = moved_rights.document(dict(project or {}), dict(appraisal or {}))
    return {**right, "loan": {**terms, **loan}}


def loan_of(document: Document) -> LoanResult:
    found = compute_case(validate(document).case, SinkTables({})).loan
    assert found is not None
    return found


def stresses(document: Document) -> dict[str, StressCase]:
    """Return the stresses by code, own ones by name."""
    cases = loan_of(document).stress.cases
    return {case.name if case.code == "own" else case.code: case for case in cases}
