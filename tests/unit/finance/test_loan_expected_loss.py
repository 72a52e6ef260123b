"""Stage, years ahead, 12-month and lifetime loss, against sums written out by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.lending.credit import CreditRisk
from app.finance.dates import add_months
from app.finance.lending.credit import first_year, within_a_year
from app.finance.lending.default_loss import marginal_default
from app.finance.lending.expected_loss import ExpectedLoss, expected_loss, stage_of
from app.finance.lending.parts import LoanParts
from tests.unit.finance.credit_loans import (
    DRAWN,
    credit_document,
    credit_result,
    loan_parts,
    loan_result,
    security,
)

SHARES = st.floats(0, 1)
SCENARIOS: list[dict[str, Any]] = [
    {"name": "middle", "weight": 0.5},
    {"name": "good", "weight": 0.2, "pd_factor": 0.6, "value_factor": 1.2},
    {"name": "bad", "weight": 0.3, "pd_factor": 2.5, "value_factor": 0.4},
]


def loss(pd: float, lgd: list[float], exposures: list[float], rate: float) -> ExpectedLoss:
    """Return the loss of whole years in one scenario."""
    years = np.arange(len(exposures), dtype=float)
    return expected_loss(
        pds=np.array([pd]),
        lgd=np.array([lgd]),
        exposures=np.array(exposures),
        from_yr=years,
        to_yr=years + 1,
        rate=rate,
    )


def test_three_years_by_fractions() -> None:
    pd, rate = Fraction(2, 100), Fraction(5, 100)
    lgd = [Fraction(45, 100), Fraction(40, 100), Fraction(30, 100)]
    exposures = [Fraction(1000), Fraction(700), Fraction(350)]
    expected = sum(
        (1 - pd) ** year * pd * lgd[year] * exposures[year] / (1 + rate) ** (year + 1)
        for year in range(3)
    )
    found = loss(0.02, [0.45, 0.40, 0.30], [1000.0, 700.0, 350.0], 0.05)
    assert found.lifetime[0] == pytest.approx(float(expected), rel=1e-14)
    assert found.twelve_months[0] == pytest.approx(0.02 * 0.45 * 1000 / 1.05, rel=1e-14)


def test_marginal_default_of_whole_and_part_years() -> None:
    found = marginal_default(0.1, np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 2.5]))
    assert found == pytest.approx([0.1, 0.09, 0.81 * (1 - 0.9**0.5)], rel=1e-14)


@pytest.mark.parametrize(("pd", "expected"), [(0.0, [0.0, 0.0]), (1.0, [1.0, 0.0])])
def test_nobody_defaults_twice(pd: float, expected: list[float]) -> None:
    assert marginal_default(pd, np.array([0.0, 1.0]), np.array([1.0, 2.0])).tolist() == expected


@settings(max_examples=100, deadline=None)
@given(pd=SHARES, years=st.integers(1, 30))
def test_chances_of_default_add_up_to_that_of_all_years(pd: float, years: int) -> None:
    start = np.arange(years, dtype=float)
    found = marginal_default(pd, start, start + 1)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1 - (1 - pd) ** years, abs=1e-12)


YEARLY = st.lists(st.tuples(SHARES, st.floats(0, 1e9)), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(pd=SHARES, years=YEARLY, rate=st.floats(0, 0.3))
def test_lifetime_is_at_least_twelve_months_and_at_most_all_that_is_owed(
    pd: float, years: list[tuple[float, float]], rate: float
) -> None:
    lgd, exposures = [share for share, _ in years], [owed for _, owed in years]
    found = loss(pd, lgd, exposures, rate)
    assert found.lifetime[0] >= found.twelve_months[0] >= 0
    assert found.lifetime[0] <= max(exposures) * (1 + 1e-12)


@settings(max_examples=100, deadline=None)
@given(pd=SHARES, more=SHARES, lgd=SHARES, owed=st.floats(1, 1e9), rate=st.floats(0, 0.3))
def test_more_default_and_more_loss_cost_more(
    pd: float, more: float, lgd: float, owed: float, rate: float
) -> None:
    low, high = sorted((pd, more))
    lifetime = [loss(p, [lgd] * 4, [owed] * 4, rate).lifetime[0] for p in (low, high)]
    assert lifetime[0] <= lifetime[1] * (1 + 1e-12) + 1e-9
    less, worse = sorted((lgd, more))
    lifetime = [loss(pd, [share] * 4, [owed] * 4, rate).lifetime[0] for share in (less, worse)]
    assert lifetime[0] <= lifetime[1]


@pytest.mark.parametrize(
    ("entries", "days", "expected"),
    [
        ({}, 0, (1, "performing")),
        ({}, 30, (1, "performing")),
        ({}, 31, (2, "past_due_30")),
        ({}, 90, (2, "past_due_30")),
        ({}, 91, (3, "past_due_90")),
        ({"risk_increased": "verification is late"}, 0, (2, "risk_increased")),
        ({"risk_increased": "  "}, 0, (1, "performing")),
        ({"risk_increased": "typhoon"}, 91, (3, "past_due_90")),
        ({"defaulted_on": date(2025, 5, 1)}, 0, (3, "default")),
    ],
)
def test_stages(entries: dict[str, Any], days: int, expected: tuple[int, str]) -> None:
    assert stage_of(CreditRisk(**entries), days) == expected


def years_by_hand(document: dict[str, Any]) -> list[tuple[Fraction, Fraction]]:
    """Return balance at the start and length of each loan year, from the printed lines."""
    lines = loan_result(document).schedule
    found, start = [], DRAWN
    while start < lines[-1].end:
        over = add_months(start, 12)
        balance = next((line.opening_yuan for line in lines if line.end > start), 0)
        last = min(over, lines[-1].end)
        found.append((Fraction(balance), Fraction((last - start).days, (over - start).days)))
        start = over
    return found


def by_hand(document: dict[str, Any], *, lgd: float, pd: float, value_factor: float) -> list[float]:
    """Return the loss of each year in one scenario by a plain loop."""
    rate = loan_result(document).effective.annual_compound
    held = min(max(1 - (1 - lgd) * value_factor, 0), 1)
    losses, time, alive = [], 0.0, 1.0
    for balance, length in years_by_hand(document):
        left = alive * (1 - pd) ** float(length)
        time += float(length)
        losses.append((alive - left) * held * float(balance) / (1 + rate) ** time)
        alive = left
    return losses


@pytest.mark.parametrize("repayment", ["equal_instalment", "equal_principal", "bullet"])
@pytest.mark.parametrize("months", [6, 12, 36, 50])
def test_a_loan_with_scenarios_by_a_plain_loop(
    repayment: str, months: int, document: dict[str, Any]
) -> None:
    document["loan"].update(repayment=repayment, term_months=months, upfront_fee_yuan=30_000)
    credit_document(document, pd=0.03, lgd=0.4, scenarios=SCENARIOS)
    found = credit_result(document)
    twelve = lifetime = 0.0
    for place, line in enumerate(SCENARIOS):
        pd = 0.03 * line.get("pd_factor", 1.0)
        value = line.get("value_factor", 1.0)
        losses = by_hand(document, lgd=0.4, pd=pd, value_factor=value)
        assert found.scenarios[place].twelve_months_yuan == pytest.approx(losses[0], rel=1e-12)
        assert found.scenarios[place].lifetime_yuan == pytest.approx(sum(losses), rel=1e-12)
        twelve += line["weight"] * losses[0]
        lifetime += line["weight"] * sum(losses)
    assert found.ecl_12_months_yuan == pytest.approx(twelve, rel=1e-12)
    assert found.ecl_lifetime_yuan == pytest.approx(lifetime, rel=1e-12)
    assert found.ecl_yuan == found.ecl_12_months_yuan


def test_each_printed_year_multiplies_up_to_its_loss(document: dict[str, Any]) -> None:
    document["loan"].update(repayment="equal_principal", term_months=50)
    document["loan"]["collaterals"] = [security(9_000_000, yearly_decline=0.2)]
    found = credit_result(credit_document(document, pd=0.03, scenarios=SCENARIOS))
    for year in found.years:
        product = year.marginal_pd * year.lgd * year.exposure_yuan * year.factor
        assert year.loss_yuan == pytest.approx(product, rel=1e-12, abs=1e-9)
    assert sum(year.loss_yuan for year in found.years) == pytest.approx(found.ecl_lifetime_yuan)
    assert found.years[0].loss_yuan == pytest.approx(found.ecl_12_months_yuan)
    assert [year.year for year in found.years] == [1, 2, 3, 4, 5]


def test_stage_two_and_three_take_the_lifetime_loss(document: dict[str, Any]) -> None:
    document["loan"].update(term_months=36)
    second = credit_result(credit_document(document, pd=0.03, lgd=0.4, days_past_due=31))
    assert second.ecl_yuan == second.ecl_lifetime_yuan
    assert second.ecl_lifetime_yuan is not None
    assert second.ecl_12_months_yuan is not None
    assert second.ecl_lifetime_yuan > second.ecl_12_months_yuan
    third = credit_result(credit_document(document, days_past_due=91))
    assert third.pd == 1
    assert third.pd_from == "default"
    assert third.ecl_yuan == third.ecl_12_months_yuan == pytest.approx(0.4 * 20_000_000)
    assert [(year.year, year.factor) for year in third.years] == [(0, 1.0)]


def test_a_year_is_all_there_is_of_a_loan_of_twelve_months(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, pd=0.03, lgd=0.4))
    assert found.ecl_lifetime_yuan == found.ecl_12_months_yuan
    assert len(found.years) == 1


def test_a_borrower_who_cannot_fail_costs_nothing(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, pd=0.0, scenarios=SCENARIOS))
    assert found.ecl_lifetime_yuan == 0
    assert found.el_yuan == 0


def twelve_month_loss(parts: LoanParts, *, value_factor: float = 1.0) -> float | None:
    loss = first_year(parts)
    return None if loss is None else within_a_year(loss, value_factor)


def test_the_loss_of_a_stress_is_that_of_the_stage_with_lower_values(
    document: dict[str, Any],
) -> None:
    document["loan"].update(term_months=36)
    credit_document(document, pd=0.03, scenarios=SCENARIOS)
    parts = loan_parts(document)
    assert twelve_month_loss(parts) == pytest.approx(credit_result(document).ecl_12_months_yuan)
    halved = [{**line, "value_factor": line.get("value_factor", 1.0) / 2} for line in SCENARIOS]
    credit_document(document, scenarios=halved)
    expected = credit_result(document).ecl_12_months_yuan
    assert twelve_month_loss(parts, value_factor=0.5) == pytest.approx(expected)


def test_without_credit_inputs_there_is_no_loss(document: dict[str, Any]) -> None:
    assert twelve_month_loss(loan_parts(document)) is None
    assert twelve_month_loss(loan_parts(credit_document(document, lgd=0.4))) is None


def watched(document: dict[str, Any], as_of: str, *receipts: tuple[str, float]) -> dict[str, Any]:
    document["loan"].update(repayment="equal_principal", term_months=36)
    document["loan"]["monitoring"] = {
        "as_of": as_of,
        "overdue_multiple": 1.5,
        "receipts": [{"day": day, "amount_yuan": amount} for day, amount in receipts],
    }
    return document


def test_what_the_ledger_says_counts_on_the_day_watched(document: dict[str, Any]) -> None:
    watched(document, "2025-05-10", ("2025-04-30", 5_000_000))
    found = credit_result(credit_document(document, pd=0.03, lgd=0.4))
    loan = loan_result(document)
    assert loan.life is not None
    assert loan.life.now is not None
    owed = float(loan.life.now.principal_yuan)
    assert found.as_of == date(2025, 5, 10)
    assert (found.stage, found.ead_yuan) == (1, owed)
    planned = next(line for line in loan.schedule if line.end > found.as_of)
    apart = owed - float(planned.opening_yuan)
    later = next(line for line in loan.schedule if line.end > date(2026, 5, 10))
    expected = float(later.opening_yuan) + apart
    assert found.years[1].exposure_yuan == pytest.approx(expected)


@pytest.mark.parametrize(
    ("as_of", "stage"), [("2025-05-30", 1), ("2025-06-15", 2), ("2025-08-15", 3)]
)
def test_days_past_due_of_the_ledger_move_the_stage(
    as_of: str, stage: int, document: dict[str, Any]
) -> None:
    found = credit_result(credit_document(watched(document, as_of), pd=0.03, lgd=0.4))
    assert found.stage == stage


def test_all_that_is_owed_is_lost_in_default_and_the_principal_before(
    document: dict[str, Any],
) -> None:
    """Interest billed and run, and penalty; the costs of recovery are in LGD."""
    watched(document, "2025-08-15", ("2025-04-30", 100_000))
    document["loan"]["monitoring"]["costs"] = [{"day": "2025-08-01", "amount_yuan": 5000}]
    found = credit_result(credit_document(document, pd=0.03, lgd=0.4))
    life = loan_result(document).life
    assert life is not None
    assert life.now is not None
    now = life.now
    beside = now.interest_due_yuan + now.interest_accrued_yuan + now.penalty_yuan
    assert min(now.interest_due_yuan, now.interest_accrued_yuan, now.penalty_yuan) > 0
    assert found.stage == 3
    assert found.ead_yuan == pytest.approx(float(now.principal_yuan + beside))
    assert found.ecl_yuan == pytest.approx(0.4 * float(now.principal_yuan + beside))
    assert found.years[0].exposure_yuan == found.ead_yuan
    step = next(step for step in found.working if step.key == "credit.exposure")
    assert step.formula == "EAD = D + I + CCF × U"
    assert {term.symbol: term.value for term in step.terms}["I"] == pytest.approx(float(beside))
    document["loan"]["monitoring"]["as_of"] = "2025-05-30"
    first = credit_result(document)
    plain = next(step for step in first.working if step.key == "credit.exposure")
    assert plain.formula == "EAD = D + CCF × U"
    life = loan_result(document).life
    assert life is not None
    assert life.now is not None
    assert (first.stage, first.ead_yuan) == (1, float(life.now.principal_yuan))


def test_a_default_that_is_not_watched_is_of_the_principal(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, lgd=0.4, defaulted_on="2025-03-31"))
    assert (found.stage, found.ead_yuan) == (3, 20_000_000)
