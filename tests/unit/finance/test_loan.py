"""Schedules to the fen, sizing and the annualised rate."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.loan import Loan, Repayment, ValuationBasis
from app.finance.engine import Results, compute_case
from app.finance.lending.effective_rate import EffectiveRate, effective_rate
from app.finance.lending.schedule import build_schedule, unrounded_schedule
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate
from tests.case_table import case_table

CASES = case_table("finance")


def loan_of(document: dict[str, Any], **terms: object) -> Loan:
    document["loan"].update(terms)
    loan = validate(document).case.loan
    assert loan is not None
    return loan


def results_of(document: dict[str, Any], **terms: object) -> Results:
    document["loan"].update(terms)
    return compute_case(validate(document).case, SinkTables({}))


def from_case(name: str, document: dict[str, Any], repayment: str) -> Any:
    terms = json.loads(CASES[name]["inputs"])
    loan = loan_of(
        document,
        amount_yuan=terms["P"],
        annual_rate=terms["R"],
        term_months=terms["n"],
        repayment=repayment,
    )
    return build_schedule(loan).lines, json.loads(CASES[name]["expected"])


@pytest.mark.parametrize("name", ["L01", "L03"])
def test_equal_instalments_to_the_fen(name: str, document: dict[str, Any]) -> None:
    lines, expected = from_case(name, document, "equal_instalment")
    assert {line.payment_yuan for line in lines[:-1]} == {Decimal(str(expected["payment"]))}
    assert lines[-1].payment_yuan == Decimal(str(expected["last_payment"]))
    assert sum(line.interest_yuan for line in lines) == Decimal(str(expected["sum_interest"]))


def test_equal_principal_leaves_the_rest_to_the_last_line(document: dict[str, Any]) -> None:
    lines, expected = from_case("L05", document, "equal_principal")
    assert {line.principal_yuan for line in lines[:-1]} == {Decimal("333333.33")}
    assert lines[-1].principal_yuan == Decimal("333333.53")
    assert lines[-1].payment_yuan == Decimal("334541.86")
    assert sum(line.interest_yuan for line in lines) == Decimal("2211250.00")
    assert expected["last_principal"] == 333333.53


def test_the_instalment_of_the_actus_case(document: dict[str, Any]) -> None:
    expected = json.loads(CASES["A01"]["expected"])
    loan = loan_of(
        document,
        amount_yuan=100_000,
        annual_rate=0.07,
        term_months=120,
        repayment="equal_instalment",
        drawdown_date="2013-01-01",
        day_count="30e_360",
    )
    first, *_, last = build_schedule(loan).lines
    assert first.payment_yuan == Decimal("1161.08")
    exact = unrounded_schedule(loan)
    found = {
        "payment": exact.principal[0] + exact.interest[0],
        "first_principal": exact.principal[0],
        "first_interest": exact.interest[0],
        "balance_after_1": exact.closing[0],
        "last_principal": exact.principal[-1],
        "last_interest": exact.interest[-1],
        "sum_interest": sum(exact.interest),
    }
    assert {key: float(value) for key, value in found.items()} == pytest.approx(expected, abs=1e-6)
    assert last.closing_yuan == 0


def test_a_bullet_pays_interest_by_quarter_and_all_principal_at_the_end(
    document: dict[str, Any],
) -> None:
    loan = loan_of(
        document,
        amount_yuan=13_000_000,
        annual_rate=0.0435,
        term_months=14,
        repayment="bullet",
        interest_payment="quarterly",
        drawdown_date="2022-06-20",
    )
    lines = build_schedule(loan).lines
    assert [line.due.isoformat() for line in lines] == [
        "2022-09-20", "2022-12-20", "2023-03-20", "2023-06-20", "2023-08-20",
    ]  # fmt: skip
    assert lines[0].interest_yuan == Decimal("141375.00")
    assert lines[-1].interest_yuan == Decimal("94250.00")
    assert [line.principal_yuan for line in lines] == [0, 0, 0, 0, Decimal("13000000.00")]


def test_a_loan_of_the_31st_falls_due_on_the_last_day_of_short_months(
    document: dict[str, Any],
) -> None:
    lines = build_schedule(loan_of(document, drawdown_date="2025-01-31", term_months=3)).lines
    assert [line.due.isoformat() for line in lines] == ["2025-02-28", "2025-03-31", "2025-04-30"]


def l01(document: dict[str, Any], fee_yuan: int) -> EffectiveRate:
    loan = loan_of(
        document,
        amount_yuan=300_000,
        annual_rate=0.0385,
        term_months=12,
        repayment="equal_instalment",
        upfront_fee_yuan=fee_yuan,
    )
    return effective_rate(build_schedule(loan), loan)


def test_fees_raise_the_annualised_rate(document: dict[str, Any]) -> None:
    expected = json.loads(CASES["L08"]["expected"])
    rate = l01(document, 3_000)
    assert rate.monthly_irr == pytest.approx(expected["monthly_irr"], abs=1e-13)
    assert rate.annual_simple == pytest.approx(expected["simple_x12"], abs=1e-12)
    assert rate.annual_compound == pytest.approx(expected["compound"], abs=1e-12)
    assert not rate.dated


def test_without_fees_the_simple_rate_is_the_contract_rate(document: dict[str, Any]) -> None:
    rate = l01(document, 0)
    assert rate.annual_simple == pytest.approx(0.0384999511, abs=1e-9)
    assert rate.annual_compound == pytest.approx(0.0391866320, abs=1e-9)


def test_dongtai_prints_sixteen_hundred_percent_of_one_year(document: dict[str, Any]) -> None:
    loan = results_of(document).loan
    assert loan is not None
    assert loan.loan_to_one_year is not None
    assert round(loan.loan_to_one_year * 100, 2) == 1599.47
    assert loan.supported_yuan == Decimal("625207.00")
    assert loan.uncovered_yuan == Decimal("19374793.00")


def test_the_smaller_of_ratio_and_purpose_binds(document: dict[str, Any]) -> None:
    loan = results_of(document, amount_yuan=400_000, purpose_need_yuan=500_000).loan
    assert loan is not None
    assert loan.supported_yuan == Decimal("500000.00")
    assert [bound.code for bound in loan.bounds if bound.binding] == ["purpose"]
    assert loan.uncovered_yuan == 0


def test_a_value_that_is_not_positive_carries_nothing_and_has_no_ratio(
    document: dict[str, Any],
) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    loan = results_of(document, valuation_basis="net").loan
    assert loan is not None
    assert loan.supported_yuan == 0
    assert loan.loan_to_net is None


@settings(max_examples=100, deadline=None)
@given(
    fen=st.integers(1, 10**11),
    rate=st.floats(0, 0.36),
    months=st.integers(1, 360),
    repayment=st.sampled_from(["equal_instalment", "equal_principal", "bullet"]),
)
def test_principal_always_adds_up_and_the_balance_never_turns(
    fen: int, rate: float, months: int, repayment: str
) -> None:
    loan = Loan(
        amount_yuan=Decimal(fen) / 100,
        purpose_need_yuan=Decimal(1),
        valuation_basis=ValuationBasis.GROSS,
        pledge_ratio=0.5,
        annual_rate=round(rate, 6),
        term_months=months,
        repayment=Repayment(repayment),
        drawdown_date=date(2025, 1, 31),
    )
    lines = build_schedule(loan).lines
    assert sum(line.principal_yuan for line in lines) == loan.amount_yuan
    assert lines[-1].closing_yuan == 0
    assert all(line.closing_yuan >= 0 for line in lines)
    assert all(line.payment_yuan == line.principal_yuan + line.interest_yuan for line in lines)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"specified_account": ""}, "no_specified_account"),
        ({"registration_no": ""}, "no_registration"),
        ({"term_months": 130}, "matures_after_right"),
        ({"registration_end": "2025-06-30"}, "registration_ends_early"),
        ({"drawdown_date": "2026-06-30"}, "appraisal_expired"),
        ({}, "no_compliance_exit"),
    ],
)
def test_red_flags(change: dict[str, object], code: str, document: dict[str, Any]) -> None:
    assert code in {notice.code for notice in results_of(document, **change).red_flags}
