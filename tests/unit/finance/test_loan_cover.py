"""Cash by day, DSCR by loan year, LLCR and PLCR."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.finance.case.lending.sizing_inputs import CashLine
from app.finance.lending.cash import CashByPrice, cash_by_period, find_cash
from app.finance.lending.cover import find_cover
from app.finance.lending.debt import debt_years, growth_to
from app.finance.lending.parts import LoanParts
from app.finance.lending.results import CoverResult
from app.finance.lending.schedule_results import Schedule
from tests.unit.finance.sized_loans import long_right, parts_of, valued

YEAR_1 = date(2026, 3, 31)


def cover_of(document: dict[str, Any]) -> CoverResult:
    cover = parts_of(document).cover
    assert cover is not None
    return cover


def test_a_flow_of_a_year_comes_in_at_its_end_or_in_its_middle(document: dict[str, Any]) -> None:
    for timing, day in (("end_year", YEAR_1), ("mid_year", date(2025, 9, 30))):
        document["appraisal"]["timing"] = timing
        case, _carbon, values = valued(document)
        cash = find_cash(case, values)
        before = date.fromordinal(day.toordinal() - 1)
        flows = cash.of_right([date(2025, 3, 31), before, day, date(2030, 1, 1)])
        assert flows == pytest.approx([0, values.cash_flow[0].net_yuan, 0])


def test_dated_flows_come_in_on_their_days(document: dict[str, Any]) -> None:
    document["appraisal"] |= {"timing": "exact_dates", "horizon_years": 3}
    case, _carbon, values = valued(document)
    days = find_cash(case, values).days.tolist()
    assert [date.fromordinal(day) for day in days] == [row.paid_on for row in values.cash_flow]


def test_other_cash_is_spread_over_the_days_of_its_years(document: dict[str, Any]) -> None:
    document["loan"]["other_cash"] = [
        {"first_year": 2025, "last_year": 2026, "amount_yuan_yr": 365_000},
        {"first_year": 2026, "last_year": 2026, "amount_yuan_yr": -73_000, "name": "rent"},
    ]
    case, _carbon, values = valued(document)
    ends = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 10)]
    found = find_cash(case, values).of_others([*ends, date(2027, 5, 5), date(2028, 1, 1)])
    assert found == pytest.approx([1000, 364_000, 8000, 292_000 - 8000, 0])


def test_prudent_cash_takes_the_discounts_of_the_appraisal(document: dict[str, Any]) -> None:
    document["appraisal"] |= {"prudent_price_discount": 0.2, "prudent_tonnes_discount": 0.1}
    document["loan"]["cash_level"] = "prudent"
    row = cover_of(document).years[0]
    revenue = 12504.14 * 100 * (1 - 0.05 - 0.03) * 0.8 * 0.9
    assert row.cash_right_yuan == pytest.approx(revenue - 100_000)


def test_dscr_of_each_loan_year_by_hand(document: dict[str, Any]) -> None:
    """12,504.14 t x 100 x 92 % - 100,000 a year; 600,000 of principal and quarterly interest."""
    found = cover_of(long_right(document, other_cash=[
        {"first_year": 2025, "last_year": 2025, "amount_yuan_yr": 73_000},
    ]))  # fmt: skip
    cash = 12504.14 * 100 * 0.92 - 100_000
    assert [row.last_day.year for row in found.years] == [2026, 2027, 2028, 2029, 2030]
    assert [row.principal_yuan for row in found.years] == [600_000.0] * 5
    interest = [0.0385 / 4 * sum(3e6 - 1.5e5 * (4 * y + q) for q in range(4)) for y in range(5)]
    other = [73_000 * 275 / 365, 0, 0, 0, 0]
    for row, paid, more in zip(found.years, interest, other, strict=True):
        assert row.interest_yuan == pytest.approx(paid)
        assert row.cash_other_yuan == pytest.approx(more)
        assert row.dscr == pytest.approx((cash + more) / (600_000 + paid))
    assert found.min_dscr == min(row.dscr for row in found.years if row.dscr is not None)
    assert found.average_dscr == pytest.approx(np.mean([row.dscr for row in found.years]))
    assert found.shortfall_on is None


def test_a_loan_year_that_cash_does_not_pay_is_the_shortfall(document: dict[str, Any]) -> None:
    found = cover_of(document)
    assert found.min_dscr == pytest.approx(1050380.88 / 20419532.62)
    assert found.shortfall_on == YEAR_1


def test_the_last_loan_year_may_be_short(document: dict[str, Any]) -> None:
    found = cover_of(long_right(document, term_months=30, repayment="bullet"))
    assert [row.last_day for row in found.years] == [YEAR_1, date(2027, 3, 31), date(2027, 9, 30)]
    assert found.years[2].cash_right_yuan == 0
    assert found.years[2].dscr == 0


def test_what_is_prepaid_is_not_debt_service(document: dict[str, Any]) -> None:
    plain = parts_of(long_right(document, term_months=24, repayment="bullet"))
    moved = replace(plain.schedule, kinds=["prepayment", *plain.schedule.kinds[1:]])
    paid = [1_000_000_00, *plain.schedule.principal[1:]]
    years = debt_years(plain.loan, replace(moved, principal=paid))
    assert years.principal.tolist() == [0.0, 3_000_000.0]


def test_payments_moved_to_working_days_stay_in_their_year(document: dict[str, Any]) -> None:
    """The first anniversary, Sunday 1 March 2026, is paid on Monday."""
    terms: dict[str, Any] = {
        "drawdown_date": "2025-03-01",
        "term_months": 24,
        "business_days": "following",
    }
    found = cover_of(long_right(document, unknown_years="weekends", **terms))
    assert [row.last_day for row in found.years] == [date(2026, 3, 2), date(2027, 3, 1)]
    assert [row.principal_yuan for row in found.years] == [1_500_000.0, 1_500_000.0]


def test_llcr_and_plcr_by_hand(document: dict[str, Any]) -> None:
    """Yearly payments at 3.85 %; after the last one each flow by its days over 365."""
    found = cover_of(long_right(document, payment_frequency="yearly"))
    cash = 12504.14 * 100 * 0.92 - 100_000
    annuity = (1 - 1.0385**-5) / 0.0385
    assert found.llcr == pytest.approx(cash * annuity / 3e6, rel=1e-12)
    last = date(2030, 3, 31)
    later = [(date(year, 3, 31) - last).days / 365 for year in range(2031, 2038)]
    beyond = sum(1.0385 ** -(5 + time) for time in later)
    assert found.plcr == pytest.approx(cash * (annuity + beyond) / 3e6, rel=1e-12)


@pytest.mark.parametrize("frequency", ["yearly", "half_yearly", "quarterly"])
@pytest.mark.parametrize("level", [1.1, 1.3, 2.0])
def test_a_loan_sculpted_at_a_dscr_has_that_llcr(
    frequency: str, level: float, document: dict[str, Any]
) -> None:
    """C-L15: DS_t = cash_t / x, D_0 = sum of DS_t over the product of 1 + r; so LLCR = x."""
    other = [{"first_year": 2025, "last_year": 2032, "amount_yuan_yr": 400_000}]
    parts = parts_of(long_right(document, payment_frequency=frequency, other_cash=other))
    schedule, loan = parts.schedule, parts.loan
    ends = [loan.drawdown_date, *schedule.dues]
    service = find_cash(parts.case, parts.values).between(ends) / level
    growth = growth_to(loan, schedule)
    balance = float((service / growth).sum())
    rates = growth / np.concatenate(([1.0], growth[:-1])) - 1
    interest, principal, closing = [], [], []
    fen = drawn = round(balance * 100)
    for paid, rate in zip(service, rates, strict=True):
        due = round(drawn * rate)
        interest.append(due)
        principal.append(round(paid * 100) - due)
        drawn -= principal[-1]
        closing.append(drawn)
    assert abs(closing[-1]) < 100
    sculpted = replace(
        schedule,
        interest=interest,
        principal=principal,
        closing=closing,
        drawn=[fen, *schedule.drawn[1:]],
        drawdowns=((loan.drawdown_date, fen),),
    )
    found = find_cover(replace(parts, schedule=sculpted))
    assert found.llcr == pytest.approx(level, rel=1e-8)
    assert found.min_dscr == pytest.approx(level, rel=1e-6)
    assert found.average_dscr == pytest.approx(level, rel=1e-6)


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"payment_frequency": "monthly"},
        {"day_count": "act_360"},
        {"business_days": "following", "unknown_years": "weekends", "accrual_moves": True},
        {"drawdown_date": "2025-08-15", "day_count": "act_act"},
        {"tranches": [
            {"day": "2025-03-31", "amount_yuan": 1_000_000},
            {"day": "2025-08-31", "amount_yuan": 2_000_000},
        ]},
    ],
)  # fmt: skip
def test_the_schedule_that_is_sculpted_to_its_cash_has_one_cover(
    terms: dict[str, Any], document: dict[str, Any]
) -> None:
    document["appraisal"]["price_growth"] = 0.03
    other = [{"first_year": 2025, "last_year": 2040, "amount_yuan_yr": 800_000}]
    sculpted = {"repayment": "sculpted", "payment_frequency": "yearly", "other_cash": other}
    found = cover_of(long_right(document, **sculpted | terms))
    assert found.min_dscr is not None
    assert found.llcr == pytest.approx(found.min_dscr, rel=1e-6)
    assert found.average_dscr == pytest.approx(found.min_dscr, rel=1e-6)


def test_only_a_sculpted_loan_asks_for_its_cash(document: dict[str, Any]) -> None:
    case, _carbon, values = valued(long_right(document))
    assert cash_by_period(case, values) is None
    terms: dict[str, Any] = {"repayment": "sculpted", "payment_frequency": "yearly"}
    case, _carbon, values = valued(long_right(document, **terms))
    found = cash_by_period(case, values)
    assert found == pytest.approx([12504.14 * 100 * 0.92 - 100_000] * 5)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.dates(date(2025, 1, 1), date(2045, 12, 31)), max_size=8),
    lines=st.lists(
        st.tuples(st.integers(2024, 2044), st.integers(0, 5), st.integers(-(10**6), 10**6)),
        max_size=4,
    ),
)
def test_cash_of_stretches_adds_up_to_that_of_all_days(
    cuts: list[date], lines: list[tuple[int, int, int]], document: dict[str, Any]
) -> None:
    case, _carbon, values = valued(long_right(document))
    assert case.loan is not None
    others = tuple(CashLine(first, first + more, yuan) for first, more, yuan in lines)
    case = replace(case, loan=replace(case.loan, other_cash=others))
    cash = find_cash(case, values)
    first, last = date(2020, 1, 1), date(2060, 1, 1)
    whole = float(cash.between([first, last])[0])
    assert float(cash.between([first, *sorted(cuts), last]).sum()) == pytest.approx(whole, abs=1e-3)
    paid = sum(yuan * (more + 1) for _first, more, yuan in lines)
    assert whole == pytest.approx(sum(row.net_yuan for row in values.cash_flow) + paid, abs=1e-3)


@pytest.mark.parametrize("tax", [0.0, 0.25])
def test_cash_at_another_price_is_that_of_a_plan_with_that_price(
    tax: float, document: dict[str, Any]
) -> None:
    document = long_right(document)
    document["appraisal"] |= {"income_tax_rate": tax, "loss_carry_years": 5}
    document["appraisal"]["initial_cost_yuan"] = 500_000
    case, _carbon, values = valued(document)
    ends = [date(2025, 3, 30), *(date(year, 4, 1) for year in range(2026, 2040))]
    factors = np.array([0.0, 0.3, 1.0, 1.7])
    found = CashByPrice(case, values).between(ends, factors)
    assert found == pytest.approx(find_cash(case, values, factors).between(ends), abs=1e-2)


def hand_made(parts: LoanParts, lines: list[tuple[date, int, int]]) -> Schedule:
    """Return a schedule of (due, principal, interest) in fen, all of it drawn at once."""
    dues = [line[0] for line in lines]
    total = sum(line[1] for line in lines)
    closing = [total - sum(line[1] for line in lines[: n + 1]) for n in range(len(lines))]
    start = parts.loan.drawdown_date
    return replace(
        parts.schedule, starts=[start, *dues[:-1]], ends=dues, dues=dues,
        rates=[0.0385] * len(lines), drawn=[total] + [0] * (len(lines) - 1),
        interest=[line[2] for line in lines], principal=[line[1] for line in lines],
        fees=[0] * len(lines), closing=closing, kinds=["payment"] * len(lines),
        drawdowns=((start, total),),
    )  # fmt: skip


def test_a_year_without_debt_service_has_no_ratio(document: dict[str, Any]) -> None:
    parts = parts_of(long_right(document, term_months=36))
    found = find_cover(
        replace(parts, schedule=hand_made(parts, [(YEAR_1, 0, 0), (date(2027, 3, 31), 10**8, 0)]))
    )
    assert [row.dscr is None for row in found.years] == [True, False]
    assert found.llcr is not None
    assert Decimal(str(round(found.years[1].principal_yuan, 2))) == Decimal("1000000.0")
