"""The shipped cases of valuation recomputed from the flows they print themselves."""

import math
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pyxirr

from tests.integration.value_files import FILES, appraisal, at, booked, close, flows, values

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^\| `([\w-]+)` \| `(values\.[\w.]+)` \| (-?[\d.,]+) \|", DOCS, re.MULTILINE)
OWN = [name for name in FILES if not name.startswith("cost-tool")]


@pytest.mark.parametrize(("name", "path", "figure"), QUOTED)
def test_a_case_gives_the_figure_its_documentation_quotes(
    name: str, path: str, figure: str
) -> None:
    places = len(figure.partition(".")[2])
    found = at({"values": values(name)}, path)
    assert found == pytest.approx(float(figure.replace(",", "")), abs=0.51 * 10**-places)


@pytest.mark.parametrize("name", FILES)
def test_the_documentation_quotes_and_shows_every_case(name: str) -> None:
    assert name in {quoted for quoted, *_ in QUOTED}
    assert f"```json\n{FILES[name].read_text(encoding='utf-8')}```" in DOCS


@pytest.mark.parametrize("name", FILES)
def test_every_flow_is_the_sum_of_its_parts(name: str) -> None:
    running = 0.0
    for row in flows(name):
        assert row["revenue_yuan"] == close(row["credits_sold_tco2e"] * row["price_yuan_t"])
        assert row["revenue_costs_yuan"] == close(math.fsum(row["shares"].values()))
        assert row["fixed_costs_yuan"] == close(math.fsum(row["costs"].values()))
        net = row["revenue_yuan"] - row["revenue_costs_yuan"] - row["fixed_costs_yuan"]
        net += row["receipts_yuan"] - row["income_tax_yuan"]
        assert row["net_yuan"] == close(net)
        running += row["net_yuan"]
        assert row["cumulative_yuan"] == close(running)
        assert row["present_value_yuan"] == close(row["net_yuan"] * row["factor"])


@pytest.mark.parametrize("name", FILES)
def test_the_exponent_is_that_of_the_convention(name: str) -> None:
    rate = values(name)["rate"]["rate"]
    start = date.fromisoformat(appraisal(name)["valuation_date"])
    timing = appraisal(name).get("timing", "mid_year")
    for place, row in enumerate(flows(name)):
        if name.startswith("cost-tool"):
            time = float(row["calendar_year"] - start.year)
            assert time == place
        elif timing == "exact_dates":
            time = (date.fromisoformat(row["paid_on"]) - start).days / 365
        else:
            time = max(row["index"] - (0.5 if timing == "mid_year" else 0.0), 0.0)
        assert row["time_yr"] == close(time)
        assert row["factor"] == close((1 + rate) ** -time)


@pytest.mark.parametrize("name", FILES)
def test_net_gross_prudent_and_liquidation_follow_from_the_flows(name: str) -> None:
    found, given = values(name), appraisal(name)
    rate, rows = found["rate"]["rate"], flows(name)
    net = math.fsum(row["present_value_yuan"] for row in rows) + found["beyond_horizon_yuan"]
    assert found["net_yuan"] == booked(net)
    tonnes = math.fsum(row["credits_sold_tco2e"] for row in rows)
    assert found["gross_yuan"] == booked(tonnes * found["price_yuan_t"])
    assert found["credits_in_horizon_tco2e"] == close(tonnes)
    price = 1 - given.get("prudent_price_discount", 0.0)
    sold = 1 - given.get("prudent_tonnes_discount", 0.0)
    if price * sold == 1:
        assert found["prudent_yuan"] == found["net_yuan"]
    else:
        kept = math.fsum(
            (row["revenue_yuan"] - row["revenue_costs_yuan"]) * row["factor"] for row in rows
        )
        assert found["prudent_yuan"] == booked(net - kept * (1 - price * sold))
    base = min(found["gross_yuan"], found["prudent_yuan"])
    sale = (1 - given["liquidation_discount"]) * (1 - given["disposal_cost_share"])
    sale *= (1 + rate) ** (-given["months_to_sell"] / 12)
    assert found["liquidation_yuan"] == booked(max(base * sale, 0.0))


