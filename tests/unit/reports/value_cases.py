"""A right with all that a valuation can hold, for tests of its charts and its sheet."""

import copy
from functools import cache
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case, with_sensitivity, with_value_range
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate


def _deal(day: str, price: float, **more: object) -> dict[str, Any]:
    return {
        "day": day, "price": price, "ecosystem": "mangrove", "method": "agreement",
        "purpose": "voluntary", "volume_t": 2000, **more,
    }  # fmt: skip


_FULL: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "Right of twenty years",
        "ecosystem": "mangrove",
        "quantity_method": "stated",
        "uncertainty_discount": 0.05,
        "leakage_share": 0,
        "buffer_share": 0.1,
        "sea_area_right_end": "2060-12-31",
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2060, "tonnes_per_year": 5000}],
    },
    "appraisal": {
        "valuation_date": "2025-01-01",
        "price_basis": "evidence",
        "price_curve": "table",
        "curve_points": [
            {"year": 2025, "price_yuan_t": 80},
            {"year": 2040, "price_yuan_t": 130},
        ],
        "horizon_years": 20,
        "rate_basis": "build_up",
        "build_up": {"risk_free": 0.025, "industry": 0.03, "delivery": 0.025},
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
        "prudent_price_discount": 0.15,
        "prudent_tonnes_discount": 0.1,
        "flows": [{"kind": "grant", "day": "2026-06-30", "amount_yuan": 100000}],
        "evidence": {
            "comparables": [
                _deal("2023-02-01", 66, place="Zhanjiang", k_place=0.05),
                _deal("2023-06-01", 78, k_type=-0.05),
                _deal("2023-09-01", 82),
                _deal("2024-03-01", 88),
                _deal("2024-08-01", 90),
                _deal("2024-05-01", 1000, method="court", purpose="judicial"),
                _deal("2024-07-01", 160, k_type=-0.35),
            ]
        },
        "issued": {"tonnes": 1200, "price_yuan_t": 70, "liquidity_discount": 0.2},
        "market_approach": {"quantity": "horizon", "discount": 0.4},
        "cost_approach": {"development_yuan": 1500000, "certification_yuan": 200000},
        "conclusion": {
            "type_of_value": "pledge",
            "weight_income": 0.6,
            "weight_market": 0.3,
            "weight_cost": 0.1,
            "reasons": "The market is thin.",
            "valid_months": 6,
        },
        "scenarios": [
            {"kind": "base", "probability": 0.5},
            {"kind": "bear", "probability": 0.3, "price_change": -0.3},
            {"kind": "typhoon", "probability": 0.2, "loss_year": 2027, "loss_share": 0.5},
        ],
        "simulation": {"price_model": "gbm", "volatility": 0.25, "scenarios": 4096},
        "options": [
            {
                "model": "binomial", "volatility": 0.35, "years": 3, "rate": 0.025,
                "strike": 3000000, "exercise": "american", "steps": 50, "name": "Expansion",
            }
        ],
    },
    "loan": {
        "amount_yuan": 3000000,
        "purpose_need_yuan": 3000000,
        "valuation_basis": "prudent",
        "pledge_ratio": 0.5,
        "annual_rate": 0.0385,
        "term_months": 12,
        "repayment": "equal_instalment",
        "drawdown_date": "2025-03-31",
    },
}  # fmt: skip


def full_document() -> dict[str, Any]:
    """A case with every part of a valuation."""
    return copy.deepcopy(_FULL)


@cache
def full_case() -> tuple[CaseFile, Results]:
    """The case of `full_document`, computed with its simulation and sensitivity."""
    return drawn(full_document())


def drawn(document: dict[str, Any]) -> tuple[CaseFile, Results]:
    """A document validated and computed, with sensitivity and, if it asks, simulation."""
    file = validate(document)
    results = compute_case(file.case, SinkTables({}))
    results = with_sensitivity(file.case, results)
    return file, with_value_range(file.case, results)
