"""Loans drawn in tranches: bounds by what is drawn, and the path on the days of drawing."""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.lending.days import BusinessDays
from app.finance.case.lending.terms import PaymentFrequency, PrepaymentLine, Repayment, TrancheLine
from app.finance.lending.bounds import find_bounds
from app.finance.lending.owed import owed_by_day
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_results import Schedule
from tests.unit.finance.loan_terms import loan_of
from tests.unit.finance.sized_loans import bounds_of, long_right, parts_of, remedy

ASKED = 9_000_000
LIMITS: dict[str, Any] = {"min_dscr": 1.3, "min_llcr": 1.4, "min_plcr": 1.5, "stressed_dscr": 1.05}
LIMITS |= {"stressed_delay_months": 0}
SCALED = ["dscr", "llcr", "plcr", "stressed_dscr", "ltv_path"]
FIGURES: dict[str, tuple[Callable[[Any], float], float]] = {
    "dscr": (lambda parts: parts.cover.min_dscr, 1.3),
    "llcr": (lambda parts: parts.cover.llcr, 1.4),
    "plcr": (lambda parts: parts.cover.plcr, 1.5),
    "ltv_path": (lambda parts: parts.path.max_loan_to_value, 0.6),
}


def in_tranches(document: dict[str, Any], *amounts: float, **loan: Any) -> dict[str, Any]:
    """Ask for nine million; draw the amounts half a year apart."""
    days = ("2025-03-31", "2025-09-30", "2026-03-31")
    tranches = [
        {"day": day, "amount_yuan": amount} for day, amount in zip(days, amounts, strict=False)
    ]
    terms: dict[str, Any] = {"amount_yuan": ASKED, "path_ratio": 0.6, "tranches": tranches}
    return long_right(document, **terms | LIMITS | loan)


@pytest.mark.parametrize("code", SCALED)
def test_a_loan_drawn_in_part_carries_what_the_same_loan_does_that_asks_for_no_more(
    code: str, document: dict[str, Any]
) -> None:
    """What is asked for and never drawn neither costs nor covers anything."""
    part = bounds_of(in_tranches(copy.deepcopy(document), 3_000_000, 2_000_000))[code]
    whole = bounds_of(
        in_tranches(copy.deepcopy(document), 3_000_000, 2_000_000, amount_yuan=5_000_000)
    )[code]
    assert part.amount_yuan == whole.amount_yuan
    assert part.amount_yuan


@pytest.mark.parametrize("code", list(FIGURES))
def test_tranches_that_sum_to_the_bound_just_meet_it(code: str, document: dict[str, Any]) -> None:
    figure, limit = FIGURES[code]
    bound = float(bounds_of(in_tranches(document, 3_000_000, 2_000_000))[code].amount_yuan or 0)
    parts = [round(bound * share, 2) for share in (0.6, 0.4)]
    found = parts_of(in_tranches(document, *parts, amount_yuan=max(ASKED, 2 * bound)))
    assert figure(found) == pytest.approx(limit, rel=1e-5)


@pytest.mark.parametrize("code", SCALED)
def test_at_the_price_of_the_remedy_all_that_is_asked_is_carried(
    code: str, document: dict[str, Any]
) -> None:
    document = in_tranches(document, 3_000_000, 1_000_000, amount_yuan=12_000_000)
    document["appraisal"]["price_yuan_t"] = remedy(bounds_of(document)[code], "price")
    assert float(bounds_of(document)[code].amount_yuan or 0) == pytest.approx(12e6, rel=2e-4)


def test_the_other_remedies_reach_what_is_asked(document: dict[str, Any]) -> None:
    document = in_tranches(document, 3_000_000, 1_000_000, amount_yuan=8_000_000)
    found = bounds_of(document)
    for code in ("dscr", "llcr", "stressed_dscr"):
        carried = float(found[code].amount_yuan or 0)
        assert remedy(found[code], "cash") == pytest.approx(8_000_000 / carried)
    more = round(remedy(found["ltv_path"], "security") or 0, 2)
    secured = copy.deepcopy(document)
    secured["loan"]["collaterals"] = [
        {"kind": "carbon_right"},
        {"kind": "guarantee", "value_yuan": more},
    ]
    assert float(bounds_of(secured)["ltv_path"].amount_yuan or 0) == pytest.approx(8e6)
    document["loan"]["path_ratio"] = remedy(found["ltv_path"], "ratio")
    assert float(bounds_of(document)["ltv_path"].amount_yuan or 0) == pytest.approx(8e6)