@pytest.mark.parametrize("name", FILES)
def test_the_bridge_leads_from_gross_to_liquidation(name: str) -> None:
    found = values(name)
    level = 0.0
    for bar in found["bridge"]:
        if bar["total"]:
            assert bar["amount_yuan"] == found[f"{bar['code']}_yuan"]
            assert bar["code"] == "gross" or level == pytest.approx(bar["amount_yuan"], abs=1e-6)
            level = bar["amount_yuan"]
        else:
            level += bar["amount_yuan"]
        assert bar["level_yuan"] == pytest.approx(level, abs=1e-6)


@pytest.mark.parametrize("name", ["dcf-end-year", "curve-table", "costs-and-taxes", "scenarios"])
def test_a_library_of_dated_flows_gives_the_same_net_value(name: str) -> None:
    rows = flows(name)
    first = 0 if rows[0]["index"] == 0 else 1
    amounts = [0.0] * first + [row["net_yuan"] for row in rows]
    rate = values(name)["rate"]["rate"]
    assert pyxirr.npv(rate, amounts) == close(math.fsum(r["present_value_yuan"] for r in rows))


def test_exact_dates_are_xnpv_and_xirr_of_a_spreadsheet() -> None:
    rows, found = flows("exact-dates"), values("exact-dates")
    days = [date.fromisoformat(row["paid_on"]) for row in rows]
    amounts = [row["net_yuan"] for row in rows]
    assert days[0] == date(2025, 3, 15)
    net = pyxirr.xnpv(found["rate"]["rate"], days, amounts)
    assert net is not None
    assert found["net_yuan"] == booked(net)
    (rate,) = found["irr"]["rates"]
    assert rate == pytest.approx(pyxirr.xirr(days, amounts), rel=1e-9)


def test_exact_dates_sell_by_days_and_value_the_part_year() -> None:
    sold = {row["paid_on"]: row["credits_sold_tco2e"] for row in flows("exact-dates")}
    leap = 366
    by_issue = {
        # all of 2024 and 2025 were monitored; what was before the valuation date is sold with it
        "2026-05-31": 3600.0,
        "2027-12-15": 1800.0 * (1 + 181 / 365),
        "2028-09-30": 1800.0 * (184 / 365 + 182 / leap),
    }
    assert {day: tonnes for day, tonnes in sold.items() if tonnes} == close_all(by_issue)
    last = flows("exact-dates")[-1]
    assert last["paid_on"] == "2028-09-30"
    assert last["costs"]["monitoring"] == close(20000 * 200 / 365)


