"""Credit risk, life, registration and green class of the shipped loans recomputed by hand."""

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from scipy.stats import norm

from tests.integration.loan_files import half_up, printed, schedule, terms, yuan
from tests.integration.test_loan_cover import left_of_right
from tests.integration.value_files import close

ZERO = Decimal(0)


def credit(name: str) -> dict[str, Any]:
    found: dict[str, Any] = printed(name)["credit"]
    return found


def basel(pd: float, lgd: float, years: float) -> float:
    """Return K of CRE31.5 and the correlation of CRE31.6."""
    part = (1 - math.exp(-50 * pd)) / (1 - math.exp(-50))
    corr = 0.12 * part + 0.24 * (1 - part)
    slope = (0.11852 - 0.05478 * math.log(pd)) ** 2
    worst = (norm.ppf(pd) + math.sqrt(corr) * norm.ppf(0.999)) / math.sqrt(1 - corr)
    k = lgd * (norm.cdf(worst) - pd)
    return float(k * (1 + (years - 2.5) * slope) / (1 - 1.5 * slope))


def test_the_expected_loss_is_weighted_over_the_scenarios() -> None:
    found, given = credit("credit-risk"), terms("credit-risk")["credit"]
    rate = printed("credit-risk")["annualised_rate"]["compound"]
    owed = [300000.0, 150000.0]
    total = [0.0, 0.0]
    for scenario, printed_one in zip(given["scenarios"], found["scenarios"], strict=True):
        pd = 0.02 * scenario.get("pd_factor", 1)
        lgd = min(max(1 - 0.55 * scenario.get("value_factor", 1), 0), 1)
        losses = [
            (1 - pd) ** year * pd * lgd * owed[year] * (1 + rate) ** -(year + 1) for year in (0, 1)
        ]
        assert printed_one["twelve_months_yuan"] == close(losses[0])
        assert printed_one["lifetime_yuan"] == close(sum(losses))
        total = [t + scenario["weight"] * loss for t, loss in zip(total, losses, strict=True)]
    assert [year["loss_yuan"] for year in found["years"]] == [close(loss) for loss in total]
    assert found["ecl_yuan"] == found["ecl_12_months_yuan"] == close(total[0])
    assert found["ecl_lifetime_yuan"] == close(sum(total))
    assert (found["stage"], found["el_yuan"]) == (1, close(300000 * 0.02 * 0.45))


def test_the_least_rate_meets_the_hurdle() -> None:
    found = credit("credit-risk")
    assert (found["rwa_yuan"], found["capital_yuan"]) == (300000.0, close(24000.0))
    costs, held = 0.02 + 0.006 + 0.02 * 0.45, 0.08
    assert found["min_rate"] == close(costs + held * (0.15 / 0.75 - 0.02))
    earned = (0.0495 - costs + held * 0.02) * 0.75
    assert found["raroc"] == close(earned / held)
    assert found["irb_k"] == pytest.approx(basel(0.02, 0.45, found["maturity_yr"]), rel=1e-9)
    times = [(row["date"] - date(2025, 7, 1)).days / 365 for row in schedule("credit-risk")]
    paid = [row["payment"] for row in schedule("credit-risk")]
    weighted = math.fsum(t * p for t, p in zip(times, paid, strict=True)) / math.fsum(paid)
    assert found["maturity_yr"] == close(max(weighted, 1.0))


def test_loss_given_default_is_what_the_collaterals_do_not_bring() -> None:
    found, given = credit("credit-irb"), terms("credit-irb")["credit"]
    rate = printed("credit-irb")["annualised_rate"]["compound"]
    kept = (1 - given["recovery_cost_share"]) * (1 + rate) ** -(given["recovery_months"] / 12)
    exposures = [400000 + 0.4 * 200000]
    exposures += [row["opening"] for row in schedule("credit-irb")[1:]]
    lifetime = 0.0
    for number, (exposure, year) in enumerate(zip(exposures, found["years"], strict=True)):
        day = date(2025 + number, 7, 1)
        gone = (day - date(2025, 7, 1)).days / 365
        right = max(left_of_right("credit-irb", day) * 0.5, 0)
        equipment = max(200000 * 0.9**gone * 0.6 - 30000, 0)
        lgd = max(1 - (right + equipment) * kept / exposure, given["lgd_floor"])
        assert (year["exposure_yuan"], year["lgd"]) == (exposure, close(lgd))
        lifetime += 0.99**number * 0.01 * lgd * exposure * (1 + rate) ** -(number + 1)
    assert found["ecl_yuan"] == found["ecl_lifetime_yuan"] == close(lifetime)
    assert (found["stage"], found["stage_reason"]) == (2, "risk_increased")
    assert found["irb_weight"] == pytest.approx(12.5 * basel(0.01, 0.45, 2.5), rel=1e-9)
    assert found["rwa_yuan"] == close(found["irb_weight"] * exposures[0])


