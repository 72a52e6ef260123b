"""A small cash flow of a right and its appraisal, for tests of what is computed from them."""

import copy
from typing import Any

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.valuation.flows import FlowPlan
from app.services.case_file import validate

_DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "Right of three flows",
        "ecosystem": "mangrove",
        "quantity_method": "stated",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2026, "tonnes_per_year": 1000}],
    },
    "appraisal": {
        "valuation_date": "2025-01-31",
        "price_yuan_t": 80,
        "price_growth": 0,
        "horizon_years": 2,
        "discount_rate": 0.08,
        "transaction_fee_share": 0.05,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        "benefit_share": 0,
        "tax_share": 0,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
    },
}


def document(**changes: object) -> dict[str, Any]:
    """A case document; `changes` are inputs of its appraisal."""
    found = copy.deepcopy(_DOCUMENT)
    found["appraisal"].update(changes)
    return found


def appraisal(**changes: object) -> Appraisal:
    """The validated appraisal of `document`."""
    found = validate(document(**changes)).case.appraisal
    assert found is not None
    return found


def plan(**changes: Any) -> FlowPlan:
    """Two years of 1,000 t at 80 and 90 yuan after costs at the start; arrays may be lists."""
    costs = changes.pop(
        "costs", {"investment": [20_000.0, 15_000.0, 0.0], "monitoring": [0.0, 3_000.0, 3_000.0]}
    )
    given: dict[str, Any] = {
        "times": np.array([0.0, 1.0, 2.0]),
        "years": (2025, 2025, 2026),
        "days": (None, None, None),
        "tonnes": np.array([0.0, 1000.0, 1000.0]),
        "prices": np.array([80.0, 80.0, 90.0]),
        "revenue_shares": {"fee": 0.05, "community": 0.03, "tax": 0.02, "other": 0.0},
        "fee_per_tonne": 1.0,
        "costs": {code: np.array(amounts, dtype=float) for code, amounts in costs.items()},
        "receipts": np.zeros(3),
        **changes,
    }
    return FlowPlan(**given)
