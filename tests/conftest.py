"""Shared by all tests: offscreen Qt, a folder of its own for the book, and sample documents."""

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.i18n import set_language
from app.paths import HOME_VARIABLE

_DONGTAI: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "Dongtai tidal flat",
        "ecosystem": "shellfish",
        "quantity_method": "stated",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "sea_area_right_end": "2035-12-31",
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2025, "tonnes_per_year": 12504.14}],
    },
    "appraisal": {
        "valuation_date": "2025-03-31",
        "price_yuan_t": 100,
        "price_growth": 0,
        "horizon_years": 1,
        "discount_rate": 0.08,
        "transaction_fee_share": 0.05,
        "monitoring_cost_yuan_yr": 30000,
        "verification_cost_yuan": 50000,
        "operating_cost_yuan_yr": 20000,
        "benefit_share": 0,
        "tax_share": 0.03,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
    },
    "loan": {
        "amount_yuan": 20000000,
        "purpose_need_yuan": 20000000,
        "valuation_basis": "gross",
        "pledge_ratio": 0.5,
        "annual_rate": 0.0385,
        "term_months": 12,
        "repayment": "equal_instalment",
        "drawdown_date": "2025-03-31",
    },
}

_HEAD: dict[str, Any] = {
    "name": "carbon",
    "kind": "carbon_value",
    "quantity": 100,
    "quantity_unit": "mu",
    "unit_value_yuan": 2000,
    "deductible_share": 0.1,
}

_PERIL: dict[str, Any] = {
    "peril": "any",
    "events_per_year": 0.25,
    "mean_damage": 0.25,
    "damage_cv": 1,
    "source": "assumed for the tests",
}

_INSURANCE: dict[str, Any] = {
    "period_start": "2025-04-01",
    "period_months": 12,
    "risk_load_factor": 0.2,
    "fixed_expense_yuan": 500,
    "variable_expense_share": 0.15,
    "commission_share": 0.05,
    "profit_share": 0.05,
    "tax_share": 0.06,
    "heads": [_HEAD],
    "perils": [_PERIL],
}


@pytest.fixture
def document() -> dict[str, Any]:
    """A complete case document: Dongtai, with its loan."""
    return copy.deepcopy(_DONGTAI)


@pytest.fixture
def insured_document(document: dict[str, Any]) -> dict[str, Any]:
    """The same case with an insured carbon value."""
    return {**document, "schema_version": 2, "insurance": copy.deepcopy(_INSURANCE)}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep book and settings of the tests away from those of the user; speak English."""
    home = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    set_language("en")
    yield home
    set_language("en")
