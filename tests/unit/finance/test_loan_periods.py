"""Periods of a loan: L06, each rule of payment days, and random loans against QuantLib."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import QuantLib as ql  # noqa: N813 - the name its own documentation uses
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.lending.days import (
    BusinessDays,
    CalendarKind,
    CalendarLine,
    PaymentDays,
    UnknownYears,
)
from app.finance.case.lending.terms import (
    Extension,
    InterestPayment,
    PaymentFrequency,
    PrincipalLine,
)
from app.finance.case.loan import Loan, Repayment
from app.finance.case.maturity import last_day_of
from app.finance.errors import DomainError
from app.finance.lending.calendar import BusinessCalendar, loan_calendar
from app.finance.lending.periods import Period, loan_periods, maturity_of
from tests.case_table import case_table
from tests.unit.finance.loan_terms import from_ql, loan_of, ql_date, random_day

MONTHS = {
    PaymentFrequency.MONTHLY: 1,
    PaymentFrequency.QUARTERLY: 3,
    PaymentFrequency.HALF_YEARLY: 6,
    PaymentFrequency.YEARLY: 12,
}
MOVES = {
    BusinessDays.UNADJUSTED: ql.Unadjusted,
    BusinessDays.FOLLOWING: ql.Following,
    BusinessDays.MODIFIED_FOLLOWING: ql.ModifiedFollowing,
    BusinessDays.PRECEDING: ql.Preceding,
}


def periods_of(**terms: Any) -> tuple[Period, ...]:
    loan = loan_of(**terms)
    return loan_periods(loan, loan_calendar(loan))


def ends_of(**terms: Any) -> list[str]:
    return [period.end.isoformat() for period in periods_of(**terms)]


def test_quarterly_interest_is_settled_on_the_20th_and_paid_on_the_21st() -> None:
    case = case_table("finance")["L06"]
    terms, expected = json.loads(case["inputs"]), json.loads(case["expected"])
    periods = periods_of(
        drawdown_date=date.fromisoformat(terms["draw"]),
        maturity_date=date.fromisoformat(terms["maturity"]),
        repayment=Repayment.BULLET,
        payment_days=PaymentDays.SETTLEMENT,
    )
    assert [(period.end - period.start).days for period in periods] == expected["days"]
    assert [period.months for period in periods] == [None, 3, 3, 3, None]
    assert [period.pays_principal for period in periods] == [False] * 4 + [True]
    assert periods[0].due == date(2025, 9, 21)


@pytest.mark.parametrize(
    ("frequency", "ends"),
    [
        ("monthly", ["2025-07-21", "2025-08-21", "2025-09-21"]),
        ("quarterly", ["2025-09-21", "2025-12-21", "2026-03-21"]),
        ("half_yearly", ["2025-12-21", "2026-06-21", "2026-12-21"]),
        ("yearly", ["2025-12-21", "2026-12-21", "2027-12-21"]),
    ],
)
def test_settlement_keeps_to_the_months_of_the_calendar(frequency: str, ends: list[str]) -> None:
    found = ends_of(
        payment_frequency=PaymentFrequency(frequency),
        payment_days=PaymentDays.SETTLEMENT,
        term_months=60,
    )
    assert found[:3] == ends


def test_what_is_settled_on_28_february_is_paid_on_the_day_after() -> None:
    found = ends_of(
        payment_days=PaymentDays.SETTLEMENT,
        settlement_day=28,
        drawdown_date=date(2027, 1, 5),
        term_months=15,
    )
    assert found[:3] == ["2027-01-29", "2027-03-01", "2027-03-29"]
    assert found[13] == "2028-02-29"


def test_a_month_without_the_day_takes_its_last_one_and_the_next_takes_the_day_again() -> None:
    found = ends_of(drawdown_date=date(2025, 1, 31), term_months=4)
    assert found == ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]
    assert {period.months for period in periods_of(drawdown_date=date(2025, 1, 31))} == {1}


def test_a_loan_that_keeps_to_the_end_of_the_month_does_so_from_february_on() -> None:
    terms = {"drawdown_date": date(2025, 2, 28), "term_months": 3}
    assert ends_of(**terms) == ["2025-03-28", "2025-04-28", "2025-05-28"]
    assert ends_of(**terms, month_end=True) == ["2025-03-31", "2025-04-30", "2025-05-31"]
    extended = loan_of(**terms, month_end=True, extension=Extension(months=1))
    assert maturity_of(extended) == date(2025, 5, 31)
    assert last_day_of(extended) == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("first", "ends", "months"),
    [
        (
            "2025-07-15",
            ["2025-07-15", "2025-08-15", "2025-09-15", "2025-10-01"],
            [None, 1, 1, None],
        ),
        ("2025-08-20", ["2025-08-20", "2025-09-20", "2025-10-01"], [None, 1, None]),
        ("2025-09-01", ["2025-09-01", "2025-10-01"], [2, 1]),
        ("2025-10-01", ["2025-10-01"], [3]),
    ],
)  # fmt: skip
def test_payments_count_from_a_first_day_after_a_short_or_long_first_period(
    first: str, ends: list[str], months: list[int | None]
) -> None:
    periods = periods_of(
        payment_days=PaymentDays.FIRST_DATE,
        first_payment_date=date.fromisoformat(first),
        term_months=3,
    )
    assert [period.end.isoformat() for period in periods] == ends
    assert [period.months for period in periods] == months


def test_a_term_that_is_no_multiple_of_the_payments_ends_with_a_short_period() -> None:
    periods = periods_of(term_months=20, payment_frequency=PaymentFrequency.HALF_YEARLY)
    assert [period.months for period in periods] == [6, 6, 6, 2]


def test_no_principal_is_paid_within_the_grace_period() -> None:
    periods = periods_of(grace_months=5, payment_frequency=PaymentFrequency.QUARTERLY)
    assert [period.pays_principal for period in periods] == [False, True, True, True]


def test_a_seasonal_loan_pays_interest_by_quarters_and_principal_in_the_harvest_months() -> None:
    periods = periods_of(repayment=Repayment.SEASONAL, harvest_months="11, 6", term_months=14)
    assert [(period.end.isoformat(), period.pays_principal) for period in periods] == [
        ("2025-10-01", False),
        ("2025-11-01", True),
        ("2026-01-01", False),
        ("2026-04-01", False),
        ("2026-06-01", True),
        ("2026-07-01", False),
        ("2026-09-01", True),
    ]
    assert [period.months for period in periods] == [3, 1, 2, 3, 2, 1, 2]


def test_interest_with_the_principal_waits_for_the_days_of_principal() -> None:
    at_maturity = {"interest_payment": InterestPayment.AT_MATURITY}
    assert ends_of(repayment=Repayment.BULLET, **at_maturity) == ["2026-07-01"]
    seasonal = ends_of(repayment=Repayment.SEASONAL, harvest_months="11", **at_maturity)
    assert seasonal == ["2025-11-01", "2026-07-01"]


def custom(**terms: Any) -> Loan:
    days = ("2025-08-15", "2025-10-01", "2026-02-15")
    table = tuple(PrincipalLine(date.fromisoformat(day), Decimal(1_000_000)) for day in days)
    return loan_of(
        repayment=Repayment.CUSTOM, principal_table=table, **{"term_months": None, **terms}
    )


def test_a_table_adds_its_days_to_those_of_interest_and_ends_the_loan() -> None:
    loan = custom()
    assert maturity_of(loan) == date(2026, 2, 15)
    periods = loan_periods(loan, loan_calendar(loan))
    assert [
        (period.end.isoformat(), period.months, period.pays_principal) for period in periods
    ] == [
        ("2025-08-15", None, True),
        ("2025-10-01", None, True),
        ("2026-01-01", 3, False),
        ("2026-02-15", None, True),
    ]


def test_a_holiday_moves_the_payment_and_not_the_interest() -> None:
    terms = {"drawdown_date": date(2025, 7, 1), "term_months": 6}
    moved = periods_of(business_days=BusinessDays.FOLLOWING, **terms)
    assert [period.due for period in moved][2] == date(2025, 10, 9)
    assert [period._replace(due=period.end) for period in moved] == list(periods_of(**terms))


def test_interest_that_runs_to_the_day_paid_breaks_both_periods() -> None:
    moved = periods_of(business_days=BusinessDays.FOLLOWING, accrual_moves=True, term_months=6)
    assert [(period.start, period.end, period.months) for period in moved[1:4]] == [
        (date(2025, 8, 1), date(2025, 9, 1), 1),
        (date(2025, 9, 1), date(2025, 10, 9), None),
        (date(2025, 10, 9), date(2025, 11, 3), None),
    ]
    assert all(period.end == period.due for period in moved)


def test_no_payment_moves_before_drawdown() -> None:
    own = tuple(CalendarLine(date(2025, 7, n), CalendarKind.HOLIDAY) for n in (1, 2))
    periods = periods_of(
        business_days=BusinessDays.PRECEDING,
        accrual_moves=True,
        maturity_date=date(2025, 7, 2),
        calendar=own,
    )
    assert [(period.start, period.end) for period in periods] == [(date(2025, 7, 1),) * 2]


def test_a_payment_in_a_year_without_a_calendar_is_refused_only_where_days_move() -> None:
    far = {"drawdown_date": date(2039, 7, 1)}
    assert len(periods_of(**far)) == 12
    with pytest.raises(DomainError, match="calendar_year_unknown"):
        periods_of(business_days=BusinessDays.FOLLOWING, **far)
    weekends = {"business_days": BusinessDays.FOLLOWING, "unknown_years": UnknownYears.WEEKENDS}
    assert len(periods_of(**weekends, **far)) == 12


def quantlib_days(loan: Loan, first: date | None, calendar: Any, moves: Any) -> list[date]:
    """Ends of periods in QuantLib, counted forward from drawdown or from a first day."""
    schedule = ql.Schedule(
        ql_date(loan.drawdown_date),
        ql_date(maturity_of(loan)),
        ql.Period(MONTHS[loan.payment_frequency], ql.Months),
        calendar,
        moves,
        moves,
        ql.DateGeneration.Forward,
        False,
        ql.Date() if first is None else ql_date(first),
    )
    return [from_ql(day) for day in schedule][1:]


@pytest.mark.parametrize("with_first_day", [False, True])
def test_the_periods_of_a_thousand_random_loans_are_those_of_quantlib(
    with_first_day: bool,
) -> None:
    source = np.random.default_rng(42)
    for _ in range(500):
        frequency = list(MONTHS)[source.integers(4)]
        rule = list(MOVES)[source.integers(4)]
        drawdown = random_day(source, 2031)
        first = drawdown + timedelta(days=int(source.integers(10, 300))) if with_first_day else None
        maturity = (first or drawdown) + timedelta(days=int(source.integers(20, 11_000)))
        loan = loan_of(
            drawdown_date=drawdown,
            maturity_date=maturity,
            payment_frequency=frequency,
            payment_days=PaymentDays.ANNIVERSARY if first is None else PaymentDays.FIRST_DATE,
            first_payment_date=first,
            business_days=rule,
            accrual_moves=True,
        )
        periods = loan_periods(loan, BusinessCalendar({}, weekends=True))
        found = list(dict.fromkeys(period.end for period in periods))
        assert found == quantlib_days(loan, first, ql.WeekendsOnly(), MOVES[rule]), loan


@st.composite
def loans(draw: st.DrawFn) -> Loan:
    drawdown = draw(st.dates(date(2005, 1, 1), date(2020, 12, 31)))
    return loan_of(
        drawdown_date=drawdown,
        term_months=draw(st.integers(1, 200)),
        payment_days=draw(st.sampled_from(list(PaymentDays))),
        first_payment_date=drawdown + timedelta(days=25),
        payment_frequency=draw(st.sampled_from(list(PaymentFrequency))),
        business_days=draw(st.sampled_from(list(BusinessDays))),
        accrual_moves=draw(st.booleans()),
        unknown_years=UnknownYears.WEEKENDS,
    )


@settings(max_examples=150, deadline=None)
@given(loans())
def test_the_periods_of_a_loan_follow_each_other_from_drawdown_to_maturity(loan: Loan) -> None:
    calendar, drawdown = loan_calendar(loan), loan.drawdown_date
    periods = loan_periods(loan, calendar)
    assert periods[0].start == drawdown
    assert all(a.end == b.start and a.due <= b.due for a, b in pairwise(periods))
    assert periods[-1].pays_principal
    assert loan.accrual_moves or periods[-1].end == maturity_of(loan)
    if loan.business_days is not BusinessDays.UNADJUSTED:
        assert all(calendar.is_business(period.due) or period.due == drawdown for period in periods)
