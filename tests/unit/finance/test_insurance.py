"""Whole quotes against published cases, closed forms and the premiums of version 1."""

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from scipy import stats
from scipy.integrate import quad

from app.finance.engine import compute_case
from app.finance.sink.tables import SinkTables
from app.services.case_file import migrate, validate
from tests.case_table import case_table
from tests.unit.finance.insured_policies import PROJECT, quote, quoted

CASES = case_table("insurance")
LAYER: dict[str, Any] = {
    "quantity": 1,
    "unit_value_yuan": 100_000_000,
    "layer_attachment_yuan": 200_000,
    "layer_limit_yuan": 5_000_000,
}
LOGNORMAL: dict[str, Any] = {
    "events_per_year": 0.8,
    "mean_damage": 1_200_000,
    "damage_cv": 1.5,
    "damage_basis": "yuan",
}


def test_the_layer_of_a_lognormal_loss_is_the_closed_form() -> None:
    expected = json.loads(CASES["I01"]["expected"])["annual_expected_layer_loss"]
    found = quote(heads=[LAYER], perils=[LOGNORMAL])
    assert found.pure_premium_yuan == pytest.approx(expected, rel=1e-9)


def test_the_spread_of_the_layer_agrees_with_quadrature() -> None:
    sigma = math.sqrt(math.log1p(1.5**2))
    law = stats.lognorm(s=sigma, scale=1_200_000 * math.exp(-(sigma**2) / 2))
    square, _ = quad(lambda x: 2 * (x - 200_000) * law.sf(x), 200_000, 5_200_000, limit=200)
    found = quote(heads=[LAYER], perils=[LOGNORMAL]).distribution
    assert found is not None
    assert found.sd_yuan == pytest.approx(math.sqrt(0.8 * square), rel=1e-6)


def test_a_layer_with_a_limit_of_the_year_is_that_of_six_engines() -> None:
    # R01: R actuar, aggregate, gemact, lossmodels and own transform; million yuan.
    found = quote(heads=[{**LAYER, "year_limit_yuan": 8_000_000}], perils=[LOGNORMAL])
    law = found.distribution
    assert law is not None
    assert found.pure_premium_yuan == pytest.approx(725_389, abs=10)
    assert law.sd_yuan == pytest.approx(1_315_094, abs=100)
    assert 1 - law.p_no_loss == pytest.approx(0.499816, abs=1e-6)
    assert law.quantiles[2:4] == pytest.approx((2_391_000, 3_826_000), rel=1e-3)
    assert law.quantiles[5:] == pytest.approx((5_741_000, 6_635_000), rel=1e-3)
    assert law.tvar[5] == pytest.approx(6_817_186, rel=1e-4)
    wang = quote(
        heads=[{**LAYER, "year_limit_yuan": 8_000_000}],
        perils=[LOGNORMAL],
        risk_load="wang",
        risk_load_factor=None,
        wang_lambda=0.3,
    )
    assert wang.pure_premium_yuan + wang.risk_load_yuan == pytest.approx(1_085_696, rel=1e-4)


def test_a_frequency_to_the_layer_counts_the_events_that_are_paid() -> None:
    # R47 (Bahnemann, exercise 5.13): 15 events ground-up, of which 1.95359 reach the layer.
    sigma = 1.8
    mean = math.exp(5.9809 + sigma**2 / 2)
    peril = {
        "events_per_year": 15,
        "mean_damage": mean,
        "damage_cv": math.sqrt(math.expm1(sigma**2)),
        "damage_basis": "yuan",
    }
    head = {**LAYER, "layer_attachment_yuan": 3_000, "layer_limit_yuan": 5_000}
    ground_up = quote(heads=[head], perils=[peril])
    assert ground_up.perils[0].events_paid == pytest.approx(1.95359, rel=1e-5)
    assert ground_up.pure_premium_yuan == pytest.approx(5785.25, abs=0.01)
    assert ground_up.distribution is not None
    assert ground_up.distribution.sd_yuan == pytest.approx(4910.93, abs=0.01)
    counted = ground_up.perils[0].events_paid
    paid = quote(
        heads=[head],
        perils=[{**peril, "events_per_year": counted, "frequency_basis": "to_layer"}],
    )
    assert paid.pure_premium_yuan == pytest.approx(ground_up.pure_premium_yuan, rel=1e-6)
    assert paid.perils[0].events_ground_up == pytest.approx(15, rel=1e-6)