def close_all(expected: dict[str, float]) -> Any:
    return pytest.approx(expected, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("name", FILES)
def test_every_rate_of_return_makes_the_flows_worth_nothing(name: str) -> None:
    rows, found = flows(name), values(name)["irr"]
    signs = [math.copysign(1, row["net_yuan"]) for row in rows if abs(row["net_yuan"]) > 1e-9]
    changes = sum(one != other for one, other in pairwise(signs))
    assert found["sign_changes"] == changes
    scale = max(abs(row["net_yuan"]) for row in rows)
    for rate in found["rates"]:
        worth = math.fsum(row["net_yuan"] * (1 + rate) ** -row["time_yr"] for row in rows)
        assert abs(worth) < 1e-7 * scale
    if changes == 0:
        assert found["reason"] == "no_sign_change"
    if len(found["rates"]) > 1:
        assert found["reason"] == "several"


@pytest.mark.parametrize("name", ["costs-and-taxes", "rate-build-up", "exact-dates", "options"])
def test_payback_is_where_the_running_sum_stays_above_zero(name: str) -> None:
    for key, discounted in (("payback_years", False), ("discounted_payback_years", True)):
        running, before, found = 0.0, (0.0, 0.0), None
        for row in flows(name):
            running += row["present_value_yuan"] if discounted else row["net_yuan"]
            if running < 0:
                found = None
            elif found is None:
                time, level = before
                part = -level / (running - level) if level < 0 else 0.0
                found = time + part * (row["time_yr"] - time)
            before = row["time_yr"], running
        assert values(name)[key] == pytest.approx(found, rel=1e-9)


@pytest.mark.parametrize("name", OWN)
def test_levelised_cost_is_discounted_costs_over_discounted_credits(name: str) -> None:
    rows, found = flows(name), values(name)
    costs = math.fsum(row["fixed_costs_yuan"] * row["factor"] for row in rows)
    sold = math.fsum(row["credits_sold_tco2e"] * row["factor"] for row in rows)
    assert found["levelised_cost_yuan_t"] == close(costs / sold)
    tonnes = found["credits_in_horizon_tco2e"]
    assert found["cost_per_credit_yuan_t"] == close(costs / tonnes)
    assert found["value_per_tonne_yuan_t"] == close(found["net_yuan"] / tonnes)


@pytest.mark.parametrize("name", [name for name in OWN if name != "costs-and-taxes"])
def test_the_break_even_price_brings_the_net_value_to_zero(name: str) -> None:
    rows, found = flows(name), values(name)
    price = found["break_even_price_yuan_t"]
    factor = price / found["price_yuan_t"]
    kept = (row["revenue_yuan"] - row["revenue_costs_yuan"] for row in rows)
    worth = math.fsum(
        (factor * income - row["fixed_costs_yuan"] + row["receipts_yuan"]) * row["factor"]
        for income, row in zip(kept, rows, strict=True)
    )
    assert worth == pytest.approx(0.0, abs=1e-5)


def test_income_tax_follows_losses_forward_year_by_year() -> None:
    rows, given = flows("costs-and-taxes"), appraisal("costs-and-taxes")
    losses: list[tuple[int, float]] = []
    for row in rows:
        profit = row["net_yuan"] + row["income_tax_yuan"]
        taxed = max(profit, 0.0)
        carried = []
        for year, loss in losses:
            if row["index"] - year <= given["loss_carry_years"]:
                used = min(loss, taxed)
                taxed -= used
                carried.append((year, loss - used))
        losses = [*carried, (row["index"], max(-profit, 0.0))]
        assert row["income_tax_yuan"] == close(given["income_tax_rate"] * taxed)


def test_costs_grow_from_the_second_year_and_fees_do_not() -> None:
    rows = {row["index"]: row for row in flows("costs-and-taxes")}
    start = {"registration": 60000.0, "validation": 50000.0, "investment": 120000.0}
    assert {code: cost for code, cost in rows[0]["costs"].items() if cost} == start
    assert rows[0]["receipts_yuan"] == 40000.0
    assert rows[2]["receipts_yuan"] == 30000.0
    assert rows[5]["costs"]["other"] == 10000.0
    for year in range(1, 9):
        costs = rows[year]["costs"]
        assert costs["monitoring"] == close(20000 * 1.02 ** (year - 1))
        assert costs["insurance"] == close(6000 * 1.02 ** (year - 1))
        assert costs["maintenance"] == close(15000 * 1.02 ** (year - 1) if year <= 3 else 0.0)
        assert costs["verification"] == close(40000 * 1.02 ** (year - 1) if year % 2 == 0 else 0.0)
        assert costs["baseline"] == close(30000 * 1.02**4 if year == 5 else 0.0)
        assert costs["issuance_fee"] == close(1.5 * rows[year]["credits_sold_tco2e"])
        assert rows[year]["credits_sold_tco2e"] == close(4500.0 if year % 2 == 0 else 0.0)
