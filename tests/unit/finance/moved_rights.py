"""A right of twenty years that is valued anew with other inputs, to check what a move gives."""

import copy
from dataclasses import dataclass, replace
from typing import Any

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.project import Project
from app.finance.engine import last_plan_year
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.tables import SinkTables
from app.finance.valuation.results import ValueResult
from app.finance.valuation.values import compute_values
from app.services.case_file import validate

TABLES = SinkTables({})
_DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "Right of twenty years",
        "ecosystem": "mangrove",
        "quantity_method": "stated",
        "uncertainty_discount": 0.05,
        "leakage_share": 0,
        "buffer_share": 0.1,
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2070, "tonnes_per_year": 5000}],
    },
    "appraisal": {
        "valuation_date": "2025-01-01",
        "price_yuan_t": 80,
        "price_growth": 0.03,
        "horizon_years": 20,
        "discount_rate": 0.08,
        "transaction_fee_share": 0.05,
        "monitoring_cost_yuan_yr": 60000,
        "verification_cost_yuan": 50000,
        "operating_cost_yuan_yr": 40000,
        "initial_cost_yuan": 200000,
        "issuance_fee_yuan_t": 0.4,
        "benefit_share": 0.1,
        "tax_share": 0.03,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
        "prudent_price_discount": 0.1,
        "prudent_tonnes_discount": 0.05,
    },
}
VERIFIED = [
    {"monitored_to": f"{year}-12-31", "verified_on": f"{year + 1}-02-10"}
    for year in range(2025, 2045, 3)
]
"""Verifications every three years; none is left for the last two years."""


def document(
    project: dict[str, Any] | None = None, appraisal: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The case document with some inputs changed."""
    found = copy.deepcopy(_DOCUMENT)
    found["project"].update(project or {})
    found["appraisal"].update(appraisal or {})
    return found


@dataclass(frozen=True)
class Valued:
    """A case with its credits and values."""

    project: Project
    appraisal: Appraisal
    carbon: CarbonResult
    values: ValueResult

    def again(self, **changes: Any) -> ValueResult:
        """Value the right anew with other inputs of the appraisal."""
        return valued(Case(self.project, replace(self.appraisal, **changes))).values

    def with_project(self, **changes: Any) -> ValueResult:
        """Value the right anew with other inputs of the project."""
        return valued(Case(replace(self.project, **changes), self.appraisal)).values


def valued(case: Case) -> Valued:
    """Compute credits and values of a case."""
    assert case.appraisal is not None
    carbon = compute_carbon(case.project, last_year=last_plan_year(case), tables=TABLES)
    return Valued(
        case.project, case.appraisal, carbon, compute_values(case.project, case.appraisal, carbon)
    )


def right(project: dict[str, Any] | None = None, appraisal: dict[str, Any] | None = None) -> Valued:
    """The right with some inputs changed, valued."""
    return valued(validate(document(project, appraisal)).case)