def test_a_fixed_loss_pays_loss_less_deductible() -> None:
    found = quote(
        heads=[{"deductible_share": 0.1}],
        perils=[{"events_per_year": 0.1, "mean_damage": 0.5, "damage_cv": 0}],
    )
    assert found.pure_premium_yuan == pytest.approx(0.1 * 400_000)
    assert found.distribution is not None
    assert found.distribution.sd_yuan == pytest.approx((0.1 * 400_000**2) ** 0.5)


def test_the_limit_of_an_event_caps_the_payment() -> None:
    found = quote(
        heads=[{"event_limit_yuan": 50_000}],
        perils=[{"events_per_year": 1, "mean_damage": 1, "damage_cv": 0}],
    )
    assert found.pure_premium_yuan == pytest.approx(50_000)


def test_the_rongcheng_seagrass_sum_insured(insured_document: dict[str, Any]) -> None:
    assert quoted(insured_document).sum_insured_yuan == Decimal("200000.00")


def test_an_empty_quantity_insures_the_credits_of_the_first_year(
    insured_document: dict[str, Any],
) -> None:
    (head,) = insured_document["insurance"]["heads"]
    del head["quantity"]
    head |= {"quantity_unit": "tCO2e", "unit_value_yuan": 100}
    assert quoted(insured_document).sum_insured_yuan == Decimal("1250414.00")


VERSION_1: dict[str, Any] = {
    "period_months": 12,
    "risk_load_factor": 0.2,
    "fixed_expense_yuan": 0,
    "variable_expense_share": 0.15,
    "commission_share": 0.05,
    "profit_share": 0.05,
    "tax_share": 0.0,
}
PANJIN = {
    "head": "carbon_and_farming_cost",
    "quantity": 10000,
    "quantity_unit": "mu",
    "unit_value_yuan": 1690,
    "events_per_year": 0.3,
    "mean_damage_share": 0.2,
    "damage_cv": 1.2,
    "deductible_share": 0.1,
}
SEAGRASS = {
    "head": "carbon_and_restoration",
    "quantity": 100,
    "quantity_unit": "mu",
    "unit_value_yuan": 2000,
    "events_per_year": 0.25,
    "mean_damage_share": 0.25,
    "damage_cv": 1.0,
    "deductible_share": 0.1,
}
TRADE = {
    "head": "sale_failure",
    "quantity_unit": "tCO2e",
    "unit_value_yuan": 60,
    "events_per_year": 0.05,
    "mean_damage_share": 1,
    "damage_cv": 0,
    "deductible_share": 0.1,
}


@pytest.mark.parametrize(
    ("cover", "inputs", "start", "premium"),
    [
        ("harvest_cover", PANJIN, "2024-04-24", "1266686.51"),
        ("carbon_cover", SEAGRASS, "2022-05-25", "16718.15"),
        ("carbon_cover", TRADE, "2023-06-30", "13639.88"),
    ],
)
def test_a_cover_of_schema_version_1_costs_what_it_cost(
    cover: str, inputs: dict[str, Any], start: str, premium: str
) -> None:
    stated = [{"first_year": 2023, "last_year": 2023, "tonnes_per_year": 2000}]
    document = {
        "schema_version": 1,
        "project": {**PROJECT, "stated": stated},
        "insurance": {**VERSION_1, "period_start": start, cover: inputs},
    }
    result = compute_case(validate(migrate(document)).case, SinkTables({})).insurance
    assert result is not None
    assert result.gross_premium_yuan == Decimal(premium)
