"""What history, deliveries and claims refuse, and what they flag."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.finance.case.cover.delivery_inputs import DeliveryCover, LossTo
from app.finance.case.cover.experience_inputs import ClassLine, Estimator, Experience, LossLine
from app.finance.case.cover.heads import HeadKind
from app.finance.case.cover.premium_inputs import PureBasis
from app.finance.case.cover.settlement_inputs import ClaimLine, Settlement
from app.finance.case.delivery_rules import delivery_problems
from app.finance.case.experience_rules import experience_problems
from app.finance.case.insurance import Insurance
from app.finance.case.settlement_rules import settlement_problems
from app.finance.insurance.delivery import compute_delivery
from app.finance.insurance.delivery_cautions import delivery_cautions
from app.finance.insurance.experience import compute_experience
from app.finance.insurance.experience_cautions import experience_cautions
from app.finance.insurance.results import InsuranceResult
from app.finance.insurance.settlement_cautions import settlement_cautions
from app.finance.notices import Notice, Severity
from app.i18n import translator
from app.messages import expected_text, notice_text
from tests.unit.finance.claim_policies import (
    deliveries,
    head_of,
    loss,
    on_risk,
    policy_of,
    settled,
)
from tests.unit.finance.test_settlement_index import STORM, read

ENGLISH = translator("en")
LINES = (LossLine(2020, 1e5, 1e6), LossLine(2022, 2e5, 1e6))
CLASS = (ClassLine("A", 2020, 0.1, 1.0), ClassLine("A", 2021, 0.2, 1.0))


def codes_of(problems: Any) -> list[str]:
    """Return the codes of problems that can all be put into words."""
    found = list(problems)
    assert all(expected_text(problem, ENGLISH) for problem in found)
    return [problem.code for problem in found]


def flagged(notices: Any) -> dict[str, Severity]:
    """Return codes and severities of notices that can all be put into words."""
    found: list[Notice] = list(notices)
    assert all(notice_text(notice, ENGLISH) for notice in found)
    return {notice.code: notice.severity for notice in found}


def result_with(**parts: Any) -> InsuranceResult:
    empty: dict[str, Any] = {"experience": None, "delivery": None, "settlement": None}
    return cast(InsuranceResult, SimpleNamespace(**(empty | parts)))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"losses": ()}, "no_history"),
        ({"head": "ice"}, "unknown_head"),
        ({"first_year": 2024, "last_year": 2020}, "before_start"),
        ({"first_year": 2021}, "year_outside_history"),
        ({"last_year": 2021}, "year_outside_history"),
        ({"missing_years": "some"}, "not_years"),
        ({"missing_years": "2020, 2021"}, "missing_year_with_line"),
        ({"losses": (*LINES, LossLine(2022, 1.0, 2e6))}, "exposure_of_year_differs"),
        ({"estimator": Estimator.UNBIASED}, "class_too_small"),
        ({"estimator": Estimator.ITERATIVE, "class_lines": CLASS, "own_member": "A"},
         "class_too_small"),
        ({"class_lines": (*CLASS, CLASS[0])}, "class_year_twice"),
        ({"class_lines": CLASS, "own_member": "B"}, "unknown_member"),
    ],
)  # fmt: skip
def test_a_history_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    experience = Experience(**({"losses": LINES} | fields))
    policy = policy_of([head_of()], experience=experience)
    assert codes_of(experience_problems(policy)) == [code]


def test_a_sound_history_is_not_refused_and_one_without_heads_is() -> None:
    sound = Experience(
        losses=LINES, missing_years="2021", class_lines=CLASS, estimator=Estimator.UNBIASED
    )
    assert codes_of(experience_problems(policy_of([head_of()], experience=sound))) == []
    assert codes_of(experience_problems(policy_of(experience=sound))) == [
        "experience_without_heads"
    ]
    assert codes_of(experience_problems(policy_of([head_of()]))) == []
    silent = Experience(first_year=2010, last_year=2011, missing_years="2010")
    assert codes_of(experience_problems(policy_of([head_of()], experience=silent))) == []
    nothing = replace(silent, missing_years="2010-2011")
    assert codes_of(experience_problems(policy_of([head_of()], experience=nothing))) == [
        "no_history"
    ]


def history_flags(policy: Insurance) -> dict[str, Severity]:
    assert policy.experience is not None
    total = sum(head.unit_value_yuan for head in policy.heads)
    found, _ = compute_experience(
        policy.experience, on_risk(policy), sum_insured_yuan=total, seed=1
    )
    return flagged(experience_cautions(policy, result_with(experience=found)))


def test_a_history_of_two_years_and_few_paying_years_are_flagged_by_name() -> None:
    two = Experience(losses=LINES[:1], last_year=2021, source="books")
    flags = history_flags(policy_of([head_of()], experience=two))
    assert flags["history_too_short"] is Severity.RED_FLAG
    assert flags["years_without_line"] is Severity.WARNING
    few = Experience(losses=LINES, first_year=2018, source="books")
    assert history_flags(policy_of([head_of()], experience=few)) == {
        "history_under_ten": Severity.WARNING,
        "few_paying_years": Severity.WARNING,
        "burn_error_large": Severity.WARNING,
        "years_without_line": Severity.WARNING,
    }
    priced = policy_of([head_of()], experience=few, pure_basis=PureBasis.BURN, period_months=10)
    flags = history_flags(priced)
    assert flags["few_paying_years"] is Severity.RED_FLAG
    assert flags["burn_of_whole_years"] is Severity.WARNING


def test_losses_above_the_sum_insured_and_what_the_terms_cannot_take_are_flagged() -> None:
    losses = tuple(LossLine(2000 + year, 2e5, 1e5 if year == 3 else None) for year in range(12))
    given: dict[str, Any] = {
        "estimator": Estimator.GIVEN, "class_rate": 0.1, "process_variance": 90.0,
        "mean_variance": 1.0,
    }  # fmt: skip
    heads = [head_of(deductible_days=3.0), head_of("oysters")]
    flags = history_flags(policy_of(heads, experience=Experience(losses=losses, **given)))
    assert set(flags) == {
        "loss_over_exposure", "history_without_days", "history_of_several_heads",
        "history_without_source", "credibility_low",
    }  # fmt: skip
    alike = Experience(losses=losses[:2], source="x", **(given | {"mean_variance": 0.0}))
    assert "class_alike" in history_flags(policy_of([head_of()], experience=alike))


def test_deliveries_that_cannot_be_are_refused() -> None:
    for cover, code in (
        (deliveries([(1.0, 1.0)]), "failure_missing"),
        (replace(deliveries([(1.0, 1.0)] * 2, failure_per_year=0.1),
                 deliveries=deliveries([(1.0, 1.0)] * 2).deliveries[::-1]),
         "policy_year_not_after"),
        (deliveries([(0.0, 1.0), (1.0, 0.0)], failure_per_year=0.1), "nothing_delivered"),
        (deliveries([(1.0, 1.0)], failure_per_year=0.1, reversed_share=0.1), "needed"),
        (deliveries([(1.0, 1.0)], failure_per_year=0.1, reversals_per_year=0.1), "needed"),
    ):  # fmt: skip
        assert codes_of(delivery_problems(policy_of(delivery=cover))) == [code]
    own = deliveries([(1.0, 1.0)] * 3, {"failure": 0.1})
    assert codes_of(delivery_problems(policy_of(delivery=own))) == []
    assert codes_of(delivery_problems(policy_of())) == []


def delivery_flags(cover: DeliveryCover, **fields: Any) -> set[str]:
    policy = policy_of(**({"delivery": cover} | fields))
    found = compute_delivery(cover)[0]
    return set(flagged(delivery_cautions(policy, result_with(delivery=found))))


def test_what_is_not_counted_in_a_cover_of_deliveries_is_flagged() -> None:
    plain = deliveries([(1.0, 1.0)], failure_per_year=0.1)
    assert delivery_flags(plain) == {"failure_without_grade", "common_shock_not_counted"}
    full = deliveries(
        [(1.0, 1.0)], failure_per_year=0.1, grade="BB", common_shock=0.01, shortfall_share=0.1,
        reversed_share=0.5, buffer_share=0.5, reversals_per_year=3.0, spot_yuan_t=1.0,
        volatility=0.3, loss_to=LossTo.REPLACEMENT,
    )  # fmt: skip
    assert delivery_flags(full) == {
        "shortfall_without_spread", "wrong_way_not_counted", "reversal_within_buffer",
        "reversal_over_issued",
    }  # fmt: skip
    assert "right_way_counted" in delivery_flags(replace(full, dependence=-0.2))
    never = deliveries([(1.0, 1.0)] * 2, failure_per_year=0.0)
    reversal = replace(head_of("credits"), kind=HeadKind.REVERSAL)
    assert delivery_flags(never, heads=(reversal,)) == {
        "no_failure", "common_shock_not_counted", "deliveries_after_period",
        "delivery_counted_twice",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (ClaimLine("a", date(2026, 5, 1), head="ice", loss_yuan=1.0), "unknown_head"),
        (ClaimLine("a", date(2026, 5, 1), head="kelp"), "claim_without_loss"),
        (ClaimLine("a", date(2026, 5, 1), head="kelp", loss_yuan=1.0, damage_share=0.1),
         "claim_loss_twice"),
        (ClaimLine("a", date(2026, 5, 1), head="kelp", loss_yuan=1.0, reading=3.0),
         "claim_of_head_and_index"),
        (ClaimLine("a", date(2026, 5, 1), head="kelp", loss_yuan=1.0, trigger="wind"),
         "claim_of_head_and_index"),
        (ClaimLine("a", date(2026, 5, 1), head="rafts", loss_yuan=1.0),
         "claim_duration_missing"),
        (ClaimLine("a", date(2026, 5, 1), loss_yuan=1.0), "claim_without_head"),
        (ClaimLine("a", date(2026, 5, 1)), "claim_without_loss"),
        (ClaimLine("a", date(2026, 5, 1), reading=1.0, trigger="heat"), "index_trigger_unknown"),
    ],
)  # fmt: skip
def test_claims_that_say_nothing_or_two_things_are_refused(claim: ClaimLine, code: str) -> None:
    heads = [head_of(), head_of("rafts", deductible_days=2.0)]
    policy = policy_of(heads, index=STORM, settlement=Settlement(claims=(claim,)))
    assert codes_of(settlement_problems(policy)) == [code]


def test_a_reading_needs_an_index_and_a_claim_outside_the_period_is_kept() -> None:
    reading = Settlement(claims=(read(date(2026, 5, 1), 12, "Gaemi"),))
    assert codes_of(settlement_problems(policy_of(settlement=reading))) == ["index_missing"]
    assert codes_of(settlement_problems(policy_of(index=STORM, settlement=reading))) == []
    late = Settlement(claims=(loss(date(2030, 5, 1), 1.0),))
    assert codes_of(settlement_problems(policy_of([head_of()], settlement=late))) == []
    assert codes_of(settlement_problems(policy_of())) == []


def test_what_a_claims_desk_must_see_is_flagged() -> None:
    head = head_of(event_limit_yuan=5e4, reinstatements=1, reinstatement_rate=1.0)
    claims = (
        loss(date(2030, 5, 1), 1.0),
        loss(date(2026, 5, 1), 9e4, paid_yuan=Decimal(10_000)),
        loss(date(2026, 6, 1), 1e4, paid_yuan=Decimal(20_000), evidence="survey"),
    )
    policy = policy_of([head], settlement=Settlement(claims=claims))
    found = settled([head], claims)
    flags = flagged(settlement_cautions(policy, result_with(settlement=found)))
    assert flags == {
        "claim_not_covered": Severity.WARNING,
        "claim_above_limit": Severity.WARNING,
        "claim_overpaid": Severity.RED_FLAG,
        "reinstatement_open": Severity.WARNING,
        "claim_without_evidence": Severity.WARNING,
        "payee_missing": Severity.WARNING,
    }
