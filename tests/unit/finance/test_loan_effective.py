"""The annualised rate beside pyxirr, QuantLib and a spreadsheet."""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.lending.days import DayCount, PaymentDays
from app.finance.case.lending.terms import FeeLine, PrepaymentLine, Repayment, TrancheLine
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.effective_rate import (
    EffectiveRate,
    dated_rate,
    effective_rate,
    lender_flows,
)
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_results import Schedule
from tests.unit.finance.loan_terms import loan_of
from tests.unit.finance.peer_loans import PEER_LOANS, PEERS
from tests.unit.finance.plain_loans import loan


def rate_of(**terms: Any) -> EffectiveRate:
    asked = loan(**terms)
    return effective_rate(build_schedule(asked), asked)


def xirr(schedule: Schedule) -> float:
    """The rate of pyxirr; it stops at 0.001 of any flow and fails on tens of millions: scaled."""
    flows = lender_flows(schedule)
    unit = max(abs(fen) for _day, fen in flows) / 10**7
    rate = pyxirr.xirr([day for day, _fen in flows], [fen / unit for _day, fen in flows])
    assert rate is not None
    return rate


@pytest.mark.parametrize("name", PEER_LOANS)
def test_by_days_it_is_the_rate_of_pyxirr_quantlib_and_the_spreadsheet(name: str) -> None:
    peers = json.loads((PEERS / "loans_xirr.json").read_text(encoding="utf-8"))["loans"]
    (peer,) = (entry for entry in peers if entry["case"]["id"] == name)
    text = (PEERS / "spreadsheet_functions.csv").read_text(encoding="utf-8")
    (cell,) = (
        row["value"]
        for row in csv.DictReader(text.splitlines())
        if (row["case"], row["function"]) == (name, "XIRR")
    )
    # their flows are not rounded, ours are whole fen
    found = dated_rate(build_schedule(loan_of(**PEER_LOANS[name])))
    assert found == pytest.approx(peer["xirr_ACT365F"], abs=1e-9)
    assert found == pytest.approx(peer["QL_yield_ACT365F_comp_annual"], abs=1e-9)
    assert found == pytest.approx(float(cell), abs=1e-9)


WAYS = [
    Repayment.EQUAL_INSTALMENT,
    Repayment.EQUAL_PRINCIPAL,
    Repayment.BULLET,
    Repayment.BALLOON,
]


@st.composite
def settled_loans(draw: st.DrawFn) -> Loan:
    amount, start = Decimal(draw(st.integers(10**6, 10**12))) / 100, date(2025, 1, 31)
    first = (amount / 2).quantize(Decimal("0.01"))
    later = draw(st.integers(0, 40))
    tranches = (
        TrancheLine(start, first),
        TrancheLine(start + timedelta(days=later), amount - first),
    )
    return loan(
        amount_yuan=amount,
        annual_rate=draw(st.integers(1, 3600)) / 10_000,
        term_months=draw(st.integers(2, 360)),
        repayment=draw(st.sampled_from(WAYS)),
        balloon_share=0.8,
        drawdown_date=start,
        payment_days=PaymentDays.SETTLEMENT,
        day_count=DayCount.ACT_360,
        tranches=tranches if later else (),
        upfront_fee_yuan=(amount * draw(st.integers(0, 40)) / 1000).quantize(Decimal("0.01")),
    )


@settings(max_examples=60, deadline=None)
@given(asked=settled_loans())
def test_by_days_it_is_the_rate_of_pyxirr_on_any_loan(asked: Loan) -> None:
    schedule = build_schedule(asked)
    found = effective_rate(schedule, asked)
    assert found.dated
    assert found.annual_compound == pytest.approx(xirr(schedule), rel=1e-9, abs=1e-9)
    assert found.annual_simple == pytest.approx(12 * ((1 + found.annual_compound) ** (1 / 12) - 1))


def test_a_balloon_of_84_million_yuan_has_its_rate() -> None:
    terms = {"amount_yuan": Decimal(84_000_000), "repayment": Repayment.BALLOON, "term_months": 60}
    found = rate_of(balloon_share=0.3, annual_rate=0.0425, **terms)
    assert found.annual_simple == pytest.approx(0.0425, abs=1e-8)


@pytest.mark.parametrize("rate", [0.0, 0.0385, 1.0])
def test_without_fees_and_by_months_the_simple_rate_is_that_of_the_contract(rate: float) -> None:
    for repayment in (Repayment.EQUAL_INSTALMENT, Repayment.EQUAL_PRINCIPAL):
        found = rate_of(amount_yuan=Decimal(10**9), annual_rate=rate, repayment=repayment)
        assert found.annual_simple == pytest.approx(rate, abs=1e-9)
        assert found.annual_compound == pytest.approx((1 + rate / 12) ** 12 - 1, abs=1e-9)


def test_interest_paid_at_another_time_than_by_the_month_changes_the_rate() -> None:
    quarterly = rate_of(repayment=Repayment.BULLET, annual_rate=0.04)
    assert quarterly.annual_compound == pytest.approx(1.01**4 - 1, abs=1e-12)
    assert quarterly.annual_simple < 0.04  # a month compounds to a quarter


@pytest.mark.parametrize(
    ("terms", "dated"),
    [
        ({}, False),
        ({"drawdown_date": date(2025, 1, 31)}, False),
        ({"drawdown_date": date(2025, 2, 28), "month_end": True}, False),
        ({"day_count": DayCount.ACT_360}, False),
        ({"payment_days": PaymentDays.SETTLEMENT}, True),
        ({"prepayments": (PrepaymentLine(date(2025, 3, 15), Decimal(10)),)}, False),
        ({"prepayments": (PrepaymentLine(date(2025, 3, 16), Decimal(10)),)}, True),
        ({"fees": (FeeLine(date(2025, 3, 16), Decimal(10)),)}, False),
        ({"fees": (FeeLine(date(2027, 3, 16), Decimal(10)),)}, True),
    ],
)
def test_flows_count_by_months_where_all_fall_on_whole_ones(
    terms: dict[str, Any], dated: bool
) -> None:
    assert rate_of(**terms).dated is dated


def test_later_fees_and_those_of_a_prepayment_raise_the_rate() -> None:
    fees = (FeeLine(date(2025, 7, 15), Decimal(1_500)),)
    day, amount = date(2025, 7, 15), Decimal(150_000)
    plain = rate_of(prepayments=(PrepaymentLine(day, amount),))
    with_fee = rate_of(prepayments=(PrepaymentLine(day, amount, fee_share=0.01),))
    assert with_fee.annual_compound > plain.annual_compound + 0.005
    # the same fee, entered as such
    entered = rate_of(prepayments=(PrepaymentLine(day, amount),), fees=fees)
    assert entered.annual_compound == pytest.approx(with_fee.annual_compound, abs=1e-12)


def test_fees_that_leave_nothing_of_the_loan_have_no_rate() -> None:
    asked: Loan = loan(upfront_fee_yuan=Decimal(300_000))
    with pytest.raises(DomainError) as refused:
        effective_rate(build_schedule(asked), asked)
    assert refused.value.code == "no_annualised_rate"
