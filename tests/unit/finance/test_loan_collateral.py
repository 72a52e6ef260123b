"""What each collateral counts for and carries, and how the loan is laid on them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.finance.case.lending.security import Allocation, CollateralKind, CollateralLine
from app.finance.lending.collateral import in_proportion, secure
from app.finance.lending.results import SecurityResult
from app.services.case_file import CaseRefused, validate
from tests.unit.finance.sized_loans import valued

RIGHT = {"kind": "carbon_right"}
SEA = {"kind": "sea_area_right", "value_yuan": 10_000_000, "haircut": 0.3, "ratio_cap": 0.6}


def secured(document: dict[str, Any], *lines: dict[str, Any], **loan: object) -> SecurityResult:
    document["loan"] |= {"collaterals": list(lines)} | loan
    case, _carbon, values = valued(document)
    return secure(case, values)


def test_the_income_right_alone_carries_its_value_at_the_pledge_ratio(
    document: dict[str, Any],
) -> None:
    found = secured(document)
    (line,) = found.lines
    assert (line.position, line.kind, line.value_kind) == (None, "carbon_right", "gross")
    assert line.value_yuan == Decimal("1250414.00")
    assert found.lendable_yuan == found.allocated_yuan == Decimal("625207.00")
    assert found.unsecured_yuan == Decimal("19374793.00")
    assert (line.loan_to_value, line.coverage) == (0.5, 2.0)
    assert found.loan_to_value == pytest.approx(15.9947025546)
    assert found.coverage == pytest.approx(0.0625207)


def test_haircut_prior_claims_ratio_and_secured_maximum_come_off_in_this_order(
    document: dict[str, Any],
) -> None:
    """(10,000,000 x 0.7 - 1,000,000) x 0.6 = 3,600,000, of which the contract secures 3,000,000.

    It counts for no more than is secured either; the ratio is of the 6,000,000 before.
    """
    prior = SEA | {"prior_claims_yuan": 1_000_000}
    assert secured(document, prior).lendable_yuan == Decimal("3600000.00")
    capped = secured(document, prior | {"secured_maximum_yuan": 3_000_000})
    assert capped.lendable_yuan == Decimal("3000000.00")
    assert capped.lines[0].counted_yuan == Decimal("3000000.00")
    over = secured(document, SEA | {"prior_claims_yuan": 8_000_000})
    assert (over.lines[0].counted_yuan, over.lendable_yuan) == (Decimal(0), Decimal(0))


def test_a_ratio_that_is_not_entered_is_the_pledge_ratio_for_the_right_and_all_for_others(
    document: dict[str, Any],
) -> None:
    guarantee = {"kind": "guarantee", "value_yuan": 500_000}
    found = secured(document, RIGHT, guarantee)
    assert [line.ratio_cap for line in found.lines] == [0.5, 1.0]
    assert found.lendable_yuan == Decimal("625207.00") + Decimal("500000.00")


def test_the_share_pledged_is_what_counts(document: dict[str, Any]) -> None:
    found = secured(document, RIGHT | {"pledged_share": 0.4, "haircut": 0.1})
    assert found.lines[0].value_yuan == Decimal("500165.60")
    assert found.lines[0].counted_yuan == Decimal("450149.04")


def test_the_loan_goes_to_the_first_rank_first_and_within_a_rank_in_proportion(
    document: dict[str, Any],
) -> None:
    lines = [
        {"kind": "equipment", "value_yuan": 900_000, "rank": 2},
        {"kind": "receivable", "value_yuan": 300_000, "rank": 1},
        {"kind": "other", "value_yuan": 300_000, "rank": 2},
    ]
    found = secured(document, *lines, amount_yuan=900_000)
    assert [line.allocated_yuan for line in found.lines] == [450_000, 300_000, 150_000]
    assert found.unsecured_yuan == 0
    spread = secured(document, *lines, amount_yuan=900_000, allocation="pro_rata")
    assert [line.allocated_yuan for line in spread.lines] == [540_000, 180_000, 180_000]


def test_a_negative_value_is_shown_and_counts_nothing(document: dict[str, Any]) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    found = secured(document, RIGHT, SEA, valuation_basis="net", amount_yuan=1_000_000)
    right, sea = found.lines
    assert right.value_yuan is not None
    assert right.value_yuan < 0
    assert (right.counted_yuan, right.lendable_yuan) == (Decimal(0), Decimal(0))
    assert right.loan_to_value is None
    assert found.value_yuan == right.value_yuan + Decimal(10_000_000)
    assert sea.allocated_yuan == 1_000_000


def test_a_right_cannot_be_pledged_beyond_the_whole_of_it(document: dict[str, Any]) -> None:
    half = RIGHT | {"pledged_share": 0.5}
    document["loan"]["collaterals"] = [half, half]
    validate(document)
    document["loan"]["collaterals"] = [half, SEA, RIGHT | {"pledged_share": 0.6}]
    with pytest.raises(CaseRefused) as refused:
        validate(document)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("loan.collaterals.2.pledged_share", "pledged_twice")
    assert problem.facts == {"percent": 110.0}


def test_issued_credits_have_the_value_of_the_case_or_none(document: dict[str, Any]) -> None:
    unknown = secured(document, {"kind": "issued_credits"}).lines[0]
    assert (unknown.value_yuan, unknown.counted_yuan, unknown.coverage) == (None, Decimal(0), None)
    document["appraisal"]["issued"] = {"tonnes": 1000, "liquidity_discount": 0.2}
    found = secured(document, {"kind": "issued_credits"}).lines[0]
    assert found.value_yuan == Decimal("80000.00")
    assert (found.from_case, found.value_kind) == (True, "issued")


def test_what_is_entered_goes_before_the_value_of_the_case(document: dict[str, Any]) -> None:
    entered = RIGHT | {"value_yuan": 800_000, "value_kind": "mortgage"}
    line = secured(document, entered).lines[0]
    assert line.value_yuan == 800_000
    assert (line.value_kind, line.from_case) == ("mortgage", False)


def test_a_collateral_without_a_value_counts_nothing(document: dict[str, Any]) -> None:
    found = secured(document, {"kind": "equipment", "name": "longlines"})
    assert (found.lines[0].value_yuan, found.coverage) == (None, 0.0)
    assert found.loan_to_value is None


def test_the_registered_amount_covers_interest_and_costs_as_well(document: dict[str, Any]) -> None:
    assert secured(document).secured_amount_yuan is None
    assert secured(document, secured_margin=0.3).secured_amount_yuan == Decimal("26000000.00")


@settings(max_examples=100, deadline=None)
@given(
    fen=st.integers(0, 10**13),
    weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=12),
)
def test_parts_in_proportion_sum_to_the_fen_and_none_exceeds_its_weight(
    fen: int, weights: list[int]
) -> None:
    whole = [Decimal(weight) / 100 for weight in weights]
    amount = min(Decimal(fen) / 100, sum(whole, Decimal(0)))
    parts = in_proportion(amount, whole)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, whole, strict=True))
    total = sum(whole)
    for part, weight in zip(parts, whole, strict=True):
        assert total == 0 or abs(part - amount * weight / total) < Decimal("0.01")


KINDS = st.sampled_from(
    [kind for kind in CollateralKind if kind is not CollateralKind.CARBON_RIGHT]
)
LINES = st.builds(
    CollateralLine,
    kind=KINDS,
    value_yuan=st.none() | st.integers(0, 10**9).map(lambda fen: Decimal(fen) / 100),
    haircut=st.floats(0, 1).map(lambda share: round(share, 4)),
    ratio_cap=st.none() | st.floats(0, 1).map(lambda share: round(share, 4)),
    rank=st.integers(1, 4),
    prior_claims_yuan=st.integers(0, 10**6).map(Decimal),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(LINES, min_size=1, max_size=8), allocation=st.sampled_from(list(Allocation)))
def test_the_loan_is_carried_or_unsecured_to_the_fen(
    lines: list[CollateralLine], allocation: Allocation, document: dict[str, Any]
) -> None:
    case, _carbon, values = valued(document)
    assert case.loan is not None
    loan = replace(case.loan, collaterals=tuple(lines), allocation=allocation)
    found = secure(replace(case, loan=loan), values)
    assert found.allocated_yuan + found.unsecured_yuan == Decimal("20000000.00")
    assert found.allocated_yuan == min(found.lendable_yuan, Decimal("20000000.00"))
    assert all(line.allocated_yuan <= line.lendable_yuan for line in found.lines)
    if allocation is Allocation.BY_RANK:
        short = [line.rank for line in found.lines if line.allocated_yuan < line.lendable_yuan]
        used = [line.rank for line in found.lines if line.allocated_yuan > 0]
        assert not short or not used or max(used) <= min(short)
