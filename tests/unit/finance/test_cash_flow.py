"""The cash flow of a right: by year and by exact dates, costs, tax, what goes on for ever."""

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pyxirr

from app.finance.engine import Results, compute_case, with_value_range
from app.finance.errors import DomainError
from app.finance.sink.tables import SinkTables
from app.finance.valuation.results import CashFlowYear, ValueResult
from app.services.case_file import CaseRefused, validate

NO_TABLES = SinkTables({})


def right(document: dict[str, Any], **appraisal: object) -> dict[str, Any]:
    """A right of 100 t a year from 2025, at 50 yuan, without any cost, at 8 %."""
    document = copy.deepcopy(document)
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2060, "tonnes_per_year": 100}
    ]
    document["project"].pop("sea_area_right_end")
    document.pop("loan")
    document["appraisal"] |= {
        "valuation_date": "2025-01-01",
        "price_yuan_t": 50,
        "horizon_years": 4,
        "timing": "end_year",
        "transaction_fee_share": 0,
        "tax_share": 0,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        **appraisal,
    }
    return document


def results(document: dict[str, Any]) -> Results:
    return compute_case(validate(document).case, NO_TABLES)


def valued(document: dict[str, Any]) -> ValueResult:
    found = results(document).values
    assert found is not None
    return found


def rows(document: dict[str, Any]) -> tuple[CashFlowYear, ...]:
    return valued(document).cash_flow


def codes(document: dict[str, Any]) -> set[str]:
    return {notice.code for notice in results(document).notices}


def refused(document: dict[str, Any]) -> set[str]:
    with pytest.raises(CaseRefused) as caught:
        validate(document)
    return {problem.code for problem in caught.value.problems}


def costs(document: dict[str, Any], code: str) -> list[float]:
    return [row.costs.get(code, 0.0) for row in rows(document)]


def test_what_is_paid_at_the_start_is_a_row_of_the_valuation_date(
    document: dict[str, Any],
) -> None:
    given = right(document, initial_cost_yuan=700, validation_cost_yuan=300)
    found = rows(given)
    assert [row.index for row in found] == [0, 1, 2, 3, 4]
    assert found[0].costs == {"registration": 700, "validation": 300}
    assert (found[0].time_yr, found[0].net_yuan, found[0].factor) == (0, -1000, 1)
    assert found[-1].cumulative_yuan == pytest.approx(4 * 5000 - 1000)


def test_costs_grow_from_the_second_year_on(document: dict[str, Any]) -> None:
    given = right(
        document,
        monitoring_cost_yuan_yr=100,
        insurance_cost_yuan_yr=10,
        cost_growth=0.1,
    )
    assert costs(given, "monitoring") == pytest.approx([100, 110, 121, 133.1])
    assert costs(given, "insurance") == pytest.approx([10, 11, 12.1, 13.31])


def test_maintenance_ends_and_the_baseline_comes_back(document: dict[str, Any]) -> None:
    given = right(
        document,
        horizon_years=7,
        maintenance_cost_yuan_yr=50,
        maintenance_years=3,
        baseline_cost_yuan=900,
        baseline_interval_years=3,
    )
    assert costs(given, "maintenance") == [50, 50, 50, 0, 0, 0, 0]
    assert costs(given, "baseline") == [0, 0, 900, 0, 0, 900, 0]


def test_the_fee_of_the_registry_follows_the_credits(document: dict[str, Any]) -> None:
    given = right(document, issuance_fee_yuan_t=2, verification_interval_years=2)
    assert costs(given, "issuance_fee") == [0, 400, 0, 400]
    assert [row.net_yuan for row in rows(given)] == [0, 9600, 0, 9600]


def test_shares_of_the_revenue_are_shown_one_by_one(document: dict[str, Any]) -> None:
    given = right(document, transaction_fee_share=0.05, benefit_share=0.2, tax_share=0.03)
    (first, *_rest) = rows(given)
    assert first.shares == pytest.approx({"fee": 250, "community": 1000, "tax": 150, "other": 0})
    assert first.net_yuan == pytest.approx(3600)


