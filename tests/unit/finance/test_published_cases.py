"""Published totals, ratios and implausible claims, computed by the whole engine."""

import json
from typing import Any

import pytest

from app.finance.case.carbon.harvest import AccountingMode, WeightBasis
from app.finance.engine import Results, compute_case
from app.reference.tables import load_reference
from app.services.case_file import validate
from tests.case_table import case_table

CASES = case_table("carbon")
TABLES = load_reference().tables


def row(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def stated(ecosystem: str, first: int, last: int, total: float, **project: object) -> Results:
    """A project whose report states a total over a run of years."""
    line = {"first_year": first, "last_year": last, "tonnes_per_year": total / (last - first + 1)}
    document = {
        "schema_version": 1,
        "project": {
            "name": "Published project",
            "ecosystem": ecosystem,
            "quantity_method": "stated",
            "stated_unit": "tCO2e",
            "stated": [line],
            "uncertainty_discount": 0,
            "leakage_share": 0,
            "buffer_share": 0,
            **project,
        },
    }
    return compute_case(validate(document).case, TABLES)


def mean_a_year(results: Results) -> float:
    return results.carbon.total_removals_tco2 / len(results.carbon.years)


def codes(results: Results) -> list[str]:
    return [notice.code for notice in results.notices]


def notice(results: Results, code: str) -> dict[str, Any]:
    return next(found.facts for found in results.notices if found.code == code)


def test_w04_the_senegal_project_has_its_yearly_mean_and_stays_plausible() -> None:
    given, expected = row("W04")
    found = stated("mangrove", 2023, 2062, given["total_tCO2e"], site_area_ha=given["area_ha"])
    assert mean_a_year(found) == pytest.approx(expected["mean_per_year"], abs=1)
    assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(10.22, abs=0.01)
    assert "implausible_rate" not in codes(found)


def test_w06_zhanjiang_gives_its_rate_and_the_price_of_its_first_sale() -> None:
    given, expected = row("W06")
    area = given["area_ha"]
    found = stated("mangrove", 2016, 2055, given["total_tCO2"], site_area_ha=area)
    assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(expected["t_per_ha_yr"], abs=0.01)
    appraisal = {
        "valuation_date": "2020-05-31",
        "price_yuan_t": given["price_cny"],
        "price_growth": 0,
        "horizon_years": 1,
        "discount_rate": 0.08,
        "transaction_fee_share": 0,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        "benefit_share": 0,
        "tax_share": 0,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 6,
    }
    project = {
        "name": "First issue",
        "ecosystem": "mangrove",
        "quantity_method": "stated",
        "stated_unit": "tCO2e",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "stated": [
            {"first_year": 2020, "last_year": 2020, "tonnes_per_year": given["first_issue_t"]}
        ],
    }
    document = {"schema_version": 1, "project": project, "appraisal": appraisal}
    values = compute_case(validate(document).case, TABLES).values
    assert values is not None
    assert float(values.gross_yuan) == expected["first_sale_cny"]


def test_w07_the_buffer_of_the_indus_delta_turns_removals_into_its_credits() -> None:
    given, expected = row("W07")
    found = stated(
        "mangrove",
        2015,
        2014 + given["years"],
        given["removals_t"],
        buffer_share=1 - expected["net_to_gross"],
        site_area_ha=given["planted_ha"],
    )
    assert found.carbon.total_credits_tco2 == pytest.approx(given["credits"], rel=0.001)
    assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(10.76, abs=0.01)


@pytest.mark.parametrize(
    ("name", "years", "rate"),
    [("W09", 10, 21.28), ("W35", 20, 25.64)],
)
def test_protected_mangrove_has_the_rate_that_was_published(
    name: str, years: int, rate: float
) -> None:
    given, _ = row(name)
    area = given.get("area_ha", given.get("ha"))
    total = given.get("t", given.get("t_per_year", 0) * years)
    found = stated("mangrove", 2021, 2020 + years, total, site_area_ha=area, activity="protection")
    assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(rate, rel=0.001)
    assert not {"implausible_rate", "unusual_rate"} & set(codes(found))


def test_w12_the_sums_of_ten_years_are_ten_of_their_means() -> None:
    given, expected = row("W12")
    for kind, ecosystem in (("algae", "macroalgae"), ("shell", "shellfish")):
        found = stated(ecosystem, 2011, 2020, given[f"sum10_{kind}_Mt"] * 1e6, stated_unit="tC")
        mean = expected[f"mean_{kind}_Mt"] * 1e6 * 44 / 12
        assert mean_a_year(found) == pytest.approx(mean, rel=1e-9)


def test_w13_a_plan_that_grows_as_bohai_bay_did_ends_where_it_ended() -> None:
    given, expected = row("W13")
    growth = 1 + expected["growth_pct_per_yr"] / 100
    lines = [
        {
            "first_year": 2010 + n,
            "last_year": 2010 + n,
            "tonnes_per_year": given["first_10kt"] * growth**n,
        }
        for n in range(11)
    ]
    found = stated("shellfish", 2010, 2020, 1, stated=lines)
    last = found.carbon.years[-1].removals_tco2
    assert last == pytest.approx(given["last_10kt"], abs=0.1)


def test_w14_net_of_farming_emissions_two_fifths_are_left() -> None:
    given, expected = row("W14")
    low, high = expected["net_to_gross"]
    gross = given["gross_10kt_W11"] * 1e4
    for net, share in ((given["net_10kt_low"], low), (given["net_10kt_high"], high)):
        emissions = {
            "kind": "project_emissions",
            "first_year": 2008,
            "last_year": 2008,
            "tonnes_per_year": gross - net * 1e4,
        }
        found = stated("shellfish", 2008, 2008, gross, adjustments=[emissions])
        assert found.carbon.credit_share == pytest.approx(share, abs=0.006)


def test_w34_certified_volumes_of_j_blue_lie_in_the_band_of_seagrass() -> None:
    given, expected = row("W34")
    for tonnes, area, rate in zip(given["t"], given["ha"], expected["t_per_ha"], strict=True):
        found = stated("seagrass", 2021, 2021, tonnes, site_area_ha=area)
        assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(rate, abs=0.01)
        assert not {"implausible_rate", "unusual_rate"} & set(codes(found))


def test_w36_the_kelp_ticket_warns_with_the_harvest_it_would_need() -> None:
    given, _ = row("W36")
    found = stated("macroalgae", 2022, 2022, given["tCO2"], site_area_ha=given["ha"])
    assert notice(found, "implausible_rate")["rate"] == pytest.approx(159.8, abs=0.05)
    assert notice(found, "needs_harvest")["tonnes"] == pytest.approx(698, abs=1)


def test_w37_a_price_of_thousands_a_tonne_warns(document: dict[str, Any]) -> None:
    given, _ = row("W37")
    kelp = TABLES.species["kelp"].tco2_per_t(WeightBasis.WET, AccountingMode.SOFT_AND_SHELL)
    price = given["value_cny"] / (given["t_product"] * float(kelp))
    assert price == pytest.approx(5994, abs=1)
    document["appraisal"]["price_yuan_t"] = price
    assert "implausible_price" in codes(compute_case(validate(document).case, TABLES))


@pytest.mark.parametrize(
    ("kind", "rate", "code"),
    [("seagrass", 33.8, "unusual_rate"), ("mangrove", 216.2, "implausible_rate")],
)
def test_w38_the_claims_for_taiwan_warn(kind: str, rate: float, code: str) -> None:
    given, _ = row("W38")
    total = given["total_t"] * given[f"{kind}_share"]
    found = stated(kind, 2023, 2023, total, site_area_ha=given[f"{kind}_ha"])
    assert found.carbon.peak_rate_tco2_ha_yr == pytest.approx(rate, abs=0.05)
    assert code in codes(found)
