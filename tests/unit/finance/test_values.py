"""Gross, net and liquidation value."""

from decimal import Decimal
from typing import Any

import pytest

from app.finance.engine import Results, compute_case
from app.finance.sink.tables import SinkTables
from app.finance.valuation.results import ValueResult
from app.services.case_file import validate

NO_TABLES = SinkTables({})


def results_of(document: dict[str, Any], **appraisal: object) -> Results:
    document["appraisal"].update(appraisal)
    return compute_case(validate(document).case, NO_TABLES)


def valued(results: Results) -> ValueResult:
    assert results.values is not None
    return results.values


def forty_years(document: dict[str, Any], timing: str) -> Results:
    """The 40-year right of case L16: 1,085 t a year, 80 yuan, +3 %, costs 35 %, rate 9 %."""
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2064, "tonnes_per_year": 1085}
    ]
    del document["project"]["sea_area_right_end"]
    return results_of(
        document,
        valuation_date="2025-01-01",
        price_yuan_t=80,
        price_growth=0.03,
        horizon_years=40,
        discount_rate=0.09,
        timing=timing,
        transaction_fee_share=0,
        tax_share=0,
        cost_share_of_revenue=0.35,
        monitoring_cost_yuan_yr=0,
        verification_cost_yuan=0,
        operating_cost_yuan_yr=0,
    )


def test_dongtai_is_worth_what_the_bank_printed(document: dict[str, Any]) -> None:
    values = valued(results_of(document))
    assert values.gross_yuan == Decimal("1250414.00")
    assert values.one_year_yuan == Decimal("1250414.00")


def test_forty_years_at_year_end(document: dict[str, Any]) -> None:
    assert valued(forty_years(document, "end_year")).net_yuan == Decimal("842674.64")


def test_forty_years_in_mid_year(document: dict[str, Any]) -> None:
    assert valued(forty_years(document, "mid_year")).net_yuan == Decimal("879778.15")


def test_a_negative_net_value_stays_negative_and_is_worth_nothing_in_a_forced_sale(
    document: dict[str, Any],
) -> None:
    results = results_of(document, operating_cost_yuan_yr=2_000_000)
    assert valued(results).net_yuan < 0
    assert valued(results).liquidation_yuan == 0
    assert "net_not_positive" in {notice.code for notice in results.notices}


def test_each_year_is_valued_once(document: dict[str, Any]) -> None:
    document["project"]["stated"] = [{"first_year": 2025, "last_year": 2032, "tonnes_per_year": 10}]
    values = valued(
        results_of(
            document,
            price_yuan_t=10,
            horizon_years=8,
            discount_rate=0,
            transaction_fee_share=0,
            tax_share=0,
            monitoring_cost_yuan_yr=0,
            verification_cost_yuan=0,
            operating_cost_yuan_yr=0,
        )
    )
    assert values.net_yuan == Decimal("800.00")


def test_at_the_break_even_price_the_net_value_is_zero(document: dict[str, Any]) -> None:
    price = valued(results_of(document)).break_even_price_yuan_t
    assert price is not None
    assert valued(results_of(document, price_yuan_t=price)).net_yuan == 0


def test_without_credits_there_is_no_break_even_price(document: dict[str, Any]) -> None:
    document["project"]["stated"] = [{"first_year": 2040, "last_year": 2041, "tonnes_per_year": 10}]
    results = results_of(document)
    assert valued(results).break_even_price_yuan_t is None
    assert "no_credits_in_horizon" in {notice.code for notice in results.notices}


@pytest.mark.parametrize(
    ("end", "years"),
    [("2030-03-30", 5), ("2030-03-29", 4), ("2025-03-31", 0), ("2020-01-01", 0)],
)
def test_the_right_shortens_the_horizon_to_whole_years(
    end: str, years: int, document: dict[str, Any]
) -> None:
    document["project"]["sea_area_right_end"] = end
    values = valued(results_of(document, horizon_years=20))
    assert (values.horizon_years, values.horizon_limited_by) == (years, "sea_area_right_end")


def test_credits_wait_for_their_verification(document: dict[str, Any]) -> None:
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2030, "tonnes_per_year": 100}
    ]
    flow = valued(results_of(document, horizon_years=5, verification_interval_years=2)).cash_flow
    assert [row.credits_sold_tco2e for row in flow] == [0, 200, 0, 200, 100]


def test_a_verification_costs_also_when_it_brings_no_credits(document: dict[str, Any]) -> None:
    """Verified in year 1 (2025) without credits and in year 4 with those of 2027 alone."""
    document["project"] |= {
        "stated": [
            {"first_year": 2025, "last_year": 2026, "tonnes_per_year": 0},
            {"first_year": 2027, "last_year": 2028, "tonnes_per_year": 100},
        ],
        "verifications": [
            {"monitored_to": "2025-06-30", "verified_on": "2025-06-30"},
            {"monitored_to": "2027-12-31", "verified_on": "2028-06-30"},
        ],
        "issuance_lag_months": 0,
    }
    costs = {"monitoring_cost_yuan_yr": 0, "operating_cost_yuan_yr": 0}
    found = valued(results_of(document, horizon_years=5, verification_cost_yuan=7, **costs))
    assert [row.fixed_costs_yuan for row in found.cash_flow] == [7, 0, 0, 7, 0]
    assert found.credits_in_horizon_tco2e == 100


def test_verifications_that_cover_no_credits_sell_none(document: dict[str, Any]) -> None:
    document["project"] |= {
        "stated": [
            {"first_year": 2025, "last_year": 2025, "tonnes_per_year": 0},
            {"first_year": 2026, "last_year": 2029, "tonnes_per_year": 100},
        ],
        "verifications": [{"monitored_to": "2025-12-31", "verified_on": "2025-12-31"}],
        "issuance_lag_months": 0,
    }
    assert valued(results_of(document, horizon_years=5)).credits_in_horizon_tco2e == 0


def test_every_printed_value_has_its_working(document: dict[str, Any]) -> None:
    keys = {step.key for step in results_of(document).working}
    assert {
        "value.gross",
        "value.net",
        "value.liquidation",
        "value.break_even",
        "value.one_year",
        "loan.supported",
        "loan.to_gross",
        "loan.annual_rate",
        "loan.first_payment",
        "loan.total_interest",
        "carbon.credits",
    } <= keys