def test_dated_amounts_fall_into_their_year_and_on_the_valuation_date_to_the_start(
    document: dict[str, Any],
) -> None:
    flows = [
        {"kind": "investment", "day": "2025-01-01", "amount_yuan": 9000},
        {"kind": "grant", "day": "2025-12-31", "amount_yuan": 400},
        {"kind": "subsidy", "day": "2026-01-01", "amount_yuan": 300},
        {"kind": "cost", "day": "2028-12-31", "amount_yuan": 200},
    ]
    found = rows(right(document, flows=flows))
    assert [row.net_yuan for row in found] == [-9000, 5400, 5300, 5000, 4800]
    assert [row.receipts_yuan for row in found] == [0, 400, 300, 0, 0]
    assert (found[0].costs["investment"], found[4].costs["other"]) == (9000, 200)


def test_a_dated_amount_after_the_last_day_is_left_out_and_said(document: dict[str, Any]) -> None:
    flows = [{"kind": "grant", "day": "2029-01-01", "amount_yuan": 400}]
    given = right(document, flows=flows)
    assert sum(row.receipts_yuan for row in rows(given)) == 0
    assert "flow_after_horizon" in codes(given)


def test_a_dated_amount_before_the_valuation_date_is_refused(document: dict[str, Any]) -> None:
    flows = [{"kind": "investment", "day": "2024-12-31", "amount_yuan": 400}]
    assert refused(right(document, flows=flows)) == {"flow_before_valuation"}


def test_income_tax_waits_until_losses_are_made_good(document: dict[str, Any]) -> None:
    """Start -8,000, then 5,000 a year: 2,000 is taxed in year 2, all of years 3 and 4."""
    given = right(document, initial_cost_yuan=8000, income_tax_rate=0.25, loss_carry_years=5)
    taxes = [row.income_tax_yuan for row in rows(given)]
    assert taxes == pytest.approx([0, 0, 500, 1250, 1250])
    assert [row.net_yuan for row in rows(given)] == pytest.approx([-8000, 5000, 4500, 3750, 3750])


def test_a_loss_too_old_to_be_carried_is_lost(document: dict[str, Any]) -> None:
    given = right(document, initial_cost_yuan=8000, income_tax_rate=0.25, loss_carry_years=1)
    taxes = [row.income_tax_yuan for row in rows(given)]
    assert taxes == pytest.approx([0, 0, 1250, 1250, 1250])


def test_income_tax_by_exact_dates_is_that_of_the_year(document: dict[str, Any]) -> None:
    """A grant in June and a cost in December are one profit of the year."""
    flows = [
        {"kind": "grant", "day": "2025-06-01", "amount_yuan": 1000},
        {"kind": "cost", "day": "2025-12-01", "amount_yuan": 6000},
    ]
    given = right(
        document,
        timing="exact_dates",
        flows=flows,
        income_tax_rate=0.25,
        loss_carry_years=0,
        horizon_years=1,
    )
    assert [row.income_tax_yuan for row in rows(given)] == [0, 0, 0]


def test_what_goes_on_for_ever_is_worth_the_grown_flow_over_rate_less_growth(
    document: dict[str, Any],
) -> None:
    """Gordon from the first year on: 5,000 / (8 % - 2 %), however many years are listed."""
    given = right(document, perpetual=True, price_growth=0.02)
    found = valued(given)
    assert found.net_yuan == pytest.approx(Decimal("83333.33"), abs=Decimal("0.01"))
    assert found.beyond_horizon_yuan == pytest.approx(83333.33 * (1.02 / 1.08) ** 4, abs=0.01)
    assert "value_beyond_horizon" in codes(given)


