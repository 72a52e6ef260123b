"""Rates of a loan: fixed, floating on the LPR, extended, and how a stress moves them."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.lending.pricing import LprLine, LprTenor, RateKind, Repricing
from app.finance.case.lending.terms import Extension
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.rates import RatePath, rate_path, repricing_days
from app.reference.lpr import load_lpr
from tests.unit.finance.loan_terms import loan_of, lpr

FALLING = lpr(
    ("2025-06-20", 0.031), ("2025-07-21", 0.03), ("2025-09-22", 0.029), ("2026-06-22", 0.028)
)


def floating(repricing: Repricing = Repricing.QUARTERLY, **terms: Any) -> Loan:
    given_terms = {"margin_bp": 50.0, "lpr": FALLING, "annual_rate": None, **terms}
    return loan_of(rate_kind=RateKind.FLOATING, repricing=repricing, **given_terms)


def steps(path: RatePath) -> list[tuple[str, str]]:
    return [(day.isoformat(), str(rate)) for day, rate in zip(path.days, path.rates, strict=True)]


def test_a_fixed_loan_has_one_exact_rate_and_no_stress_of_the_lpr_moves_it() -> None:
    loan = loan_of()
    assert rate_path(loan, shift_bp=200).constant == Decimal("0.0385")
    assert repricing_days(loan, date(2030, 1, 1)) == ()


def test_a_floating_loan_is_repriced_every_three_months_by_the_last_published_rate() -> None:
    assert steps(rate_path(floating())) == [
        ("2025-07-01", "0.036"),
        ("2025-10-01", "0.034"),
    ]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Repricing.NEW_YEAR, ["2026-01-01"]),
        (Repricing.ANNIVERSARY, []),
        (Repricing.QUARTERLY, ["2025-10-01", "2026-01-01", "2026-04-01"]),
    ],
)
def test_the_rule_says_on_which_days_a_rate_is_set_anew(rule: Repricing, days: list[str]) -> None:
    found = repricing_days(floating(rule), date(2026, 7, 1))
    assert [day.isoformat() for day in found] == days


def test_a_month_without_the_day_of_drawdown_is_repriced_on_its_last_day() -> None:
    loan = floating(Repricing.MONTHLY, drawdown_date=date(2025, 7, 31))
    days = repricing_days(loan, date(2026, 3, 31))
    assert [day.day for day in days] == [31, 30, 31, 30, 31, 31, 28]


def test_a_rate_published_on_the_day_counts_from_the_next_repricing_on() -> None:
    loan = floating(Repricing.MONTHLY, drawdown_date=date(2025, 7, 21), margin_bp=0.0)
    assert steps(rate_path(loan))[:2] == [("2025-07-21", "0.031"), ("2025-08-21", "0.03")]


def test_the_table_starts_before_drawdown_or_the_loan_is_refused_by_name() -> None:
    with pytest.raises(DomainError) as refused:
        rate_path(floating(drawdown_date=date(2025, 6, 20)))
    assert refused.value.code == "lpr_missing"
    assert refused.value.facts["path"] == "loan.lpr"
    assert refused.value.facts["day"] == date(2025, 6, 20)


def test_the_tenor_chosen_is_the_column_read() -> None:
    lines = (LprLine(date(2025, 5, 20), one_year=0.03, five_years=0.035),)
    loan = floating(lpr=lines, lpr_tenor=LprTenor.FIVE_YEARS)
    assert rate_path(loan).constant == Decimal("0.04")


def test_a_stress_moves_the_rate_from_the_first_repricing_on() -> None:
    moved = rate_path(floating(Repricing.NEW_YEAR), shift_bp=200)
    assert steps(moved) == [("2025-07-01", "0.036"), ("2026-01-01", "0.054")]


def test_a_rate_below_zero_is_zero() -> None:
    assert rate_path(floating(margin_bp=-1000.0)).constant == Decimal(0)


def test_an_extension_has_its_own_rate_from_the_original_maturity_on() -> None:
    extended: dict[str, Any] = {"extension": Extension(months=6, annual_rate=0.05)}
    assert steps(rate_path(loan_of(**extended))) == [
        ("2025-07-01", "0.0385"),
        ("2026-07-01", "0.05"),
    ]
    loan = floating(**extended)
    assert steps(rate_path(loan, shift_bp=100))[-1] == ("2026-07-01", "0.05")
    assert repricing_days(loan, date(2027, 1, 1))[-1] == date(2026, 4, 1)


def test_an_extension_without_a_rate_is_repriced_on() -> None:
    loan = floating(extension=Extension(months=6))
    assert steps(rate_path(loan))[-1] == ("2026-07-01", "0.033")


def test_a_period_is_cut_where_its_rate_changes_and_nowhere_else() -> None:
    path = rate_path(floating())
    start, end = date(2025, 9, 21), date(2025, 12, 21)
    assert path.pieces(start, end) == (
        (start, date(2025, 10, 1), Decimal("0.036")),
        (date(2025, 10, 1), end, Decimal("0.034")),
    )
    later = (date(2025, 12, 21), date(2026, 3, 21))
    assert path.pieces(*later) == ((*later, Decimal("0.034")),)
    assert path.pieces(date(2025, 10, 1), end) == ((date(2025, 10, 1), end, Decimal("0.034")),)


DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@settings(max_examples=100, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=12, unique=True), DAYS, st.integers(1, 500))
def test_pieces_cover_a_period_day_by_day_at_the_rate_of_each_day(
    days: list[date], start: date, length: int
) -> None:
    days.sort()
    path = RatePath(tuple(days), tuple(Decimal(n) / 100 for n in range(len(days))))
    end = start + timedelta(days=length)
    pieces = path.pieces(start, end)
    assert pieces[0][0] == start
    assert pieces[-1][1] == end
    assert all(before[1] == after[0] for before, after in itertools.pairwise(pieces))
    for first, after, rate in pieces:
        assert path.rate_on(first) == rate == path.rate_on(after - timedelta(days=1))


def test_the_announced_rates_price_a_loan_of_2019_to_2026() -> None:
    """Each change of the one-year rate in the announcements of the years."""
    lines = tuple(LprLine(row.day, row.one_year, row.five_years) for row in load_lpr())
    loan = floating(
        Repricing.MONTHLY,
        lpr=lines,
        margin_bp=0.0,
        drawdown_date=date(2019, 8, 25),
        term_months=84,
    )
    assert [str(rate) for rate in rate_path(loan).rates] == [
        "0.0425", "0.042", "0.0415", "0.0405", "0.0385", "0.038", "0.037", "0.0365", "0.0355",
        "0.0345", "0.0335", "0.031", "0.03",
    ]  # fmt: skip
