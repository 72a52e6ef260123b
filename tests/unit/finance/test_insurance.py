"""Premiums against closed forms."""

import json
import math
from typing import Any

import pytest
from scipy import stats
from scipy.integrate import quad

from app.finance.engine import compute_case
from app.finance.insurance.premium import gross_premium
from app.finance.insurance.severity import Severity, layer_moments
from app.finance.sink.tables import SinkTables
from app.reference.tables import load_reference
from app.services.case_file import validate
from tests.case_table import case_table

CASES = case_table("insurance")


def test_the_layer_of_a_lognormal_loss_is_the_closed_form() -> None:
    given = json.loads(CASES["I01"]["inputs"])
    expected = json.loads(CASES["I01"]["expected"])
    severity = Severity(given["mean"], given["cv"])
    assert severity.limited_mean(200_000) == pytest.approx(expected["lev_200k"], rel=1e-9)
    assert severity.limited_mean(5_200_000) == pytest.approx(expected["lev_5200k"], rel=1e-9)
    first, _ = layer_moments(severity, given["deductible"], given["limit"])
    assert given["lambda"] * first == pytest.approx(
        expected["annual_expected_layer_loss"], rel=1e-9
    )


def test_the_second_moment_of_the_layer_agrees_with_quadrature() -> None:
    severity = Severity(1_200_000, 1.5)

    variance = math.log1p(1.5**2)
    sigma = math.sqrt(variance)
    law = stats.lognorm(s=sigma, scale=math.exp(math.log(1_200_000) - variance / 2))
    below, _ = quad(lambda x: 2 * (x - 200_000) * law.sf(x), 200_000, 5_200_000, limit=200)
    _, second = layer_moments(severity, 200_000, 5_000_000)
    assert second == pytest.approx(below, rel=1e-6)


def test_loadings_are_shares_of_the_gross_premium() -> None:
    given = json.loads(CASES["I16"]["inputs"])
    expected = json.loads(CASES["I16"]["expected"])["gross"]
    shares = given["variable_expense"] + given["commission"] + given["profit"] + given["tax"]
    premium = gross_premium(
        pure=given["pure"], risk_load=given["risk_load"], fixed=given["fixed"], shares=shares
    )
    assert premium == pytest.approx(expected, rel=1e-9)


def insured(document: dict[str, Any], **cover: object) -> Any:
    document["insurance"]["carbon_cover"].update(cover)
    result = compute_case(validate(document).case, SinkTables({})).insurance
    assert result is not None
    return result


def test_the_rongcheng_seagrass_sum_insured(insured_document: dict[str, Any]) -> None:
    assert float(insured(insured_document).sum_insured_yuan) == 200_000.0


def test_a_fixed_loss_pays_loss_less_deductible(insured_document: dict[str, Any]) -> None:
    cover = insured(
        insured_document, damage_cv=0, mean_damage_share=0.5, events_per_year=0.1
    ).covers[0]
    assert cover.expected_loss_yuan == pytest.approx(0.1 * (100_000 - 20_000))
    assert cover.loss_sd_yuan == pytest.approx((0.1 * 80_000**2) ** 0.5)


def test_the_limit_of_an_event_caps_the_payment(insured_document: dict[str, Any]) -> None:
    cover = insured(
        insured_document,
        damage_cv=0,
        mean_damage_share=1,
        events_per_year=1,
        event_limit_yuan=50_000,
    ).covers[0]
    assert cover.expected_loss_yuan == pytest.approx(50_000)


def test_half_a_year_has_half_the_events(insured_document: dict[str, Any]) -> None:
    whole = insured(insured_document).covers[0].expected_loss_yuan
    insured_document["insurance"]["period_months"] = 6
    assert insured(insured_document).covers[0].expected_loss_yuan == pytest.approx(whole / 2)


def test_an_empty_quantity_insures_the_credits_of_the_first_year(
    insured_document: dict[str, Any],
) -> None:
    cover = insured_document["insurance"]["carbon_cover"]
    del cover["quantity"]
    assert insured(
        insured_document, quantity_unit="tCO2e", unit_value_yuan=100
    ).sum_insured_yuan == pytest.approx(1_250_414)


def test_a_harvest_cover_takes_the_harvest_of_the_first_year(
    insured_document: dict[str, Any],
) -> None:
    insured_document["project"] |= {
        "quantity_method": "harvest",
        "accounting_mode": "soft_and_shell",
        "harvest": [
            {
                "species": "牡蛎",
                "first_year": 2025,
                "last_year": 2025,
                "tonnes_per_year": 500,
                "basis": "wet",
            }
        ],
    }
    cover = insured_document["insurance"].pop("carbon_cover")
    del cover["quantity"]
    insured_document["insurance"]["harvest_cover"] = {
        **cover,
        "quantity_unit": "t",
        "unit_value_yuan": 8000,
    }
    case = validate(insured_document).case
    result = compute_case(case, load_reference().tables).insurance
    assert result is not None
    assert float(result.sum_insured_yuan) == 4_000_000.0
