"""What changes a loan on the way: tranches, rates, prepayments and an extension."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.lending.days import BusinessDays, DayCount, UnknownYears
from app.finance.case.lending.pricing import RateKind, Repricing
from app.finance.case.lending.terms import (
    Extension,
    ExtensionRepayment,
    FeeLine,
    InterestPayment,
    PaymentFrequency,
    PrepaymentKeeps,
    PrepaymentLine,
    PrincipalLine,
    Repayment,
    StepLine,
    TrancheLine,
)
from app.finance.errors import DomainError
from app.finance.lending.schedule import build_schedule
from tests.unit.finance.loan_terms import lpr
from tests.unit.finance.plain_loans import column, loan

KEPT = {"tenor": PrepaymentKeeps.TENOR, "instalment": PrepaymentKeeps.INSTALMENT}


def prepaid(day: str, amount: str, keeps: str = "tenor", fee: float = 0.0) -> PrepaymentLine:
    return PrepaymentLine(date.fromisoformat(day), Decimal(amount), KEPT[keeps], fee)


def drawn(day: str, amount: int) -> TrancheLine:
    return TrancheLine(date.fromisoformat(day), Decimal(amount))


def test_a_later_tranche_bears_interest_from_its_day() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.BULLET,
            day_count=DayCount.ACT_360,
            annual_rate=0.036,
            tranches=(drawn("2025-01-15", 100_000), drawn("2025-03-01", 200_000)),
        )
    ).lines
    # 100,000 x 3.6 % x 90 / 360 + 200,000 x 3.6 % x 45 / 360
    assert column(lines[:1], "interest") == ["1800.00"]
    assert column(lines[:1], "opening") == ["100000.00"]
    assert column(lines[:1], "drawn") == ["200000.00"]
    assert column(lines[1:2], "interest") == ["2730.00"]  # 300,000 x 3.6 % x 91 / 360


def test_a_tranche_on_a_day_of_payment_belongs_to_the_period_it_opens() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.BULLET,
            tranches=(drawn("2025-01-15", 100_000), drawn("2025-04-15", 200_000)),
        )
    ).lines
    assert column(lines, "drawn")[:2] == ["0.00", "200000.00"]
    assert column(lines, "interest")[:2] == ["962.50", "2887.50"]


@pytest.mark.parametrize(
    ("repayment", "name"),
    [(Repayment.EQUAL_INSTALMENT, "payment"), (Repayment.EQUAL_PRINCIPAL, "principal")],
)
def test_after_a_drawing_the_payments_left_are_computed_anew(
    repayment: Repayment, name: str
) -> None:
    tranches = (drawn("2025-01-15", 100_000), drawn("2025-07-15", 200_000))
    lines = build_schedule(loan(repayment=repayment, tranches=tranches)).lines
    first = build_schedule(loan(repayment=repayment, amount_yuan=Decimal(100_000))).lines
    assert column(lines[:6], name) == column(first[:6], name)
    owed = lines[5].closing_yuan + 200_000
    later = build_schedule(loan(repayment=repayment, amount_yuan=owed, term_months=6)).lines
    assert column(lines[6:], name) == column(later, name)


def floating(**terms: Any) -> dict[str, Any]:
    return {
        "rate_kind": RateKind.FLOATING,
        "annual_rate": None,
        "margin_bp": 85.0,
        "repricing": Repricing.QUARTERLY,
        "lpr": lpr(("2024-12-20", 0.03), ("2025-06-20", 0.04)),
        **terms,
    }


def test_a_new_rate_makes_a_new_instalment_from_the_next_payment_on() -> None:
    lines = build_schedule(loan(**floating())).lines
    before = build_schedule(loan()).lines
    # repriced on 15 July: the payment of that day is the last one at 3.85 %
    assert column(lines[:6], "payment") == column(before[:6], "payment")
    after = build_schedule(
        loan(amount_yuan=lines[5].closing_yuan, annual_rate=0.0485, term_months=6)
    ).lines
    assert column(lines[6:], "payment") == column(after, "payment")
    assert [line.rate for line in lines] == [0.0385] * 6 + [0.0485] * 6


def test_interest_of_a_period_goes_by_the_days_of_each_rate() -> None:
    terms = floating(
        repricing=Repricing.NEW_YEAR, lpr=lpr(("2024-01-01", 0.03), ("2024-12-20", 0.02))
    )
    lines = build_schedule(
        loan(
            repayment=Repayment.BULLET,
            drawdown_date=date(2024, 12, 1),
            day_count=DayCount.ACT_360,
            **terms,
        )
    ).lines
    # 300,000 x (3.85 % x 31 + 2.85 % x 59) / 360
    assert column(lines[:1], "interest") == ["2395.83"]


def test_a_shift_moves_a_floating_rate_from_its_first_repricing_on() -> None:
    base = build_schedule(loan(**floating(lpr=lpr(("2024-12-20", 0.03)))))
    moved = build_schedule(loan(**floating(lpr=lpr(("2024-12-20", 0.03)))), rate_shift_bp=200)
    assert moved.interest[:3] == base.interest[:3]
    assert moved.rates[3:] == pytest.approx([0.0585] * 9)
    assert build_schedule(loan(), rate_shift_bp=200) == build_schedule(loan())


def test_a_prepayment_first_pays_the_interest_to_its_day() -> None:
    line = build_schedule(
        loan(
            repayment=Repayment.BULLET,
            day_count=DayCount.ACT_365F,
            annual_rate=0.0365,
            prepayments=(prepaid("2025-02-14", "100000", fee=0.01),),
        )
    ).lines
    assert [entry.kind for entry in line] == ["prepayment"] + ["payment"] * 4
    assert column(line[:1], "interest") == ["900.00"]  # 300,000 x 3.65 % x 30 / 365
    assert column(line[:1], "fee") == ["1000.00"]
    assert column(line[:1], "payment") == ["101900.00"]
    assert column(line[1:2], "interest") == ["1200.00"]  # 200,000 x 3.65 % x 60 / 365
    assert column(line, "closing")[-2:] == ["200000.00", "0.00"]


def test_a_prepayment_that_keeps_the_tenor_makes_the_instalments_smaller() -> None:
    lines = build_schedule(loan(prepayments=(prepaid("2025-07-15", "60000"),))).lines
    # after the payment of that day; the row has no days of its own
    assert (lines[6].kind, lines[6].days) == ("prepayment", 0)
    assert lines[6].interest_yuan == 0
    rest = build_schedule(loan(amount_yuan=lines[6].closing_yuan, term_months=6)).lines
    assert column(lines[7:], "payment") == column(rest, "payment")
    assert len(lines) == 13


@pytest.mark.parametrize("repayment", [Repayment.EQUAL_INSTALMENT, Repayment.EQUAL_PRINCIPAL])
def test_a_prepayment_that_keeps_the_instalment_ends_the_loan_earlier(
    repayment: Repayment,
) -> None:
    name = "payment" if repayment is Repayment.EQUAL_INSTALMENT else "principal"
    plain = build_schedule(loan(repayment=repayment)).lines
    lines = build_schedule(
        loan(repayment=repayment, prepayments=(prepaid("2025-02-01", "60000", "instalment"),))
    ).lines
    assert set(column(lines[1:-1], name)) == {column(plain, name)[0]}
    assert lines[-1].due < plain[-1].due
    assert lines[-1].payment_yuan <= plain[0].payment_yuan


def test_after_an_earlier_end_a_new_rate_keeps_that_end() -> None:
    keeps = (prepaid("2025-02-15", "120000", "instalment"),)
    fixed = build_schedule(loan(prepayments=keeps)).lines
    moved = build_schedule(loan(prepayments=keeps, **floating())).lines
    assert moved[-1].due == fixed[-1].due
    assert moved[-1].rate == 0.0485


def test_fixed_parts_shrink_in_proportion_when_the_tenor_is_kept() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.STEP,
            payment_frequency=PaymentFrequency.QUARTERLY,
            steps=(StepLine(1, 0.1), StepLine(3, 0.3)),
            prepayments=(prepaid("2025-04-20", "135000"),),
        )
    ).lines
    # 270,000 owed before, 135,000 after: each later part halves
    assert column(lines, "principal") == [
        "30000.00", "135000.00", "15000.00", "45000.00", "75000.00",
    ]  # fmt: skip
    table = (
        PrincipalLine(date(2025, 7, 15), Decimal(100_000)),
        PrincipalLine(date(2026, 1, 15), Decimal(200_000)),
    )
    own = loan(
        repayment=Repayment.CUSTOM,
        principal_table=table,
        prepayments=(prepaid("2025-04-20", "150000", "instalment"),),
    )
    repaid = [line.principal_yuan for line in build_schedule(own).lines if line.principal_yuan]
    assert repaid == [150_000, 100_000, 50_000]


@pytest.mark.parametrize("keeps", ["tenor", "instalment"])
def test_all_can_be_prepaid_and_nothing_follows(keeps: str) -> None:
    lines = build_schedule(
        loan(repayment=Repayment.BULLET, prepayments=(prepaid("2025-05-05", "300000", keeps),))
    ).lines
    assert [line.due.isoformat() for line in lines] == ["2025-04-15", "2025-05-05"]
    assert lines[-1].closing_yuan == 0


def test_a_prepayment_of_more_than_is_owed_is_refused_by_name() -> None:
    lines = (prepaid("2025-05-05", "10000"), prepaid("2025-12-20", "60000"))
    with pytest.raises(DomainError) as refused:
        build_schedule(loan(prepayments=lines))
    assert refused.value.code == "prepayment_over_balance"
    facts = refused.value.facts
    assert facts["path"] == "loan.prepayments.1.amount_yuan"
    assert facts["value"] == 60_000
    assert facts["balance"] == build_schedule(loan(prepayments=lines[:1])).lines[-2].closing_yuan


def test_what_is_due_at_maturity_can_be_extended_whole_or_in_part() -> None:
    bullet = {"repayment": Repayment.BULLET, "annual_rate": 0.036}
    whole = build_schedule(loan(extension=Extension(months=6, annual_rate=0.048), **bullet)).lines
    assert column(whole, "principal") == ["0.00"] * 5 + ["300000.00"]
    assert [line.kind for line in whole] == ["payment"] * 4 + ["extension"] * 2
    assert column(whole[3:], "interest") == ["2700.00", "3600.00", "3600.00"]
    part = Extension(months=6, amount_yuan=Decimal(100_000))
    lines = build_schedule(loan(extension=part, **bullet)).lines
    assert column(lines[3:], "principal") == ["200000.00", "0.00", "100000.00"]
    assert column(lines[4:], "interest") == ["900.00", "900.00"]


@pytest.mark.parametrize("way", list(ExtensionRepayment))
def test_an_extension_is_repaid_by_its_own_way(way: ExtensionRepayment) -> None:
    extension = Extension(months=6, repayment=way)
    lines = build_schedule(
        loan(repayment=Repayment.BALLOON, balloon_share=0.5, extension=extension)
    ).lines
    owed = lines[11].closing_yuan
    assert owed == lines[12].opening_yuan
    alone = build_schedule(
        loan(
            amount_yuan=owed,
            term_months=6,
            drawdown_date=date(2026, 1, 15),
            repayment=Repayment(way.value),
            interest_payment=InterestPayment.MONTHLY,
        )
    ).lines
    assert column(lines[12:], "payment") == column(alone, "payment")


def test_no_more_can_be_extended_than_is_due() -> None:
    with pytest.raises(DomainError) as refused:
        build_schedule(loan(extension=Extension(months=6, amount_yuan=Decimal(100_000))))
    assert refused.value.code == "extension_over_balance"
    assert refused.value.facts["balance"] == Decimal("25442.73")


@pytest.mark.parametrize("keeps", ["tenor", "instalment"])
def test_an_extension_of_a_loan_that_is_repaid_before_is_refused_by_name(keeps: str) -> None:
    whole = (prepaid("2025-05-05", "300000", keeps),)
    terms = {"repayment": Repayment.BULLET, "extension": Extension(months=6)}
    with pytest.raises(DomainError) as refused:
        build_schedule(loan(prepayments=whole, **terms))
    assert refused.value.code == "extension_of_nothing"
    assert refused.value.facts == {"path": "loan.extension.months", "value": 6}
    almost = build_schedule(loan(prepayments=(prepaid("2025-05-05", "299999.99", keeps),), **terms))
    assert almost.kinds[-1] == "extension"
    assert almost.principal[-1] == 1


def test_a_stress_of_the_rate_that_ends_a_loan_before_its_extension_is_not_refused() -> None:
    """The higher instalments that stay after a prepayment repay the loan a period earlier."""
    monthly = floating(lpr=lpr(("2024-12-20", 0.01)), margin_bp=0.0, repricing=Repricing.MONTHLY)
    prepayments = (prepaid("2025-02-16", "24500", "instalment"),)
    terms = loan(**monthly, prepayments=prepayments, extension=Extension(months=6))
    assert build_schedule(terms).kinds[-1] == "extension"
    assert build_schedule(terms, rate_shift_bp=1400).kinds[-1] == "payment"


def test_days_paid_never_go_back_when_payments_move_off_holidays() -> None:
    schedule = build_schedule(
        loan(
            drawdown_date=date(2025, 1, 4),
            business_days=BusinessDays.FOLLOWING,
            unknown_years=UnknownYears.WEEKENDS,
            prepayments=(prepaid("2025-05-04", "1000"), prepaid("2025-10-05", "1000")),
            fees=(FeeLine(date(2025, 5, 4), Decimal(1)),),
        )
    )
    assert list(schedule.dues) == sorted(schedule.dues)