def test_a_growth_at_or_above_the_rate_has_no_value_for_ever(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        results(right(document, perpetual=True, price_growth=0.08))
    assert caught.value.code == "rate_below_growth"


def test_a_right_that_ends_does_not_go_on_for_ever(document: dict[str, Any]) -> None:
    given = right(document, perpetual=True)
    given["project"]["contract_end"] = "2050-12-31"
    with pytest.raises(DomainError) as caught:
        results(given)
    assert caught.value.code == "perpetual_right_ends"


@pytest.mark.parametrize(
    "changes",
    [
        {"verification_interval_years": 2},
        {"baseline_cost_yuan": 10, "baseline_interval_years": 2},
        {"baseline_cost_yuan": 10, "baseline_interval_years": 4},
        {"maintenance_cost_yuan_yr": 10, "maintenance_years": 5},
        {"flows": [{"kind": "grant", "day": "2028-06-30", "amount_yuan": 1}]},
        {
            "price_curve": "table",
            "curve_points": [{"year": y, "price_yuan_t": y} for y in (2025, 2031)],
        },
        {
            "price_curve": "forward",
            "forward_quotes": [{"day": "2031-01-01", "price_yuan_t": 90, "source": "example"}],
        },
    ],
)
def test_only_a_year_like_the_others_goes_on_for_ever(
    changes: dict[str, object], document: dict[str, Any]
) -> None:
    assert refused(right(document, perpetual=True, **changes)) == {"perpetual_uneven"}


def test_losses_do_not_keep_a_perpetuity_from_paying_tax(document: dict[str, Any]) -> None:
    taxed = {"perpetual": True, "income_tax_rate": 0.25, "loss_carry_years": 10}
    with pytest.raises(DomainError, match="perpetual_untaxed"):
        results(right(document, initial_cost_yuan=1_000_000, **taxed))
    results(right(document, initial_cost_yuan=100, **taxed))


@pytest.mark.parametrize(
    ("first", "is_told"), [(100, True), (62, False), (50, False), (38, False), (37, True)]
)
def test_a_table_that_begins_far_from_the_price_of_the_day_is_told(
    first: float, is_told: bool, document: dict[str, Any]
) -> None:
    points = [{"year": 2025, "price_yuan_t": first}, {"year": 2030, "price_yuan_t": 500}]
    given = right(document, price_curve="table", curve_points=points)
    assert ("curve_off_price" in codes(given)) is is_told


def test_quotes_that_begin_far_from_the_price_of_the_day_are_told(
    document: dict[str, Any],
) -> None:
    quotes = [{"day": "2025-06-30", "price_yuan_t": 90, "source": "example"}]
    given = right(document, price_curve="forward", forward_quotes=quotes)
    assert "curve_off_price" in codes(given)
    assert "curve_off_price" not in codes(right(document, price_growth=0.5))


# By exact dates


def test_exact_dates_value_a_part_year_at_the_end_of_the_right(document: dict[str, Any]) -> None:
    """From 2025-04-01 to 2027-09-30: two whole years and 183 days, by hand and by XNPV."""
    given = right(
        document,
        valuation_date="2025-04-01",
        timing="exact_dates",
        horizon_years=10,
        operating_cost_yuan_yr=1000,
    )
    given["project"]["sea_area_right_end"] = "2027-09-30"
    found = valued(given)
    part = 100 * 183 / 365
    assert [row.paid_on for row in found.cash_flow] == [
        date(2026, 4, 1),
        date(2027, 4, 1),
        date(2027, 9, 30),
    ]
    assert [row.credits_sold_tco2e for row in found.cash_flow] == pytest.approx([100, 100, part])
    net = [4000, 4000, part * 50 - 1000 * 183 / 366]
    assert [row.net_yuan for row in found.cash_flow] == pytest.approx(net)
    dates = [date(2025, 4, 1), *(row.paid_on for row in found.cash_flow if row.paid_on)]
    assert float(found.net_yuan) == pytest.approx(pyxirr.xnpv(0.08, dates, [0, *net]), abs=0.005)
    assert (found.horizon_years, found.horizon_limited_by) == (3, "sea_area_right_end")
    assert found.horizon_end == date(2027, 9, 30)
    assert "part_year_left_out" not in codes(given)


def test_by_whole_years_the_part_year_is_left_out_and_said(document: dict[str, Any]) -> None:
    given = right(document, valuation_date="2025-04-01", horizon_years=10)
    given["project"]["sea_area_right_end"] = "2027-09-30"
    assert valued(given).horizon_years == 2
    (notice,) = [n for n in results(given).notices if n.code == "part_year_left_out"]
    assert notice.facts == {"months": 6}


def test_exact_dates_over_common_years_are_the_year_end_convention(
    document: dict[str, Any],
) -> None:
    """2025-2027 have no 29 February, so that days over 365 are whole years."""
    shared = {
        "horizon_years": 3,
        "price_growth": 0.03,
        "operating_cost_yuan_yr": 700,
        "verification_cost_yuan": 300,
        "initial_cost_yuan": 900,
        "cost_growth": 0.02,
        "verification_interval_years": 2,
        "baseline_cost_yuan": 40,
        "baseline_interval_years": 2,
    }
    by_year = valued(right(document, **shared))
    by_day = valued(right(document, **shared, timing="exact_dates"))
    assert by_day.net_yuan == by_year.net_yuan
    assert by_day.gross_yuan == by_year.gross_yuan
    assert [r.net_yuan for r in by_day.cash_flow] == pytest.approx(
        [r.net_yuan for r in by_year.cash_flow]
    )


def test_exact_dates_sell_on_the_day_of_issuance(document: dict[str, Any]) -> None:
    """Monitored to mid-2026, verified in September, issued three months later."""
    given = right(document, timing="exact_dates", verification_cost_yuan=800, horizon_years=3)
    given["project"] |= {
        "verifications": [
            {"monitored_to": "2026-06-30", "verified_on": "2026-09-15"},
            {"monitored_to": "2027-12-31", "verified_on": "2028-02-01"},
        ],
        "issuance_lag_months": 3,
    }
    found = {row.paid_on: row for row in rows(given)}
    sold = found[date(2026, 12, 15)]
    assert sold.credits_sold_tco2e == pytest.approx(100 + 100 * 181 / 365)
    assert sold.time_yr == pytest.approx((date(2026, 12, 15) - date(2025, 1, 1)).days / 365)
    assert found[date(2026, 9, 15)].costs["verification"] == 800
    assert date(2028, 5, 1) not in found


def test_by_days_only_those_in_the_crediting_period_earn(document: dict[str, Any]) -> None:
    given = right(document, timing="exact_dates", horizon_years=1)
    given["project"]["crediting_start"] = "2025-07-01"
    (row,) = rows(given)
    assert row.credits_sold_tco2e == pytest.approx(100 * 184 / 365)
    whole = right(document, horizon_years=1)
    assert rows(whole)[0].credits_sold_tco2e == 100


def test_by_days_what_was_sold_comes_off_the_earliest_days_of_its_vintage(
    document: dict[str, Any],
) -> None:
    """Half of 2025 lies before the valuation date and can hold the 40 t sold; 60 t cannot."""
    for sold, left in ((40, 100 * 184 / 365), (60, 40)):
        given = right(
            document,
            valuation_date="2025-07-01",
            timing="exact_dates",
            horizon_years=1,
        )
        given["project"]["stated"][0]["last_year"] = 2025
        given["project"]["ledger"] = [
            {"kind": "sold", "day": "2025-06-01", "vintage": 2025, "tonnes": sold}
        ]
        assert valued(given).credits_in_horizon_tco2e == pytest.approx(left)


def test_a_right_that_ends_on_an_anniversary_has_one_more_day_than_whole_years(
    document: dict[str, Any],
) -> None:
    given = right(document, timing="exact_dates", horizon_years=10, operating_cost_yuan_yr=365)
    given["project"]["sea_area_right_end"] = "2027-01-01"
    found = valued(given)
    assert found.credits_in_horizon_tco2e == pytest.approx(200 + 100 / 365)
    last = found.cash_flow[-1]
    assert last.paid_on == date(2027, 1, 1)
    assert last.costs["operation"] == pytest.approx(366)


def test_a_right_that_is_over_has_no_flow_by_exact_dates(document: dict[str, Any]) -> None:
    given = right(document, timing="exact_dates")
    given["project"]["sea_area_right_end"] = "2024-06-30"
    found = valued(given)
    assert found.cash_flow == ()
    assert found.net_yuan == 0
    assert found.horizon_years == 0
    assert "right_has_ended" in codes(given)


def test_an_open_plan_earns_to_the_last_day_by_exact_dates(document: dict[str, Any]) -> None:
    """Planted in 2024 without an end: three years from April hold a part of four."""
    given = right(document, valuation_date="2025-04-01", timing="exact_dates", horizon_years=3)
    given["project"] |= {
        "ecosystem": "mangrove",
        "quantity_method": "planting",
        "planting": [{"year": 2023, "area_ha": 10}],
        "rate_tco2e_ha_yr": 10,
        "survival_share": 1,
    }
    found = rows(given)
    assert [row.credits_sold_tco2e for row in found] == pytest.approx(
        [100, 100, 100 * 275 / 365 + 100 * 91 / 366]
    )


# What leaves nothing, and what leaves the range of money


@pytest.mark.parametrize("timing", ["end_year", "mid_year", "exact_dates"])
def test_a_right_that_has_ended_takes_a_delay_as_well(
    timing: str, document: dict[str, Any]
) -> None:
    given = right(document, timing=timing, scenarios=[{"kind": "delay", "delay_months": 12}])
    given["project"]["contract_end"] = "2024-06-30"
    found = valued(given)
    assert found.scenarios[0].net_yuan == 0
    assert found.scenarios[0].credits_tco2e == 0


@pytest.mark.parametrize("tax", [0, 0.25])
@pytest.mark.parametrize(
    "factor",
    [
        {"delivery_probability": 0.9},
        {"yield_kind": "lognormal", "yield_sd": 0.2, "yield_correlation": 0.5},
    ],
)
def test_a_right_that_sells_nothing_has_a_distribution_of_its_costs(
    factor: dict[str, Any], tax: float, document: dict[str, Any]
) -> None:
    simulation = {"price_model": "gbm", "volatility": 0.3, "scenarios": 1024, "seed": 1, **factor}
    given = right(
        document, simulation=simulation, income_tax_rate=tax, monitoring_cost_yuan_yr=1000
    )
    given["project"]["stated"][0] |= {"first_year": 2010, "last_year": 2011}
    case = validate(given).case
    found = with_value_range(case, compute_case(case, NO_TABLES))
    assert found.values is not None
    assert found.value_range is not None
    assert found.value_range.mean_yuan == pytest.approx(float(found.values.net_yuan), abs=0.01)
    assert found.value_range.sd_yuan == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    "changes",
    [
        {"price_yuan_t": 1_000_000, "price_growth": 0.5, "horizon_years": 100},
        {"monitoring_cost_yuan_yr": 10**12, "cost_growth": 0.5, "horizon_years": 100},
        {"perpetual": True, "price_growth": 0.08 - 1e-15, "discount_rate": 0.08},
    ],
)
def test_amounts_beyond_any_money_are_refused(
    changes: dict[str, Any], document: dict[str, Any]
) -> None:
    given = right(document, **changes)
    given["project"]["stated"][0] |= {"last_year": 2124, "tonnes_per_year": 10**6}
    with pytest.raises(DomainError, match="amount_too_large"):
        results(given)