class Account:
    """The ledger of `life`, day by day, in the plainest way: each day is walked through."""

    def __init__(self) -> None:
        self.given = terms("life")["monitoring"]
        self.owed, self.penalty = ZERO, ZERO
        self.bills: list[dict[str, Decimal]] = []
        self.run, self.costs, self.credit = ZERO, ZERO, ZERO
        self.rows: dict[date, dict[str, Decimal]] = {}

    def on_day(self, key: str, day: date) -> Decimal:
        lines = [one for one in self.given[key] if one["day"] == day.isoformat()]
        return sum((yuan(one["amount_yuan"]) for one in lines), ZERO)

    def diverted(self, day: date) -> Decimal:
        (line,) = self.given["diversions"]
        inside = line["first_day"] <= day.isoformat() <= line["last_day"]
        return yuan(line["amount_yuan"]) if inside else ZERO

    def one_day_of_penalty(self, day: date) -> Decimal:
        overdue = sum((bill["principal"] for bill in self.bills), ZERO)
        unpaid = sum((bill["interest"] for bill in self.bills), ZERO)
        other = min(self.diverted(day), self.owed)
        both = min(other, overdue)
        weighted = (overdue - both + unpaid) * Decimal("1.5") + both * 2 + (other - both)
        return weighted * Decimal("0.042") / 360

    def take(self, left: Decimal, open_amount: Decimal) -> tuple[Decimal, Decimal]:
        paid = min(left, open_amount)
        return left - paid, open_amount - paid

    def pay(self) -> None:
        left = self.credit
        left, self.costs = self.take(left, self.costs)
        left, self.penalty = self.take(left, self.penalty)
        for part in ("interest", "principal"):
            for bill in self.bills:
                before = bill[part]
                left, bill[part] = self.take(left, before)
                self.owed -= before - bill[part] if part == "principal" else ZERO
        self.bills = [bill for bill in self.bills if bill["interest"] or bill["principal"]]
        self.credit = left

    def walk(self, until: date) -> None:
        bills = {row["date"]: row for row in schedule("life")}
        edges = {"2025-05-06", "2025-06-20"}
        day = date(2025, 1, 15)
        self.owed = yuan(600000)
        while day <= until:
            bill, received = bills.get(day), self.on_day("receipts", day)
            cost = self.on_day("costs", day)
            if bill or received or cost or day.isoformat() in edges or day == until:
                self.penalty, self.run = self.penalty + half_up(self.run), ZERO
                if bill:
                    self.bills.append({key: yuan(bill[key]) for key in ("interest", "principal")})
                self.costs, self.credit = self.costs + cost, self.credit + received
                self.pay()
                self.rows[day] = {
                    "principal_yuan": self.owed,
                    "interest_due_yuan": sum((one["interest"] for one in self.bills), ZERO),
                    "overdue_principal_yuan": sum((one["principal"] for one in self.bills), ZERO),
                    "penalty_yuan": self.penalty,
                    "costs_yuan": self.costs,
                    "credit_yuan": self.credit,
                }
            self.run += self.one_day_of_penalty(day)
            day += timedelta(days=1)


def test_the_ledger_is_that_of_an_account_kept_day_by_day() -> None:
    account = Account()
    account.walk(date(2025, 12, 31))
    ledger = printed("life")["life"]["ledger"][1:]
    assert [row["day"] for row in ledger] == [day.isoformat() for day in account.rows]
    for row, expected in zip(ledger, account.rows.values(), strict=True):
        assert {key: yuan(row[key]) for key in expected} == expected, row["day"]
        parts = ("to_costs_yuan", "to_penalty_yuan", "to_interest_yuan", "to_principal_yuan")
        assert row["owed_yuan"] == pytest.approx(
            math.fsum(
                row[key]
                for key in (
                    "principal_yuan",
                    "interest_due_yuan",
                    "interest_accrued_yuan",
                    "penalty_yuan",
                    "costs_yuan",
                )
            )
            - row["credit_yuan"],
            abs=1e-6,
        )
        assert all(row[part] >= 0 for part in parts)


def test_interest_runs_by_the_days_since_the_last_bill() -> None:
    now = printed("life")["life"]["now"]
    days = (date(2025, 12, 31) - date(2025, 10, 15)).days
    assert yuan(now["interest_accrued_yuan"]) == half_up(Decimal(375000 * 42 * days) / 360000)
    assert printed("life")["life"]["days_past_due"] == days
    assert printed("life")["life"]["five_class"] == "special_mention"


