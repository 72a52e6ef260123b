"""Counting of days against QuantLib; the calendar of China against published days."""

from datetime import date, timedelta
from fractions import Fraction
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
    DayCount,
    UnknownYears,
)
from app.finance.dates import whole_months_between
from app.finance.errors import DomainError
from app.finance.lending.calendar import BusinessCalendar, loan_calendar, published_days
from app.finance.lending.day_count import year_fraction
from tests.unit.finance.loan_terms import from_ql, loan_of, ql_date, random_day

OTHERS = {
    DayCount.ACT_360: ql.Actual360(),
    DayCount.ACT_365F: ql.Actual365Fixed(),
    DayCount.THIRTY_360: ql.Thirty360(ql.Thirty360.BondBasis),
    DayCount.THIRTY_E_360: ql.Thirty360(ql.Thirty360.EurobondBasis),
    DayCount.ACT_ACT: ql.ActualActual(ql.ActualActual.ISDA),
}
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MOVES = (BusinessDays.FOLLOWING, BusinessDays.MODIFIED_FOLLOWING, BusinessDays.PRECEDING)


@pytest.mark.parametrize("basis", OTHERS)
def test_a_part_of_a_year_is_that_of_quantlib(basis: DayCount) -> None:
    source = np.random.default_rng(20250701)
    for _ in range(3000):
        start = random_day(source)
        end = start + timedelta(days=int(source.integers(source.choice((100, 9000)))))
        numerator, denominator = year_fraction(start, end, basis)
        other = OTHERS[basis].yearFraction(ql_date(start), ql_date(end))
        assert numerator / denominator == pytest.approx(other, abs=1e-12), (start, end)


@pytest.mark.parametrize("basis", [DayCount.THIRTY_360, DayCount.THIRTY_E_360])
def test_ends_of_months_count_as_in_quantlib(basis: DayCount) -> None:
    ends = [
        date(year, month, 1) - timedelta(days=1) for year in (2024, 2025) for month in range(2, 13)
    ]
    days = [end + timedelta(days=shift) for end in ends for shift in (-1, 0, 1)]
    for start in days:
        for end in (day for day in days if day >= start):
            days_of_other = OTHERS[basis].dayCount(ql_date(start), ql_date(end))
            assert year_fraction(start, end, basis) == (days_of_other, 360), (start, end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-06-21", "2026-07-01", Fraction(10, 360)),
        ("2025-07-01", "2025-09-21", Fraction(2, 12) + Fraction(20, 360)),
        ("2025-01-31", "2025-02-28", Fraction(1, 12)),
        ("2024-02-29", "2025-02-28", Fraction(1)),
        ("2025-02-28", "2025-03-31", Fraction(1, 12) + Fraction(3, 360)),
        ("2025-03-05", "2025-03-05", Fraction(0)),
    ],
)
def test_a_broken_period_is_whole_months_and_days_over_360(
    start: str, end: str, expected: Fraction
) -> None:
    ratio = year_fraction(date.fromisoformat(start), date.fromisoformat(end), DayCount.MONTHS)
    assert Fraction(*ratio) == expected