def test_the_working_names_what_is_drawn_only_where_it_is_less(document: dict[str, Any]) -> None:
    for amounts, label, value in (
        ((3_000_000, 2_000_000), "Amount drawn", 5_000_000),
        ((5_000_000, 4_000_000), "Amount asked", 9_000_000),
    ):
        _bounds, steps = find_bounds(parts_of(in_tranches(copy.deepcopy(document), *amounts)))
        for code in SCALED:
            step = next(step for step in steps if step.key == f"loan.bound.{code}")
            assert (step.terms[0].label, step.terms[0].value) == (label, value)


@pytest.mark.parametrize("amount", [1_000_000, 4_000_000])
def test_the_path_has_a_point_on_the_day_of_a_later_tranche(
    amount: int, document: dict[str, Any]
) -> None:
    """Quarterly payments of a fifteenth fall on the last of a month; the tranche on 15 August."""
    document = in_tranches(document, 3_000_000, monitoring={"as_of": "2025-08-15"})
    document["loan"]["tranches"].append({"day": "2025-08-15", "amount_yuan": amount})
    parts = parts_of(document)
    assert parts.path is not None
    points = {point.day: point for point in parts.path.points}
    point, before = points[date(2025, 8, 15)], points[date(2025, 6, 30)]
    assert point.balance_yuan == before.balance_yuan + amount
    value = point.right_yuan + point.other_yuan
    assert point.coverage == pytest.approx(value / float(point.balance_yuan))
    assert list(points) == sorted(points)


def test_a_tranche_on_a_day_of_payment_is_owed_at_the_end_of_it(document: dict[str, Any]) -> None:
    parts = parts_of(in_tranches(document, 3_000_000, 1_000_000))
    assert parts.path is not None
    points = {point.day: point for point in parts.path.points}
    assert points[date(2025, 6, 30)].balance_yuan == Decimal("2850000.00")
    assert points[date(2025, 9, 30)].balance_yuan == Decimal("3700000.00")
    assert parts.schedule.lines[1].closing_yuan == Decimal("2700000.00")


def test_a_bullet_has_its_anniversaries_and_its_tranches(document: dict[str, Any]) -> None:
    terms = {"repayment": "bullet", "interest_payment": "at_maturity", "term_months": 36}
    parts = parts_of(in_tranches(document, 3_000_000, 1_000_000, 500_000, **terms))
    assert parts.path is not None
    found = [
        (point.day.isoformat(), int(point.balance_yuan))
        for point in parts.path.points
        if not point.before_payment
    ]
    assert found == [
        ("2025-03-31", 3_000_000),
        ("2025-09-30", 4_000_000),
        ("2026-03-31", 4_500_000),
        ("2027-03-31", 4_500_000),
        ("2028-03-31", 0),
    ]


def balance_on(schedule: Schedule, day: date) -> int:
    drawn = sum(fen for drawn_on, fen in schedule.drawdowns if drawn_on <= day)
    paid = zip(schedule.dues, schedule.principal, strict=True)
    return drawn - sum(fen for due, fen in paid if due <= day)


@settings(max_examples=100, deadline=None)
@given(
    repayment=st.sampled_from(["equal_instalment", "equal_principal", "bullet", "balloon"]),
    frequency=st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"]),
    business_days=st.sampled_from(["unadjusted", "following", "preceding"]),
    starts=st.dates(date(2020, 1, 1), date(2022, 12, 31)),
    tranches=st.lists(st.tuples(st.integers(1, 700), st.integers(1, 10**8)), max_size=4),
    prepaid=st.none() | st.integers(1, 700),
)
def test_each_state_is_what_was_drawn_less_what_was_repaid(
    *,
    repayment: str,
    frequency: str,
    business_days: str,
    starts: date,
    tranches: list[tuple[int, int]],
    prepaid: int | None,
) -> None:
    later = {starts + timedelta(days=after): fen for after, fen in tranches}
    lines = [
        TrancheLine(day, Decimal(fen) / 100)
        for day, fen in sorted({starts: 10**8, **later}.items())
    ]
    early = (
        ()
        if prepaid is None
        else (PrepaymentLine(starts + timedelta(days=prepaid), Decimal(1000)),)
    )
    schedule = build_schedule(
        loan_of(
            amount_yuan=Decimal(10**7),
            drawdown_date=starts,
            term_months=36,
            repayment=Repayment(repayment),
            payment_frequency=PaymentFrequency(frequency),
            balloon_share=0.3,
            business_days=BusinessDays(business_days),
            tranches=tuple(lines),
            prepayments=early,
        )
    )
    states = owed_by_day(schedule, starts)
    rows = list(zip(states.days, states.valued_on, states.fen, states.before_payment, strict=True))
    after = [day for day, _valued, _fen, before in rows if not before]
    assert {line.day for line in lines} | set(schedule.dues) <= set(after)
    assert after == sorted(set(after))
    for place, (day, valued_on, fen, before) in enumerate(rows):
        assert fen == balance_on(schedule, valued_on)
        assert not before or rows[place + 1][0] == day