def test_a_revaluation_moves_the_coverage_and_calls_for_security() -> None:
    watch = {point["day"]: point for point in printed("life")["life"]["watch"]}
    set_to = 480000 / left_of_right("life", date(2025, 11, 20))
    for text, point in watch.items():
        day = date.fromisoformat(text)
        right = left_of_right("life", day)
        if day >= date(2025, 11, 20):
            right *= set_to
        elif day >= date(2025, 6, 30):
            costs = left_of_costs(day)
            right = (right + costs) * 62 / 80 - costs
        equipment = 250000 * 0.85 ** ((day - date(2025, 1, 15)).days / 365) * 0.6
        equipment = min(equipment, 120000)
        assert point["value_yuan"] == close(right * 0.9 + equipment)
        assert point["coverage"] == close(point["value_yuan"] / point["owed_yuan"])
        called = point["coverage"] < 1.4
        assert (point["state"] in ("margin_call", "enforcement")) == called
        if called:
            short = 1.4 * point["owed_yuan"] - point["value_yuan"]
            assert point["add_security_yuan"] == pytest.approx(short, abs=0.006)
            assert point["prepay_yuan"] == pytest.approx(short / 1.4, abs=0.006)
    # ten working days from Thursday 20 November
    assert watch["2025-12-31"]["cure_by"] == "2025-12-04"


def left_of_costs(day: date) -> float:
    """Return the present value of the costs of 30,000 yuan a year that are still to come."""
    months = (day.year - 2025) * 12 + day.month - 1
    part = (day.day - 1) / {6: 30, 7: 31, 10: 31, 11: 30, 12: 31}[day.month]
    return math.fsum(30000 * 1.08 ** -(year - (months + part) / 12) for year in range(1, 11))


def test_a_disposal_pays_costs_penalty_interest_and_principal() -> None:
    steps = {step["code"]: step for step in printed("life")["life"]["waterfall"]}
    now, left = printed("life")["life"]["now"], yuan(steps["proceeds"]["amount_yuan"])
    claims = {
        "costs": yuan(now["costs_yuan"]),
        "penalty": yuan(now["penalty_yuan"]),
        "interest": yuan(now["interest_due_yuan"]) + yuan(now["interest_accrued_yuan"]),
        "principal": yuan(now["principal_yuan"]),
    }
    for code, claim in claims.items():
        paid = min(left, claim)
        assert yuan(steps[code]["amount_yuan"]) == paid
        assert yuan(steps[code]["short_yuan"]) == claim - paid
        left -= paid
    assert yuan(steps["surplus"]["amount_yuan"]) == left
    right = 480000 / left_of_right("life", date(2025, 11, 20))
    right *= left_of_right("life", date(2025, 12, 31)) * 0.6 * 0.9 * 1.08**-0.75
    assert steps["proceeds"]["amount_yuan"] == pytest.approx(right + 120000, abs=0.01)


def test_events_and_bills_have_their_state() -> None:
    found = printed("life")["life"]
    assert [event["state"] for event in found["events"]] == ["overdue", "overdue", "cured"]
    due = {(line["day"], line["code"]): line["state"] for line in found["due"]}
    assert due["2025-07-15", "payment"] == "done"
    assert due["2025-10-15", "payment"] == "late"
    assert due["2026-01-15", "payment"] == "due"
    assert due["2026-04-15", "payment"] == "ahead"


def test_a_term_of_months_ends_on_its_day_and_an_extension_adds_to_it() -> None:
    found = printed("registration")["registration"]
    ends = [line["ends"] for line in found["history"]]
    assert ends == ["2026-06-25", "2028-11-12", None, "2027-12-25"]
    assert (found["ends"], found["required_end"]) == ("2027-12-25", "2027-07-01")
    assert [alarm["day"] for alarm in found["alarms"]] == [
        (date(2027, 12, 25) - timedelta(days=days)).isoformat() for days in (90, 30, 7)
    ]
    assert (found["state"], found["amend_by"], found["missing"]) == ("active", "2026-05-15", [])
    assert "786,421.54" in found["description_zh"]


def test_a_repaid_loan_is_released_and_its_registration_cancelled_in_time() -> None:
    found = printed("released")
    assert found["life"]["released"] is True
    assert found["life"]["now"]["owed_yuan"] == 0.0
    # ten working days from Wednesday 1 July 2026
    assert found["life"]["cancel_by"] == found["registration"]["cancel_by"] == "2026-07-15"
    assert found["registration"]["state"] == "cancelled"


def test_the_linked_rate_follows_the_last_test_of_all_indicators() -> None:
    found = printed("green")["green"]
    assert [kpi["met"] for kpi in found["kpis"]] == [True, True, None]
    assert (found["rate_step_bp"], found["step_from"]) == (-15.0, "2026-11-03")
    owed = {row["date"].isoformat(): row["closing"] for row in schedule("green")}["2026-11-03"]
    assert found["step_yuan_yr"] == close(-0.0015 * owed)
    assert (found["verified_code"], found["transitional"]) == (False, False)