def test_whole_months_are_twelfths_whatever_their_days() -> None:
    assert year_fraction(date(2025, 2, 1), date(2025, 5, 1), DayCount.MONTHS, months=3) == (3, 12)


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(0, 4000), st.sampled_from(list(DayCount)))
def test_a_longer_period_is_never_a_smaller_part_of_a_year(
    start: date, days: int, basis: DayCount
) -> None:
    end = start + timedelta(days=days)
    shorter = Fraction(*year_fraction(start, end, basis))
    longer = Fraction(*year_fraction(start, end + timedelta(days=3), basis))
    assert 0 <= shorter <= longer


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(0, 4000))
def test_less_than_a_month_is_left_beside_whole_months(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    months = whole_months_between(start, end)
    numerator, denominator = year_fraction(start, end, DayCount.MONTHS)
    assert denominator == 360
    assert 0 <= numerator - 30 * months <= 30


def in_china(**terms: Any) -> BusinessCalendar:
    return loan_calendar(loan_of(**terms))


def test_a_make_up_saturday_is_worked_and_a_festival_is_not() -> None:
    calendar = in_china()
    assert calendar.is_business(date(2025, 1, 26))  # Sunday before the Spring Festival of 2025
    assert not calendar.is_business(date(2025, 1, 28))
    assert not calendar.is_business(date(2025, 10, 1))
    assert calendar.is_business(date(2025, 10, 11))  # Saturday after the National Day of 2025


def test_own_days_go_before_the_published_ones() -> None:
    own = (
        CalendarLine(date(2025, 10, 1), CalendarKind.WORKDAY),
        CalendarLine(date(2025, 7, 2), CalendarKind.HOLIDAY),
    )
    calendar = in_china(calendar=own)
    assert calendar.is_business(date(2025, 10, 1))
    assert not calendar.is_business(date(2025, 7, 2))
    assert not calendar.is_business(date(2025, 10, 2))


@pytest.mark.parametrize("year", [1999, 2040])
def test_a_year_nobody_has_published_is_refused_by_name(year: int) -> None:
    days = published_days()
    with pytest.raises(DomainError) as refused:
        in_china().adjust(date(year, 7, 1), BusinessDays.FOLLOWING)
    assert refused.value.code == "calendar_year_unknown"
    assert refused.value.facts == {
        "path": "loan.calendar",
        "value": year,
        "first": days.first_year,
        "last": days.last_year,
    }


def test_a_year_with_an_own_day_is_known_by_it_and_its_weekends() -> None:
    calendar = in_china(calendar=(CalendarLine(date(2040, 10, 1), CalendarKind.HOLIDAY),))
    assert not calendar.is_business(date(2040, 10, 1))
    assert calendar.is_business(date(2040, 10, 2))
    assert not calendar.is_business(date(2040, 10, 6))
    assert calendar.years_guessed([date(2040, 5, 1), date(2041, 1, 1), date(2025, 1, 1)]) == (2041,)


def test_weekends_alone_are_free_when_the_loan_says_so_and_the_years_are_named() -> None:
    calendar = in_china(unknown_years=UnknownYears.WEEKENDS)
    assert calendar.is_business(date(2040, 10, 1))
    assert not calendar.is_business(date(2040, 10, 6))
    assert calendar.years_guessed([date(2040, 10, 1), date(2039, 1, 1)]) == (2039, 2040)


def test_nothing_is_asked_of_the_calendar_when_days_are_not_moved() -> None:
    assert in_china().adjust(date(2099, 1, 1), BusinessDays.UNADJUSTED) == date(2099, 1, 1)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2025-10-01", ("2025-10-09", "2025-10-09", "2025-09-30")),  # eight days free
        ("2025-05-31", ("2025-06-03", "2025-05-30", "2025-05-30")),  # Saturday, then a festival
        ("2025-07-01", ("2025-07-01", "2025-07-01", "2025-07-01")),
    ],
)
def test_a_holiday_moves_by_the_rule(day: str, moved: tuple[str, str, str]) -> None:
    calendar = in_china()
    found = tuple(calendar.adjust(date.fromisoformat(day), rule).isoformat() for rule in MOVES)
    assert found == moved


def test_days_move_as_in_quantlib_when_weekends_alone_are_free() -> None:
    calendar, other = BusinessCalendar({}, weekends=True), ql.WeekendsOnly()
    rules = dict(zip(MOVES, (ql.Following, ql.ModifiedFollowing, ql.Preceding), strict=True))
    source = np.random.default_rng(7)
    for _ in range(1000):
        day = random_day(source, 2031)
        for rule, its in rules.items():
            assert calendar.adjust(day, rule) == from_ql(other.adjust(ql_date(day), its))


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(1, 60))
def test_working_days_are_counted_one_by_one_and_never_refused(day: date, count: int) -> None:
    calendar = in_china()
    end = calendar.add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    weekends = in_china(unknown_years=UnknownYears.WEEKENDS)
    assert sum(weekends.is_business(one) for one in between) == count
    assert weekends.is_business(end)


def test_ten_working_days_pass_over_the_national_day() -> None:
    assert in_china().add_working_days(date(2025, 9, 26), 10) == date(2025, 10, 16)
    assert in_china().add_working_days(date(2025, 9, 26), 0) == date(2025, 9, 26)
